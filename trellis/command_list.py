"""Which commands there are, by area, and what each one does; found by looking at files, so that help is instant."""

import ast
from importlib.util import find_spec
from pathlib import Path
from textwrap import fill

OURS = "trellis."
WIDTH = 100  # columns of a terminal


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
    """What `trellis help` prints: our commands by area with what each does, then Django's own by name."""
    from django.conf import settings

    found = commands()
    ours = [package for package in settings.INSTALLED_APPS if package.startswith(OURS)]
    by_area = {package: [file for file in _command_files(package) if found[file.stem] == file] for package in ours}
    named = {file.stem for files in by_area.values() for file in files}
    width = max(map(len, named)) + 4
    lines = ["Usage: trellis COMMAND [OPTIONS]", "`trellis help COMMAND` says how a command works."]
    for package, files in by_area.items():
        if files:
            lines += ["", package.removeprefix(OURS).capitalize()]
            lines += [_wrapped(purpose(file), f"  {file.stem}".ljust(width), " " * width) for file in files]
    return "\n".join([*lines, "", "Django", _wrapped(", ".join(sorted(found.keys() - named)), "  ", "  ")])


def _wrapped(text: str, first: str, others: str) -> str:
    return fill(text, WIDTH, initial_indent=first, subsequent_indent=others)


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
