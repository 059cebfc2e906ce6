"""The one command line: `trellis help` lists what it can do, by area.

Django's management commands under a good name. A refusal is one sentence on standard error and exit 2, whichever
command it comes from; `--traceback` shows before it where it arose.
"""

import os
import sys
from io import TextIOWrapper

# These ask nothing of the database, so they need not wait for every area to be loaded.
WITHOUT_DATABASE = {"appraise", "budget", "deadline", "link_list", "share"}
REFUSED, INTERRUPTED = 2, 130


def main() -> None:
    """Run the command that was typed; the settings are always ours."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to fail
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError, SystemCheckError
    from django.db import OperationalError, ProgrammingError

    from trellis.core.errors import RuleBroken

    try:
        run(sys.argv[1:])
    except SystemCheckError as error:  # a list of faults, which no sentence can hold
        refuse(str(error))
    except (CommandError, ImproperlyConfigured, RuleBroken) as error:
        refuse(sentence(error))
    except (OperationalError, ProgrammingError) as error:  # a table that is not there: SQLite's name, PostgreSQL's
        said = str(error).partition("\n")[0]
        refuse(f"The database says “{said}”: check DATABASE_URL, and that `trellis migrate` has run.")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def run(typed: list[str]) -> None:
    """Run one command, given what was typed after `trellis`. Raises whatever the command raises."""
    name, *rest = typed or ["help"]
    if name in ("help", "-h", "--help"):
        show_help(rest)
    elif name in ("version", "--version"):
        print(version())
    else:
        execute(find_command(name), name, rest)


def version() -> str:
    """The version that pyproject.toml states: this is a checkout, and never an installed package."""
    import tomllib
    from pathlib import Path

    stated = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return tomllib.loads(stated.read_text(encoding="utf-8"))["project"]["version"]


def show_help(names: list[str]) -> None:
    """Print what commands there are, or how one of them works."""
    if not names:
        from trellis.command_list import overview

        print(overview())
        return
    find_command(names[0]).print_help("trellis", names[0])


def find_command(name: str):
    """The management command of that name; CommandError, with the nearest name, when there is none."""
    from difflib import get_close_matches

    from django.core.management import CommandError, load_command_class

    from trellis.command_list import commands, package_of

    found = commands()
    if name not in found:
        near = get_close_matches(name, found, n=1)
        hint = f"did you mean {near[0]}?" if near else "`trellis help` lists those there are."
        raise CommandError(f"There is no command called {name}: {hint}")
    if name not in WITHOUT_DATABASE:
        import django

        django.setup()
    return load_command_class(package_of(found[name]), name)


def execute(command, name: str, rest: list[str]) -> None:
    """Run a command as Django would, except that every refusal, the parser's too, comes to us."""
    from django.db import connections

    options = vars(command.create_parser("trellis", name).parse_args(rest))
    try:
        command.execute(*options.pop("args", ()), **options)
    except Exception:
        if options["traceback"]:
            sys.excepthook(*sys.exc_info())
        raise
    finally:
        connections.close_all()


def sentence(error: Exception) -> str:
    """An error's message as one sentence on one line. A first word that may be a file's name keeps its letters."""
    text = " ".join(str(error).removeprefix("Error: ").split()) or type(error).__name__
    first, space, others = text.partition(" ")
    capital = first[0].upper() + first[1:] if first.isalpha() else first
    return capital + space + others + ("" if text[-1] in ".?!" else ".")


def refuse(text: str) -> None:
    """Say why not, and leave."""
    print(text, file=sys.stderr)
    sys.exit(REFUSED)


if __name__ == "__main__":
    main()
