"""The pages of extensions: who sees and does what, and that page and files say the same."""

import json
from datetime import date

import pytest

from trellis.core import working_days
from trellis.performance.tests import facts
from trellis.renewal.models import Dossier, Extension
from trellis.renewal.rules.countdown import last_days
from trellis.renewal.tests import scenes

LIST, ONE = "/contracts/SCO/extensions/", "/contracts/SCO/extensions/1/"


def test_days_are_counted_back_from_the_end_of_the_term():
    """The term of brief.md ends on 31 December 2019; the run early on that day applies it."""
    by_law = {one.name: one.on for one in last_days(date(2019, 12, 31))}
    assert by_law["The decision is in effect"] == date(2019, 12, 30)
    assert by_law["The decision is taken and its record published"] == date(2019, 12, 18)
    assert by_law["Notice is on the forward plan"] == date(2019, 11, 19)
    in_time = last_days(date(2019, 12, 31), months=3)
    assert in_time[-1].on == date(2019, 9, 30)
    for one in in_time:
        assert working_days.is_working_day(one.on)
        assert one.working is None or one.working.on <= in_time[-1].on


def test_the_contract_manager_sees_by_when_and_begins(cast, page_client):
    scenes.begun(cast)
    Dossier.objects.all().delete()
    page = page_client.get(LIST, by=cast.olive)
    assert "0 of 2 added" in page.text
    assert "The term ends on 31 December 2018" in page.text
    page_client.post(LIST + "begin/", by=cast.olive)
    assert Dossier.objects.get().extension == 1


@pytest.mark.parametrize(
    ("who", "expect"), [("anna", 404), ("alice", 403), ("dora", 403), ("fred", 200), ("dee", 200), ("carol", 200)]
)
def test_who_reads_a_dossier(cast, page_client, who, expect):
    scenes.begun(cast)
    page_client.get(ONE, by=getattr(cast, who), expect=expect)


def test_a_partners_lead_reads_what_was_submitted_and_not_what_is_written_since(cast, page_client):
    dossier = scenes.submitted(cast)
    page = page_client.get(ONE, by=cast.anna)
    assert "version 1" in page.text and not page.has_link("Withdraw the dossier")
    scenes.commands.reopen_dossier(dossier=dossier, reason="A late fact.", by=cast.olive)
    scenes.commands.assess_section(dossier=dossier, section="money", text="A second thought.", by=cast.olive)
    answer = page_client.get(ONE, by=cast.anna, expect=302).response
    assert answer.url == f"{ONE}versions/1/"
    assert "A second thought" not in page_client.get(answer.url, by=cast.anna).text
    assert "A second thought" in page_client.get(ONE, by=cast.fred).text
    assert page_client.get(LIST, by=cast.anna).has_link("Extension 1")


def test_another_authority_finds_nothing(cast, page_client):
    scenes.begun(cast)
    cast.olive.memberships.update(organisation=cast.outside)
    page_client.get(ONE, by=type(cast.olive).objects.get(pk=cast.olive.pk), expect=404)


def test_written_submitted_and_read_in_every_form(cast, page_client):
    scenes.written(cast)
    page = page_client.get(ONE, by=cast.olive)
    assert page.has_link("Submit the dossier")
    page_client.get(ONE + "sections/money/", by=cast.olive)
    page_client.post(ONE + "sections/money/", {"text": "It costs less each year."}, by=cast.olive)
    refused = page_client.post(ONE + "sections/money/", {"text": "Fine"}, by=cast.olive, expect=200)
    assert "Say in a sentence what these figures mean" in refused.text
    page_client.post(
        ONE + "recommend/", {"recommendation": "extend", "reasons": "=It is needed."}, by=cast.olive
    )  # fmt: skip
    page_client.post(ONE + "submit/", {"note": ""}, by=cast.olive)
    page = page_client.get(ONE, by=cast.dee)
    assert "It costs less each year." in page.text
    assert not page.has_link("Submit it again")
    version = ONE + "versions/1"
    assert "It costs less each year." in page_client.get(version + "/", by=cast.carol).text
    said = json.loads(page_client.get(version + ".json", by=cast.carol).response.content)
    assert said["digest"] == Dossier.objects.get().versions.get().digest
    rows = b"".join(page_client.get(version + ".csv", by=cast.carol).response.streaming_content).decode()
    assert "What this means: It costs less each year." in rows
    assert "£81,000.00" in rows
    assert page_client.get(version + ".pdf", by=cast.carol).response.content.startswith(b"%PDF")
    page_client.get(version + ".doc", by=cast.carol, expect=404)


def test_a_decision_is_opened_from_it_and_the_contract_extended(cast, page_client):
    scenes.submitted(cast)
    form = page_client.get(ONE + "decision/new/", by=cast.carol)
    assert "Extension 1 of Strengthening Community Organisations" in form.source
    assert "at £81,000.00" in form.source
    scenes.a_decision(cast)
    page_client.get(ONE + "decision/", by=cast.olive)
    page_client.post(ONE + "decision/", {"decision": "18/00012"}, by=cast.olive)
    page_client.post(ONE + "decided/", {"decided": "extend"}, by=cast.olive)
    waits = page_client.get(ONE, by=cast.olive)
    assert "Not extended yet. The decision takes effect on 8 August 2018" in waits.text
    page_client.post(ONE + "apply/", by=cast.olive)
    assert not Extension.objects.exists()
    page_client.clients.clear()  # five weeks later, everybody signs in again
    with scenes.in_effect():
        page_client.post(ONE + "apply/", by=cast.olive)
        assert "Now to 31 December 2019" in page_client.get(ONE, by=cast.olive).text


def test_after_the_decision_one_says_whether_it_changes_anything_that_figures_moved(cast, page_client):
    scenes.decided(cast)
    page_client.clients.clear()
    with scenes.in_effect():
        facts.reach(cast, "CASE-LATE", cast.outside, "9000", on=date(2018, 6, 1))
        page = page_client.get(ONE, by=cast.olive)
        assert "Does that change anything?" in page.text
        assert not page.has_link("Submit it again")
        page_client.post(ONE + "apply/", {"note": " "}, by=cast.olive)
        assert not Extension.objects.exists()
        page_client.post(ONE + "apply/", {"note": "Nothing changes."}, by=cast.olive)
        assert "Nothing changes." in page_client.get(ONE, by=cast.olive).text


def test_stale_figures_are_shown_and_the_dossier_opened_again_or_withdrawn(cast, page_client):
    scenes.submitted(cast)
    facts.reach(cast, "CASE-LATE", cast.outside, "9000", on=date(2018, 6, 1))
    assert "What moved since it was submitted" in page_client.get(ONE, by=cast.olive).text
    page_client.get(ONE + "reopen/", by=cast.olive)
    page_client.post(ONE + "reopen/", {"reason": "Late facts."}, by=cast.olive)
    page_client.post(ONE + "withdraw/", {"reason": "Begin anew."}, by=cast.olive)
    page_client.get(ONE, by=cast.olive, expect=404)
