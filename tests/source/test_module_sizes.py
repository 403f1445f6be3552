"""No file, class or function of crawler/ and sample_portal/ grows beyond what a reader holds in the head.

Docstrings and blank lines are counted.
"""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

from tests.source.modules import Module, product

MODULE_LINES = 300
CLASS_LINES = 250
FUNCTION_LINES = 80
MEDIAN_LINES = 60, 130


def too_long(module: Module) -> Iterator[str]:
    """Yield the path, if the module is too long, and ``path: name`` of each class and function that is."""
    if module.lines > MODULE_LINES:
        yield module.path
    for node in ast.walk(module.tree):
        match node:
            case ast.ClassDef():
                most = CLASS_LINES
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                most = FUNCTION_LINES
            case _:
                continue
        if (node.end_lineno or node.lineno) - node.lineno + 1 > most:
            yield f"{module.path}: {node.name}"


def test_nothing_is_too_long():
    found = [place for module in product() for place in too_long(module)]
    assert found == [], (
        f"longer than {MODULE_LINES} (module), {CLASS_LINES} (class) or {FUNCTION_LINES} (function) lines"
    )


def test_the_median_module_is_of_readable_size():
    least, most = MEDIAN_LINES
    assert least <= statistics.median(module.lines for module in product()) <= most


def test_what_is_too_long_is_seen():
    function = "def f():\n" + "    pass\n" * FUNCTION_LINES
    held = "class C:\n" + "    x = 1\n" * (CLASS_LINES - 1)
    text = function + held
    module = Module("crawler/x.py", MODULE_LINES, ast.parse(text))
    assert list(too_long(module)) == ["crawler/x.py: f"]
    module = Module("crawler/x.py", MODULE_LINES + 1, ast.parse(held + "    x = 2\n"))
    assert list(too_long(module)) == ["crawler/x.py", "crawler/x.py: C"]
