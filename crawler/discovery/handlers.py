"""What leads on by a handler: literal addresses, and those that a function of the page makes of a number; never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.discovery.inline_scripts import inline_scripts
from crawler.discovery.script_expressions import EXPRESSION, LOCATION, PageAddress, literals_of, read_address
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from crawler.parsing import Document

__all__ = [
    "ADDRESS",
    "CONTROLS",
    "MOST_CONTROLS",
    "chosen_address",
    "handled_address",
    "handled_links",
    "page_functions",
]

CONTROLS: Final = '[onclick], a[href^="javascript" i], [data-href], [data-url], [data-link]'
MOST_CONTROLS: Final = 2000
_SCRIPT_LENGTH: Final = 40_000
_CALL = re.compile(r"(?:^|[;\s:({]|return\s)([A-Za-z_$][\w$.]{0,80})\s{0,9}\(([^()]{0,300})\)")
_LITERAL = re.compile(r"""["']([^"'\\\s<>]{1,500})["']""")
ADDRESS = re.compile(
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
_LONGEST_NUMBER: Final = 12


def handled_links(doc: Document) -> Iterator[tuple[LexborNode, str]]:
    """Yield the elements of a page that lead on by a handler, each with where it leads, as an absolute URL."""
    functions: dict[str, PageAddress] | None = None
    for node in doc.tree.css(CONTROLS)[:MOST_CONTROLS]:
        functions = page_functions(doc) if functions is None else functions
        address = handled_address(node, functions)
        if address:
            yield node, join(doc.base_url, address)


def handled_address(node: LexborNode, functions: Mapping[str, PageAddress]) -> str | None:
    """Return the address that an attribute or a handler of an element has; None where it has no literal one."""
    attributes = node.attrs
    for name in ("data-href", "data-url", "data-link"):
        value = (attributes.get(name) or "").strip()
        if value and ADDRESS.fullmatch(value):
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
        if function is not None and first.isdecimal() and len(first) <= _LONGEST_NUMBER:
            return function.of(first)
        literal = _LITERAL.search(arguments)
        if literal is not None and "+" not in arguments and ADDRESS.fullmatch(literal[1]):
            return literal[1]
    return None


def page_functions(doc: Document) -> dict[str, PageAddress]:
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


def chosen_address(handler: str, value: str, functions: Mapping[str, PageAddress]) -> str | None:
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
