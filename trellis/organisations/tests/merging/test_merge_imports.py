"""Lists that come in again after merges and undos: what each row says goes to the organisation it was read into."""

from pathlib import Path

import pytest

from trellis.core.actors import COMMAND_LINE
from trellis.organisations.imports.lists import import_organisations
from trellis.organisations.models import Identifier, Merge, Organisation, SourceRow
from trellis.organisations.tests import lists
from trellis.organisations.tests.merging.register import merge, undo

pytestmark = pytest.mark.django_db
COLUMNS = {"Name": "name", "Postcode": "postcode", "Telephone": "phone", "Charity number": "charity_number"}
ROWS = (("Mill Lane Pantry", "ME14 1XQ", "01622 111111", ""), ("Mill Lane Foodbank", "ME14 1XQ", "", "1007778"))


@pytest.fixture
def bring(tmp_path: Path):
    def bring(*rows: tuple[str, ...], source: str = "groups"):
        lists.on_record(source)
        path = tmp_path / "groups.csv"
        path.write_text("\n".join(",".join(row) for row in (tuple(COLUMNS), *rows)) + "\n")
        return import_organisations(path=path, by=COMMAND_LINE, source=source, columns=COLUMNS)

    return bring


@pytest.fixture
def merged(bring) -> Merge:
    bring(*ROWS)
    return merge(Organisation.objects.get(name=ROWS[0][0]), Organisation.objects.get(name=ROWS[1][0]))


def test_the_same_list_again_changes_nothing(merged, bring):
    run = bring(*ROWS)
    assert (run.added, run.changed, run.unchanged, run.refused) == (0, 0, 2, 0)
    assert Organisation.objects.count() == 2 and Merge.objects.get().undone_at is None


def test_a_row_that_changed_changes_what_the_merged_one_says_and_is_shown(merged, bring):
    run = bring((*ROWS[0][:2], "01622 222222", ""), ROWS[1])
    assert (run.added, run.changed) == (0, 1)
    assert Organisation.objects.get(pk=merged.into_id).phone == "01622 222222"
    undo(merged)
    assert Organisation.objects.get(pk=merged.into_id).phone == ""
    assert Organisation.objects.get(pk=merged.merged_id).phone == "01622 222222"


@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_another_list_finds_it_by_either_name(merged, bring, name):
    run = bring((name, "ME14 1XQ", "", ""), source="others")
    assert (run.added, run.changed, run.refused) == (0, 1, 0)
    assert Organisation.objects.count() == 2


def test_a_row_with_another_number_is_another_organisation(merged, bring):
    bring(("Mill Lane Pantry", "ME14 1XQ", "", "1007779"), source="others")
    assert Organisation.objects.count() == 3
    assert Merge.objects.get().undone_at is None


def test_a_number_that_a_list_gives_a_merged_row_parts_them(merged, bring):
    bring((*ROWS[0][:3], "1007779"), ROWS[1])
    numbers = set(Identifier.objects.values_list("value", "organisation__merged_into"))
    assert numbers == {("1007778", None), ("1007779", None)}


def test_an_import_after_an_undo_merges_nothing(merged, bring):
    undo(merged)
    run = bring(*ROWS)
    assert (run.added, run.changed, run.unchanged) == (0, 0, 2)
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()
    assert SourceRow.objects.values("organisation").distinct().count() == 2
