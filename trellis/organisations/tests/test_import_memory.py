"""A list ten times as long needs no more memory: rows pass by, and only a batch of them is held."""

import gc
import json
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from trellis.organisations.imports import lists, sheets
from trellis.organisations.imports.harmless import Passage
from trellis.organisations.tests.lists import read
from trellis.organisations.tests.test_import_formats import DOCUMENT, ods_row, words

FEW, MANY = 600, 1_800
SLACK = 500_000  # bytes, for whatever is kept once: the rows of MANY are over three million
HEADING = ["Name", "Postcode", "About"]


def row(number: int, long: int = 200) -> list[str]:
    return [f"Choir of {number}", "TN1 1AA", "We sing. " * long]


def as_csv(path: Path, rows: int, long: int = 200) -> None:
    path.write_text("\n".join([",".join(HEADING), *(",".join(row(number, long)) for number in range(rows))]))


def as_json(path: Path, rows: int) -> None:
    path.write_text(json.dumps([dict(zip(HEADING, row(number), strict=True)) for number in range(rows)]))


def as_ods(path: Path, rows: int) -> None:
    body = "".join(ods_row(*map(words, cells)) for cells in (HEADING, *(row(number) for number in range(rows))))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", DOCUMENT.format(rows=body, before=""))


def as_xlsx(path: Path, rows: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Groups")
    for cells in (HEADING, *(row(number) for number in range(rows))):
        sheet.append(cells)
    book.save(path)


def peak(deed) -> int:
    seldom = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as in use; the suite collects what is left less often (conftest.py)
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*seldom)


def passed_by(path: Path) -> int:
    sheet = sheets.sheet_at(path)
    return sum(1 for _ in Passage(sheet, {"Name": "name"}, keeps_contacts=False).rows())


@pytest.mark.parametrize("write", [as_csv, as_json, as_ods, as_xlsx], ids=["csv", "json", "ods", "xlsx"])
def test_reading_a_file_takes_no_more_memory_when_it_is_longer(tmp_path, write):
    peaks = []
    for rows in (FEW, MANY):
        path = tmp_path / f"{rows}.list"
        write(path, rows)
        passed_by(path)  # what is kept once is there before it is measured
        peaks.append(peak(lambda path=path: passed_by(path)))
    assert peaks[1] - peaks[0] < SLACK, peaks


@pytest.mark.django_db
def test_an_import_takes_no_more_memory_when_its_list_is_longer(tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "BATCH", 30)
    peaks = []
    for rows in (150, 300):
        path = tmp_path / f"list{rows}.csv"
        as_csv(path, rows, long=1_000)
        peaks.append(peak(lambda path=path: read(path)))
    assert peaks[1] - peaks[0] < SLACK, peaks
