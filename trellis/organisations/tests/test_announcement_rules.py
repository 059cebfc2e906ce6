"""What may be announced, and how long it shows."""

from datetime import date

import pytest

from trellis.core.errors import RuleBroken
from trellis.organisations.rules import announcements as rules
from trellis.organisations.tests.announced import EVENT, OPPORTUNITY

TODAY = date(2018, 7, 2)
MINE = {"may_edit": True, "is_listed": True, "is_public": True, "is_active": True}


def check(kind: str, **change) -> None:
    values = {"event": EVENT, "opportunity": {"starts_on": None} | OPPORTUNITY}[kind]
    rules.check_announcement(kind, values | change, today=TODAY, months=12)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("event", {}),
        ("event", {"starts_on": TODAY}),
        ("event", {"starts_on": date(2018, 6, 1), "ends_on": TODAY}),
        ("event", {"starts_on": date(2019, 7, 2)}),
        ("opportunity", {}),
        ("opportunity", {"ends_on": date(2019, 7, 2)}),
        ("opportunity", {"website": "https://Example.org:8080/a?b=c@d", "phone": ""}),
        ("opportunity", {"website": "example.org?q=1"}),
    ],
)
def test_check_announcement_lets_through(kind, change):
    check(kind, **change)


@pytest.mark.parametrize(
    ("kind", "change", "field", "words"),
    [
        ("event", {"title": ""}, "title", "Enter a title"),
        ("event", {"what": ""}, "what", "Say what it is"),
        ("event", {"starts_on": None}, "starts_on", "Enter the day of the event"),
        ("event", {"starts_on": date(2018, 7, 1)}, "starts_on", "That day is over"),
        ("event", {"starts_on": date(2019, 7, 3)}, "starts_on", "until 2 July 2019"),
        ("event", {"ends_on": date(2018, 7, 13)}, "ends_on", "must not be before the first"),
        ("event", {"ends_on": date(2019, 7, 3)}, "ends_on", "too far ahead"),
        ("event", {"email": ""}, "website", "Give a web address, an email address or a telephone number"),
        ("opportunity", {"ends_on": None}, "ends_on", "Enter the last day"),
        ("opportunity", {"ends_on": date(2018, 7, 1)}, "ends_on", "That day is over"),
        ("opportunity", {"ends_on": date(2019, 7, 3)}, "ends_on", "too far ahead"),
        ("opportunity", {"website": "javascript:alert(1)"}, "website", "Enter a web address"),
        ("opportunity", {"website": "our page"}, "website", "Enter a web address"),
        ("opportunity", {"website": "ftp://example.org"}, "website", "Enter a web address"),
        ("opportunity", {"phone": "ask for Jo"}, "phone", "Enter a telephone number"),
    ],
)
def test_check_announcement_refuses(kind, change, field, words):
    with pytest.raises(RuleBroken, match=words) as refusal:
        check(kind, **change)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"may_edit": False}, "Only the organisation itself"),
        ({"is_listed": False}, "now part of another"),
        ({"is_active": False}, "no longer active"),
        ({"is_public": False}, "Bring it back into the directory first"),
    ],
)
def test_check_can_announce_refuses(change, words):
    rules.check_can_announce(**MINE)
    with pytest.raises(RuleBroken, match=words):
        rules.check_can_announce(**MINE | change)


def test_check_room_counts_what_is_current():
    rules.check_room(current=49, most=50)
    with pytest.raises(RuleBroken, match="You have 50 opportunities and events already"):
        rules.check_room(current=50, most=50)


def test_each_step_is_refused_where_it_makes_no_sense():
    for refused in (
        lambda: rules.check_can_withdraw(may_edit=False, is_withdrawn=False),
        lambda: rules.check_can_withdraw(may_edit=True, is_withdrawn=True),
        lambda: rules.check_can_restore(is_withdrawn=False, is_taken_off=False, last_day=TODAY, today=TODAY),
        lambda: rules.check_can_restore(is_withdrawn=True, is_taken_off=False, last_day=date(2018, 7, 1), today=TODAY),
        lambda: rules.check_can_restore(is_withdrawn=True, is_taken_off=True, last_day=TODAY, today=TODAY),
        lambda: rules.check_can_change(is_withdrawn=True, is_taken_off=False),
        lambda: rules.check_can_change(is_withdrawn=True, is_taken_off=True),
        lambda: rules.check_can_take_off(keeps_register=False, is_withdrawn=False, reason="It sells."),
        lambda: rules.check_can_take_off(keeps_register=True, is_withdrawn=True, reason="It sells."),
        lambda: rules.check_can_take_off(keeps_register=True, is_withdrawn=False, reason=""),
    ):
        with pytest.raises(RuleBroken):
            refused()
    rules.check_can_withdraw(may_edit=True, is_withdrawn=False)
    rules.check_can_restore(is_withdrawn=True, is_taken_off=False, last_day=TODAY, today=TODAY)
    rules.check_can_change(is_withdrawn=False, is_taken_off=False)
    rules.check_can_take_off(keeps_register=True, is_withdrawn=False, reason="It sells.")


@pytest.mark.parametrize(
    ("last_day", "is_withdrawn", "stands"),
    [
        (TODAY, False, rules.SHOWN),
        (date(2018, 7, 1), False, rules.OVER),
        (TODAY, True, rules.WITHDRAWN),
        (date(2018, 7, 1), True, rules.WITHDRAWN),
    ],
)
def test_it_shows_until_its_last_day_is_over(last_day, is_withdrawn, stands):
    assert rules.state(last_day=last_day, is_withdrawn=is_withdrawn, is_taken_off=False, today=TODAY) == stands


def test_what_was_taken_off_says_so_even_when_it_is_over():
    for last_day in (TODAY, date(2018, 7, 1)):
        assert rules.state(last_day=last_day, is_withdrawn=True, is_taken_off=True, today=TODAY) == rules.OFF
