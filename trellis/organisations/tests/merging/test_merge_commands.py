"""Merging, undoing it, and what each leaves behind."""

import pytest

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT, SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.organisations import commands, families, search
from trellis.organisations.imports import writing
from trellis.organisations.models import Identifier, LinkQuestion, Merge, Organisation, OwnValues
from trellis.organisations.tests.merging.register import merge, organisation, question, rows, undo

pytestmark = pytest.mark.django_db


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=f"organisations.{action}").count()


def root(organisation: Organisation) -> int:
    return families.roots_of([organisation.pk])[organisation.pk]


@pytest.fixture
def pantry() -> Organisation:
    return organisation("Mill Lane Pantry", phone="01")


@pytest.fixture
def foodbank() -> Organisation:
    return organisation("Mill Lane Foodbank", "ccew", "2018-02-01", number="1007778", phone="02", email="a@example.org")


def test_merge_shows_the_best_of_both_and_says_so(pantry, foodbank, cast):
    done = merge(pantry, foodbank, by=cast.ada)

    foodbank.refresh_from_db()
    assert (done.merged, done.into) == (pantry, foodbank)  # the charity stands
    assert (foodbank.name, foodbank.phone, foodbank.email) == ("Mill Lane Foodbank", "02", "a@example.org")
    assert root(pantry) == foodbank.pk
    assert search.find("mill lane pantry").ids[0] == foodbank.pk
    assert search.find(pantry.reference).ids == (foodbank.pk,)
    entry = AuditEntry.objects.get(action="organisations.merge_organisations")
    assert entry.facts == {"merged": pantry.reference, "into": foodbank.reference, "automatic": False}
    assert entry.actor == cast.ada.actor_name


def test_undo_is_exact(pantry, foodbank):
    third = organisation("Pantry of Mill Lane", activities="Food")
    before = rows()
    first, second = merge(pantry, foodbank), merge(third, pantry)
    assert root(third) == root(pantry) == foodbank.pk

    undo(first)
    assert (root(third), root(pantry)) == (foodbank.pk, pantry.pk)
    undo(second)

    assert rows() == before
    assert not OwnValues.objects.exists()
    assert audited("undo_merge") == 2


def test_undoing_the_first_of_a_chain_takes_along_what_was_merged_into_it(pantry, foodbank):
    third = organisation("Pantry of Mill Lane", activities="Food")
    merge(third, pantry)
    link = merge(pantry, foodbank)
    undo(link)
    assert (root(third), root(pantry), root(foodbank)) == (pantry.pk, pantry.pk, foodbank.pk)
    pantry.refresh_from_db()
    assert pantry.activities == "Food"


def test_the_shown_name_may_be_that_of_the_merged_and_goes_with_it(pantry):
    named = organisation("Real Name of It", "ccew", "2018-02-01", website="https://example.org")
    done = merge(pantry, named)
    shown = Organisation.objects.get(pk=done.into_id)
    assert (shown.name, shown.pk) == ("Real Name of It", pantry.pk)
    assert shown.provenance["name"] == ["ccew", "2018-02-01"]
    assert search.find("mill lane pantry").ids == (pantry.pk,)  # its own name still finds it
    undo(done)
    assert Organisation.objects.get(pk=pantry.pk).name == "Mill Lane Pantry"


def test_an_import_writes_what_each_says_itself_and_what_is_shown_follows(pantry, foodbank):
    merge(pantry, foodbank)
    ranks = {"list": 50, "ccew": 10}
    writing.change({pantry.pk: {"website": "https://pantry.example"}}, "list", {pantry.pk: "2018-03-01"}, ranks)
    writing.change({foodbank.pk: {"phone": "03"}}, "ccew", {foodbank.pk: "2018-03-01"}, ranks)

    foodbank.refresh_from_db()
    assert (foodbank.website, foodbank.phone) == ("https://pantry.example", "03")
    undo(Merge.objects.get())
    pantry.refresh_from_db()
    foodbank.refresh_from_db()
    assert (pantry.website, foodbank.website, foodbank.phone) == ("https://pantry.example", "", "03")


def test_an_edit_of_the_profile_changes_what_it_says_itself_alone(pantry, foodbank):
    done = merge(pantry, foodbank)
    values = {"phone": "01234 567890", "email": "a@example.org", "name": "Mill Lane Foodbank"}
    organisation = Organisation.objects.get(pk=foodbank.pk)
    change = commands.change_profile(organisation=organisation, values=values, by=SIMULATOR)
    assert change.after == {"phone": "01234 567890"}
    assert Organisation.objects.get(pk=foodbank.pk).phone == "01234 567890"

    undo(done)
    assert Organisation.objects.get(pk=foodbank.pk).phone == "01234 567890"
    assert Organisation.objects.get(pk=pantry.pk).phone == "01"
    commands.undo_profile_change(change=change, by=SIMULATOR)
    assert Organisation.objects.get(pk=foodbank.pk).phone == "02"


def test_a_value_that_is_seen_of_another_and_edited_comes_back_by_undoing_the_edit(pantry, foodbank):
    """The page shows the foodbank's e-mail address as the pantry's: the edit notes what the pantry had itself."""
    third = organisation("Pantry of Mill Lane")
    merge(third, pantry)
    with_mail = organisation("Pantry at Mill Lane", email="p@example.org")
    merge(with_mail, pantry)
    shown = Organisation.objects.get(pk=root(pantry))
    assert shown.email == "p@example.org"
    change = commands.change_profile(organisation=shown, values={"email": "new@example.org"}, by=SIMULATOR)
    assert change.before["email"] == ""
    commands.undo_profile_change(change=change, by=SIMULATOR)
    assert Organisation.objects.get(pk=shown.pk).email == "p@example.org"


def test_two_charity_numbers_are_never_merged(foodbank):
    other = organisation("Mill Lane Food Bank", number="1007779")
    with pytest.raises(RuleBroken, match="two different charity numbers"):
        merge(foodbank, other)
    assert not Merge.objects.exists() and audited("merge_organisations") == 0


def test_two_charity_numbers_are_never_merged_by_way_of_a_third(foodbank, pantry):
    other = organisation("Mill Lane Food Bank", number="1007779")
    merge(pantry, foodbank)
    with pytest.raises(RuleBroken, match="two different charity numbers"):
        merge(pantry, other)


def test_a_number_that_comes_later_and_contradicts_undoes_the_merge(pantry, foodbank):
    done = merge(pantry, foodbank)
    writing.add_identifiers([(pantry.pk, "GB-CHC", "1007779")])
    done.refresh_from_db()
    assert done.undone_by == IMPORT.actor_name
    assert root(pantry) == pantry.pk
    assert set(Identifier.objects.values_list("organisation", "value")) == {
        (foodbank.pk, "1007778"), (pantry.pk, "1007779"),
    }  # fmt: skip


def test_undo_says_that_they_are_not_the_same_and_nothing_merges_them_again(pantry, foodbank):
    asked = question(pantry, foodbank)
    undo(merge(pantry, foodbank))
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (LinkQuestion.State.DIFFERENT, SIMULATOR.actor_name)
    with pytest.raises(RuleBroken, match="are not the same"):
        merge(pantry, foodbank)


def test_undo_is_refused_twice(pantry, foodbank):
    done = merge(pantry, foodbank)
    undo(done)
    with pytest.raises(RuleBroken, match="undone already"):
        undo(done)
    assert audited("undo_merge") == 1


def test_a_person_chooses_whose_value_is_shown(pantry, foodbank, cast):
    done = merge(pantry, foodbank)
    commands.choose_value(organisation=foodbank, field="phone", taken_from=pantry, by=cast.ada)
    assert Organisation.objects.get(pk=foodbank.pk).phone == "01"
    commands.choose_value(organisation=foodbank, field="phone", taken_from=None, by=cast.ada)
    assert Organisation.objects.get(pk=foodbank.pk).phone == "02"
    assert audited("choose_value") == 2
    with pytest.raises(RuleBroken):
        commands.choose_value(organisation=foodbank, field="phone", taken_from=cast.choir, by=cast.ada)
    undo(done)
    with pytest.raises(RuleBroken):
        commands.choose_value(organisation=foodbank, field="phone", taken_from=pantry, by=cast.ada)


def test_a_merge_is_checked_once(pantry, foodbank, cast):
    done = merge(pantry, foodbank)
    commands.check_merge(merge=done, by=cast.ada)
    with pytest.raises(RuleBroken):
        commands.check_merge(merge=done, by=cast.olive)
    assert audited("check_merge") == 1


@pytest.mark.parametrize("who", ["dora", "alice", "carol", "dev"])
def test_only_those_who_keep_the_register_merge(who, pantry, foodbank, cast):
    done = merge(pantry, foodbank)
    by = getattr(cast, who)
    for deed in (
        lambda: merge(cast.choir, cast.pantry, by=by),
        lambda: undo(done, by=by),
        lambda: commands.check_merge(merge=done, by=by),
        lambda: commands.choose_value(organisation=foodbank, field="phone", taken_from=pantry, by=by),
    ):
        with pytest.raises(RuleBroken, match="keep the register"):
            deed()
    assert audited("merge_organisations") == 1


def test_uses_counts_what_other_areas_hold_and_nothing_of_the_register(cast, pantry):
    uses = families.uses_of([cast.bramble.pk, cast.pantry.pk, pantry.pk])
    assert uses[cast.bramble.pk] >= 4  # two people, a partner, a membership of the alliance
    assert uses[cast.pantry.pk] == 1  # Dora
    assert pantry.pk not in uses
