"""`trellis link_list`: any list in, every row out, and refusals in a sentence."""

import csv
import os
import stat
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from trellis.settings import ROOT

PLAIN = [
    ["Organisation", "Post Code", "Note"],
    ["Ash Vale Club", "ME14 1XX", "=1+1"],
    ["ASH VALE CLUB LTD", "me141xx", " kept "],
    ["Bramble Pantry", "CT9 1AB", ""],
]


@pytest.fixture
def run(tmp_path, capsys):
    """Write lists, link them, and give the rows of the answer."""

    def run(*lists, options=(), encoding="utf-8", delimiter=","):
        paths = []
        for number, rows in enumerate(lists):
            path = tmp_path / f"list{number}.csv"
            if isinstance(rows, bytes):
                path.write_bytes(rows)
            else:
                with path.open("w", encoding=encoding, newline="") as file:
                    csv.writer(file, delimiter=delimiter).writerows(rows)
            paths.append(str(path))
        output = tmp_path / "out.csv"
        call_command("link_list", *paths, "--output", str(output), *options)
        with output.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    return run


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", "|")],
)
def test_every_row_comes_back_in_its_order_with_its_own_cells(run, encoding, delimiter):
    rows = [*PLAIN, ["Café Élan", "", "naïve"]]
    heading, *found = run(rows, encoding=encoding, delimiter=delimiter)
    assert heading == ["Organisation", "Post Code", "Note", "cluster_id", "probability", "reason"]
    assert [row[:3] for row in found] == rows[1:]
    assert [row[3] for row in found] == ["C1", "C1", "C2", "C3"]
    assert found[0][5].startswith("The same as row 3 (ASH VALE CLUB LTD): ")
    assert found[2][4:] == ["", "No other row is like it"]


def test_rows_of_several_lists_are_linked_and_say_which_list_they_are_of(run):
    heading, *found = run(PLAIN, [["Phone", "Name of group"], ["01622 555111", "The Bramble Pantry"]])
    assert heading[:6] == ["source_file", "Organisation", "Post Code", "Note", "Phone", "Name of group"]
    assert [row[0] for row in found] == ["list0.csv"] * 3 + ["list1.csv"]
    assert found[3][1:6] == ["", "", "", "01622 555111", "The Bramble Pantry"]


def test_a_list_of_names_alone_is_enough(run):
    _, *found = run([["name"], ["Zebedee Lantern Trust"], ["ZEBEDEE LANTERN TRUST"], ["Bramble Pantry"]])
    assert [row[1] for row in found] == ["C1", "C1", "C2"]


def test_only_the_ends_of_lines_part_rows(run):
    rows = [["name", "postcode"], ["Ash\u2028Vale\x0bClub\x85\x1c", "ME14 1XX"], ["Bramble\nPantry", "CT9 1AB"]]
    assert [row[:2] for row in run(rows)] == rows
    assert [row[:1] for row in run(b"name\rAsh Vale Club\rBramble Pantry\r")[1:]] == [
        ["Ash Vale Club"],
        ["Bramble Pantry"],
    ]


def test_rows_are_told_by_their_numbers_in_a_spreadsheet(run):
    text = b'Members,2018\n\nname,note\nAsh Vale Club,"one\ntwo"\n\nBramble Pantry,\nAsh Vale Club,\nBramble Pantry,\n'
    assert [row[-1].partition(" (")[0] for row in run(text)[1:]] == [
        "The same as row 7", "The same as row 8", "The same as row 4", "The same as row 6"
    ]  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_is_told_by_its_line(run):
    rows = b"".join(b"Choir %d,ME1 1AB\n" % number for number in range(500))
    with pytest.raises(CommandError, match="A quotation mark that is opened on line 3 is never closed"):
        run(b'name,postcode\nAsh Vale Club,ME14 1XX\n"Broken,ME1 1AB\n' + rows)


def test_uneven_rows_and_titles_are_taken_as_they_are(run):
    text = b"My list\n\nname,postcode\nAsh Vale Club\nBramble Pantry,CT9 1AB,more,cells\n"
    heading, *found = run(text)
    assert heading == ["name", "postcode", "", "", "cluster_id", "probability", "reason"]
    assert [row[:4] for row in found] == [["Ash Vale Club", "", "", ""], ["Bramble Pantry", "CT9 1AB", "more", "cells"]]


def test_an_answer_can_be_linked_again(run):
    first = run(PLAIN)
    heading, *again = run(first)
    assert heading[-3:] == ["cluster_id_2", "probability_2", "reason_2"]
    assert [row[:6] for row in again] == first[1:]


def test_a_column_can_be_named(run):
    rows = [["Wer", "PLZ"], ["Ash Vale Club", "ME14 1XX"], ["Ash Vale Club", "ME14 1XX"]]
    _, *found = run(rows, options=["--map", "Wer=name", "--map", "PLZ=postcode"])
    assert found[0][2] == found[1][2]


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"", [], "list0.csv is empty."),
        (b"colour,size\nred,3\n", [], "None of the columns of list0.csv is called name"),
        (b"PK\x03\x04", [], "This workbook is damaged or incomplete"),
        (b"name\nAsh\n", ["--map", "nome=name"], "No list has a column called “nome”."),
        (b"name\nAsh\n", ["--map", "name"], "Write --map as column=field"),
        (b"name\nAsh\n", ["--map", "name=colour"], "Write --map as column=field"),
        (b"name\nAsh\n", ["--threshold", "2"], "Write --threshold as a number from 0 to 1"),
    ],
)
def test_what_cannot_be_linked_is_refused_in_a_sentence(run, content, options, sentence):
    with pytest.raises(CommandError, match=sentence[:30]):
        run(content, options=options)


def test_a_workbook_is_a_list_too(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Members of 2026"], ["Organisation", "Post Code", "Tel"], ["Ash Vale Club", "ME14 1XX", 1622555111]):
        book.active.append(row)
    book.active.append(["ASH VALE CLUB LTD", "me141xx"])
    book.save(tmp_path / "members.xlsx")
    call_command("link_list", str(tmp_path / "members.xlsx"), "--output", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading[:3] == ["Organisation", "Post Code", "Tel"]
    assert [row[:4] for row in rows] == [
        ["Ash Vale Club", "ME14 1XX", "1622555111", "C1"], ["ASH VALE CLUB LTD", "me141xx", "", "C1"],
    ]  # fmt: skip


def test_blank_rows_come_back_and_are_no_organisations(run, capsys):
    rows = run(b"name,postcode\nAsh Vale Club,\n , \n,\nBramble Pantry,\n")
    assert [row[0] for row in rows[1:]] == ["Ash Vale Club", " ", "", "Bramble Pantry"]
    assert capsys.readouterr().out.startswith("2 rows, 2 organisations; no links were found.")


def test_a_cell_far_below_a_list_costs_nothing(tmp_path, capsys):
    path, book = tmp_path / "members.xlsx", openpyxl.Workbook()
    for row in (["Organisation"], ["Ash Vale Club"], [], ["Bramble Pantry"]):
        book.active.append(row)
    book.active["A100000"], book.active["A1048576"] = "End of list", " "
    book.save(path)
    call_command("link_list", str(path), "--output", str(tmp_path / "out.csv"))
    assert capsys.readouterr().out.startswith("3 rows, 3 organisations; ")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == ["Ash Vale Club", "", "Bramble Pantry", "End of list"]


def test_a_workbook_that_is_none_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w") as archive:
        archive.writestr("note.txt", "no workbook")
    with pytest.raises(CommandError, match="list.xlsx"):
        call_command("link_list", str(tmp_path / "list.xlsx"), "--output", str(tmp_path / "out.csv"))


@pytest.mark.parametrize(
    "heading",
    [
        ["Organisation Name", "Post Code", "Tel", "E-mail Address", "Charity Number"],
        ["org_name", "POSTCODE", "Telephone No.", "Email", "Reg no"],
        ["NAME OF GROUP", "Postal code", "Phone number", "E-Mail", "Registered Charity Number"],
    ],
)
def test_columns_are_known_by_many_names(run, heading):
    same = ["ME14 1XX", "01622 555111", "office@ashvale.org.uk", "1007778"]
    rows = run([heading, ["Ash Vale Club", *same], ["AV Youth", *same], ["Bramble Pantry", "CT9 1AB", "", "", ""]])
    assert [row[5] for row in rows[1:]] == ["C1", "C1", "C2"]


def test_a_list_is_never_written_over(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("name\nAsh Vale Club\n")
    for output in (path, tmp_path / "." / "list.csv", tmp_path, tmp_path / "nowhere" / "out.csv"):
        with pytest.raises(CommandError):
            call_command("link_list", str(path), "--output", str(output))
    assert path.read_text() == "name\nAsh Vale Club\n"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("link_list", str(tmp_path / "missing.csv"), "--output", str(tmp_path / "out.csv"))


def test_a_pipe_is_no_file_to_write_to_and_stays_one(run, tmp_path):
    os.mkfifo(tmp_path / "out.csv")
    with pytest.raises(CommandError, match="is a device or a pipe: name an ordinary file"):
        run(PLAIN)
    assert stat.S_ISFIFO((tmp_path / "out.csv").stat().st_mode)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_and_the_file_that_it_leads_to_is_written(run, tmp_path, is_there):
    target = tmp_path / "elsewhere" / "linked.csv"
    target.parent.mkdir()
    if is_there:
        target.write_text("before")
    (tmp_path / "out.csv").symlink_to(target)
    assert len(run(PLAIN)) == len(PLAIN)
    assert (tmp_path / "out.csv").is_symlink() and target.read_text().startswith("Organisation,")


def test_a_link_that_leads_to_itself_is_refused(run, tmp_path):
    (tmp_path / "out.csv").symlink_to(tmp_path / "out.csv")
    with pytest.raises(CommandError, match="leads back to itself"):
        run(PLAIN)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--engine", "spark"), "Say which cluster is to do the work"),
        (("--master", "spark://127.0.0.1:7077"), "--master is for --engine spark only"),
        (("--engine", "spark", "--master", "spark://127.0.0.1:7077"), "The engine spark is not installed here"),
    ],
)
def test_a_cluster_that_cannot_be_had_is_refused_in_a_sentence(run, monkeypatch, tmp_path, options, sentence):
    monkeypatch.setattr("trellis.organisations.linkage.spark.session.find_spec", lambda name: None)
    with pytest.raises(CommandError, match=sentence):
        run(PLAIN, options=options)
    assert not (tmp_path / "out.csv").exists()


def typed(folder, output, **environment):
    (folder / "list.csv").write_text("name\nAsh Vale Club\nAsh Vale Club\n")
    return subprocess.run(
        [sys.executable, "-m", "trellis", "link_list", folder / "list.csv", "--output", folder / output],
        env={"TRELLIS_VAR": "/dev/null/nowhere", "TRELLIS_ENV": "demo", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_terminal_that_lacks_a_letter_is_no_reason_to_fail(tmp_path):
    ran = typed(tmp_path, "ö.csv", PYTHONIOENCODING="ascii", PYTHONUTF8="1")
    assert (ran.returncode, ran.stdout[-11:]) == (0, "/\\xf6.csv.\n"), ran.stderr
    assert (tmp_path / "ö.csv").exists()


def test_it_needs_no_database(tmp_path):
    ran = typed(tmp_path, "out.csv")
    assert (ran.returncode, ran.stderr) == (0, "list.csv: “name” is taken for the name.\n")
    assert ran.stdout.startswith("2 rows, 1 organisation; ")


def test_the_sheet_of_a_workbook_that_looks_most_like_a_list_is_read(tmp_path):
    book, path = openpyxl.Workbook(), tmp_path / "members.xlsx"
    book.active.append(["Our members, 2018", "Do not edit"])
    book.active.append(["Kept by", "the office"])
    sheet = book.create_sheet("Members")
    for row in PLAIN:
        sheet.append(row)
    book.save(path)
    call_command("link_list", str(path), "--output", str(tmp_path / "out.csv"))
    assert "Bramble Pantry" in (tmp_path / "out.csv").read_text()


def test_a_name_is_told_from_what_is_in_the_columns_and_that_is_said(tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("PLZ,Wer\nME14 1XX,Ash Vale Club\nME14 1XX,Ash Vale Club Ltd\nCT9 1AB,Bramble Pantry\n")
    call_command("link_list", str(path), "--output", str(tmp_path / "out.csv"))
    said = capsys.readouterr().out
    assert said.startswith("3 rows, 2 organisations")
    assert "The name in list.csv was taken from “Wer”, by what is in it." in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [("Ash Vale Club\nBramble Pantry\n", "2 rows, 2 organisations; no links were found."),
     ("Ash Vale Club\nAsh Vale Club\n", "2 rows, 1 organisation; of the links, "),
     ("Ash\n", "1 row, 1 organisation; no")],
)  # fmt: skip
def test_how_sure_links_are_is_said_where_there_are_some(tmp_path, capsys, rows, said):
    path = tmp_path / "list.csv"
    path.write_text("name\n" + rows)
    call_command("link_list", str(path), "--output", str(tmp_path / "out.csv"))
    assert capsys.readouterr().out.startswith(said)
