"""`trellis import_organisations`: what it says to whoever types it."""

import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import sheets
from trellis.organisations.imports.reading import Reading
from trellis.organisations.tests.lists import on_record, write
from trellis.organisations.tests.test_import_workbooks import LIST, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(capsys):
    """Read a file as the list that is on record; what was said on standard output, and beside it."""

    def typed(path, *options):
        on_record("groups")
        call_command("import_organisations", str(path), "--source", "groups", "--yes", *options)
        return capsys.readouterr()

    return typed


def test_an_encoding_that_it_is_not_in_is_refused(tmp_path, typed):
    path = write(tmp_path, "Name,Postcode", "Café des Amis,TN1 1AA", encoding="cp1252")
    with pytest.raises(RuleBroken, match="It is not in UTF-16: choose another encoding"):
        typed(path, "--encoding", "utf-16")


@pytest.mark.parametrize("option", ["--from", "--until"])
def test_how_a_day_is_typed_is_told(tmp_path, typed, option):
    with pytest.raises(CommandError, match="write a day as YYYY-MM-DD, such as 2018-04-01, not “2020-13-01”"):
        typed(write(tmp_path, "Name,Postcode"), option, "2020-13-01")


def test_a_sheet_that_is_not_there_is_refused_and_those_that_are_there_are_named(tmp_path, typed):
    path = workbook(tmp_path, Notes=[["A note"]], Groups=LIST, Hidden=LIST, Also=LIST)
    book = openpyxl.load_workbook(path)
    book["Hidden"].sheet_state = "hidden"
    book.save(path)
    for name in ("Nope", "Hidden"):
        with pytest.raises(RuleBroken, match=f"no sheet “{name}” that can be seen: choose “Notes”, “Groups”, “Also”."):
            typed(path, "--sheet", name)
    said = typed(path, "--sheet", "Groups")
    assert "groups.xlsx: It has 2 other sheets, not read: “Notes”, “Also”." in said.err


def test_a_text_has_no_sheet(tmp_path, typed):
    with pytest.raises(RuleBroken, match="groups.csv is no workbook: it has no sheet “Nope”."):
        typed(write(tmp_path, "Name,Postcode", "Choir,TN1 1AA"), "--sheet", "Nope")


@pytest.mark.parametrize("there", ["Groups", "Members 2018"])
def test_the_sheet_of_the_last_file_is_kept_where_the_next_has_it(tmp_path, there):
    path = workbook(tmp_path, **{there: LIST, "More": LIST})
    kept = sheets.remembered(path, Reading(sheet="Groups"), ("Name", "Postcode")).sheet
    assert kept == ("Groups" if there == "Groups" else "")


def test_other_lists_in_a_zip_are_named(tmp_path, typed):
    path = tmp_path / "groups.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "Name,Postcode\nChoir,TN1 1AA\nBand,TN1 1AB\n")
        archive.writestr("b.csv", "Name,Postcode\nPantry,TN1 1AA\n")
        archive.writestr("__MACOSX/._a.csv", "x")
        archive.writestr("note.pdf", "x")
    assert "groups.zip: It has 1 other list, not read: “b.csv”." in typed(path).err


def test_one_and_several_lines_are_told_apart(tmp_path, typed):
    assert ", 1 line refused, 0 gone" in typed(write(tmp_path, "Name,Postcode", "Choir,TN1 1AA", ",TN1 1AB")).out
    assert ", 0 lines refused, 0 gone" in typed(write(tmp_path, "Name,Postcode", "Choir,TN1 1AA", "Band,TN1 1AB")).out
