"""Which facts stand, and when; the rows behind a figure; Arrow."""

from datetime import date
from decimal import Decimal

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trellis.core.actors import NIGHTLY
from trellis.evidence import commands, queries
from trellis.evidence.models import Evidence
from trellis.evidence.sealing import sealed_up_to

DEEDS = st.lists(st.tuples(st.sampled_from(["record", "correct", "retract", "seal"]), st.integers(0, 9)), max_size=25)
MAY = (date(2018, 5, 1), date(2018, 5, 31))


def fact(source, **fields):
    known = {"kind": "support.case_completed", "occurred_on": date(2018, 5, 1), "unit": "case", "contract": "SCO"}
    return commands.record(by=NIGHTLY, source=source, **known | fields)


def corrected(one, **change):
    return commands.correct(by=NIGHTLY, fact=one, reason="Wrong", **change)


def standing_slowly(rows):
    """The obvious twin: walk the facts in order, put each correction in the place of what it corrects."""
    stands = {}
    for row in rows:
        stands.pop(row.corrects_id, None)
        if not row.retracts:
            stands[row.pk] = row
    return set(stands.values())


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(st.tuples(st.sampled_from(["record", "correct", "retract", "seal"]), st.integers(0, 9)), max_size=25)
)
def test_standing_facts_are_those_of_the_slow_twin_at_every_sequence_number(deeds):
    marks = [(sealed_up_to(), list(Evidence.objects.order_by("pk")))]
    for number, (deed, pick) in enumerate(deeds):
        open_facts = sorted(standing_slowly(Evidence.objects.order_by("pk")), key=lambda row: row.pk)
        if deed == "record" or (deed != "seal" and not open_facts):
            fact(f"case {Evidence.objects.count()} {number}")
        elif deed != "seal":
            change = {"retract": True} if deed == "retract" else {"quantity": number}
            corrected(open_facts[pick % len(open_facts)], **change)
        else:
            marks.append((sealed_up_to(), list(Evidence.objects.order_by("pk"))))

    assert set(queries.current_facts()) == standing_slowly(Evidence.objects.order_by("pk"))
    for sequence, rows in marks:
        assert set(queries.current_facts(up_to=sequence)) == standing_slowly(rows)


@pytest.mark.django_db
class TestCurrentFacts:
    """Not corrected, not retracted, of a kind, of a contract."""

    def test_by_kind_and_contract(self):
        one = fact("case 1")
        fact("case 2", contract="OTHER")
        fact("case 3", kind="support.first_contact")

        assert list(queries.current_facts(kind="support.case_completed", contract="SCO")) == [one]

    def test_a_retracted_fact_and_its_retraction_do_not_stand(self):
        corrected(fact("case 1"), retract=True)

        assert not queries.current_facts().exists()

    def test_as_at_a_sequence_number_later_facts_and_corrections_do_not_exist(self):
        one = fact("case 1")
        before = sealed_up_to()
        new, late = corrected(one, quantity=2), fact("case 2")

        assert list(queries.current_facts(up_to=before)) == [one]
        assert set(queries.current_facts(up_to=sealed_up_to())) == {new, late}


def test_facts_behind_a_figure_are_those_of_the_period_in_order(cast):
    late = fact("case 2", occurred_on=MAY[1], district=cast.north, partner=cast.ash_vale)
    first = fact("case 1", occurred_on=MAY[0], district=cast.south, partner=cast.bramble)
    fact("case 3", occurred_on=date(2018, 6, 1))
    figure = {"contract": "SCO", "kind": "support.case_completed", "starts_on": MAY[0], "ends_on": MAY[1]}

    assert list(queries.facts_behind(**figure)) == [first, late]
    assert list(queries.facts_behind(**figure, district=cast.north)) == [late]
    assert list(queries.facts_behind(**figure, partner=cast.bramble)) == [first]


def test_a_partner_reads_its_own_facts_and_the_council_all(cast):
    ours = fact("case 1", partner=cast.ash_vale)
    theirs = fact("case 2", partner=cast.bramble)

    assert list(queries.facts_visible_to(cast.anna)) == [ours]
    assert list(queries.facts_visible_to(cast.bella)) == [theirs]
    assert set(queries.facts_visible_to(cast.olive)) == {ours, theirs}
    for nobody in (cast.alice, cast.dora, cast.ada, cast.vera):
        assert not queries.facts_visible_to(nobody).exists()


@pytest.mark.django_db
def test_the_story_of_a_fact_is_the_same_from_wherever_it_is_read():
    one = fact("case 1")
    two = corrected(one, quantity=2)
    three = corrected(two, retract=True)

    for start in (one, two, three):
        assert queries.corrections_of(Evidence.objects.get(pk=start.pk)) == [one, two, three]


@pytest.mark.django_db
class TestArrow:
    """What DuckDB is fed with."""

    def test_an_empty_table_has_its_columns(self):
        table = queries.as_arrow(contract="SCO")

        assert (table.num_rows, table.column_names) == (0, list(queries.COLUMNS))

    def test_holds_every_fact_of_the_contract_up_to_the_number(self, monkeypatch):
        monkeypatch.setattr(queries, "BATCH", 2)
        one = fact("case 1", quantity=Decimal("24000.50"))
        two = corrected(one, quantity=3)
        fact("case 2", contract="OTHER")
        three = fact("case 3", quantity=None)
        up_to = sealed_up_to()
        fact("case 4")
        table = queries.as_arrow(contract="SCO", up_to=up_to)

        assert table["id"].to_pylist() == [one.pk, two.pk, three.pk]
        assert table["quantity"].to_pylist() == [Decimal("24000.50"), Decimal("3.00"), None]
        assert table["corrects"].to_pylist() == [None, one.pk, None]
        assert table.schema.field("quantity").type == pyarrow.decimal128(14, 2)

    def test_gives_the_columns_that_are_asked_for_in_that_order(self):
        fact("case 1")

        assert queries.as_arrow(contract="SCO", columns=["occurred_on", "id"]).column_names == ["occurred_on", "id"]
