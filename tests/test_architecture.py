"""The rules of the house, read off the source. Each failure names the file and says what to do instead."""

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests import source
from tests.source import ROOT, modules

LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 600, 50
# Functions that may be longer, to the line, with the reason. This list only shrinks.
LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}
# Commands that leave the audit to somebody else, with the reason.
AUDITED_ELSEWHERE: dict[str, str] = {}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "managers", "common", "misc", "signals"}


def test_imports_run_one_way(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    broken = lint_imports(config_filename="pyproject.toml", cache_dir=None)
    assert broken == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_files_have_names_that_say_what_is_in_them():
    vague = [module.name for module in modules() if {module.path.stem, module.path.parent.name} & VAGUE_NAMES]
    assert vague == []


def test_files_stay_short():
    long = [module.name for module in modules() if len(module.text.splitlines()) > LONGEST_FILE]
    long += [test.name for test in source.test_modules() if len(test.text.splitlines()) > LONGEST_TEST_FILE]
    assert long == [], "Make a folder of it, with a file per topic; the callers' imports do not change."


def test_functions_stay_short():
    lengths = {
        f"{module.name}:{name}": function.end_lineno - function.lineno + 1
        for module in modules()
        for name, function in module.functions()
    }
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
    assert long == {name: length for name, (length, _reason) in LONG_FUNCTIONS.items()}


def test_views_read_through_queries():
    """A view that reaches for a table has left the scope behind."""
    reading = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.is_a("views") or module.is_a("presenters") or module.is_a("forms")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
    assert reading == []


def test_forms_do_not_save():
    saving = [
        f"{module.name}:{name}"
        for module in modules()
        for name, function in module.functions()
        if module.is_a("forms") and function.name == "save"
    ]
    assert saving == []


def test_rules_are_pure():
    """No table, request or clock: what a rule needs is passed in."""
    impure = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.is_a("rules")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
        or isinstance(node, ast.Name) and module.meaning(node) in ("trellis.core.clock", "django.db.transaction")
        or isinstance(node, ast.arg) and node.arg == "request"
    ]  # fmt: skip
    assert impure == []


def test_nothing_happens_by_signal():
    listening = [
        module.name
        for module in modules()
        if any(name.startswith(("django.dispatch", "django.db.models.signals")) for name in module.imported.values())
    ]
    assert listening == []


def public_commands() -> list:
    return [
        pytest.param(module, function, id=f"{module.area}.{function.name}")
        for module in modules()
        if module.is_a("commands") and "management" not in module.path.parts and module.area != "audit"
        for function in module.public_functions()
    ]


@pytest.mark.parametrize(("module", "function"), public_commands())
def test_every_command_says_who_and_is_audited(module, function):
    named = {argument.arg for argument in function.args.kwonlyargs}
    assert "by" in named, "A command says who acts: (*, …, by: Actor)."
    assert not function.args.args, "The arguments of a command are keyword-only."
    if f"{module.area}.{function.name}" in AUDITED_ELSEWHERE:
        return
    assert source.reaches(module, function, {"trellis.audit.commands.record"}), "It writes no audit entry."
    assert source.reaches(module, function, {"django.db.transaction.atomic"}), "It opens no transaction."


def test_the_list_of_commands_audited_elsewhere_is_current():
    assert set(AUDITED_ELSEWHERE) <= {parameters.id for parameters in public_commands()}


READERS_OF_TIME = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "time.time",
}


def test_only_the_clock_reads_the_time():
    reading = {module.name for module in modules() if module.calls(module.tree) & READERS_OF_TIME}
    assert reading <= {"trellis/core/clock.py"}


def test_only_the_simulator_moves_the_clock():
    moving = [module.name for module in modules() if "trellis.core.clock.moved_to" in module.calls(module.tree)]
    assert all(name.startswith("trellis/demo/") for name in moving), moving


PLACES = re.compile(
    r"\b(Kent|Ashford|Canterbury|Dartford|Dover|Folkestone|Hythe|Gravesham|Maidstone|Sevenoaks|Swale|Thanet|Tonbridge"
    r"|Tunbridge|Medway)\b"
)
# Where the demo is told which county it plays.
DEMO_DEFAULT = ("trellis/settings.py", "Kent County Council", "")
FIGURES = re.compile(r"\b(500_000|500000|0\.035)\b")


def test_code_names_no_place_and_no_figure_of_law_or_policy():
    """Those are data: trellis/demo, trellis/core/rulebook. An example in a docstring may be a real one."""
    texts = {module.name: module.without_docstrings for module in modules() if module.area != "demo"}
    files = [*(ROOT / "trellis").glob("*/jinja2/**/*.html"), *(ROOT / "trellis").glob("*/static/*.js")]
    texts |= {file.relative_to(ROOT).as_posix(): file.read_text() for file in files if file.parts[-4] != "demo"}
    texts[DEMO_DEFAULT[0]] = texts[DEMO_DEFAULT[0]].replace(*DEMO_DEFAULT[1:])
    said = [
        f"{name}: {line.strip()}"
        for name, text in texts.items()
        for line in text.splitlines()
        if PLACES.search(line) or FIGURES.search(line)
    ]
    assert said == []


def test_nothing_is_left_unfinished():
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError|lorem ipsum", re.IGNORECASE)
    texts = {module.name: module.text for module in modules()} | source.templates()
    assert [name for name, text in texts.items() if unfinished.search(text)] == []


REFERENCE = re.compile(r"""(?:extends|include|import|from)\s+["']([^"']+)["']""")
PARTIALS = ("layouts/", "components/", "fields/")


def test_each_page_extends_a_layout():
    templates = source.templates()

    def has_layout(name: str) -> bool:
        parent = re.search(r"""{%-?\s*extends\s+["']([^"']+)["']""", templates.get(name, ""))
        return name.startswith("layouts/") or bool(parent and has_layout(parent[1]))

    parts = {target for text in templates.values() for target in REFERENCE.findall(text)}
    apart = [name for name in templates if name.startswith(PARTIALS) or name in parts or name.endswith("_pdf.html")]
    loose = [name for name in templates if name not in apart and not has_layout(name)]
    assert loose == []


def test_templates_carry_no_style_and_no_script_of_their_own():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|href=.javascript:", re.IGNORECASE)
    assert [name for name, text in source.templates().items() if inline.search(text)] == []


def test_every_template_is_used():
    """Named by our code, by another template, or by allauth."""
    import allauth

    code = "\n".join(module.text for module in modules()) + "\n".join(source.templates().values())
    theirs = "\n".join(
        file.read_text() for file in Path(allauth.__file__).parent.rglob("*.py") if "tests" not in file.parts
    )
    unused = [name for name in source.templates() if name not in code and not named_by_allauth(name, theirs)]
    assert unused == []


def named_by_allauth(template: str, source_of_allauth: str) -> bool:
    """allauth writes most names as "account/login." + the extension of its setting."""
    return template in source_of_allauth or template.removesuffix("html") in source_of_allauth
