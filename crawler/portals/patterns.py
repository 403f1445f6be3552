r"""Regular expressions of profiles: compiled, and refused where hostile text could make them run for ever.

Python's engine backtracks. A pattern takes exponential time where something is repeated whose parts can
share out the same text in several ways (``(\\d+)*``, ``(a|ab)*``, ``(\\w+\\s?)*``). So inside a repetition
everything must be decided by the next character: the first characters of an optional or repeated part, and
those of what may follow it, must not overlap, nor those of two alternatives. (That is LL(1), as in
Brüggemann-Klein & Wood, "One-unambiguous regular languages", 1998, on a sample of characters.) What remains
is polynomial, and is bounded by the length of what a pattern is given: :data:`MAX_URL_INPUT`,
:data:`MAX_TEXT_INPUT`.

Why not an engine with a time-out or a linear one: ``regex`` takes 3.3 to 4.6 microseconds for a search with
``timeout`` where ``re`` takes 0.2 to 1.0 (on patterns of the bundled families; without the time-out it takes
twice as long as ``re``), and several patterns are asked of every link that was never seen; ``re2`` has no look-around,
which the families' rewrites need. A time-out would also blame the page, when it is the profile that is wrong.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["MAX_TEXT_INPUT", "MAX_URL_INPUT", "compile_pattern"]

MAX_URL_INPUT: Final = 2000
"""Characters of a URL that a pattern may see; a longer URL matches nothing."""

MAX_TEXT_INPUT: Final = 4000
"""Characters of a text that a pattern may see; the rest is cut."""

_MAX_PATTERN = 1000
_MAX_WIDE = 3
_FEW = 3  # a part that repeats at most so often multiplies the ways, but has no exponent

# Every printable ASCII character, white space, and some of the scripts of a Chinese page
_SAMPLE: Final = [chr(code) for code in (9, 10, 13, *range(32, 127), 0xA0, 0x3000)] + list(
    "éя、。：（）０Ａ一福年々あア한"
)
_WIDE = len(_SAMPLE) // 2

# The engine's own parser: no other knows its syntax. It has been at this place since Python 3.11.
_parser: Any = import_module("re._parser")

_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_Node = tuple[str, Any]
_Chars = frozenset[str]


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern that is safe to run on anything.

    Raises:
        ValueError: one line: it does not compile, or may take exponential time.
    """
    if len(text) > _MAX_PATTERN:
        raise ValueError(f"a pattern of {len(text)} characters; at most {_MAX_PATTERN}")
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"bad regular expression {text!r}: {error}") from error
    except (OverflowError, RecursionError) as error:
        raise ValueError(f"bad regular expression {text!r}: too large") from error
    tree = _nodes(_parser.parse(text))
    _check(tree, text)
    if _count_wide(tree) > _MAX_WIDE:
        raise ValueError(
            f"regular expression {text!r} may take very long: more than {_MAX_WIDE} times .* or the like"
        )
    return pattern


def _nodes(tree: Any) -> list[_Node]:
    """Return a sequence of the engine's parse tree, with plain groups dissolved into it."""
    out: list[_Node] = []
    for op, argument in tree:
        if str(op) == "SUBPATTERN":
            out.extend(_nodes(argument[3]))
        else:
            out.append((str(op), argument))
    return out


def _check(sequence: Sequence[_Node], text: str) -> None:
    """Check every repetition in the sequence, at any depth."""
    for op, argument in sequence:
        if op in {"GROUPREF", "GROUPREF_EXISTS"}:
            raise ValueError(f"regular expression {text!r}: references to groups are not allowed")
        if op in _REPEATS and argument[1] > _FEW and op != "POSSESSIVE_REPEAT":
            body = _nodes(argument[2])
            if not _decided(body, _first(body)):
                raise ValueError(
                    f"regular expression {text!r} may take exponential time: "
                    "a repeated part can match the same text in several ways"
                )
        for inner in _inner(op, argument):
            _check(inner, text)


def _inner(op: str, argument: Any) -> list[list[_Node]]:
    if op in _REPEATS:
        return [_nodes(argument[2])]
    if op == "BRANCH":
        return [_nodes(branch) for branch in argument[1]]
    if op in {"ASSERT", "ASSERT_NOT"}:
        return [_nodes(argument[1])]
    if op == "ATOMIC_GROUP":
        return [_nodes(argument)]
    return []


def _decided(sequence: Sequence[_Node], after: _Chars) -> bool:
    """Say whether the next character decides every choice in the sequence, where ``after`` may follow it."""
    for index, (op, argument) in enumerate(sequence):
        follow = _first(sequence[index + 1 :])
        if _nullable(sequence[index + 1 :]):
            follow |= after
        if op == "BRANCH":
            branches = [_nodes(branch) for branch in argument[1]]
            firsts = [_first(branch) | (follow if _nullable(branch) else frozenset()) for branch in branches]
            if sum(map(len, firsts)) > len(frozenset().union(*firsts)):
                return False
            if not all(_decided(branch, follow) for branch in branches):
                return False
        elif op in _REPEATS and op != "POSSESSIVE_REPEAT":
            low, high, tree = argument
            body = _nodes(tree)
            if low != high and _first(body) & follow:
                return False
            if not _decided(body, follow | (_first(body) if high > 1 else frozenset())):
                return False
    return True


def _first(sequence: Iterable[_Node]) -> _Chars:
    """Return the characters of the sample that a match of the sequence may begin with."""
    out: set[str] = set()
    for op, argument in sequence:
        if op == "BRANCH":
            for branch in argument[1]:
                out |= _first(_nodes(branch))
        elif op in _REPEATS:
            out |= _first(_nodes(argument[2]))
        elif op == "ATOMIC_GROUP":
            out |= _first(_nodes(argument))
        else:
            out |= _characters(op, argument)
        if not _is_nullable(op, argument):
            break
    return frozenset(out)


def _nullable(sequence: Iterable[_Node]) -> bool:
    return all(_is_nullable(op, argument) for op, argument in sequence)


def _is_nullable(op: str, argument: Any) -> bool:
    if op in _REPEATS:
        return argument[0] == 0 or _nullable(_nodes(argument[2]))
    if op == "BRANCH":
        return any(_nullable(_nodes(branch)) for branch in argument[1])
    if op == "ATOMIC_GROUP":
        return _nullable(_nodes(argument))
    return op in {"AT", "ASSERT", "ASSERT_NOT"}


def _characters(op: str, argument: Any) -> _Chars:
    """Return what one character may be; in both cases, since a flag may make them equal."""
    if op == "LITERAL":
        return _both_cases({chr(argument)})
    if op == "NOT_LITERAL":
        return frozenset(_SAMPLE) - {chr(argument)}
    if op == "ANY":
        return frozenset(_SAMPLE)
    if op == "IN":
        return _set(argument)
    return frozenset()


def _both_cases(characters: set[str]) -> _Chars:
    return frozenset(characters | {character.swapcase() for character in characters})


def _set(items: Iterable[tuple[Any, Any]]) -> _Chars:
    out: set[str] = set()
    negated = False
    for item, argument in items:
        kind = str(item)
        if kind == "NEGATE":
            negated = True
        elif kind == "LITERAL":
            out.add(chr(argument))
        elif kind == "RANGE":
            out.update(character for character in _SAMPLE if argument[0] <= ord(character) <= argument[1])
        elif kind == "CATEGORY":
            test = _CATEGORIES[str(argument)]
            out.update(character for character in _SAMPLE if test.match(character))
    return frozenset(_SAMPLE) - out if negated else _both_cases(out)


_CATEGORIES: Final = {
    f"CATEGORY_{name}": re.compile(pattern)
    for name, pattern in (
        ("DIGIT", r"\d"), ("NOT_DIGIT", r"\D"), ("SPACE", r"\s"),
        ("NOT_SPACE", r"\S"), ("WORD", r"\w"), ("NOT_WORD", r"\W"),
    )
}  # fmt: skip


def _count_wide(sequence: Iterable[_Node]) -> int:
    """Count the unbounded repetitions of nearly any character (``.*``, ``[^/]+``)."""
    count = 0
    for op, argument in sequence:
        if op in _REPEATS and argument[1] > _MAX_PATTERN and len(_first(_nodes(argument[2]))) > _WIDE:
            count += op != "POSSESSIVE_REPEAT"
        count += max(map(_count_wide, _inner(op, argument)), default=0)
    return count
