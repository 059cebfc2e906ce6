"""An organisation announces opportunities and events on its own profile; everybody reads them until they are over."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from icalendar import Calendar

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.organisations import commands as register
from trellis.organisations.commands import announcements as commands
from trellis.organisations.models import Announcement, Organisation
from trellis.organisations.queries import announcements as queries
from trellis.organisations.rules import announcements as rules
from trellis.organisations.tests.announced import EVENT, OPPORTUNITY, event, opportunity

TODAY = date(2018, 7, 2)


def address(cast, rest: str = "") -> str:
    return f"/organisations/{cast.pantry.reference}/{rest}"


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def as_sent(values: dict) -> dict:
    """What a browser sends for these answers."""
    sent = {}
    for field, value in values.items():
        if isinstance(value, date):
            sent |= {f"{field}-day": value.day, f"{field}-month": value.month, f"{field}-year": value.year}
        else:
            sent[field] = f"{value:%H:%M}" if isinstance(value, time) else value or ""
    return sent


def test_an_organisation_adds_an_opportunity_and_an_event(cast, page_client):
    profile = page_client.get(address(cast), by=cast.dora)
    assert "What you offer to volunteers, and your events, can stand here" in profile.text
    choose = profile.href("Add an opportunity or event")
    assert "Choose what you want to add" in page_client.post(choose, by=cast.dora, expect=200).text
    form = page_client.post(choose, {"kind": "event"}, by=cast.dora).response.headers["Location"]
    assert page_client.get(form, by=cast.dora).h1 == "Add an event"
    page_client.post(form, as_sent(EVENT), by=cast.dora)
    page_client.post(address(cast, "announce/opportunity/"), as_sent(OPPORTUNITY), by=cast.dora)
    page = page_client.get(address(cast), by=cast.dora)
    for words in (
        "Summer tea Event. Saturday 14 July 2018 at 2pm Where: The pantry, Mill Lane Tea and cake. Bring a friend.",
        "Drivers wanted Opportunity to volunteer. Answer by 31 August 2018",
        "Where: ask where it is",
        "Ask or answer: pantry.example.org/drive, 01632 960001",
    ):
        assert words in page.text
    assert page.href("pantry.example.org/drive") == "https://pantry.example.org/drive"
    assert page.href("hello@pantry.example.org") == "mailto:hello@pantry.example.org"
    made = Announcement.objects.get(kind="event")
    assert (made.created_by, made.last_day, made.starts_time) == (cast.dora.actor_name, made.starts_on, time(14))


def test_announce_is_audited_without_words_and_contacts(cast):
    made = opportunity(cast)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("organisations.announce", f"announcement {made.reference}")
    assert entry.facts == {"organisation": cast.pantry.reference, "kind": "opportunity"}
    commands.change_announcement(announcement=made, values=OPPORTUNITY | {"phone": "01632 960002"}, by=cast.dora)
    assert AuditEntry.objects.latest("pk").facts["fields"] == ["phone"]
    assert not AuditEntry.objects.filter(detail__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": " "}, "Enter the title"),
        ({"starts_on": None}, "Enter the day of the event"),
        ({"starts_on": date(2018, 7, 1)}, "That day is over"),
        ({"starts_time": "7.30"}, "Time it starts must be a time, like 7.30pm or 19:30"),
        ({"email": ""}, "Give a web address, an email address or a telephone number."),
        ({"email": "hello"}, "Enter an email address in full"),
    ],
)
def test_one_that_says_too_little_is_told_where(cast, page_client, given, sentence):
    page = page_client.post(address(cast, "announce/event/"), as_sent(EVENT | given), by=cast.dora, expect=200)
    assert sentence in page.text and actions() == []


@pytest.mark.parametrize("kind", ["event", "opportunity"])
def test_all_that_is_wrong_with_one_is_said_at_once(cast, page_client, kind):
    given = {"title": "", "website": "our page", "email": "tea", "phone": "ring after six"}
    given |= {"starts_on": date(2018, 7, 14), "ends_on": date(2018, 6, 1)}
    page = page_client.post(address(cast, f"announce/{kind}/"), as_sent(EVENT | given), by=cast.dora, expect=200)
    links = [link.get("href") for link in page.find_all(".govuk-error-summary a")]
    assert [link.removeprefix("#id_") for link in links] == [
        "title", "ends_on-day", "website", "email", "phone",
    ]  # fmt: skip


def test_the_form_begins_with_what_the_organisation_said_of_itself_and_not_with_what_a_list_did(cast, page_client):
    register.change_profile(organisation=cast.pantry, values={"phone": "01632 960001"}, by=cast.dora)
    Organisation.objects.filter(pk=cast.pantry.pk).update(email="list@example.org")
    page = page_client.get(address(cast, "announce/event/"), by=cast.dora)
    assert page.find("#id_phone").get("value") == "01632 960001" and not page.find("#id_email").get("value")


def test_everybody_reads_it_until_its_last_day_is_over(cast, page_client):
    event(cast), opportunity(cast)
    for days, seen in (
        (0, (True, True)),
        (12, (True, True)),
        (13, (False, True)),
        (60, (False, True)),
        (61, (False,) * 2),
    ):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            text = page_client.get(address(cast)).text
            assert ("Summer tea" in text, "Drivers wanted" in text) == seen
            assert ("Opportunities and events" in text) == any(seen)


def test_nobody_reads_those_of_one_that_is_hidden_or_gone(cast, page_client):
    made = event(cast)
    calendar = address(cast, f"announcements/{made.reference}/calendar/")
    page_client.get(calendar)
    for change in ({"unlisted_at": clock.now(), "unlisted_by": "person:1"}, {"status": "removed"}):
        Organisation.objects.filter(pk=cast.pantry.pk).update(**change)
        page = page_client.get(address(cast), by=cast.dora)
        assert "Summer tea" not in page.text and "is not shown while you are out of the directory" in page.text
        assert not page.has_link("Add an opportunity or event")
        page_client.get(calendar, expect=404)
        own = page_client.get(page.href("See and change what you announced"), by=cast.dora)
        assert "Nobody sees these now" in own.text and "Not shown" in own.text
        cast.pantry.refresh_from_db()
        with pytest.raises(RuleBroken):
            opportunity(cast)
        Organisation.objects.filter(pk=cast.pantry.pk).update(unlisted_at=None, unlisted_by="")
    assert "Opportunities and events" not in page_client.get(address(cast)).text


def test_it_is_changed_withdrawn_and_put_back(cast, page_client):
    event(cast)
    listed = page_client.get(address(cast, "announcements/"), by=cast.dora)
    change = listed.href("Summer tea")
    page = page_client.get(change, by=cast.dora)
    assert page.find("#id_starts_time").get("value") == "14:00"
    page_client.post(change, as_sent(EVENT), by=cast.dora)
    page_client.post(change, as_sent(EVENT | {"ends_on": date(2018, 7, 15), "starts_time": None}), by=cast.dora)
    assert "Saturday 14 July 2018, until Sunday 15 July 2018" in page_client.get(address(cast)).text
    withdraw = page.href("Withdraw it")
    assert "leaves your profile at once" in page_client.get(withdraw, by=cast.dora).text
    page_client.post(withdraw, by=cast.dora)
    assert "Summer tea" not in page_client.get(address(cast)).text
    listed = page_client.get(address(cast, "announcements/"), by=cast.dora)
    assert "is withdrawn. You can put it back." in listed.text
    assert "This is withdrawn already." in page_client.post(withdraw, by=cast.dora, expect=200).text
    assert "This is withdrawn." in page_client.post(change, as_sent(EVENT), by=cast.dora, expect=200).text
    page_client.post(listed.href("Summer tea"), by=cast.dora)
    assert "Summer tea" in page_client.get(address(cast)).text
    assert actions() == [
        f"organisations.{verb}"
        for verb in ("announce", "change_announcement", "withdraw_announcement", "restore_announcement")
    ]


def test_those_who_keep_the_register_take_one_off_and_its_organisation_reads_why(cast, page_client):
    made = event(cast)
    off = page_client.get(address(cast), by=cast.ada).href("Take this off the profile: Summer tea")
    assert "Say why you take it off" in page_client.post(off, {"reason": ""}, by=cast.ada, expect=200).text
    page_client.post(off, {"reason": "It sells insurance."}, by=cast.ada)

    assert "Summer tea" not in page_client.get(address(cast)).text
    listed = page_client.get(address(cast, "announcements/"), by=cast.dora)
    assert "Taken off" in listed.text and "It sells insurance." in listed.text
    assert rules.TAKEN_OFF in page_client.post(listed.href("Summer tea"), by=cast.dora, expect=200).text
    assert "This is withdrawn already." in page_client.post(off, {"reason": "Again."}, by=cast.ada, expect=200).text
    entry = AuditEntry.objects.get(action="organisations.take_off_announcement")
    assert entry.facts == {"organisation": cast.pantry.reference, "kind": "event"}
    made.refresh_from_db()
    with pytest.raises(RuleBroken, match="Only those who keep the register"):
        commands.take_off_announcement(announcement=made, reason="No.", by=cast.dora)


def test_what_is_put_back_must_not_be_over_nor_stand_there_again(cast):
    made = event(cast)
    commands.withdraw_announcement(announcement=made, by=cast.dora)
    made.refresh_from_db()
    again = event(cast, title="Summer  TEA")
    with pytest.raises(RuleBroken, match="announced this for that day already"):
        commands.restore_announcement(announcement=made, by=cast.dora)
    commands.withdraw_announcement(announcement=again, by=cast.dora)
    with (
        time_machine.travel(clock.now() + timedelta(days=13), tick=False),
        pytest.raises(RuleBroken, match="Its last day is over"),
    ):
        commands.restore_announcement(announcement=made, by=cast.dora)
    commands.restore_announcement(announcement=made, by=cast.dora)


def test_the_same_is_announced_once_a_day(cast):
    event(cast)
    with pytest.raises(RuleBroken, match="announced this for that day already") as refusal:
        event(cast, title="summer tea", what="Again.")
    assert refusal.value.field == "title"
    other = event(cast, starts_on=date(2018, 7, 21))
    with pytest.raises(RuleBroken, match="announced this for that day already"):
        commands.change_announcement(announcement=other, values=EVENT, by=cast.dora)
    assert actions() == ["organisations.announce"] * 2


def test_two_who_announce_the_same_at_once_announce_it_once(committed_cast):
    cast = committed_cast
    outcomes = at_once(*[lambda: event(cast)] * 3)
    assert len(winners(outcomes)) == 1 and {str(error) for error in losers(outcomes)} == {rules.SAID_ALREADY}
    made = [Announcement.objects.select_related("organisation").get() for _ in range(2)]
    changes = [EVENT | {"what": "Tea."}, EVENT | {"what": "Coffee."}]
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        outcomes = at_once(
            lambda: commands.change_announcement(announcement=made[0], values=changes[0], by=cast.dora),
            lambda: commands.change_announcement(announcement=made[1], values=changes[1], by=cast.dora),
        )
    assert len(winners(outcomes)) == 1 and str(losers(outcomes)[0]) == rules.MOVED_ON
    assert actions() == ["organisations.announce", "organisations.change_announcement"]


def test_announce_refuses_the_fifty_first(cast):
    for number in range(50):
        event(cast, title=f"Tea {number}")
    with pytest.raises(RuleBroken, match="You have 50 opportunities and events already"):
        opportunity(cast)
    commands.withdraw_announcement(announcement=Announcement.objects.earliest("pk"), by=cast.dora)
    opportunity(cast)


def test_many_are_folded_and_none_is_left_out(cast, page_client):
    for number in range(9):
        event(cast, title=f"Tea {number}")
    page = page_client.get(address(cast))
    assert "Show 3 more" in page.text and page.source.count("Put this in your calendar") == 9
    frame = page_client.get(address(cast, "embed/"))
    assert "Tea 0 (Saturday 14 July 2018 at 2pm); Tea 1" in frame.text and "and 6 more" in frame.text
    assert "Opportunities and events" not in page_client.get(f"/organisations/{cast.choir.reference}/embed/").text


@pytest.mark.parametrize("name", ["erin", "ada", "alice", "vera", "fred"])
def test_nobody_else_announces_for_an_organisation(cast, page_client, name):
    made, by = event(cast), getattr(cast, name)
    for deed in (
        lambda: commands.announce(organisation=cast.pantry, kind="event", values=EVENT, by=by),
        lambda: commands.change_announcement(announcement=made, values=EVENT, by=by),
        lambda: commands.withdraw_announcement(announcement=made, by=by),
        lambda: commands.restore_announcement(announcement=made, by=by),
    ):
        with pytest.raises(RuleBroken, match="Only the organisation itself"):
            deed()
    assert actions() == ["organisations.announce"]
    refused = 404 if name == "erin" else 403
    one = f"announcements/{made.reference}"
    for rest in (
        "announcements/",
        "announce/",
        "announce/event/",
        f"{one}/change/",
        f"{one}/withdraw/",
        f"{one}/put-back/",
    ):
        page_client.get(address(cast, rest), by=by, expect=refused)


def test_one_organisation_does_not_reach_what_another_announced(cast, page_client):
    made = event(cast)
    for step in ("change", "withdraw", "put-back"):
        path = f"/organisations/{cast.choir.reference}/announcements/{made.reference}/{step}/"
        page_client.get(path, by=cast.erin, expect=404)
    page_client.get(f"/organisations/{cast.choir.reference}/announcements/{made.reference}/calendar/", expect=404)
    page_client.get(address(cast, "announce/party/"), by=cast.dora, expect=404)


def test_those_of_one_that_was_merged_show_at_the_survivor(cast, page_client):
    made = event(cast)
    merge = register.merge_organisations(one=cast.pantry, other=cast.choir, reason="They share a hall", by=cast.ada)
    gone, stands = (merge.merged, merge.into)
    assert "Summer tea" in page_client.get(f"/organisations/{stands.reference}/").text
    dora = type(cast.dora).objects.get(pk=cast.dora.pk)
    change = page_client.get(f"/organisations/{stands.reference}/announcements/", by=dora).href("Summer tea")
    page_client.post(change, as_sent(EVENT | {"title": "Winter tea"}), by=dora)
    made.refresh_from_db()
    assert (made.title, made.organisation_id) == ("Winter tea", cast.pantry.pk)
    assert not queries.shown(Organisation.objects.get(pk=gone.pk), TODAY).exists()


def test_an_event_is_put_into_a_calendar(cast, page_client):
    long = "Tea; cake, and “songs” \\ " * 20
    made = event(cast, what=f"{long}\nAll welcome.")
    response = page_client.get(page_client.get(address(cast)).href("Put this in your calendar")).response
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{made.reference}.ics"'
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines)
    (read,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert read["UID"] == f"{made.reference}@127.0.0.1:8000"
    assert read.decoded("DTSTAMP") == made.changed_at.replace(microsecond=0)
    assert f"{read.decoded('DTSTART'):%Y-%m-%d %H:%M %Z}" == "2018-07-14 13:00 UTC"  # 2pm in summer
    assert read["SUMMARY"] == "Summer tea (Mill Lane Pantry)" and read["LOCATION"] == "The pantry, Mill Lane"
    assert read["DESCRIPTION"] == f"Saturday 14 July 2018 at 2pm\n{made.what}"
    several = event(cast, title="Fair", ends_on=date(2018, 7, 15))
    made = page_client.get(address(cast, f"announcements/{several.reference}/calendar/")).response.content
    (read,) = Calendar.from_ical(made).walk("VEVENT")
    assert (read.decoded("DTSTART"), read.decoded("DTEND")) == (date(2018, 7, 14), date(2018, 7, 16))


def test_an_opportunity_is_in_no_calendar(cast, page_client):
    page_client.get(address(cast, f"announcements/{opportunity(cast).reference}/calendar/"), expect=404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": None},
        {"kind": "opportunity"},
        {"kind": "party"},
        {"ends_on": date(2018, 7, 13)},
        {"title": ""},
        {"email": ""},
        {"withdrawn_by": "person:1"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(cast, wrong):
    made = event(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=made.pk).update(**wrong)
