"""What the documents name is there: files, commands, links and pictures."""

import re
from pathlib import Path

import pytest

from tests.source import ROOT
from trellis.accounts import roles
from trellis.command_list import commands

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "DEVELOPERS.md", *(ROOT / "docs").rglob("*.md")])
FOLDERS = "trellis|tests|docs|script|benchmarks|requirements"
LOOSE = r"pyproject\.toml|package\.json|conftest\.py|\.env\.sample"
FILE = re.compile(rf"(?<![\w./<-])(?:(?:{FOLDERS})/[\w./-]*\w|(?:{LOOSE})\b)")
COMMAND = re.compile(r"(?<![=/\w-])trellis ([a-z][a-z_]+)\b(?=[^`]*`)|bin/trellis ([a-z][a-z_]+)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")
CODE = re.compile(r"`[^`\n]+`|^ {4}.*$", re.MULTILINE)


def named(document: Path) -> str:
    """What stands as code in a document: between backticks, or set in by four spaces."""
    return "\n".join(CODE.findall(document.read_text()))


@pytest.fixture(params=DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS])
def document(request) -> Path:
    return request.param


def test_every_file_that_a_document_names_is_there(document):
    missing = {name for name in FILE.findall(named(document)) if not (ROOT / name).exists()}
    assert sorted(missing) == []


def test_every_command_that_a_document_names_is_there(document):
    found = {first or second for first, second in COMMAND.findall(named(document))}
    assert sorted(found - set(commands()) - {"help"}) == []


def test_every_link_leads_somewhere(document):
    """Within the repository; other sites are not asked."""
    targets = [target for target, _part in LINK.findall(document.read_text()) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_picture_of_the_guide_is_shown_and_small():
    pictures = set((ROOT / "docs/guide/images").glob("*.png"))
    shown = {
        (page.parent / target).resolve()
        for page in (ROOT / "docs/guide").glob("*.md")
        for target, _part in LINK.findall(page.read_text())
        if target.endswith(".png")
    }
    assert pictures == shown
    assert [picture.name for picture in pictures if picture.stat().st_size > 120_000] == []


@pytest.mark.parametrize("role", [role.code for role in roles.ALL])
def test_each_role_has_its_page_in_the_guide_with_a_picture_of_its_own(role):
    page = ROOT / "docs/guide" / f"{role}.md"
    assert page.exists(), f"{role} has no page in the guide"
    assert f"]({role}.md)" in (page.parent / "README.md").read_text(), f"the guide does not lead to the page of {role}"
    assert f"](images/{role}-" in page.read_text(), f"the page of {role} shows no picture of its own"
