"""Workbooks as people keep them: a note on the first sheet, the list on another."""

from pathlib import Path

import openpyxl
import pytest

from trellis.organisations.imports import sheets
from trellis.organisations.imports.reading import Reading
from trellis.organisations.tests.test_import_formats import HEADING, PANTRY, ods

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


def test_the_first_of_two_lists_alike_is_read(tmp_path):
    sheet = sheets.sheet_at(workbook(tmp_path, A=LIST, B=LIST))
    assert sheet.reading.sheet == "A"


def test_a_list_whose_columns_nobody_has_met_is_found_behind_a_note(tmp_path):
    sheet = sheets.sheet_at(workbook(tmp_path, A=[["A note"]], B=[["Wer", "Wo"], ["Chor", "Wien"]]))
    assert sheet.heading == ("Wer", "Wo")


def test_an_open_document_is_read_at_its_list(tmp_path):
    assert sheets.sheet_at(ods(tmp_path, HEADING + PANTRY)).reading.sheet == "Groups"
