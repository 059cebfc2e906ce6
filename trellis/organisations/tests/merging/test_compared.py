"""What a look for doubles compares: rows of lists as they came, and what organisations say that no list does."""

from pathlib import Path

import pytest

from trellis.core.actors import IMPORT
from trellis.organisations import commands
from trellis.organisations.between import organisation_of
from trellis.organisations.models import Organisation
from trellis.organisations.queries import compared
from trellis.organisations.tests import lists
from trellis.organisations.tests.merging.register import merge, organisation

pytestmark = pytest.mark.django_db


def said(*organisations: Organisation) -> list[dict[str, str]]:
    """What is compared of organisations, without what is empty."""
    rows = compared.records().to_pylist()
    wanted = {one.pk for one in organisations}
    return [
        {name: cell for name, cell in row.items() if cell and name != "id"}
        for row in rows
        if organisation_of(row["id"]) in wanted
    ]


def bring(folder: Path, *lines: str, source: str = "groups") -> Organisation:
    """The organisation that a list of one row is about."""
    lists.read(lists.write(folder, *lines, name=f"{source}.csv"), source=source)
    return Organisation.objects.latest("pk")


def test_a_row_is_compared_as_it_came_and_not_once_more_as_what_its_organisation_shows(tmp_path):
    found = bring(tmp_path, "Name,Street,Town,Postcode,Phone", "Mill Pantry,1 Mill Lane,Ashford,ME14 1XQ,01622 111111")
    assert said(found) == [{
        "name": "Mill Pantry", "address": "1 Mill Lane", "town": "Ashford", "postcode": "ME14 1XQ",
        "phone": "01622 111111",
    }]  # fmt: skip


def test_each_list_says_its_own_and_all_have_the_numbers(tmp_path):
    bring(tmp_path, "Name,Postcode,Charity number", "Mill Pantry,ME14 1XQ,1007778")
    found = bring(tmp_path, "Name,Postcode,Town", "Mill Pantry,ME14 1XQ,Ashford", source="others")
    assert said(found) == [
        {"name": "Mill Pantry", "postcode": "ME14 1XQ", "charity_no": "1007778"},
        {"name": "Mill Pantry", "postcode": "ME14 1XQ", "town": "Ashford", "charity_no": "1007778"},
    ]


def test_what_an_organisation_says_of_itself_is_compared_beside_its_rows(tmp_path):
    found = bring(tmp_path, "Name,Postcode", "Mill Pantry,ME14 1XQ")
    commands.change_profile(organisation=found, values={"phone": "01622 222222"}, by=IMPORT)
    assert said(found) == [
        {"name": "Mill Pantry", "postcode": "ME14 1XQ"},
        {"name": "Mill Pantry", "postcode": "ME14 1XQ", "phone": "01622 222222"},
    ]


def test_what_was_merged_goes_on_speaking_for_itself(cast):
    one = organisation("Mill Pantry", phone="01", postcode="ME14 1XQ")
    other = organisation("Mill Lane Pantry", number="1007778")
    merge(one, other)
    assert said(one) == []
    assert said(other) == [
        {"name": "Mill Lane Pantry", "charity_no": "1007778"},
        {"name": "Mill Pantry", "phone": "01", "postcode": "ME14 1XQ"},
    ]


def test_records_say_whose_they_are_in_any_number_of_organisations(monkeypatch, cast):
    monkeypatch.setattr(compared, "TOGETHER", 2)
    ids = [row["id"] for row in compared.records().to_pylist()]
    assert len(ids) == len(set(ids))
    assert {organisation_of(one) for one in ids} == set(Organisation.objects.values_list("pk", flat=True))


def test_a_list_without_a_basis_says_nothing_that_leads_to_people(tmp_path):
    lists.on_record("groups", contact_basis="none", contact_basis_words="")
    found = bring(tmp_path, "Name,Postcode,Town,Phone,Email", "Mill Pantry,ME14 1XQ,Ashford,01622 111111,m@example.org")
    assert said(found) == [{"name": "Mill Pantry", "postcode": "ME14 1XQ", "town": "Ashford"}]
