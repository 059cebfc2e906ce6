"""Recording and correcting facts."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from trellis.audit.models import AuditEntry
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.evidence import commands
from trellis.evidence.models import Evidence

KNOWN = {"by": NIGHTLY, "kind": "support.case_completed", "occurred_on": date(2018, 5, 1), "unit": "case"}


def recorded(source="case 1", **fields):
    return commands.record(source=source, **KNOWN | fields)


def test_record_keeps_what_happened_where_and_who_said_so(cast):
    fact = recorded(
        by=cast.alice, contract="SCO", partner=cast.ash_vale, organisation=cast.pantry, district=cast.north,
        quantity=Decimal("2.5"),
    )  # fmt: skip

    kept = Evidence.objects.get()
    assert (kept, kept.quantity, kept.partner, kept.district) == (fact, Decimal("2.50"), cast.ash_vale, cast.north)
    audit = AuditEntry.objects.get(action="evidence.record")
    assert (audit.subject, audit.actor) == (f"evidence {fact.pk}", f"person:{cast.alice.pk}")
    assert audit.facts == {"source": "case 1"}


@pytest.mark.django_db
class TestRecord:
    """A source counts once."""

    def test_refuses_a_source_that_is_there_already_and_leaves_no_audit(self):
        recorded()
        with pytest.raises(RuleBroken, match=r"This is already recorded: case 1\."):
            recorded()

        assert (Evidence.objects.count(), AuditEntry.objects.count()) == (1, 1)

    def test_a_refusal_does_not_spoil_the_transaction_around_it(self):
        with transaction.atomic():
            recorded()
            with pytest.raises(RuleBroken):
                recorded()
            recorded("case 2")

        assert Evidence.objects.count() == 2

    def test_none_says_known_to_be_unknown(self):
        recorded(quantity=None)

        assert Evidence.objects.get().quantity is None

    @pytest.mark.parametrize("quantity", [Decimal("0.001"), 0.1])
    def test_a_quantity_finer_than_hundredths_is_a_mistake_of_ours(self, quantity):
        with pytest.raises(ValueError, match="more than two decimals"):
            recorded(quantity=quantity)

        assert not Evidence.objects.exists()


@pytest.mark.django_db
class TestCorrect:
    """The past stays as it was; a new fact takes its place."""

    def test_a_correction_is_a_new_fact(self):
        fact = recorded(quantity=3, contract="SCO")
        new = commands.correct(by=NIGHTLY, fact=fact, reason="Counted twice", quantity=2)

        fact.refresh_from_db()
        assert (fact.quantity, new.quantity, new.corrects, new.contract) == (3, 2, fact, "SCO")
        assert (new.occurred_on, new.kind, new.retracts) == (fact.occurred_on, fact.kind, False)
        entry = AuditEntry.objects.get(action="evidence.correct")
        assert (entry.reason, entry.subject) == ("Counted twice", f"evidence {new.pk}")

    def test_the_date_can_be_corrected(self):
        new = commands.correct(by=NIGHTLY, fact=recorded(), reason="Wrong day", occurred_on=date(2018, 5, 2))

        assert (new.occurred_on, new.quantity) == (date(2018, 5, 2), 1)

    def test_a_correction_can_be_corrected_and_then_retracted(self):
        first = recorded()
        second = commands.correct(by=NIGHTLY, fact=first, reason="Wrong", quantity=2)
        third = commands.correct(by=NIGHTLY, fact=second, reason="Wrong again", quantity=3)
        last = commands.correct(by=NIGHTLY, fact=third, reason="Never happened", retract=True)

        assert [fact.corrects for fact in (second, third, last)] == [first, second, third]
        assert (last.retracts, last.quantity) == (True, 3)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"quantity": 2, "reason": " "}, "Say why the fact is corrected."),
            ({}, "Say what is different"),
            ({"retract": True, "quantity": 2}, "has no new figure or date"),
        ],
    )
    def test_refuses(self, change, sentence):
        with pytest.raises(RuleBroken, match=sentence):
            commands.correct(by=NIGHTLY, fact=recorded(), **{"reason": "Wrong"} | change)

        assert Evidence.objects.count() == 1
        assert not AuditEntry.objects.filter(action="evidence.correct").exists()

    def test_refuses_a_second_correction_of_the_same_fact(self):
        fact = recorded()
        commands.correct(by=NIGHTLY, fact=fact, reason="Wrong", quantity=2)
        with pytest.raises(RuleBroken, match="already corrected"):
            commands.correct(by=NIGHTLY, fact=fact, reason="Wrong", quantity=3)

        assert AuditEntry.objects.filter(action="evidence.correct").count() == 1

    def test_refuses_to_correct_what_was_withdrawn(self):
        gone = commands.correct(by=NIGHTLY, fact=recorded(), reason="Never happened", retract=True)
        with pytest.raises(RuleBroken, match="already withdrawn"):
            commands.correct(by=NIGHTLY, fact=gone, reason="It did", quantity=1)
