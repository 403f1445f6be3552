"""The source and the people whom labels name: 来源：, 作者：, 责任编辑：."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.brackets import OPENING, trim
from crawler.chinese.button_words import is_interface
from crawler.chinese.byline import read_byline, without_status
from crawler.chinese.labelled_facts import JOINT
from crawler.chinese.names import is_name, is_organisation, is_person, split_names
from crawler.chinese.places import PROVINCES

if TYPE_CHECKING:
    from crawler.chinese.labelled_facts import Fact
    from crawler.extraction.fields.regions import Regions
    from crawler.items import Role

__all__ = [
    "NO_NAMES",
    "labelled_authors",
    "labelled_source",
    "labelled_translators",
    "labelled_workers",
    "without_offices",
]

NO_NAMES = frozenset((
    "佚名", "未知", "本站", "本网", "网络", "互联网", "admin", "不详", "匿名", "无", "原创", "转载", "编辑", "管理员",
    "administrator",
))  # fmt: skip
"""What is filled in where nobody is named."""

_STOP = re.compile(
    r"\s{3,}|[\s\x01]+(?:参与互动|我要纠错|我来说|打印|关闭|字[体号]|[大中小]字?号|收藏|分享|纠错|举报|(?:阅读|浏览|点击)[量数]?[\s：:]?\d)"
    r"|[(（](?=记者|通讯员|作者|编辑)|[|｜‖】〕\])）>]|(?<!\d)\d{4}[-年/.]\d|\d{1,2}:\d\d"
    r"|\s(?:记者|通讯员|作者|编辑|责编|摄影)(?=[\s:：])"
    r"|\x01[\s\x01]*(?:字号|大|中|小|打印|分享|评论|收藏|关注|举报|\d|[|｜])"
)
# Behind a source: in which town, and whose reporter. Behind an editor: buttons and addresses.
_TOWN = re.compile(rf"[(（](?:{PROVINCES.pattern})[)）]$")
_REPORTER = re.compile(r"\s(?:本报|本网)?(?:记者|通讯员)(?!站)")
_BEHIND_EDITOR = re.compile(r"\s?[【\[](?![A-Za-z]{0,5}\d{2,8}[\]】])|\s(?:电话|邮箱|热线|微信|QQ|Tel)")
# 作者：[美]约翰·史密斯
_NATION = re.compile(
    r"(?:^|(?<=[\s、，：:]))[\[(（【〔]\s?[\u4e00-\u9fff]{1,3}\s?[\])）】〕](?=\s?[\u4e00-\u9fff])"
)
_QUESTION = re.compile("[，。？！?]")  # 编辑：你怎么看？
_BUTTON = re.compile(r"(?:评论|分享|字号|字体|我来说|打印|收藏|关注)")
_SENTENCE = re.compile("[，。]|^[^“]{0,40}”")
# A remark about the person before it: 孙宪忠（全国人大代表、研究员）.
_REMARK = re.compile(r"[(（][^()（）]{2,60}[)）]")
_RANK = re.compile(r"[^\s、，,]{0,6}(?:记者|通讯员|摄影|摄像|评论员)|(?:^|[\s、，,])[文图摄][/／：:\s]")
# A word between names, which a value does not end at.
_RANKED = re.compile(r"[\s\x01]{1,3}(记者|通讯员|摄影)(?=[\s\x01：:])[\s\x01：:]{1,3}")
_ACTION = re.compile("^(?:进入|点击|查看|返回|我要|发表|更多|加入|登录)")
_RANK_ONLY = re.compile("(?:记者|编辑|通讯员|实习生|主任)$")
# A disclaimer speaks of an author, and names none: 本文仅代表作者个人观点，请读者仅作参考.
_OPINION = re.compile("^(?:个人|本人)|观点|立场|仅[作供]参考|与本[网站报刊台]")
_TRIM = " \t　\x01：:，,。;；、|｜-—_/【】()（）[]<>《》■□●◆◎○◇"
_CODE = r"(?:[A-Za-z]{1,5}\d{2,8}|\d{3,8})"
_STAFF = re.compile(rf"\s*(?:[_\-－]?[A-Z]{{1,4}}\d{{2,6}}|[(（\[［【]\s?{_CODE}\s?[)）\]］】])$")
_ASIDE = re.compile(
    rf"[(（](?!\s?{_CODE}\s?[)）])[^()（）]{{1,30}}[)）]"
)  # 罗小满（云水网）, but not 罗小满(ZN028)
_STAFF_APART = re.compile(rf"{JOINT}\s*(?=[A-Z]{{1,4}}\d{{2,6}}(?:$|[^A-Za-z0-9]))")
_ADDRESS = re.compile(r"@|^[\d+() -]{5,}$")  # mail or telephone
_STAFF_PART = re.compile(r"[\s、,，;；]+(?![A-Z]{1,4}\d{2,6}(?:$|[\s、,，;；])|[(（\[［【])")
_ROLES: dict[str, Role] = {
    "author": "author",
    "reporter": "reporter",
    "correspondent": "correspondent",
    "photographer": "photographer",
}
_NEVER_OFFICES = frozenset(["文", "文字"])
_TRANSLATORS: dict[str, Role] = {"translator": "author"}


def _clean(value: str) -> str:
    """Return the first thing behind a label, without what merely follows it."""
    value = trim(value, _TRIM)
    for stop in _STOP.finditer(value):
        before = value[: stop.start()]
        opening = OPENING.get(stop.group())
        if opening is None or opening not in before:
            value = before
            break
    value = " ".join(trim(value.split(JOINT)[0], _TRIM).split())
    for opened, closed in ("《》", "（）", "()"):
        if (opened in value) != (closed in value):
            value = f"{value}{closed}" if opened in value else f"{opened}{value}"
    return value


def labelled_source(regions: Regions) -> tuple[str | None, str, int]:
    """Return the first 来源：, "visible", and its line; None, "" and -1 where there is none."""
    for fact in regions.of("source"):
        value = _TOWN.sub("", _REPORTER.split(_clean(fact.value))[0])
        if (
            1 < len(value) <= 40
            and not is_interface(value)
            and not _BUTTON.match(value)
            and not _SENTENCE.search(value)
        ):
            return value, "visible", fact.line
    return None, "", -1


def labelled_authors(regions: Regions) -> dict[str, Role]:
    """Return the authors, reporters, correspondents and photographers."""
    return _labelled(regions, _ROLES)


def labelled_translators(regions: Regions) -> dict[str, Role]:
    """Return those who are named where no author is."""
    return _labelled(regions, _TRANSLATORS)


def _labelled(regions: Regions, roles: dict[str, Role]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for kind, role in roles.items():
        for fact in regions.of(kind):
            for name, told in _people(fact, role):
                found.setdefault(name, told)
    return without_offices(found)


def without_offices(authors: dict[str, Role]) -> dict[str, Role]:
    """Return the authors; an organisation only where no person is named."""
    if not any(map(is_person, authors)):
        return authors
    return {name: role for name, role in authors.items() if is_person(name) or not is_organisation(name)}


def _people(fact: Fact, role: Role) -> list[tuple[str, Role]]:
    """Read the names behind a label, in its role unless a word between gives another (本报记者 李娟 通讯员 王海)."""
    value = _clean(_RANKED.sub(r"、\1：", _REMARK.sub(" ", _NATION.sub("", fact.value))))
    if (
        not value
        or len(value) > 60
        or value.lower() in NO_NAMES
        or _OPINION.search(value)
        or _ACTION.match(value)
        or _BUTTON.match(value)
    ):
        return []
    if nested := read_byline(value):
        word = _RANK.search(value)
        leading = split_names(value[: word.start()]) if word else []
        return [*((name, role) for name in leading if is_person(name)), *nested]
    names = [name.lstrip("@") for name in split_names(value)]
    people = [name for name in names if is_person(name)]
    if not people and fact.kind == "author" and fact.label not in _NEVER_OFFICES:
        people = [name for name in names if is_name(name)] or ([value] if 2 <= len(value) <= 20 else [])
    return [(name, role) for name in people]


def labelled_workers(regions: Regions, kind: str) -> tuple[str, ...]:
    """Return the names behind the labels of a kind (``editor``, ``proof``), as displayed, with staff numbers."""
    names: list[str] = []
    for fact in regions.of(kind):
        value = _clean(_STAFF_APART.sub(" ", without_status(fact.value)))
        if not value or len(value) > 60 or value.lower() in NO_NAMES:
            continue
        if _STAFF.search(value):
            names.extend(trim(part, _TRIM) for part in _STAFF_PART.split(_ASIDE.sub("", value)))
        else:
            names.extend(_editors(value))
    return tuple(dict.fromkeys(names))


def _editors(value: str) -> list[str]:
    """Read the names in a value; offices, ranks, addresses only if no person is named (编辑：宣传科 阚兰)."""
    if _QUESTION.search(value):
        return []
    names = [
        name
        for name in split_names(_BEHIND_EDITOR.split(_ASIDE.sub(" ", value))[0])
        if not _ADDRESS.search(name)
    ]
    if any(map(is_person, names)):
        return [name for name in names if not is_organisation(name) and not _RANK_ONLY.search(name)]
    return names
