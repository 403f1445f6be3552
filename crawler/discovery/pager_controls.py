"""Controls of a pager that are no links: buttons and words with a handler, selects, addresses in attributes.

Followed are literal addresses, and addresses that a function of the page makes of the number it is called with: both
are read, and nothing is run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.discovery.inline_scripts import inline_scripts
from crawler.discovery.pager_words import LONGEST, is_pager_word, page_number
from crawler.discovery.script_expressions import EXPRESSION, LOCATION, PageAddress, literals_of, read_address
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from crawler.parsing import Document

__all__ = ["Control", "label_of", "pager_controls"]

_CONTROLS: Final = '[onclick], a[href^="javascript" i], [data-href], [data-url], [data-link]'
_MOST: Final = 2000
_MOST_OPTIONS: Final = 500
_SCRIPT_LENGTH: Final = 40_000
_NEXT_NAME = re.compile(
    r"(?:^|[\s_-])(?:next(?:[-_]?page)?|page[-_]?next|btn[-_]?next|xiaye|xiayiye|xyy)(?:[\s_-]|\d|$)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"[\w<>«»‹›←→＜＞▶◀]")
_FILE = re.compile(r"[^/?#]*$")
_CALL = re.compile(r"(?:^|[;\s:({]|return\s)([A-Za-z_$][\w$.]{0,80})\s{0,9}\(([^()]{0,300})\)")
_LITERAL = re.compile(r"""["']([^"'\\\s<>]{1,500})["']""")
_ADDRESS = re.compile(
    r"(?:https?:/)?\.{0,2}/[^\s]*|\?[^\s]+|[\w%./-]+\.(?:s?html?|php|aspx?|jspx?|do|action)(?:[?#].*)?",
    re.IGNORECASE,
)
_LEADS = re.compile(
    rf"{LOCATION}({EXPRESSION})|\b(?:location\.(?:assign|replace)|window\.open|open)\(\s{{0,9}}({EXPRESSION})\s{{0,9}}[,)]"
)
_FUNCTION = re.compile(
    r"(?:function\s{1,9}([A-Za-z_$][\w$]{0,60})\s{0,9}|([A-Za-z_$][\w$]{0,60})\s{0,9}[:=]\s{0,9}(?:function\s{0,9}\w{0,40}\s{0,9})?)"
    r"\(\s{0,9}([A-Za-z_$][\w$]{0,60})?[^()]{0,80}\)\s{0,9}(?:=>\s{0,9})?\{"
)
_BODY: Final = 600
_LONGEST_NAME: Final = 200
_OF_TOTAL = re.compile(r"\s*(?:第\s?)?(\d{1,6})\s?[页頁]?(?:\s?/\s?共?\s?\d{1,6}\s?[页頁]?)?\s*")


class Control(NamedTuple):
    """An absolute URL that a control leads to, and what the control says."""

    raw: str
    text: str


def label_of(node: LexborNode) -> str:
    """Return what a control says: its text, else what stands for it, else ``next`` where name or picture say that."""
    text = node.text().strip()
    if _SAYS.search(text):
        return text
    nodes = [node, *node.css("img, i, span, svg, em")[:3]]
    for name in ("alt", "title", "aria-label", "value"):
        for inner in nodes:
            said = (inner.attrs.get(name) or "").strip()
            if said and len(said) < LONGEST:
                return said
    return "next" if any(_is_named_next(inner) for inner in nodes) else ""


def _is_named_next(node: LexborNode) -> bool:
    picture = _FILE.search(node.attrs.get("src") or "")
    names = [node.attrs.get(name) for name in ("class", "id", "rel")]
    if picture is not None:
        names.append(picture[0].partition(".")[0])
    return any(name and len(name) < _LONGEST_NAME and _NEXT_NAME.search(name) for name in names)


def pager_controls(doc: Document) -> list[Control]:
    """Return the controls of a page that look like a pager's, and where they lead. Never raises."""
    found: list[Control] = []
    functions: dict[str, PageAddress] | None = None
    for node in doc.tree.css(_CONTROLS)[:_MOST]:
        label = label_of(node)
        if not is_pager_word(label):
            continue
        if functions is None:
            functions = _functions(doc)
        address = _address(node, functions)
        if address:
            found.append(Control(join(doc.base_url, address), label))
    for select in doc.tree.css("select")[:20]:
        found += _options(doc, select)
    return found


def _address(node: LexborNode, functions: Mapping[str, PageAddress]) -> str | None:
    attributes = node.attrs
    for name in ("data-href", "data-url", "data-link"):
        value = (attributes.get(name) or "").strip()
        if value and _ADDRESS.fullmatch(value):
            return value
    for handler in (attributes.get("onclick") or "", attributes.get("href") or ""):
        address = _handled(handler[:2000], functions)
        if address:
            return address
    return None


def _handled(handler: str, functions: Mapping[str, PageAddress]) -> str | None:
    """Return the address that a handler leads to: a literal one, or that of a function of the page for a number."""
    leads = _LEADS.search(handler)
    if leads is not None:
        address = read_address(next(filter(None, leads.groups())), {})
        return address.head if address is not None and not address.hole else None
    for name, arguments in _CALL.findall(handler):
        first = arguments.partition(",")[0].strip().strip("\"'")
        function = functions.get(name.rpartition(".")[2])
        if function is not None and first.isdecimal() and len(first) <= 6:
            return function.of(first)
        literal = _LITERAL.search(arguments)
        if literal is not None and "+" not in arguments and _ADDRESS.fullmatch(literal[1]):
            return literal[1]
    return None


def _functions(doc: Document) -> dict[str, PageAddress]:
    """Return the page's functions that lead to an address made of their first parameter."""
    out: dict[str, PageAddress] = {}
    for script in inline_scripts(doc, _SCRIPT_LENGTH):
        literals: dict[str, str] | None = None
        for match in _FUNCTION.finditer(script):
            leads = _LEADS.search(script, match.end(), match.end() + _BODY)
            if leads is None or _FUNCTION.search(script, match.end(), leads.start()):
                continue
            literals = literals_of(script) if literals is None else literals
            address = read_address(next(filter(None, leads.groups())), literals)
            if address is not None and address.hole and address.hole == match[3]:
                out.setdefault(match[1] or match[2], address)
    return out


def _options(doc: Document, select: LexborNode) -> Iterator[Control]:
    """Yield the pages of a select: its options are numbers, their values addresses or numbers for a function."""
    options = select.css("option")[:_MOST_OPTIONS]
    labels = [_OF_TOTAL.fullmatch(option.text()) for option in options]
    if len(options) < 2 or not all(labels):
        return
    functions: dict[str, PageAddress] | None = None
    for option, label in zip(options, labels, strict=True):
        value = (option.attrs.get("value") or "").strip()
        address: str | None = value if _ADDRESS.fullmatch(value) else None
        if address is None and value.isdecimal():
            functions = _functions(doc) if functions is None else functions
            handler = (select.attrs.get("onchange") or "")[:2000]
            address = _chosen(handler, value, functions)
        if address and label is not None and page_number(label[1]) is not None:
            yield Control(join(doc.base_url, address), label[1])


def _chosen(handler: str, value: str, functions: Mapping[str, PageAddress]) -> str | None:
    """Return where a select leads for a value: ``location = 'list_' + this.value + '.html'``, ``go(this.value)``."""
    leads = _LEADS.search(handler)
    if leads is not None:
        address = read_address(next(filter(None, leads.groups())), {})
        return address.of(value) if address is not None and address.hole.endswith("value") else None
    for name, arguments in _CALL.findall(handler):
        function = functions.get(name.rpartition(".")[2])
        if function is not None and "value" in arguments:
            return function.of(value)
    return None
