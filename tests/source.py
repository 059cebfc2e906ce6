"""Reads our own source: what test_architecture.py asks its questions of."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the top, as people say it: trellis/support/views.py."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def area(self) -> str:
        """support, for trellis/support/views.py."""
        return self.path.relative_to(ROOT).parts[1]

    @cached_property
    def text(self) -> str:
        """What is in it."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """What is in it, parsed."""
        return ast.parse(self.text)

    @property
    def without_docstrings(self) -> str:
        """Its code alone, without comments and docstrings."""
        tree = ast.parse(self.text)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Module | ast.ClassDef | Function)
                and ast.get_docstring(node, clean=False) is not None
            ):
                node.body[0] = ast.Pass()
        return ast.unparse(tree)

    def is_a(self, kind: str) -> bool:
        """Whether it is commands.py, a file of the folder commands/, or a topic of it such as case_commands.py."""
        return self.path.stem == kind or self.path.parent.name == kind or self.path.stem.endswith(f"_{kind}")

    @cached_property
    def imported(self) -> dict[str, str]:
        """What each imported name stands for: {"audit": "trellis.audit.commands"}."""
        names = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        return names

    def meaning(self, node: ast.expr) -> str:
        """The full name of what an expression names: `audit.record` is trellis.audit.commands.record."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self.meaning(node.value)}.{node.attr}"
        return ""

    def calls(self, node: ast.AST) -> set[str]:
        """The full names of everything called, or used as a decorator, inside a node."""
        called = {self.meaning(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
        if isinstance(node, Function):
            called |= {self.meaning(decorator) for decorator in node.decorator_list}
        return called

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Every function and method with its name: `Case.__str__`."""
        yield from _functions(self.tree, "")

    def public_functions(self) -> list[Function]:
        """The functions of the module itself whose names do not begin with an underscore."""
        return [node for node in self.tree.body if isinstance(node, Function) and not node.name.startswith("_")]


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield prefix + child.name, child
        if isinstance(child, Function | ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


@cache
def modules() -> tuple[Module, ...]:
    """Our code, without its migrations and tests."""
    files = sorted((ROOT / "trellis").rglob("*.py"))
    return tuple(Module(path) for path in files if not {"migrations", "tests"} & set(path.parts))


@cache
def test_modules() -> tuple[Module, ...]:
    """The tests, of the whole and of each area."""
    files = [*ROOT.glob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "trellis").glob("*/tests/**/*.py")]
    return tuple(Module(path) for path in sorted(files))


@cache
def templates() -> dict[str, str]:
    """Our Jinja2 templates: {"support/case.html": its source}."""
    files = (ROOT / "trellis").glob("*/jinja2/**/*.html")
    return {file.as_posix().split("/jinja2/")[1]: file.read_text() for file in sorted(files)}


def reaches(module: Module, function: Function, wanted: set[str]) -> bool:
    """Whether a function calls something wanted, itself or through functions of its own area.

    A public command of another area counts: it is held to the same by its own case of the test.
    """
    seen: set[str] = set()
    queue = [(module, function)]
    while queue:
        where, node = queue.pop()
        for called in where.calls(node):
            if called in wanted or _is_command_elsewhere(called, module.area):
                return True
            if called not in seen:
                seen.add(called)
                queue += _definitions(called.rpartition(".")[2], module.area)
    return False


def _is_command_elsewhere(called: str, area: str) -> bool:
    parts = called.split(".")
    return parts[0] == "trellis" and "commands" in parts[2:] and parts[1] not in (area, "audit", "evidence")


def _definitions(name: str, area: str) -> list[tuple[Module, Function]]:
    return _functions_by_name(area).get(name, [])


@cache
def _functions_by_name(area: str) -> dict[str, list[tuple[Module, Function]]]:
    found: dict[str, list[tuple[Module, Function]]] = {}
    for module in modules():
        for _name, function in module.functions() if module.area == area else ():
            found.setdefault(function.name, []).append((module, function))
    return found
