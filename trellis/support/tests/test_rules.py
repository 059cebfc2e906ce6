from datetime import date

import pytest

from trellis.core.errors import RuleBroken
from trellis.support import rules
from trellis.support.models import Case

STATUSES = [value for value, _ in Case.Status.choices]
ALLOWED = {
    "requested": {"triage": "triaged", "withdraw": "withdrawn"},
    "triaged": {"allocate": "allocated", "take": "in-progress", "withdraw": "withdrawn"},
    "allocated": {"take": "in-progress", "hand_back": "triaged", "withdraw": "withdrawn"},
    "in-progress": {
        "record_activity": "in-progress",
        "complete": "completed",
        "hand_back": "triaged",
        "withdraw": "withdrawn",
    },
    "completed": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("action", rules.ACTIONS)
@pytest.mark.parametrize("status", STATUSES)
def test_each_cell_of_the_transition_table(status, action):
    if action in ALLOWED[status]:
        assert rules.next_status(status, action) == ALLOWED[status][action]
        assert rules.can(status, action)
    else:
        assert not rules.can(status, action)
        with pytest.raises(RuleBroken) as refusal:
            rules.next_status(status, action)
        assert refusal.value.sentence == f"This case {rules.STANDS[status]}, so it cannot be {rules.DONE[action]}."


def test_every_status_has_words():
    assert set(rules.STANDS) == set(STATUSES)
    assert [status for status in STATUSES if not rules.is_open(status)] == ["completed", "withdrawn"]


GOOD = {
    "status": "in-progress",
    "outcome": "met",
    "first_contact_on": date(2018, 6, 4),
    "last_activity_on": date(2018, 6, 20),
    "completed_on": date(2018, 6, 21),
    "today": date(2018, 7, 2),
}


def test_a_case_that_is_done_can_be_completed():
    rules.check_can_complete(**GOOD)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"status": "completed"}, "", "This case is already completed, so it cannot be completed."),
        ({"status": "triaged"}, "", "This case is waiting for an adviser, so it cannot be completed."),
        ({"first_contact_on": None}, "", "nobody has been in touch yet"),
        ({"outcome": ""}, "outcome", "Say what came of it."),
        ({"completed_on": date(2018, 7, 3)}, "completed_on", "in the future"),
        ({"completed_on": date(2018, 6, 19)}, "completed_on", "You recorded help on 20 June 2018."),
    ],
)
def test_completion_is_refused_with_a_sentence_at_its_field(change, field, words):
    with pytest.raises(RuleBroken) as refusal:
        rules.check_can_complete(**(GOOD | change))

    assert words in refusal.value.sentence
    assert refusal.value.field == field


HELP = {
    "occurred_on": date(2018, 6, 20),
    "minutes": 45,
    "note": "Read the budget with them.",
    "requested_on": date(2018, 6, 1),
    "today": date(2018, 7, 2),
}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"occurred_on": date(2018, 7, 3)}, "occurred_on"),
        ({"occurred_on": date(2018, 5, 31)}, "occurred_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"note": "  "}, "note"),
    ],
)
def test_an_activity_that_cannot_be_is_refused_at_its_field(change, field):
    rules.check_activity(**HELP)
    with pytest.raises(RuleBroken) as refusal:
        rules.check_activity(**(HELP | change))

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("is_partner", "is_conflicted", "accepted", "shut_out", "field"),
    [
        (True, False, False, False, None),
        (True, True, True, False, None),
        (True, True, False, False, "conflict_accepted"),
        (True, False, False, True, "chosen_partner"),
        (False, False, False, False, "chosen_partner"),
    ],
)
def test_choosing_a_partner(is_partner, is_conflicted, accepted, shut_out, field):
    choice = {
        "is_partner": is_partner,
        "is_conflicted": is_conflicted,
        "conflict_accepted": accepted,
        "is_shut_out": shut_out,
    }
    if field is None:
        rules.check_choice(**choice)
        return
    with pytest.raises(RuleBroken) as refusal:
        rules.check_choice(**choice)
    assert refusal.value.field == field
