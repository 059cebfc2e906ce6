"""Any sequence of merges, edits, imports, choices and undos ends in what the slow model says."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.organisations import commands, search
from trellis.organisations.imports import writing
from trellis.organisations.models import Identifier, Merge, Organisation, OwnValues, SearchEntry, SourceList
from trellis.organisations.search.words import folded
from trellis.organisations.tests.merging import slow
from trellis.organisations.tests.merging.register import merge, organisation, undo
from trellis.organisations.tests.merging.slow import RANKS, SlowRegister

EXAMPLES = int(os.environ.get("TRELLIS_EXAMPLES", "6"))
NAMES = ("Ash Hall", "Beech Club", "Cedar Choir", "Damson Trust", "Elder Group")
ONE = st.integers(0, len(NAMES) - 1)
DEEDS = st.one_of(
    st.tuples(st.just("merge"), ONE, ONE),
    st.tuples(st.just("merge"), ONE, ONE),
    st.tuples(st.just("undo"), ONE),
    st.tuples(st.just("edit"), ONE, st.sampled_from(["name", "phone"]), st.sampled_from(["01234 111", "01234 222"])),
    st.tuples(
        st.just("import"), ONE, st.sampled_from(["phone", "website", "name"]), st.sampled_from(["x 1", "x 2"]),
        st.sampled_from(["ccew", "list", "gazette"]), st.sampled_from(["2018-02-01", "2018-03-01"]),
    ),
    st.tuples(st.just("choose"), ONE, st.sampled_from(["phone", "name"]), ONE),
    st.tuples(st.just("number"), ONE, st.sampled_from(["1007778", "1007779"])),
)  # fmt: skip


class Both:
    """The real register and the slow one, to which the same is done."""

    def __init__(self):
        self.pks = [organisation(name).pk for name in NAMES]
        for code in ("ccew", "gazette"):
            SourceList.objects.get_or_create(code=code, defaults={"name": code, "rank": RANKS[code]})
        self.slow = SlowRegister(NAMES)

    def do(self, deed, *rest):
        getattr(self, f"do_{deed}")(*rest)

    def real(self, one):
        return Organisation.objects.get(pk=self.pks[one])

    def same_refusal(self, real, model):
        """Both refuse, or neither does."""
        try:
            model()
        except slow.Refused:
            with pytest.raises(RuleBroken), transaction.atomic():
                real()
        else:
            real()

    def do_merge(self, one, other):
        self.same_refusal(lambda: merge(self.real(one), self.real(other)), lambda: self.slow.merge(one, other))

    def do_undo(self, number):
        if self.slow.merges:
            pair = self.slow.merges[number % len(self.slow.merges)]
            self.slow.undo(pair)
            undo(Merge.objects.get(merged=self.pks[pair[0]], undone_at=None))

    def do_edit(self, one, field, value):
        root = self.slow.root(one)
        self.slow.edit(one, field, value)
        commands.change_profile(organisation=self.real(root), values={field: value}, by=SIMULATOR)

    def do_import(self, one, field, value, source, day):
        self.slow.say(one, field, value, source, day)
        pk = self.pks[one]
        writing.change({pk: {field: value}}, source, {pk: day}, RANKS)
        search.index([pk])

    def do_choose(self, one, field, of):
        root = self.slow.root(one)
        self.same_refusal(
            lambda: commands.choose_value(
                organisation=self.real(root), field=field, taken_from=self.real(of), by=SIMULATOR
            ),
            lambda: self.slow.choose(one, field, of),
        )

    def do_number(self, one, number):
        self.slow.number(one, number)
        writing.add_identifiers([(self.pks[one], "GB-CHC", number)])

    def check(self):
        rows = {row.pk: row for row in Organisation.objects.all()}
        found = dict(SearchEntry.objects.values_list("organisation_id", "text"))
        for one, pk in enumerate(self.pks):
            root, family = self.slow.root(one), self.slow.family(one)
            assert rows[pk].merged_into_id == (None if root == one else self.pks[root])
            shown = self.slow.shown(one)
            assert {field: getattr(rows[pk], field) for field in slow.FIELDS} == shown
            names = {shown["name"], *(self.slow.own[each]["name"][0] for each in family)} if root == one else set()
            assert set(filter(None, found.get(pk, "").split("\n"))) == {" ".join(folded(name)) for name in names}
            assert OwnValues.objects.filter(pk=pk).exists() == (root == one and len(family) > 1)
            numbers = Identifier.objects.filter(organisation__in=[self.pks[each] for each in family])
            if all(len(self.slow.numbers[each]) < 2 for each in family):
                assert numbers.count() < 2
        assert not Organisation.objects.filter(merged_into__merged_into__isnull=False).exists()


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, min_size=3, max_size=10))
def test_any_sequence_ends_in_what_the_slow_model_says(deeds):
    with transaction.atomic():
        both = Both()
        for deed in deeds:
            both.do(*deed)
        both.check()
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES // 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, min_size=3, max_size=8))
def test_with_every_merge_undone_it_is_as_if_there_had_been_none(deeds):
    with transaction.atomic():
        both = Both()
        for deed in deeds:
            both.do(*deed)
        while both.slow.merges:
            both.do_undo(len(both.slow.merges))
        both.check()
        assert not OwnValues.objects.exists()
        transaction.set_rollback(True)
