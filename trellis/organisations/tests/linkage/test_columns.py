"""Which columns of a list `trellis link_list` takes for what: by their names, as it is told, and as it tells."""

import pytest
from django.core.management import CommandError, call_command

from trellis.core.errors import RuleBroken
from trellis.organisations.linkage import columns, files

NAMES = {
    "phone": ["Tel number", "Tel (day)", "Telephone (day)", "Contact tel", "Mobile", "Phone 2"],
    "charity_no": ["SC number", "Charity number"],
    "company_no": ["Co. Reg. No"],
    "website": ["org_url"],
    "name": ["Name in full", "Club / Society"],
}


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in NAMES.items() for name in names])
def test_columns_are_known_by_their_names(field, name):
    assert columns.recognised(["Nothing", name]) == {field: [1]}


def read(folder, *lines, said=()):
    path = folder / "list.csv"
    path.write_text("\n".join(lines))
    found = files.read(path, said)
    return [columns.record(found.fields, row) for row in found.rows]


def test_of_several_columns_the_first_that_is_filled_counts(tmp_path):
    heading = "Name,Mobile,Contact tel,Email 2,Email,Title"
    rows = read(
        tmp_path, heading, "Choir,1,2,a,b,Dr", "Band,1,,a,,Dr", "Singers, ,2,,b,Dr", "Pantry,n/a,2,-,,", ",,,,,Dr"
    )
    assert [row["phone"] for row in rows] == ["1", "1", "2", "2", None]
    assert [row["email"] for row in rows] == ["b", "a", "b", "-", None]
    assert [row["name"] for row in rows] == ["Choir", "Band", "Singers", "Pantry", None]


@pytest.mark.parametrize("said", [["B=name", "A=name"], ["B=name", "A=name", "B=name"]])
def test_several_columns_can_be_said_to_be_one_field(tmp_path, said):
    assert [row["name"] for row in read(tmp_path, "A,B", "Choir,Band", "Choir,", said=said)] == ["Band", "Choir"]


def test_one_column_cannot_be_two_fields():
    with pytest.raises(RuleBroken, match="“A” cannot be both name and phone."):
        columns.mapped(["A"], ["A=name", "A=phone"])


@pytest.mark.parametrize(
    "options",
    [
        ("LIST", "--map", "Wer=name", "Wo=town"),
        ("LIST", "--map", "Wer=name", "--map", "Wo=town"),
        ("--map", "Wer=name", "Wo=town", "LIST"),
        ("--map", "Wer=name", "LIST", "--map", "Wo=town"),
    ],
)
def test_what_was_taken_for_what_is_told(tmp_path, capsys, options):
    path = tmp_path / "list.csv"
    path.write_text("Wer,Wo,Was,Wie\nAsh Vale Club,Ash,,\n")
    output = ("--output", str(tmp_path / "out.csv"))
    call_command("link_list", *(str(path) if one == "LIST" else one for one in options), *output)
    assert capsys.readouterr().err.splitlines() == [
        "list.csv: “Wer” is taken for the name.",
        "list.csv: “Wo” is taken for the town.",
        "list.csv: 2 other columns are kept as they stand.",
    ]


def test_no_list_at_all_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Name the lists to be linked"):
        call_command("link_list", "--output", str(tmp_path / "out.csv"))
