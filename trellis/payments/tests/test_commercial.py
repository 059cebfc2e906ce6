"""Commercial terms: what they may say, when they may be set, and by whom."""

from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts.tests.papers_scenes import minutes
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.payments.commands import commercial as commands
from trellis.payments.models import CommercialTerms
from trellis.payments.queries import commercial as queries
from trellis.payments.rules import commercial as rules
from trellis.payments.tests import books_scenes as scenes
from trellis.payments.tests.books_scenes import DAYS, REACHED, agreed


def test_set_terms_keeps_every_part_and_is_audited(cast):
    terms = scenes.with_terms(cast)

    assert queries.terms_of(cast.contract, 1) == terms
    assert {row.indicator_id: row.weight for row in terms.measures.all()} == {
        REACHED: Decimal("0.6"),
        DAYS: Decimal("0.4"),
    }
    assert [row.pain_cap for row in terms.partners.all()] == [Decimal("1000.00"), Decimal("500.00")]
    assert terms.budgets.count() == 5
    assert {row.indicator_id: row.amount or row.fraction for row in terms.credits.all()} == {
        DAYS: Decimal("0.01"),
        REACHED: Decimal("300.00"),
    }
    entry = AuditEntry.objects.get(action="payments.set_terms")
    assert (entry.facts["year"], entry.facts["weights"][DAYS]) == (1, "0.4")


def test_terms_hold_for_later_years_until_others_are_set(cast):
    terms = scenes.with_terms(cast)
    cast.contract.quarters.filter(quarter=4).update(year=2)

    assert queries.terms_of(cast.contract, 2) == terms
    later = commands.set_terms(
        contract=cast.contract,
        year=2,
        agreed=agreed(cast, gate=Decimal("0.7")),
        proposal=minutes(cast).title,
        by=cast.olive,
    )
    again = commands.set_terms(contract=cast.contract, year=2, agreed=agreed(cast), by=cast.olive)

    assert (later.version, again.version, later.proposal) == (1, 2, "Minutes of 2 July")
    assert queries.terms_of(cast.contract, 2) == again
    assert queries.terms_of(cast.contract, 1) == terms


REFUSED = [
    ({"target_cost": Decimal(-1)}, "cannot be less than nothing"),
    ({"gate": Decimal("1.1")}, "The gate must be from 0% to 100%"),
    ({"overhead_ceiling": Decimal("-0.1")}, "The ceiling of overheads must be from"),
    ({"weights": {REACHED: Decimal("0.6"), DAYS: Decimal("0.5")}}, "weights add up to 110"),
    ({"weights": {"nothing": Decimal(1)}}, "has no floor and target in the contract"),
    ({"weights": {REACHED: Decimal("1.5"), DAYS: Decimal("-0.5")}}, "A weight cannot be less than nothing"),
    ({"pain_caps": {}}, "Say for each partner"),
    ({"shares": {"ORG-X": Decimal(1)}}, "each partner’s part"),
    ({"budgets": {("ORG-X", "staff"): Decimal("90000")}}, "Only a partner of the contract has a budget"),
    ({"target_cost": Decimal("80000.00")}, "The budgets add up to £90,000.00, and the target cost is £80,000.00"),
    ({"credits": {DAYS: ("fraction", Decimal(2))}}, "A service credit is an amount, or from 0% to 100%"),
]


@pytest.mark.parametrize(("changed", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_terms_that_do_not_add_up_are_refused(changed, words, cast):
    scenes.categories(cast.olive)
    with pytest.raises(RuleBroken, match=words):
        commands.set_terms(contract=cast.contract, year=1, agreed=agreed(cast, **changed), by=cast.olive)

    assert not CommercialTerms.objects.exists()
    assert not AuditEntry.objects.filter(action="payments.set_terms").exists()


def test_parts_of_ones_own_must_sum_to_one(cast):
    scenes.categories(cast.olive)
    parts = {cast.ash_vale.reference: Decimal("0.5"), cast.bramble.reference: Decimal("0.4")}
    with pytest.raises(RuleBroken, match="parts add up to 90"):
        commands.set_terms(contract=cast.contract, year=1, agreed=agreed(cast, shares=parts), by=cast.olive)


def test_set_terms_is_for_the_contract_manager(cast):
    scenes.categories(cast.olive)
    for by in (cast.anna, cast.fred, cast.carol, NIGHTLY):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            commands.set_terms(contract=cast.contract, year=1, agreed=agreed(cast), by=by)


def test_the_goal_does_not_move_once_the_year_has_begun(cast):
    scenes.with_terms(cast)
    with pytest.raises(RuleBroken, match="This year has begun"):
        commands.set_terms(contract=cast.contract, year=1, agreed=agreed(cast), by=cast.olive)
    with pytest.raises(RuleBroken, match="has no year 9"):
        commands.set_terms(contract=cast.contract, year=9, agreed=agreed(cast), by=cast.olive)


@pytest.mark.parametrize(
    ("begun", "terms", "settled", "books", "words"),
    [
        (False, True, False, False, None),
        (True, False, False, False, None),
        (True, True, False, False, "has begun"),
        (True, False, False, True, "Books have been submitted"),
        (False, False, True, False, "has been settled"),
    ],
)
def test_when_terms_may_be_set(begun, terms, settled, books, words):
    asked = {"may": True, "has_begun": begun, "has_terms": terms, "is_settled": settled, "has_books": books}
    if words is None:
        rules.check_can_set(**asked)
        return
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_set(**asked)


def test_set_terms_refuses_a_category_that_nobody_defined(cast):
    with pytest.raises(RuleBroken, match="There is no category of costs called delivery"):
        commands.set_terms(contract=cast.contract, year=1, agreed=agreed(cast), by=cast.olive)
    assert not CommercialTerms.objects.exists()
