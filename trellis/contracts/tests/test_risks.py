from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import risks as commands
from trellis.contracts.models import Risk
from trellis.contracts.queries import risks as queries
from trellis.contracts.rules import risks as rules
from trellis.contracts.tests.room_scenes import a_risk, an_action
from trellis.core.errors import RuleBroken

ROOM = "/contracts/SCO/risks/"
BANDS = {"Low": 1, "Medium": 8, "High": 16}


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


@pytest.mark.parametrize(
    ("likelihood", "impact", "expected"),
    [(1, 1, "Low"), (2, 3, "Low"), (2, 4, "Medium"), (3, 5, "Medium"), (4, 4, "High"), (5, 5, "High")],
)
def test_bands_are_the_rulebooks(likelihood, impact, expected):
    assert rules.band(rules.score(likelihood, impact), BANDS) == expected


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"likelihood_after": 5}, "cannot be likelier"),
        ({"impact_after": 5}, "cannot be greater"),
        ({"review_on": date(2018, 7, 1)}, "day to come"),
        ({"owner": "outside"}, "Only a member"),
    ],
)
def test_raise_risk_refuses(cast, said, words):
    with pytest.raises(RuleBroken, match=words):
        a_risk(cast, **{name: getattr(cast, value) if value == "outside" else value for name, value in said.items()})
    assert not Risk.objects.exists() and deeds("raise_risk") == 0


def test_a_risk_is_reviewed_acted_on_and_closed_with_what_was_learned(cast):
    risk = a_risk(cast)
    commands.review_risk(
        risk=risk, likelihood=2, impact=3, note="Two joined.", review_on=date(2018, 12, 3), by=cast.bella
    )
    assert (risk.likelihood_after, risk.impact_after, risk.reviews.count()) == (2, 3, 1)
    action = an_action(cast, risk)
    with pytest.raises(RuleBroken, match="1 action not verified"):
        commands.close_risk(risk=risk, lessons="Ask sooner.", by=cast.anna)
    commands.finish_action(action=action, how="Minutes of 2 July.", by=cast.olive)
    commands.verify_action(action=action, by=cast.bella)
    commands.close_risk(risk=risk, lessons="Ask sooner.", by=cast.anna)
    with pytest.raises(RuleBroken, match="raise it anew"):
        an_action(cast, risk)
    for verb in ("raise_risk", "review_risk", "add_action", "finish_action", "verify_action", "close_risk"):
        assert deeds(verb) == 1


def test_nobody_verifies_their_own_deed(cast):
    action = an_action(cast, a_risk(cast))
    with pytest.raises(RuleBroken, match="Nobody has said"):
        commands.verify_action(action=action, by=cast.bella)
    commands.finish_action(action=action, how="Done.", by=cast.anna)
    for refused in (commands.verify_action, commands.reopen_action):
        with pytest.raises(RuleBroken, match="somebody else"):
            refused(action=action, by=cast.anna)
    assert deeds("verify_action") == 0
    commands.reopen_action(action=action, by=cast.bella)
    assert action.done_at is None and deeds("reopen_action") == 1


def test_what_is_overdue_is_found_the_day_after(cast):
    risk = a_risk(cast, review_on=date(2018, 7, 3))
    an_action(cast, risk, due_on=date(2018, 7, 3))
    for on, number in ((date(2018, 7, 3), 0), (date(2018, 7, 4), 1)):
        assert queries.overdue_reviews(cast.contract, on).count() == number
        assert queries.overdue_actions(cast.contract, on).count() == number


def test_members_read_one_register_and_others_none(cast, page_client):
    a_risk(cast)
    page = page_client.get(ROOM, by=cast.bella)
    assert "Advisers leave" in page.text and "1 open entry, 0 of them high" in page.text
    assert "Advisers leave" not in page_client.get(f"{ROOM}?state=closed", by=cast.olive).text
    assert "Advisers leave" not in page_client.get(f"{ROOM}?owner={cast.bramble.reference}", by=cast.olive).text
    csv = b"".join(page_client.get(f"{ROOM}?format=csv", by=cast.olive).response.streaming_content).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("Advisers leave,Risk,Ash Vale CVS,16,12,Medium")
    page_client.get(ROOM, by=cast.alice, expect=403)


def test_a_member_raises_one_and_another_verifies_what_was_done(cast, page_client):
    said = {
        "kind": "issue", "title": "The telephone line failed", "causes": "One line for two offices.",
        "effects": "Groups gave up.", "controls": "A second line.", "likelihood_before": "5", "impact_before": "3",
        "likelihood_after": "2", "impact_after": "3", "owner": cast.bramble.reference, "review_on-day": "1",
        "review_on-month": "10", "review_on-year": "2018",
    }  # fmt: skip
    assert "Name no person" in page_client.get(f"{ROOM}raise/", by=cast.bella).text
    page_client.post(f"{ROOM}raise/", said, by=cast.bella, expect=302)
    risk = Risk.objects.get()
    here = f"{ROOM}{risk.reference}/"
    asked = {"what": "Order the line", "owner": cast.bramble.reference, "due_on-day": "9", "due_on-month": "7",
             "due_on-year": "2018"}  # fmt: skip
    page_client.post(f"{here}actions/add/", asked, by=cast.bella, expect=302)
    action = risk.actions.get()
    page_client.post(f"{here}actions/{action.pk}/done/", {"how": "Ordered."}, by=cast.bella, expect=302)
    page = page_client.post(f"{here}actions/{action.pk}/verify/", {"is_done": "yes"}, by=cast.bella, expect=200)
    assert "somebody else has to verify it" in page.text
    page_client.post(f"{here}actions/{action.pk}/verify/", {"is_done": "yes"}, by=cast.olive, expect=302)
    page_client.post(f"{here}close/", {"lessons": "One line is none."}, by=cast.bella, expect=302)
    page = page_client.get(here, by=cast.anna)
    assert "One line is none." in page.text and "Closed" in page.text
