"""What a contract's years are worth, and its extension at once or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trellis.audit.models import AuditEntry
from trellis.contracts import commands, queries
from trellis.contracts.models import Contract, ContractQuarter, ExtensionOption, Membership
from trellis.contracts.rules import contract as rules
from trellis.contracts.tests.terms_scenes import KNOWN, START, decided, enter, extend
from trellis.core import money
from trellis.core.errors import RuleBroken
from trellis.decisions.tests import scenes as decisions


def test_the_years_of_the_decision_are_worth_what_it_says(cast):
    contract = enter(cast)
    lines = queries.years(contract)

    assert [str(line.value) for line in lines] == KNOWN
    assert [line.option for line in lines] == [0, 0, 0, 1, 2]
    assert money.whole_pounds(queries.value(contract)) == "£1,500,695"
    assert money.whole_pounds(sum(line.value for line in lines)) == "£2,267,710"
    assert money.whole_pounds(lines[2].annual_saving) == "£166,744"
    assert money.whole_pounds(lines[2].cumulative_saving) == "£345,178"
    assert contract.ends_on == date(2019, 12, 31)
    assert queries.funding(contract, contract.starts_on) == {
        "Adult Social Care": Decimal("0.7"),
        "Public Health": Decimal("0.3"),
    }


def test_whoever_signs_is_a_member_from_the_start(cast):
    contract = enter(cast)
    assert set(Membership.objects.filter(contract=contract).values_list("status", flat=True)) == {"active"}
    assert queries.work_shares(contract, START) == queries.shares(contract, START)


def test_years_that_were_agreed_one_by_one_are_taken_as_typed(cast):
    contract = enter(cast, step_down=None, values=[Decimal(value) for value in KNOWN])
    assert [str(line.value) for line in queries.years(contract)] == KNOWN
    assert contract.step_down is None


def test_an_extension_adds_its_quarters_and_moves_the_end(cast):
    contract = enter(cast)
    assert extend(cast, contract) is True

    assert contract.ends_on == Contract.objects.get(pk=contract.pk).ends_on == date(2020, 12, 31)
    quarters = queries.quarters(contract)[12:]
    assert [(one.year, one.quarter, one.starts_on.month) for one in quarters] == [
        (4, 1, 1), (4, 2, 4), (4, 3, 7), (4, 4, 10)
    ]  # fmt: skip
    assert sum(one.value for one in quarters) == Decimal(KNOWN[3])
    assert [line.is_applied for line in queries.years(contract)] == [True, True, True, True, False]
    assert extend(cast, contract, 2) is True
    assert money.whole_pounds(queries.value(contract)) == "£2,267,710"


def test_an_extension_applied_twice_changes_nothing_more(cast):
    contract = enter(cast)
    extend(cast, contract)
    stale = Contract.objects.get(pk=contract.pk)
    stale.ends_on = date(2019, 12, 31)

    assert extend(cast, stale) is False
    assert ContractQuarter.objects.filter(contract=contract).count() == 16
    assert AuditEntry.objects.filter(action="contracts.extend_term").count() == 1


@pytest.mark.parametrize("step", ["quarters", "audit"])
def test_an_extension_that_fails_half_way_changes_nothing(cast, monkeypatch, step):
    contract = enter(cast)

    def fail(*arguments, **named):
        raise ConnectionError

    where = {
        "quarters": "trellis.contracts.commands.contract._lay_out",
        "audit": "trellis.contracts.commands.contract.audit.record",
    }[step]
    monkeypatch.setattr(where, fail)
    with pytest.raises(ConnectionError):
        extend(cast, contract)
    assert Contract.objects.get(pk=contract.pk).ends_on == date(2019, 12, 31)
    assert ContractQuarter.objects.filter(contract=contract).count() == 12
    assert not ExtensionOption.objects.filter(applied_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"extension": 2}, "Extension 2 does not follow the term, which ends on 31 December 2019"),
        ({"extension": 3}, "has no extension 3"),
    ],
)
def test_an_extension_is_refused_out_of_turn(cast, changes, words):
    given = {"contract": enter(cast), "extension": 1, "decision": decided(cast), "by": cast.olive}
    with pytest.raises(RuleBroken, match=words):
        commands.extend_term(**given | changes)
    assert not AuditEntry.objects.filter(action="contracts.extend_term").exists()


@pytest.mark.parametrize("fault", ["taken and not published", "not in effect yet", "another authority’s"])
def test_an_extension_rests_on_a_decision_that_is_in_effect(cast, fault):
    contract = enter(cast)
    with decisions.on(date(2018, 6, 26)), pytest.raises(RuleBroken, match="in effect|takes effect|another authority’s"):
        decision = {
            "taken and not published": lambda: decisions.taken(cast.council),
            "not in effect yet": lambda: decisions.published(cast.council),
            "another authority’s": lambda: decisions.published(cast.ash_vale),
        }[fault]()
        commands.extend_term(contract=contract, extension=1, decision=decision, by=cast.olive)
    assert Contract.objects.get(pk=contract.pk).ends_on == date(2019, 12, 31)
    assert not AuditEntry.objects.filter(action="contracts.extend_term").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reference": "SCO"}, "already a contract SCO"),
        ({"reference": "sco 2"}, "in capitals"),
        ({"funding": {"Public Health": Decimal("0.9")}}, "sources of funding add up to 90%"),
        ({"shares": {}}, "Name the partners"),
        ({"values": [Decimal(1)]}, "one of the two"),
        ({"step_down": None, "values": [Decimal(1)] * 4}, "each of the 5 years"),
        ({"step_down": None, "values": [Decimal(-1)] * 5}, "less than nothing"),
    ],
)
def test_a_contract_is_refused_in_a_sentence_and_leaves_nothing(cast, changes, words):
    with pytest.raises(RuleBroken, match=words):
        enter(cast, **changes)
    assert Contract.objects.count() == 1
    assert not AuditEntry.objects.filter(action="contracts.create_contract").exists()


def test_the_commissioner_is_not_named_among_the_partners(cast):
    with pytest.raises(RuleBroken, match="commissioner pays"):
        enter(cast, shares={cast.council: Decimal(1)})


@settings(max_examples=25)
@given(
    values=some.lists(some.decimals(min_value=0, max_value=10**7, places=2), min_size=1, max_size=6),
    starts_on=some.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)),
)
def test_quarters_sum_to_their_year_and_leave_no_day_out(values, starts_on):
    years = rules.years_of(
        baseline=Decimal(1), step_down=None, values=values, years=len(values), extensions=0, starts_on=starts_on
    )
    days = [period for year in years for period, _ in year.quarters]
    assert [sum(part for _, part in year.quarters) for year in years] == values
    assert days[0].start == starts_on
    assert all((after.start - before.end).days == 1 for before, after in zip(days, days[1:], strict=False))
