"""The shape of the code: what import rules cannot see, and the sizes that keep it readable."""

import ast
import re

import pytest

from tests.project.sources import PURE, modules

EFFECTS = {"Path", "open", "print", "input"}
"""Called by name, these reach outside; a phase is handed text and bytes instead."""

EFFECT_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "now", "utcnow", "today", "getenv"}
"""Called on anything, these read or write a file, the clock or the environment."""

LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
REASON = re.compile(r"^# over 500 lines: \S", re.MULTILINE)


def effects(tree: ast.AST) -> list[str]:
    """Line and name of every call in the tree that reaches outside."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in EFFECTS:
                found.append(f"{node.lineno}: {name}")
            case ast.Call(func=ast.Attribute(attr=name)) if name in EFFECT_METHODS or name == "Path":
                found.append(f"{node.lineno}: .{name}")
    return found


def test_phases_have_no_effects() -> None:
    found = [f"{path}:{effect}" for path, tree, _ in modules(*PURE) for effect in effects(tree)]
    assert not found, "a phase is handed what it needs; the workflow reads and writes:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("Path('x')", 1),
        ("pathlib.Path('x').read_text()", 2),
        ("with open('x'): pass", 1),
        ("datetime.now()", 1),
        ("PurePosixPath('x')", 0),
        ("archive.open('word/document.xml')", 0),
    ],
)
def test_effects_are_recognised(code: str, count: int) -> None:
    assert len(effects(ast.parse(code))) == count


def test_no_module_is_too_long_without_a_reason() -> None:
    long = {path: text.count("\n") for path, _, text in modules() if text.count("\n") > LONGEST_MODULE}
    reasons = {path for path, _, text in modules() if REASON.search(text)}
    unexplained = {path: lines for path, lines in long.items() if path not in reasons}
    assert not unexplained, "split it, or say why not in a line `# over 500 lines: …`"


def test_no_function_is_too_long() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path, tree, _ in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "name the steps:\n" + "\n".join(long)


def test_every_module_says_what_it_is() -> None:
    assert not [path for path, tree, _ in modules() if not ast.get_docstring(tree)]
