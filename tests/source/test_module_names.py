"""What a module defines it defines once, and what a spider offers is asked by name and type.

Of two definitions of a top-level name the second wins without a word: ruff sees it of functions and classes that
are unused in between, and not at all of constants.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable

import pytest

from tests.source.modules import Module, others, product

# The one file that reads an attribute of a spider by getattr: the seam itself.
SEAM = {"crawler/context/context.py"}


def defined(body: Iterable[ast.stmt]) -> Counter[str]:
    """Return how often each name is defined in a run of statements; in alternatives, in the one that does it most."""
    count: Counter[str] = Counter()
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                if not any(_is_variant(decorator) for decorator in statement.decorator_list):
                    count[statement.name] += 1
            case ast.Assign(targets=targets):
                count.update(name for target in targets for name in _names(target))
            case ast.AnnAssign(target=target, value=value) if value is not None:
                count.update(_names(target))
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                count.update({alias.asname or alias.name for alias in names if "." not in alias.name})
            case ast.If(body=first, orelse=second):
                count += defined(first) | defined(second)
            case ast.Try(body=tried, orelse=went_well, handlers=handlers, finalbody=last):
                alternatives = defined([*tried, *went_well])
                for handler in handlers:
                    alternatives |= defined(handler.body)
                count += alternatives + defined(last)
            case ast.With(body=inner):
                count += defined(inner)
            case _:
                pass
    del count["_"], count["*"]  # of star imports nobody sees here what they define
    return count


def _is_variant(decorator: ast.expr) -> bool:
    """Return True for ``@overload``, ``@name.register`` and the like, whose functions share a name on purpose."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    match named:
        case ast.Name(id=name):
            return name == "overload"
        case ast.Attribute(attr=name):
            return name in {"overload", "register"}
        case _:
            return False


def _names(target: ast.expr) -> set[str]:
    return {
        node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def twice(text: str) -> list[str]:
    return sorted(name for name, times in defined(ast.parse(text).body).items() if times > 1)


@pytest.mark.parametrize("modules", [product, pytest.param(others, marks=pytest.mark.slow)])
def test_no_module_defines_a_name_twice(modules):
    found = {
        f"{module.path}: {name}"
        for module in modules()
        for name, times in defined(module.tree.body).items()
        if times > 1
    }
    assert sorted(found) == [], "defined twice: the first definition is never seen"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A = 1\nA = 2\n", ["A"]),
        ("A: int = 1\nB, A = 1, 2\n", ["A"]),
        ("def f(): ...\nprint(f)\nclass f: ...\n", ["f"]),
        ("from m import f\nprint(f)\ndef f(): ...\n", ["f"]),
        ("if x:\n    A = 1\nelse:\n    A = 2\nA = 3\n", ["A"]),
        ("try:\n    A = 1\nexcept E:\n    B = 1\nelse:\n    A = 2\n", ["A"]),
        ("if x:\n    A = 1\nelse:\n    A = 2\n", []),
        ("try:\n    import m\nexcept ImportError:\n    m = None\n", []),
        ("A: int\nA = 1\nA += 1\n", []),
        ("import a.b\nimport a.c\n", []),
        ("@overload\ndef f(x: int): ...\n@overload\ndef f(x: str): ...\ndef f(x): ...\n", []),
        ("@f.register\ndef _(x: int): ...\n@f.register(str)\ndef _(x): ...\n", []),
        ("A.b = 1\nA['c'] = 2\nA['c'] = 3\n", []),
    ],
)
def test_a_name_that_is_defined_twice_is_seen(text, names):
    assert twice(text) == names


def asks_a_spider(tree: ast.AST) -> bool:
    """Return True if ``getattr`` is used on something called spider: ``spider``, ``x.spider``, ``x._spider()``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="getattr"), args=[subject, *_]) if _is_spider(subject):
                return True
            case _:
                pass
    return False


def _is_spider(subject: ast.expr) -> bool:
    match subject:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_") == "spider"
        case ast.Call(func=called):
            return _is_spider(called)
        case _:
            return False


def test_a_spider_is_asked_by_type():
    found = {module.path for module in product() if asks_a_spider(module.tree)}
    assert found == SEAM, "getattr on a spider: crawler.context.context_of gives what it offers, typed"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("getattr(spider, 'x', None)", True),
        ("getattr(self._crawler.spider, 'x')", True),
        ("getattr(getattr(self._spider(), 'x', None), 'y')", True),
        ("getattr(response, 'x', None)\nspider.x", False),
    ],
)
def test_a_question_by_name_is_seen(text, asks):
    assert asks_a_spider(Module("x.py", 1, ast.parse(text)).tree) is asks
