"""Lines of nothing but who wrote: □ 张三, 张三 李四 报道, 张三/文 李四/摄, 许海（云水日报评论员）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.names import is_common_person, is_organisation, is_plain_person, split_names

if TYPE_CHECKING:
    from crawler.items import Role

__all__ = ["MARKS", "find_signature", "read_signature"]

MARKS = "□■◎●○◇◆△▲★☉⊙※▪◼❖"
"""What stands before the name of an author."""

# With a remark, who that is: □ 杜启明（医生）, ■ 张三 李四（均为教师）.
_MARKED = re.compile(
    rf"[{MARKS}]\s?(?P<names>[^\d，。：:（）()]{{2,16}}?)\s?(?:[(（][^()（）\d]{{1,30}}[)）])?"
)
_EACH = re.compile(rf"\s{{1,3}}(?=[{MARKS}])")
_DEED = re.compile(
    r"(?P<names>[^\d，。：:（）()]{2,20})\s(?:(?:摄影|综合)?报道|采写|供稿|文|撰文|编译|整理|文[/／并]?[图摄]|图[/／]?文)"
)
_POST = re.compile(r"(?P<names>[\u3400-\u9fff·]{2,4})\s?[(（](?P<post>[^()（）。]{2,30})[)）]")
_POSTS = re.compile("(?:评论员|记者|作者|撰稿人|通讯员|研究员|教授)")
_AFTER = re.compile(r"(?:[\u3400-\u9fff·]{2,4}\s?[/／]\s?(?:文字?|图片?|摄影?)[\s、，,]{0,2}){1,4}")
_AFTER_ONE = re.compile(r"([\u3400-\u9fff·]{2,4})\s?[/／]\s?(文|图|摄)")
_LONGEST = 40
_PROSE = 40


def read_signature(text: str) -> list[tuple[str, Role]]:
    """Return the people whom a line names that does nothing else, and has a mark, a deed or a post to say so."""
    if len(text) > _LONGEST or (text.isalnum() and text[:1] not in MARKS):
        return []
    if ("/" in text or "／" in text) and _AFTER.fullmatch(text):
        pairs = _AFTER_ONE.findall(text)
        wrote = any(deed == "文" for _, deed in pairs) and all(is_plain_person(name) for name, _ in pairs)
        return [(name, "author" if deed == "文" else "photographer") for name, deed in pairs] if wrote else []
    if text[:1] in MARKS:
        marked = [_MARKED.fullmatch(part) for part in _EACH.split(text) if part]
        if len(marked) > 1 and all(marked):
            return [person for match in marked if match for person in _people(match.group("names"))]
        found = _MARKED.fullmatch(text)
    else:
        found = _POST.fullmatch(text) if text[-1:] in ")）" else _DEED.fullmatch(text)
    if found is None or ("post" in found.groupdict() and not _POSTS.search(found.group("post"))):
        return []
    return _people(found.group("names"))


def find_signature(paragraphs: list[str]) -> list[tuple[str, Role]]:
    """Find that of an article: in its first or last line, if no other line has its mark (those are a list's)."""
    for text, beside in ((paragraphs[0], paragraphs[1]), (paragraphs[-1], paragraphs[-2])):
        if not text or len(text) > _LONGEST:
            continue
        if text[0] in MARKS and sum(other.startswith(text[0]) for other in paragraphs) > 1:
            continue
        if people := read_signature(text) or _two_names(text, beside):
            return people
    return []


def _people(text: str) -> list[tuple[str, Role]]:
    names = split_names(text)
    short = all(is_plain_person(name) and not is_organisation(name) for name in names)
    return [(name, "author") for name in names] if short and len(names) <= 3 else []


def _two_names(text: str, beside: str) -> list[tuple[str, Role]]:
    """Read two names without anything, beside a paragraph: among lines of names they are a list's."""
    people = _people(text) if len(text) <= 16 and len(beside) >= _PROSE and " " in text else []
    return people if len(people) == 2 and all(is_common_person(name) for name, _ in people) else []
