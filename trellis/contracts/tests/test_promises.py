"""What the bid promised: taken over, shown to be kept, or broken for a reason."""

from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.models import Indicator
from trellis.contracts.commands import promises
from trellis.contracts.models import Promise
from trellis.contracts.queries import promises as queries
from trellis.contracts.rules import promises as rules
from trellis.core.errors import RuleBroken

ROOM = "/contracts/SCO/promises/"
ALLOWED = {"promised": {"keep": "kept", "break": "broken"}, "broken": {"keep": "kept"}, "kept": {}}
TODAY = date(2018, 7, 2)


@pytest.mark.parametrize("status", Promise.Status.values)
@pytest.mark.parametrize("action", sorted(rules.DONE))
def test_each_cell_of_the_table(status, action):
    after = ALLOWED[status].get(action)
    assert rules.can(status, action) == bool(after)
    if after:
        assert rules.next_status(status, action) == after
        return
    with pytest.raises(RuleBroken, match=f"so it cannot be {rules.DONE[action]}"):
        rules.next_status(status, action)


def a_promise(cast, **changes) -> Promise:
    given = {
        "partner": cast.bramble_partner, "words": "A desk in every district.", "due_on": date(2018, 6, 30),
        "indicator": Indicator.objects.first(), "evidence": "Twelve addresses.",
    }  # fmt: skip
    return promises.record_promise(contract=cast.contract, by=cast.olive, **given | changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"words": " "}, "words"), ({"evidence": ""}, "evidence"), ({"due_on": date(2019, 1, 1)}, "due_on")],
)
def test_a_promise_says_what_and_how_one_sees_it_within_the_term(cast, changes, field):
    with pytest.raises(RuleBroken) as refused:
        a_promise(cast, **changes)
    assert refused.value.field == field
    assert not AuditEntry.objects.filter(action="contracts.record_promise").exists()


def test_a_broken_promise_may_be_kept_late_and_a_kept_one_stays_kept(cast):
    one = a_promise(cast)
    promises.break_promise(promise=one, outcome="Two desks are missing.", settled_on=TODAY, by=cast.olive)
    promises.keep_promise(promise=one, outcome="All twelve are open.", settled_on=TODAY, by=cast.olive)
    with pytest.raises(RuleBroken, match="is kept"):
        promises.break_promise(promise=one, outcome="One closed.", settled_on=TODAY, by=cast.olive)
    assert [row.status for row in one.history.all()] == ["broken", "kept"]
    deeds = AuditEntry.objects.filter(action__in=["contracts.keep_promise", "contracts.break_promise"])
    assert deeds.count() == 2


def test_two_at_once_settle_a_promise_once(cast):
    one = a_promise(cast)
    other = Promise.objects.get(pk=one.pk)
    promises.keep_promise(promise=one, outcome="Seen.", settled_on=TODAY, by=cast.olive)
    with pytest.raises(RuleBroken, match="a moment ago"):
        promises.break_promise(promise=other, outcome="Missing.", settled_on=TODAY, by=cast.olive)


@pytest.mark.parametrize(("outcome", "on"), [("Seen.", date(2018, 7, 3)), (" ", TODAY)])
def test_a_promise_is_settled_by_what_shows_it_and_not_in_the_future(cast, outcome, on):
    one = a_promise(cast)
    with pytest.raises(RuleBroken):
        promises.keep_promise(promise=one, outcome=outcome, settled_on=on, by=cast.olive)
    assert Promise.objects.get().status == "promised"


def test_promises_are_counted(cast):
    a_promise(cast)
    a_promise(cast, due_on=date(2018, 12, 31))
    promises.keep_promise(promise=a_promise(cast), outcome="Seen.", settled_on=TODAY, by=cast.olive)
    assert queries.kept(cast.contract, TODAY) == queries.Kept(all=3, kept=1, broken=0, late=1)


def test_the_contract_manager_takes_a_promise_over_and_says_what_came_of_it(page_client, cast):
    answers = {
        "words": "A desk in every district.", "partner": cast.ash_vale_partner.pk, "evidence": "Twelve addresses.",
        "due_on-day": "30", "due_on-month": "6", "due_on-year": "2018", "indicator": "",
    }  # fmt: skip
    page_client.post(f"{ROOM}add/", answers, by=cast.olive)
    one = Promise.objects.get()
    page = page_client.get(ROOM, by=cast.anna)
    assert "Late" in page.text and not page.has_link("Kept")
    when = {"settled_on-day": "2", "settled_on-month": "7", "settled_on-year": "2018"}
    page_client.post(f"{ROOM}{one.pk}/broken/", when | {"outcome": "Two are missing."}, by=cast.olive)
    page_client.post(f"{ROOM}{one.pk}/kept/", when | {"outcome": "All are open."}, by=cast.olive)
    assert "1 of 1 promise is kept" in page_client.get(ROOM, by=cast.olive).text


@pytest.mark.parametrize(("name", "status"), [("alice", 403), ("carol", 403), ("dora", 403)])
def test_promises_are_for_those_at_the_table(page_client, cast, name, status):
    page_client.get(ROOM, by=getattr(cast, name), expect=status)
