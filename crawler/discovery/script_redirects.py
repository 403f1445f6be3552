"""Pages that do nothing but lead on, by a script: a literal address is read, and nothing is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.discovery.script_expressions import EXPRESSION, LOCATION, literals_of, read_address

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MOST_BYTES", "script_redirect"]

MOST_BYTES: Final = 32_768
"""A page that only leads on is short."""

_MOST_WORDS: Final = 120
_MOST_LINKS: Final = 4
_BEGIN = re.compile(r"<script\b", re.IGNORECASE)
_MARKUP = re.compile(r"<!--|(?://)?\s*-->|<!\[CDATA\[|(?://)?\s*\]\]>")
_DEEPEST: Final = 12
_UNSEEN = re.compile(r"<(style|noscript|title|head)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\b[^>]*\bhref", re.IGNORECASE)
_ONLOAD = re.compile(r"""<body\b[^>]*\bonload\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LEADS = re.compile(
    rf"{LOCATION}({EXPRESSION})|(?:\b(?:window|document|self|top|parent)\.){{0,2}}\blocation\.(?:replace|assign)\s{{0,9}}\(\s{{0,9}}({EXPRESSION})\s{{0,9}}\)"
    rf"|\bwindow\.navigate\(\s{{0,9}}({EXPRESSION})\s{{0,9}}\)"
)
_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|[{}();]""", re.DOTALL
)
_TIMER = re.compile(r"""\bsetTimeout\s*\(\s*(?:"([^"]{1,500})"|'([^']{1,500})')""")
_RUN_AT_ONCE = re.compile(
    r"(?:\A[\s;]*(?:[(!+]+|void\s)\s*(?:function\s*\w*\s*\(\s*\w*\s*\)\s*|\(\s*\w*\s*\)\s*=>\s*)|\A\s*try\s*"
    r"|\bonload\s*=\s*function\s*\w*\s*\(\s*\w*\s*\)\s*"
    r"|(?:(?:\$|jQuery|ready|setTimeout)\s*\(|[\"'](?:load|DOMContentLoaded)[\"']\s*,)\s*"
    r"(?:function\s*\w*\s*\(\s*\w*\s*\)|\(\s*\w*\s*\)\s*=>)\s*)\Z"
)
_NAMED = re.compile(r"function\s+([A-Za-z_$][\w$]*)\s*\(\s*\)\s*")
_OF_READER: Final = ("location.search", "location.hash")
"""What follows the address that the reader came with: nothing, where a crawler comes."""

_MOBILE = re.compile(r"if\s*\(.*(?:userAgent|mobile|iphone|android|\bua\b|screen)", re.IGNORECASE | re.DOTALL)


def script_redirect(html: str) -> str | None:
    """Return the address that a page leads to as soon as it is there, as it stands in the page; None where it does not.

    Only of pages that show hardly a word. An address that depends on the reader (their device, a cookie, what they
    typed) or that a script puts together is none; of a fork between telephones and other devices the others' is taken.
    """
    rest, sources = _split(html)
    seen = _UNSEEN.sub(" ", rest)
    if len("".join(_TAG.sub(" ", seen).split())) > _MOST_WORDS or len(_LINK.findall(seen)) > _MOST_LINKS:
        return None
    scripts = [next(filter(None, found.groups()), "") for found in _ONLOAD.finditer(rest)] + sources
    scripts += [next(filter(None, timer.groups())) for source in sources for timer in _TIMER.finditer(source)]
    whole = "\n".join(scripts)
    literals = {
        name: text
        for name, text in literals_of(whole).items()
        if len(re.findall(rf"(?<![\w$.]){re.escape(name)}\s*[+-]?=(?!=)", whole)) == 1
    }
    for source in scripts:
        address = _leads(source, whole, literals)
        if address:
            return address
    return None


def _split(html: str) -> tuple[str, list[str]]:
    """Return a page without its scripts, and the sources of those that stand in it."""
    first, *parts = _BEGIN.split(html[:MOST_BYTES])
    rest, sources = [first], []
    for part in parts:
        about, _, body = part.partition(">")
        source, end, behind = body.partition("</")
        while end and behind[:6].lower() != "script":
            more, end, behind = behind.partition("</")
            source += "</" + more
        rest.append(behind.partition(">")[2])
        if "src=" not in about.lower():
            sources.append(_MARKUP.sub("\n", source))
    return "".join(rest), sources


def _leads(source: str, whole: str, literals: Mapping[str, str]) -> str | None:
    """Return the first literal address that a script leads to without asking for anything first."""
    blocks: list[str] = []
    statement = ""
    former = ""
    last = 0
    for token in (*_TOKEN.finditer(source), None):
        at = token.start() if token is not None else len(source)
        statement += source[last:at]
        word = token[0] if token is not None else ";"
        last = token.end() if token is not None else at
        if word[0] in "\"'`" or word in "()":
            statement += word
            continue
        if word[0] == "/":
            continue
        if all(_runs(block, whole) for block in blocks) and (
            address := _address(statement, former, literals)
        ):
            return address
        if word == "{":
            header = statement.strip()
            blocks.append(f"{former} else" if header == "else" else header)
            if len(blocks) > _DEEPEST:
                return None
        elif word == "}" and blocks:
            former = blocks.pop()
        elif statement.strip():
            former = statement
        statement = ""
    return None


def _address(statement: str, former: str, literals: Mapping[str, str]) -> str | None:
    """Return the literal address of a statement that does nothing but lead on; ``former`` stands before an ``else``."""
    found = _LEADS.search(statement)
    if found is None:
        return None
    before = statement[: found.start()].strip(" \t\r\n(!")
    if before not in _BEFORE and not (before == "else" and _MOBILE.search(former)):
        return None
    address = read_address(next(filter(None, found.groups())), literals)
    if address is None or (address.hole and not address.hole.endswith(_OF_READER)):
        return None
    return address.head.strip() or None


_BEFORE: Final = frozenset({"", "return", "void", "javascript:"})


def _runs(block: str, whole: str) -> bool:
    """Say whether a block of a script, known by what stands before it, is run in every browser that opens the page."""
    if block.endswith(" else"):
        return _MOBILE.search(block) is not None
    if _RUN_AT_ONCE.search(block) is not None:
        return True
    named = _NAMED.fullmatch(block)
    if named is None:
        return False
    call = re.compile(rf"(?<!function )(?<![\w$.]){re.escape(named[1])}\s*(?:\(\s*\)|,\s*\d)")
    return call.search(whole) is not None
