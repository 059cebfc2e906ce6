"""Which commands there are, by area, and what each one does; found by looking at files, so that help is instant."""

import ast
from importlib.util import find_spec
from pathlib import Path
from textwrap import fill

OURS = "trellis."


def commands() -> dict[str, Path]:
    """The file of each command by its name; where two areas have one name, the lowest in INSTALLED_APPS has it."""
    from django.conf import settings

    found: dict[str, Path] = {}
    for package in ("django.core", *reversed(settings.INSTALLED_APPS)):
        found |= {file.stem: file for file in _command_files(package)}
    return found


def package_of(file: Path) -> str:
    """The area that a command's file belongs to, as INSTALLED_APPS names it."""
    from django.conf import settings

    for package in ("django.core", *settings.INSTALLED_APPS):
        if file in _command_files(package):
            return package
    raise LookupError(file)


def overview() -> str:
    """What `trellis help` prints: our commands by area with a line each, then Django's own by name."""
    from django.conf import settings

    found = commands()
    lines = ["Usage: trellis COMMAND [OPTIONS]", "`trellis help COMMAND` says how a command works.", ""]
    width = max(len(name) for name in found)
    for package in (package for package in settings.INSTALLED_APPS if package.startswith(OURS)):
        here = {file.stem: file for file in _command_files(package) if found[file.stem] == file}
        if here:
            lines.append(package.removeprefix(OURS).capitalize())
            lines += [f"  {name:{width}}  {purpose(file)}" for name, file in here.items()] + [""]
    others = sorted(name for name, file in found.items() if not package_of(file).startswith(OURS))
    return "\n".join([*lines, "Django", fill(", ".join(others), 100, initial_indent="  ", subsequent_indent="  ")])


def purpose(file: Path) -> str:
    """What a command does, in the words of its `help`, or else of its file's first line."""
    source = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(source):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if "help" in names and isinstance(node.value.value, str):
                return node.value.value
    return (ast.get_docstring(source) or "").partition("\n")[0]


def _command_files(package: str) -> list[Path]:
    """The files in which a package keeps its commands, by name."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations or [] if spec else []
    files = (file for folder in folders for file in Path(folder, "management", "commands").glob("[!_]*.py"))
    return sorted(files)
