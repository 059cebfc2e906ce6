"""A line that is refused is told by its name, as far as it has one, and holds no contact for it."""

import pytest

from trellis.organisations.imports import reported, text_files
from trellis.organisations.models import ImportRefusal
from trellis.organisations.presenters.import_reports import notes
from trellis.organisations.tests.lists import read, without_basis, write

pytestmark = pytest.mark.django_db
LINES = ("Name,Charity no,Town", "Choir,1007778,Ash", "Band,1007778,Ash", "Totals,,3", "Pantry", ",,Ash")


def test_a_refused_line_says_its_name_on_the_page_and_in_the_file(tmp_path, page_client, cast):
    run = read(write(tmp_path, *LINES))
    assert {reported.parted(one.reason) for one in run.refusals.all()} == {
        ("Band", "The same organisation is already on an earlier line."),
        ("Totals", "This line is a total, not an organisation."),
        ("Pantry", "It has 1 column, where the heading has 3."),
        ("", "It has no name (name)."),
    }
    path = f"/organisations/import/{run.reference}/?outcome=refused"
    assert "Pantry" in page_client.get(path, by=cast.olive).text
    csv = b"".join(page_client.get(path + "&format=csv", by=cast.olive).response).decode()
    assert "3,Band,The same organisation is already on an earlier line." in csv


def test_without_a_basis_the_name_of_a_refused_line_holds_no_contact(tmp_path):
    lines = ("Name,Charity no,Town", "Choir,1007778,Ash", "Ring 01622 555111,1007778,Ash", "a@b.org")
    read(write(tmp_path, *lines), record={"contact_basis": "none"})
    kept = " ".join(ImportRefusal.objects.values_list("reason", flat=True))
    assert "555111" not in kept and "a@b.org" not in kept
    assert "Ring [left out]" in kept


GOOD = tuple(f"Choir {number},TN1 1AA" for number in range(4))
LONG = tuple(f"Band {number},TN1 1AB" for number in range(text_files.MOST_BREAKS + 1))
NEVER = "A quotation mark that is opened on line {} is never closed: close it, or take it out."


@pytest.mark.parametrize(
    ("lines", "added", "refused"),
    [
        (('"Broken,ME1 1AB', *GOOD), 4, [2]),
        ((*GOOD, '"Broken,ME1 1AB'), 4, [6]),
        (('"Broken,ME1 1AB', *GOOD, '"Ash, Kent",TN1 1AC'), 5, [2]),
        (('"Broken,ME1 1AB', *LONG, '"Ash, Kent",TN1 1AC'), len(LONG) + 1, [2]),
        (('"Broken,ME1 1AB', *GOOD[:2], 'Pantry,"ME1 1AC', *GOOD[2:]), 4, [2, 5]),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_other_line(tmp_path, lines, added, refused):
    run = read(write(tmp_path, "Name,Postcode", *lines))
    assert run.added == added
    assert [(one.line, one.reason) for one in run.refusals.all()] == [(line, NEVER.format(line)) for line in refused]


@pytest.mark.parametrize(
    "aims",
    ['"We ""sing""\n\naloud"', '"We\nsing" ', '"We sing\n"', '"We\nsing "well" and loud"', '5" pipes', '"We\n""\nsing"',
     '"' + "We sing.\n" * 150 + '"'],
)  # fmt: skip
def test_cells_of_several_lines_are_read_whole(tmp_path, aims):
    run = read(write(tmp_path, "Name,Aims,Town", f'"Choir",{aims},"Ash"', "Band,,", ",Singing,"))
    assert (run.added, [one.reason for one in run.refusals.all()]) == (2, ["It has no name (name)."])


def test_of_a_line_that_is_out_of_place_only_a_name_that_stands_first_is_told(tmp_path):
    run = read(write(tmp_path, "Chair,Name", "Smith, Jean,Choir", "Ann,Band"))
    assert [one.reason for one in run.refusals.all()] == ["It has 3 columns, where the heading has 2."]


def test_the_name_of_a_refused_line_goes_with_its_lists_basis(tmp_path):
    read(write(tmp_path, *LINES))
    without_basis("groups")
    assert not ImportRefusal.objects.filter(reason__contains="Band").exists()


@pytest.mark.parametrize(
    ("held", "said"),
    [({"formulas": 1}, "1 cell begins with ="), ({"formulas": 2}, "2 cells begin with ="),
     ({"markup": 1}, "1 cell holds HTML"), ({"unreadable": 1}, "1 row holds a letter")],
)  # fmt: skip
def test_one_and_several_are_told_apart(tmp_path, held, said):
    run = read(write(tmp_path, *LINES))
    run.notes = held
    assert notes(run)[0].startswith(said)
