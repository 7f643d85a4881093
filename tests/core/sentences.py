"""What the source can say when something is wrong, read from the source itself: templates with their fields left blank.

A raise site gives the template of its first argument. What fills a field is looked for as far as one module tells:
words chosen by a condition, a name assigned in the same function, the words that a function of the module returns.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RAISED = ("InputError", "MachineError", "OrgsimError", "Locked", "OtherEnvironment")
METHODS = ("error", "_wrong")
"""Methods that make such an error about a place in a file."""
OTHERS = ("st", "parser")
"""Whose `error` is something else."""
Function = ast.FunctionDef | ast.Module


@dataclass(frozen=True)
class Said:
    """A template and where it stands; `text` is None where the words come from elsewhere."""

    place: str
    text: str | None
    expression: str


def sources() -> list[Path]:
    """Every module of the package and of the dashboard."""
    return sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])


@cache
def said() -> list[Said]:
    """All that any raise site can say, and the words that fill its fields."""
    return [one for file in sources() for one in Module(file).said()]


class Module:
    """One module's sentences."""

    def __init__(self, file: Path) -> None:
        self.name = file.relative_to(ROOT).as_posix()
        self.tree = ast.parse(file.read_text(encoding="utf-8"))

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}

    def said(self) -> Iterator[Said]:
        for function in (self.tree, *self.functions.values()):
            for node in _own(function):
                if isinstance(node, ast.Call) and node.args and _raises(node.func, function) and not _own_chinese(node):
                    yield from self._leaves(node.args[0], function, node.lineno, (), top=True)

    def _leaves(
        self, node: ast.expr, function: Function, line: int, seen: tuple[str, ...], *, top: bool = False
    ) -> Iterator[Said]:
        """The templates an expression may become, and those of its fields."""
        place = f"{self.name}:{line}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Said(place, node.value, ast.unparse(node))
        elif isinstance(node, ast.JoinedStr):
            yield Said(place, _blank(node), ast.unparse(node))
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from self._leaves(part.value, function, line, seen)
        elif isinstance(node, ast.IfExp):
            for branch in (node.body, node.orelse):
                yield from self._leaves(branch, function, line, seen, top=top)
        elif isinstance(node, ast.BoolOp):
            for branch in node.values:
                yield from self._leaves(branch, function, line, seen, top=top)
        else:
            found = list(self._elsewhere(node, function, seen))
            yield from found
            if top and not found:
                yield Said(place, None, ast.unparse(node))

    def _elsewhere(self, node: ast.expr, function: Function, seen: tuple[str, ...]) -> Iterator[Said]:
        if isinstance(node, ast.Name) and node.id not in seen:
            for value in _assigned(node.id, function):
                yield from self._leaves(value, function, value.lineno, (*seen, node.id))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in seen:
            called = self.functions.get(node.func.id)
            for inner in _own(called) if called else ():
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from self._leaves(inner.value, called or function, inner.lineno, (*seen, node.func.id))


def with_chinese() -> list[tuple[str, int, int]]:
    """Raise sites that bring their own Chinese: the place, and the number of fields in each language."""
    return [
        (file.name, _fields(node.args[0]), _fields(chinese))
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and (chinese := _own_chinese(node))
    ]


def _own_chinese(node: ast.Call) -> ast.expr | None:
    return next((word.value for word in node.keywords if word.arg == "zh" and _raises(node.func)), None)


def _fields(node: ast.expr) -> int:
    return sum(isinstance(part, ast.FormattedValue) for part in ast.walk(node))


@cache
def _own(function: Function) -> list[ast.AST]:
    """The nodes of a function without those of functions within it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.ClassDef):
            waiting.extend(node.body)
            continue
        found.append(node)
        waiting.extend(ast.iter_child_nodes(node))
    return found


@cache
def _assignments(function: Function) -> list[ast.AnnAssign | ast.Assign]:
    return [node for node in _own(function) if isinstance(node, (ast.AnnAssign, ast.Assign))]


def _assigned(name: str, function: Function) -> Iterator[ast.expr]:
    for node in _assignments(function):
        if isinstance(node, ast.AnnAssign):
            if node.value and isinstance(node.target, ast.Name) and node.target.id == name:
                yield node.value
        else:
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    yield node.value
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    for one, value in zip(target.elts, node.value.elts, strict=True):
                        if isinstance(one, ast.Name) and one.id == name:
                            yield value


def _raises(called: ast.expr, function: Function | None = None) -> bool:
    """Whether a call makes an error: by its name, by what `function` assigns to that name, or by either branch."""
    if isinstance(called, ast.IfExp):
        return _raises(called.body, function) or _raises(called.orelse, function)
    if isinstance(called, ast.Name):
        assigned = _assigned(called.id, function) if function else ()
        return called.id in RAISED or any(_raises(one) for one in assigned)
    if isinstance(called, ast.Attribute):
        whose = called.value.id if isinstance(called.value, ast.Name) else ""
        return called.attr in METHODS and whose not in OTHERS
    return False


def _blank(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
