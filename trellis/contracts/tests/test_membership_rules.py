"""The way into the alliance and out of it, by table."""

from datetime import date

import pytest

from trellis.contracts.models import Membership
from trellis.contracts.rules import membership as rules
from trellis.contracts.rules.membership import Check
from trellis.core.errors import RuleBroken

ALLOWED = {
    "invited": {"start_due_diligence": "due-diligence", "withdraw": "withdrawn"},
    "due-diligence": {"check": "due-diligence", "admit": "admitted", "withdraw": "withdrawn"},
    "admitted": {"begin": "active"},
    "active": {"give_notice": "leaving", "plan_remedy": "remedy"},
    "remedy": {"conclude_remedy": "active", "give_notice": "leaving", "exclude": "excluded"},
    "leaving": {"take_notice_back": "active", "accept": "leaving", "hand_over": "leaving", "leave": "left"},
    "excluded": {"hand_over": "excluded", "leave": "excluded"},
    "left": {},
    "withdrawn": {},
}
QUARTER_ENDS = [date(2018, 9, 30), date(2018, 12, 31), date(2019, 3, 31)]
MET = Check("Is it insured?", "met", True)


@pytest.mark.parametrize("status", Membership.Status.values)
@pytest.mark.parametrize("action", sorted(rules.DONE))
def test_each_cell_of_the_table(status, action):
    after = ALLOWED[status].get(action)
    assert rules.can(status, action) == bool(after)
    if after:
        assert rules.next_status(status, action) == after
        return
    with pytest.raises(RuleBroken, match=f"^This membership .*, so it cannot be {rules.DONE[action]}"):
        rules.next_status(status, action)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"checks": []}, "Nothing has been checked"),
        ({"checks": [MET, Check("Is it safe?", "", False)]}, "“Is it safe\\?” is not answered yet"),
        ({"checks": [Check("Is it safe?", "not-met", True)]}, "answered with no"),
        ({"checks": [Check("Is it safe?", "met", False)]}, "verified by a second person"),
        ({"proposal": " "}, "Name the proposal"),
        ({"variation": ""}, "Name the variation"),
    ],
)
def test_nobody_is_admitted_unchecked_not_agreed_or_without_grounds_in_law(changes, words):
    given = {"checks": [MET], "proposal": "PROP-1", "variation": "VAR-1"}
    rules.check_can_admit(**given)
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_admit(**given | changes)


@pytest.mark.parametrize(
    ("months", "earliest"), [(None, QUARTER_ENDS[0]), (3, QUARTER_ENDS[1]), (6, QUARTER_ENDS[2]), (9, None)]
)
def test_the_earliest_leaving_is_the_end_of_the_quarter_in_which_notice_has_run_out(months, earliest):
    found = rules.earliest_leaving(notice_on=date(2018, 7, 2), months=months, quarter_ends=QUARTER_ENDS)
    assert found == earliest


def test_notice_whose_last_day_is_the_end_of_a_quarter_is_long_enough():
    found = rules.earliest_leaving(notice_on=date(2018, 6, 30), months=3, quarter_ends=QUARTER_ENDS)
    assert found == date(2018, 9, 30)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"leaves_on": date(2018, 9, 30)}, "3 months of notice.*31 December 2018 at the earliest"),
        ({"leaves_on": date(2019, 1, 31)}, "at the end of a quarter"),
        ({"months": None, "leaves_on": date(2018, 9, 29)}, "no months of notice.*30 September 2018"),
        ({"months": 12}, "ends before notice"),
        ({"reason": ""}, "Say why"),
    ],
)
def test_notice_is_refused(changes, words):
    given = {
        "notice_on": date(2018, 7, 2), "leaves_on": date(2018, 12, 31), "months": 3, "quarter_ends": QUARTER_ENDS,
        "reason": "The board decided so.",
    }  # fmt: skip
    rules.check_notice(**given)
    with pytest.raises(RuleBroken, match=words):
        rules.check_notice(**given | changes)


def test_nobody_is_excluded_before_the_remedy_plan_has_had_its_time():
    given = {"remedy_review_on": date(2018, 7, 31), "today": date(2018, 7, 31), "reason": "Nothing came."}
    rules.check_can_exclude(**given)
    for changes in ({"today": date(2018, 7, 30)}, {"remedy_review_on": None}, {"reason": " "}):
        with pytest.raises(RuleBroken):
            rules.check_can_exclude(**given | changes)


def test_nobody_has_left_while_the_handover_is_open():
    given = {"left_on": date(2018, 9, 30), "today": date(2018, 10, 1), "checks": [MET]}
    rules.check_can_leave(**given)
    for changes in ({"left_on": None}, {"today": date(2018, 9, 30)}, {"checks": [Check("Cases?", "", False)]}):
        with pytest.raises(RuleBroken):
            rules.check_can_leave(**given | changes)


@pytest.mark.parametrize("what", ["is_authority", "is_independent_route", "is_known"])
def test_who_cannot_be_invited(what):
    nothing = {"is_authority": False, "is_independent_route": False, "is_known": False}
    rules.check_can_invite(**nothing)
    with pytest.raises(RuleBroken):
        rules.check_can_invite(**nothing | {what: True})


def test_an_answer_needs_what_it_rests_on_and_a_second_person():
    with pytest.raises(RuleBroken, match="Say why not"):
        rules.check_answer(outcome="not-met", note=" ")
    rules.check_can_verify(outcome="met", is_verified=False, is_same_person=False)
    for changes in ({"outcome": ""}, {"is_verified": True}, {"is_same_person": True}):
        with pytest.raises(RuleBroken):
            rules.check_can_verify(**{"outcome": "met", "is_verified": False, "is_same_person": False} | changes)


def test_a_remedy_plan_says_something_and_is_looked_at_again():
    given = {"remedy": "Returns in time.", "review_on": date(2018, 8, 1), "today": date(2018, 7, 2)}
    rules.check_remedy(**given)
    for changes in ({"remedy": ""}, {"review_on": date(2018, 7, 2)}):
        with pytest.raises(RuleBroken):
            rules.check_remedy(**given | changes)
