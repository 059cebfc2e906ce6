from datetime import date, timedelta

import pytest

from trellis.commissioning.models import Consultation
from trellis.commissioning.rules import surveys as rules
from trellis.core.errors import RuleBroken

STATES = list(rules.NEXT)
ALLOWED = {
    ("draft", "released"),
    ("draft", "closed"),
    ("released", "draft"),
    ("released", "closed"),
    ("closed", "told"),
}
OPENS, CLOSES = date(2018, 7, 2), date(2018, 7, 31)


def refused(check, **given) -> str:
    """Why it was refused; empty when it was not."""
    try:
        check(**given)
    except RuleBroken as refusal:
        return refusal.sentence
    return ""


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("to", STATES)
def test_a_consultation_moves_as_the_table_says(status, to):
    assert bool(refused(rules.check_can_move, status=status, to=to)) == ((status, to) not in ALLOWED)


def test_the_states_of_the_rules_are_those_of_the_table():
    assert Consultation.Status.values == STATES


@pytest.mark.parametrize("status", STATES)
def test_only_a_draft_is_edited(status):
    assert bool(refused(rules.check_can_edit, status=status)) == (status != "draft")


@pytest.mark.parametrize(
    ("status", "on", "is_open"),
    [
        ("draft", OPENS, False),
        ("released", OPENS - timedelta(days=1), False),
        ("released", OPENS, True),
        ("released", CLOSES, True),
        ("released", CLOSES + timedelta(days=1), False),
        ("closed", OPENS, False),
        ("told", OPENS, False),
    ],
)
def test_it_is_open_from_its_first_day_to_its_last(status, on, is_open):
    assert rules.is_open(status=status, opens_on=OPENS, closes_on=CLOSES, on=on) is is_open


@pytest.mark.parametrize(
    ("status", "on", "has_opened"),
    [
        ("draft", CLOSES, False),
        ("released", OPENS - timedelta(days=1), False),
        ("released", OPENS, True),
        ("closed", CLOSES, True),
        ("told", CLOSES, True),
    ],
)
def test_the_public_knows_of_it_once_it_has_opened(status, on, has_opened):
    assert rules.has_opened(status=status, opens_on=OPENS, on=on) is has_opened


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (CLOSES, "until the end of 31 July 2018. It can be closed from the day after."),
        (OPENS, "until the end of 31 July 2018"),
        (CLOSES + timedelta(days=1), ""),
    ],
)
def test_it_is_never_closed_early(on, why):
    said = refused(rules.check_can_close, status="released", closes_on=CLOSES, on=on)
    assert why in said and bool(why) == bool(said)


def test_what_was_asked_elsewhere_is_closed_once_its_last_day_is_over():
    late = {"status": "draft", "closes_on": CLOSES, "on": CLOSES + timedelta(days=1)}
    assert refused(rules.check_can_close, **late) == ""
    assert "no question yet" in refused(rules.check_can_close, **late, questions=0)
    assert "release it" in refused(rules.check_can_close, **late | {"on": CLOSES})


def test_it_is_taken_back_only_before_it_opens():
    before = OPENS - timedelta(days=1)
    assert refused(rules.check_can_take_back, status="released", opens_on=OPENS, on=before) == ""
    assert "It opened on 2 July 2018" in refused(rules.check_can_take_back, status="released", opens_on=OPENS, on=OPENS)


@pytest.mark.parametrize(
    ("status", "closes_on", "why"),
    [
        ("released", CLOSES + timedelta(days=1), ""),
        ("released", CLOSES, "they can have longer, not less"),
        ("released", CLOSES - timedelta(days=1), "they can have longer, not less"),
        ("draft", CLOSES + timedelta(days=1), "Only a consultation that is released"),
        ("closed", CLOSES + timedelta(days=1), "Only a consultation that is released"),
    ],
)
def test_people_are_given_more_time_and_never_less(status, closes_on, why):
    said = refused(rules.check_can_extend, status=status, was=CLOSES, closes_on=closes_on, on=OPENS)
    assert why in said and bool(why) == bool(said)


def test_more_time_is_not_time_that_has_passed():
    late = CLOSES + timedelta(days=20)
    given = {"status": "released", "was": CLOSES, "closes_on": CLOSES + timedelta(days=1)}
    assert refused(rules.check_can_extend, on=late, **given) == "That day has passed."


def test_a_draft_is_released_with_questions_that_somebody_can_still_answer():
    given = {"status": "draft", "questions": 1, "closes_on": CLOSES, "on": CLOSES}
    assert refused(rules.check_can_release, **given) == ""
    assert "no question yet" in refused(rules.check_can_release, **given | {"questions": 0})
    assert "It closed on 31 July" in refused(rules.check_can_release, **given | {"on": CLOSES + timedelta(days=1)})


WHOLE = {"choices": ("Good", "Poor"), "rows": ("Training",), "lowest": 1, "highest": 5}


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("text", {}, None),
        ("one", {}, None),
        ("matrix", {}, None),
        ("scale", {}, None),
        ("one", {"choices": ("Good",)}, "choices"),
        ("many", {"choices": ()}, "choices"),
        ("rank", {"choices": ("Good", "good")}, "choices"),
        ("many", {"choices": tuple(map(str, range(31)))}, "choices"),
        ("matrix", {"rows": ()}, "rows"),
        ("matrix", {"rows": ("A", "A")}, "rows"),
        ("scale", {"lowest": None}, "highest"),
        ("scale", {"lowest": 5, "highest": 5}, "highest"),
        ("scale", {"lowest": 0, "highest": 11}, "highest"),
        ("scale", {"lowest": 0, "highest": 10}, None),
    ],
)
def test_a_question_is_whole(kind, changed, field):
    try:
        rules.check_question(kind=kind, **WHOLE | changed)
        found = None
    except RuleBroken as refusal:
        found = refusal.field
    assert found == field
