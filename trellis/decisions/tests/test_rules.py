"""The rules by table: where a decision may go, what a notice must say, which guards stand, who may call in."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trellis.core import rulebook
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision, Notice
from trellis.decisions.rules import call_in, forward_plan, guards, pathway
from trellis.decisions.rules.guards import Facts
from trellis.decisions.rules.pathway import Step

TODAY = date(2018, 7, 2)
ALLOWED = {
    "draft": {"plan": "draft", "draft": "draft", "take": "taken", "withdraw": "withdrawn"},
    "taken": {"draft": "taken", "publish": "published"},
    "published": {"call_in": "called-in", "correct": "published", "implement": "published"},
    "called-in": {
        "correct": "called-in", "no-comment": "published", "refer-back": "referred", "refer-council": "council",
    },
    "referred": {"plan": "referred", "draft": "referred", "take": "taken"},
    "council": {"plan": "council", "draft": "council", "take": "taken"},
    "withdrawn": {},
}  # fmt: skip


@pytest.mark.parametrize("status", Decision.Status.values)
@pytest.mark.parametrize("action", sorted(pathway.DONE))
def test_each_cell_of_the_table(status, action):
    if after := ALLOWED[status].get(action):
        assert pathway.next_status(status, action) == after
        return
    with pytest.raises(RuleBroken, match=f"^This decision .*, so it cannot be {pathway.DONE[action]}"):
        pathway.next_status(status, action)


@pytest.mark.parametrize("reference", ["16/51", "2016/00051", "16-00051", "16/00051 ", "١٦/٠٠٠٥١", ""])
def test_a_reference_is_the_year_a_stroke_and_five_digits(reference):
    pathway.check_reference("16/00051")
    with pytest.raises(RuleBroken):
        pathway.check_reference(reference)


@pytest.mark.parametrize(
    ("restriction", "exemption", "public_interest", "field"),
    [
        ("open", "3", "", "exemption"),
        ("part", "", "It would harm bids.", "exemption"),
        ("fully", "3", " ", "public_interest"),
    ],
)
def test_what_is_kept_from_the_public_needs_a_paragraph_and_the_interest_weighed(
    restriction, exemption, public_interest, field
):
    with pytest.raises(RuleBroken) as refused:
        pathway.check_restriction(restriction=restriction, exemption=exemption, public_interest=public_interest)
    assert refused.value.field == field
    pathway.check_restriction(restriction="part", exemption="3", public_interest="It would harm bids.")
    pathway.check_restriction(restriction="open", exemption="", public_interest="")


COMMITTEE = Step("Care Committee", "", None, needs_agenda=True, agenda_allows_from=date(2018, 6, 12))
BOARD = Step("Board", "noted", date(2018, 6, 5))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"before": (replace(BOARD, outcome="", held_on=None),)}, "Board comes before"),
        ({"held_on": date(2018, 6, 4)}, "Board met on 5 June 2018, after this date"),
        ({"held_on": date(2018, 7, 3)}, "in the future"),
        ({"outcome": ""}, "Say what the body said"),
        ({"outcome": "amended"}, "Say what it changed"),
        ({"outcome": "deferred", "note": " "}, "why it was put off"),
        ({"held_on": date(2018, 6, 11)}, "may consider this from 12 June 2018 on"),
        ({"step": replace(COMMITTEE, agenda_allows_from=None)}, "agenda of Care Committee is not published"),
        ({"step": replace(COMMITTEE, outcome="noted", held_on=TODAY)}, "recorded already"),
    ],
)
def test_an_outcome_is_refused_out_of_turn(changes, sentence):
    given_ = {
        "step": COMMITTEE, "before": (BOARD,), "held_on": date(2018, 6, 12), "outcome": "endorsed", "note": "",
        "today": TODAY,
    }  # fmt: skip
    pathway.check_can_record_outcome(**given_)
    with pytest.raises(RuleBroken, match=sentence):
        pathway.check_can_record_outcome(**given_ | changes)


@pytest.mark.parametrize("kind", [kind for kind in Notice.Kind.values if kind != "agenda"])
def test_a_notice_must_say_what_its_regulation_asks(kind):
    said = {
        "due_from": date(2018, 7, 31), "documents": "The report", "copies_from": "County Hall", "reasons": "Haste.",
        "told": "The chair of scrutiny", "agreed": "The chair of scrutiny", "representations": "Nobody wrote.",
    }  # fmt: skip
    known = {"is_key": True, "meets_in_private": True, "published_on": TODAY}
    forward_plan.check_notice(kind, said=said, **known)
    for field, sentence in forward_plan.REQUIRED[kind]:
        with pytest.raises(RuleBroken) as refused:
            forward_plan.check_notice(kind, said=said | {field: ""}, **known)
        assert (refused.value.field, refused.value.sentence) == (field, sentence)


@pytest.mark.parametrize(
    ("kind", "known", "said", "sentence"),
    [
        ("special-urgency", {"is_key": False}, {}, "Only a key decision needs this"),
        ("private", {"meets_in_private": False}, {}, "The meeting is not private"),
        ("forward-plan", {}, {"due_to": date(2018, 7, 30)}, "ends before it starts"),
        ("forward-plan", {}, {"due_from": date(2018, 7, 30)}, "the decision may be made from 31 July 2018 on"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(kind, known, said, sentence):
    all_said = {
        "due_from": date(2018, 7, 31), "documents": "The report", "copies_from": "County Hall",
        "reasons": "It cannot wait.", "agreed": "The chair",
    } | said  # fmt: skip
    with pytest.raises(RuleBroken, match=sentence):
        forward_plan.check_notice(
            kind, said=all_said, **{"is_key": True, "meets_in_private": True, "published_on": TODAY} | known
        )


def test_an_agenda_without_the_report_is_refused():
    with pytest.raises(RuleBroken, match="No report is published yet"):
        forward_plan.check_agenda(has_report=False, meeting_on=date(2018, 7, 31), published_on=TODAY, short_notice="")


def test_an_agenda_too_late_for_its_meeting_is_refused_unless_called_at_short_notice():
    agenda = {"has_report": True, "meeting_on": date(2018, 7, 9), "published_on": TODAY}
    with pytest.raises(RuleBroken, match="the meeting may be held from 10 July 2018 on"):
        forward_plan.check_agenda(short_notice="", **agenda)
    assert forward_plan.check_agenda(short_notice="A flood.", **agenda).on == date(2018, 7, 10)


PLAIN = Facts(is_key=True, is_body=False, meets_in_private=False, has_report=True, forward_plan_on=date(2018, 5, 14))
UNPLANNED = replace(PLAIN, forward_plan_on=None)
CABINET = replace(PLAIN, is_body=True)
PRIVATE = replace(CABINET, meets_in_private=True)
PART_EXEMPT = replace(PLAIN, restriction="part")
MAY, JUNE_20, JUNE_22, JUNE_29 = date(2018, 5, 14), date(2018, 6, 20), date(2018, 6, 22), date(2018, 6, 29)


@pytest.mark.parametrize(
    ("facts", "code", "allows_from"),
    [
        (PLAIN, "forward-plan", date(2018, 6, 12)),
        (UNPLANNED, "forward-plan", None),
        (replace(UNPLANNED, general_exception_on=date(2018, 6, 25)), "forward-plan", date(2018, 7, 3)),
        (replace(UNPLANNED, special_urgency_on=JUNE_29), "forward-plan", JUNE_29),
        (replace(PLAIN, forward_plan_on=JUNE_20, general_exception_on=date(2018, 6, 21)), "forward-plan", JUNE_29),
        (replace(PLAIN, has_report=False), "report", None),
        (replace(PLAIN, report_on=JUNE_20), "report", JUNE_20),
        (replace(PLAIN, steps=(COMMITTEE,)), "pathway", None),
        (replace(PLAIN, steps=(BOARD,)), "pathway", date(2018, 6, 5)),
        (CABINET, "agenda", None),
        (replace(CABINET, agenda_on=JUNE_22), "agenda", date(2018, 6, 30)),
        (replace(CABINET, agenda_on=JUNE_29, agenda_at_short_notice=True), "agenda", JUNE_29),
        (PRIVATE, "private", None),
        (replace(PRIVATE, private_on=MAY), "private", None),
        (replace(PRIVATE, private_on=MAY, private_again_on=JUNE_22), "private", date(2018, 6, 30)),
        (replace(PRIVATE, private_agreed_on=TODAY), "private", TODAY),
        (PART_EXEMPT, "exempt", None),
        (replace(PART_EXEMPT, exemption="3", public_interest="It would harm bids."), "exempt", date.min),
    ],
)
def test_each_guard_says_from_when_it_is_met(facts, code, allows_from):
    (guard,) = [one for one in guards.guards(facts) if one.code == code]
    assert guard.allows_from == allows_from
    assert guard.binds
    assert guard.words.endswith(".")


def test_a_decision_that_is_not_key_needs_no_place_on_the_forward_plan():
    assert guards.first_lawful_day(replace(PLAIN, is_key=False, forward_plan_on=None)) == date.min


def test_divisions_not_asked_only_warn():
    facts = replace(PLAIN, divisions_not_consulted=("Hillside",))
    (warning,) = [one for one in guards.guards(facts) if one.code == "divisions"]
    assert not warning.binds
    guards.check_can_take_decision(facts, TODAY)


def test_a_guard_on_an_unverified_figure_only_warns(monkeypatch):
    book = rulebook.book()
    name = "decisions.forward_notice_days"
    unseen = dict(book) | {name: tuple(replace(one, verified=False) for one in book[name])}
    monkeypatch.setattr(rulebook, "book", lambda: unseen)
    late = replace(PLAIN, forward_plan_on=date(2018, 6, 29))
    (guard,) = [one for one in guards.guards(late) if one.code == "forward-plan"]
    assert (guard.binds, guard.is_met(TODAY)) == (False, False)
    guards.check_can_take_decision(late, TODAY)


def test_a_refusal_says_why_and_from_when():
    late = replace(PLAIN, forward_plan_on=date(2018, 6, 29), is_body=True, agenda_on=date(2018, 6, 29))
    with pytest.raises(RuleBroken) as refused:
        guards.check_can_take_decision(late, TODAY)
    assert refused.value.sentence == (
        "The notice was published on 29 June 2018; 28 clear calendar days must pass before a key decision is made. "
        "It may be taken from 28 July 2018 on."
    )


@given(some.dates(date(2016, 1, 1), date(2026, 12, 31)), some.integers(0, 60))
def test_a_decision_is_taken_from_its_first_lawful_day_on_and_never_before(published, later):
    facts = replace(PLAIN, forward_plan_on=published, is_body=True, agenda_on=published)
    first = guards.first_lawful_day(facts)
    on = date.fromordinal(published.toordinal() + later)
    assert (not guards.unmet(facts, on)) == (on >= first)


TWO = (("Kim Vale", "Green"), ("Pat Dean", "Blue"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": None}, "not open to call-in"),
        ({"was_called_in": True}, "called in once"),
        ({"on": date(2018, 7, 3)}, "in the future"),
        ({"ends_on": date(2018, 6, 29)}, "ended on 29 June 2018"),
        ({"members": ()}, "Name the members"),
        ({"members": (("Kim Vale", "Green"), ("kim vale", "Blue"))}, "named twice"),
        ({"reasons": " "}, "reasons"),
    ],
)
def test_a_call_in_out_of_time_or_without_reasons_is_refused(changes, sentence):
    known = {"on": TODAY, "ends_on": TODAY, "was_called_in": False, "members": TWO, "reasons": "Why?", "today": TODAY}
    call_in.check_can_call_in(**known)
    with pytest.raises(RuleBroken, match=sentence):
        call_in.check_can_call_in(**known | changes)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        (TWO, ""),
        (TWO[:1], "It takes 2 members of the scrutiny committee to call a decision in."),
        ((TWO[0], ("Lou Marsh", "green")), "The members must come from 2 groups or more."),
    ],
)
@pytest.mark.parametrize("verified", [True, False])
def test_who_may_call_in_refuses_only_by_verified_figures(members, sentence, verified):
    figures = [
        replace(rulebook.parameter(f"decisions.call_in_{name}", on=TODAY), verified=verified)
        for name in ("members", "groups")
    ]
    found = call_in.who_may_not(members, fewest=figures[0], groups=figures[1])
    assert found == (sentence, verified and bool(sentence))
