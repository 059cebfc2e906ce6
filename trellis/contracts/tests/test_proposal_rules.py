"""How equals decide, on the rules alone: each cell of the table, each refusal, every order of acts of four members."""

from collections import deque
from datetime import date
from itertools import product

import pytest

from trellis.contracts.rules import agreement, proposal_clock, proposals
from trellis.contracts.rules import positions as rules
from trellis.contracts.rules.positions import Ballot
from trellis.core import working_days
from trellis.core.errors import RuleBroken

FOUR = {one: one for one in ("Ash", "Bram", "Copper", "Dale")}
STANCES = (rules.SUPPORT, rules.ACCEPT, rules.OBJECT, rules.RECUSE)


def ballot(quorum: int | None = None, **positions: str) -> Ballot:
    return Ballot(FOUR, positions, quorum)


# --- the table


@pytest.mark.parametrize(("status", "action"), list(product(proposals.STANDS, proposals.DONE)))
def test_each_cell_of_the_table(status, action):
    expected = {
        "draft": {"write": "draft", "open": "open", "withdraw": "withdrawn"},
        "open": {"position": "open", "discuss": "open", "advise": "open", "amend": "open", "escalate": "open"}
        | {"withdraw": "withdrawn", "carry": "carried", "lapse": "lapsed"},
        "carried": {"amend": "open", "withdraw": "withdrawn", "stop": "carried", "carry_out": "carried-out"},
    }.get(status, {})
    assert proposals.can(status, action) is (action in expected)
    if action in expected:
        assert proposals.next_status(status, action) == expected[action]
    else:
        with pytest.raises(RuleBroken, match="This proposal"):
            proposals.next_status(status, action)


# --- every order of acts


def acts(state: Ballot):
    """Every act that somebody may try, with who and what; silence is that nobody acts."""
    for member, stance in product(FOUR, STANCES):
        yield member, stance, lambda m=member, s=stance: rules.with_position(state, m, s, reason="r", interest="i")
    for member in FOUR:
        yield member, rules.NONE, lambda m=member: rules.with_objection_withdrawn(state, m)
    yield "", "amend", lambda: rules.amended(state)


def remembered(said: dict[str, str], member: str, what: str) -> dict[str, str]:
    """What a clerk beside the table writes down: the last word of each member since the last amendment."""
    return {} if what == "amend" else said | {member: what}


def every_state() -> dict[tuple, tuple[Ballot, dict[str, str]]]:
    """Every state that any order of acts, however long, can lead to: the ballot, and the clerk's own notes of it."""
    start = (ballot(), dict[str, str]())
    found, waiting = {key(*start): start}, deque([start])
    while waiting:
        state, said = waiting.popleft()
        for member, what, act in acts(state):
            try:
                after = act()
            except RuleBroken:
                continue
            following = (after, remembered(said, member, what))
            if key(*following) not in found:
                found[key(*following)] = following
                waiting.append(following)
    return found


def key(state: Ballot, said: dict[str, str]) -> tuple:
    return tuple(sorted(state.positions.items())), tuple(sorted(said.items()))


def test_no_order_of_acts_closes_a_unanimous_proposal_without_every_members_position():
    states = every_state()
    closing = 0
    for state, said in states.values():
        if not rules.can_carry(state, time_is_over=False) and not rules.can_carry(state, time_is_over=True):
            continue
        closing += 1
        assert set(said) == set(FOUR), "somebody had not spoken since the last amendment"
        assert set(said.values()) <= {rules.SUPPORT, rules.ACCEPT, rules.RECUSE}, "somebody objected or was silent"
        assert set(said.values()) != {rules.RECUSE}, "nobody was left to decide"
    assert len(states) == 6**4  # unsaid, four stances, taken back: for each of four members
    assert closing == 3**4 - 1


# --- each refusal


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        ({"Ash": "support", "Bram": "object", "Copper": "accept", "Dale": "support"}, "Bram objects. Work that"),
        ({"Ash": "object", "Bram": "object"}, "Ash and Bram object"),
        ({"Ash": "support", "Bram": "support", "Copper": "support"}, "Silence is not agreement.*: Dale."),
        ({"Ash": "support", "Bram": "support", "Copper": "none", "Dale": "accept"}, "without a position: Copper"),
        (dict.fromkeys(FOUR, "recuse"), "nobody left to decide"),
    ],
)
def test_a_unanimous_proposal_is_not_carried_before_it_is_agreed(positions, words):
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_carry(ballot(**positions), time_is_over=True)


def test_whoever_stands_aside_leaves_the_count():
    rules.check_can_carry(ballot(Ash="recuse", Bram="support", Copper="accept", Dale="recuse"), time_is_over=False)


@pytest.mark.parametrize(
    ("positions", "is_over", "words"),
    [
        ({"Ash": "support", "Bram": "support"}, False, "Until discussion ends, these can still speak: Copper, Dale"),
        ({"Ash": "support"}, True, "1 of the members agree. 2 have to"),
        ({"Ash": "support", "Bram": "support", "Dale": "object"}, True, "Dale objects"),
        ({"Ash": "recuse", "Bram": "recuse", "Copper": "recuse", "Dale": "support"}, True, "2 have to"),
        ({"Ash": "support", "Bram": "support"}, True, ""),
        ({"Ash": "support", "Bram": "support", "Copper": "accept", "Dale": "recuse"}, False, ""),
    ],
)
def test_a_management_team_decides_by_its_quorum_and_over_no_objection(positions, is_over, words):
    state = ballot(2, **positions)
    assert rules.can_carry(state, time_is_over=is_over) is (not words)
    if words:
        with pytest.raises(RuleBroken, match=words):
            rules.check_can_carry(state, time_is_over=is_over)


@pytest.mark.parametrize(
    ("member", "stance", "field"),
    [("Ash", "object", "reason"), ("Ash", "recuse", "interest"), ("Ash", "none", "stance"), ("Elm", "support", "")],
)
def test_a_position_that_says_nothing_or_is_nobodys_is_refused(member, stance, field):
    with pytest.raises(RuleBroken) as refusal:
        rules.with_position(ballot(), member, stance)
    assert refusal.value.field == field


@pytest.mark.parametrize("stance", ["support", "recuse", "none"])
def test_only_an_objection_is_taken_back(stance):
    with pytest.raises(RuleBroken, match="no objection that stands"):
        rules.with_objection_withdrawn(ballot(Ash=stance), "Ash")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"decides": agreement.EVERY_MEMBER}, list(FOUR)),
        ({"decides": agreement.MANAGEMENT_TEAM}, list(FOUR)),
        ({"decides": agreement.COMMISSIONER}, ["Ash"]),
        (
            {"decides": agreement.EVERY_MEMBER, "concerned": "Dale", "concerned_decides": False},
            ["Ash", "Bram", "Copper"],
        ),
        ({"decides": agreement.EVERY_MEMBER, "concerned": "Dale"}, list(FOUR)),
    ],
)
def test_who_has_a_position(terms, expected):
    asked = {"commissioner": "Ash", "concerned": "", "concerned_decides": True} | terms
    assert list(rules.members_with_position(FOUR, **asked)) == expected


TERMS = {
    "matters": ["shares"], "known": ["shares", "exclusion", "reserved"], "decides": agreement.EVERY_MEMBER,
    "quorum": None, "days": (10, 10, 10), "concerned_decides": True, "elsewhere": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"matters": ["lunch"]}, "no kind of matter called lunch"),
        ({"elsewhere": {"shares": "Great matters"}}, "Great matters covers shares"),
        ({"matters": ["reserved"]}, "reserved to the commissioner"),
        ({"matters": ["exclusion"]}, "no position on its own exclusion"),
        ({"quorum": 3}, "Say a quorum"),
        ({"decides": agreement.MANAGEMENT_TEAM}, "Say a quorum"),
        ({"days": (10, 0, 10)}, "1 working day or more"),
        ({"decides": agreement.MANAGEMENT_TEAM, "quorum": 0}, "A quorum is 1 or more"),
    ],
)
def test_terms_under_which_the_wrong_ones_would_decide_are_refused(changes, words):
    agreement.check_class(**TERMS)
    with pytest.raises(RuleBroken, match=words):
        agreement.check_class(**TERMS | changes)


# --- the clock


def test_the_stages_are_counted_in_working_days_one_after_another():
    discussion, facilitation, expert = proposal_clock.stages(date(2018, 8, 20), (5, 3, 2))
    assert discussion.ends_on == date(2018, 8, 28)  # the bank holiday of 27 August and a weekend do not count
    assert [one.ends_on for one in (facilitation, expert)] == [date(2018, 8, 31), date(2018, 9, 4)]
    assert [step.why for step in discussion.deadline.working if not step.counted][1:] == [
        "Saturday", "Sunday", working_days.day_off(date(2018, 8, 27)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2018, 8, 20), "discussion"),
        (date(2018, 8, 28), "discussion"),
        (date(2018, 8, 29), "facilitation"),
        (date(2018, 9, 4), "expert"),
        (date(2018, 9, 5), "over"),
    ],
)
def test_a_stage_holds_to_the_end_of_its_last_day(on, stage):
    ends = [one.ends_on for one in proposal_clock.stages(date(2018, 8, 20), (5, 3, 2))]
    assert proposal_clock.stage_on(on, ends) == stage


@pytest.mark.parametrize(
    ("kind", "stage", "given_on", "words"),
    [
        ("expert", "facilitation", date(2018, 7, 2), "This proposal is in facilitation. Expert opinion comes later"),
        ("facilitation", "discussion", date(2018, 7, 2), "comes later"),
        ("facilitation", "expert", date(2018, 7, 3), "between the opening"),
        ("facilitation", "expert", date(2018, 5, 31), "between the opening"),
        ("facilitation", "expert", date(2018, 6, 1), ""),
    ],
)
def test_an_opinion_comes_in_its_stage(kind, stage, given_on, words):
    asked = {"kind": kind, "stage": stage, "given_on": given_on}
    asked |= {"opened_on": date(2018, 6, 1), "today": date(2018, 7, 2)}
    if not words:
        proposal_clock.check_can_advise(**asked)
        return
    with pytest.raises(RuleBroken, match=words):
        proposal_clock.check_can_advise(**asked)


@pytest.mark.parametrize("missing", ["title", "text", "best_for_service"])
def test_a_proposal_says_what_it_wants_and_why_that_is_best_for_the_service(missing):
    words = {"title": "T", "text": "W", "best_for_service": "B"} | {missing: "  "}
    with pytest.raises(RuleBroken) as refusal:
        proposals.check_words(**words)
    assert refusal.value.field == missing


def test_what_waits_for_its_day_is_not_carried_out_before_it():
    asked = {"status": "carried", "effective_on": date(2018, 7, 3), "today": date(2018, 7, 2)}
    proposals.check_can_carry_out(**asked, waits=False)
    proposals.check_can_carry_out(**asked | {"today": date(2018, 7, 3)}, waits=True)
    with pytest.raises(RuleBroken, match="from 3 July 2018 on"):
        proposals.check_can_carry_out(**asked, waits=True)
    with pytest.raises(RuleBroken, match="is open"):
        proposals.check_can_carry_out(**asked | {"status": "open"}, waits=False)
