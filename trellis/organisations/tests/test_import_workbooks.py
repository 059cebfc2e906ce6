"""Workbooks as people keep them: a note on the first sheet, the list on another."""

import gzip
import re
from pathlib import Path

import openpyxl
import pytest

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import sheets
from trellis.organisations.imports.reading import Reading
from trellis.organisations.linkage import files
from trellis.organisations.models import ImportRun
from trellis.organisations.presenters.imports import how_it_is_read
from trellis.organisations.tests.test_import_formats import HEADING, PANTRY, ods

KINDS = {
    "groups.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel file (.xls)"),
    "groups.pdf": (b"%PDF-1.7\n", "This is a PDF."),
    "groups.csv": (b"{\\rtf1", "This is a text document."),
}
NOTES = {
    "a sentence": [["Please do not edit"]],
    "words in several cells": [["Our members", "2018"], ["Kept by", "the office"]],
    "a heading without rows": [["Name", "Charity number", "Postcode", "Email"]],
}
LIST = [["Our groups"], [], ["Name", "Postcode"], ["Choir", "TN1 1AA"]]


def workbook(folder: Path, **named: list[list[str]]) -> Path:
    path, book = folder / "groups.xlsx", openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("note", NOTES)
def test_the_sheet_that_looks_most_like_a_list_is_read(tmp_path, note):
    path = workbook(tmp_path, Notes=NOTES[note], Groups=LIST, More=[["Town"], ["Ash"]])
    sheet = sheets.sheet_at(path)
    assert (sheet.heading, sheet.heading_line) == (("Name", "Postcode"), 3)
    assert "its sheet “Groups”" in sheet.kind
    assert sheets.sheet_at(path, reading=Reading(sheet="More")).heading == ("Town",)


def test_a_cell_far_below_and_one_far_beside_a_list_cost_nothing(tmp_path):
    path, book = tmp_path / "groups.xlsx", openpyxl.Workbook()
    for row in LIST:
        book.active.append(row)
    book.active["A1048576"], book.active["XFD1048575"] = " ", "x"
    book.save(path)
    assert list(sheets.sheet_at(path).rows()) == [(4, ["Choir", "TN1 1AA"])]


def test_the_first_of_two_lists_alike_is_read(tmp_path):
    sheet = sheets.sheet_at(workbook(tmp_path, A=LIST, B=LIST))
    assert sheet.reading.sheet == "A"


def test_a_list_whose_columns_nobody_has_met_is_found_behind_a_note(tmp_path):
    sheet = sheets.sheet_at(workbook(tmp_path, A=[["A note"]], B=[["Wer", "Wo"], ["Chor", "Wien"]]))
    assert sheet.heading == ("Wer", "Wo")


def test_an_open_document_is_read_at_its_list(tmp_path):
    assert sheets.sheet_at(ods(tmp_path, HEADING + PANTRY)).reading.sheet == "Groups"


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_program_is_called_by_its_name(tmp_path, name):
    start, said = KINDS[name]
    path = tmp_path / name
    path.write_bytes(start + b"a,b;c\td\r\n" * 40)
    for read in (sheets.sheet_at, files.read):
        with pytest.raises(RuleBroken, match=re.escape(said)):
            read(path)


BINARY = {
    "compressed": gzip.compress(b"Name,Postcode\nChoir,TN1 1AA\n" * 9, mtime=0),
    "a database": b"SQLite format 3\0\x10\0\2\2\0@  \0\0\0\7\0\0\0\x2b" + b"\0" * 60,
    "bytes of any kind": bytes(range(256)) * 9,
}


@pytest.mark.parametrize("content", BINARY.values(), ids=BINARY)
@pytest.mark.parametrize("look", [sheets.sheet_at, files.read])
def test_what_is_no_text_is_no_list(tmp_path, content, look):
    path = tmp_path / "groups.csv"
    path.write_bytes(content)
    with pytest.raises(RuleBroken, match="This is no list: it is not text."):
        look(path)


@pytest.mark.parametrize("look", [sheets.sheet_at, files.read])
def test_a_workbook_that_is_cut_short_is_to_be_fetched_again(tmp_path, look):
    path = workbook(tmp_path, Groups=LIST)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(RuleBroken, match="This workbook is damaged or incomplete: fetch it again."):
        look(path)


@pytest.mark.parametrize("look", [sheets.sheet_at, files.read])
@pytest.mark.parametrize("text", ["Name,Postcode\nChoir\0\0\0,TN1 1AA\n", "Name,Postcode\n\x1bChoir\x01,TN1 1AA\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_letters_that_strayed_into_a_text_make_it_nothing_else(tmp_path, look, text, encoding):
    path = tmp_path / "groups.csv"
    path.write_bytes(text.encode(encoding))
    assert tuple(look(path).heading) == ("Name", "Postcode")


def test_sheets_that_are_not_read_are_named(tmp_path):
    sheet = sheets.sheet_at(workbook(tmp_path, Notes=[["A note"]], Groups=LIST))
    said = how_it_is_read(ImportRun(), sheet, None, Reading())
    assert said[1] == "It has 1 other sheet, not read: “Notes”."
