from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import policies as commands
from trellis.commissioning.models import CoDesigner, Commission, Commitment, Comparator, Finding, Policy
from trellis.commissioning.queries import policies as queries
from trellis.commissioning.tests import rooms
from trellis.core.errors import RuleBroken


@pytest.fixture
def commission(cast) -> Commission:
    return rooms.open_commission(cast)


def deeds() -> list[str]:
    found = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    return [action.removeprefix("commissioning.") for action in found if action != "commissioning.open_commission"]


def test_a_policy_is_a_source_with_numbered_commitments(commission, cast):
    commitment = rooms.promise(cast, commission)
    commands.change_commitment(commitment=commitment, number=4, text="Review it by 2016.", by=cast.carol)
    assert [(one.number, one.text) for one in queries.commitments(commission)] == [(4, "Review it by 2016.")]
    assert str(commitment) == "Sector policy, commitment 4"
    assert deeds() == ["add_policy", "add_commitment", "change_commitment"]


def test_a_policy_is_named_once_and_a_commitment_numbered_once(commission, cast):
    first = rooms.promise(cast, commission)
    second = rooms.promise(cast, commission, 2)
    with pytest.raises(RuleBroken, match="“Sector policy” is among the sources already"):
        commands.add_policy(commission=commission, title="Sector policy", adopted_by="Cabinet", by=cast.carol)
    with pytest.raises(RuleBroken, match="has a commitment 1 already"):
        commands.add_commitment(policy=first.policy, number=1, text="Again.", by=cast.carol)
    with pytest.raises(RuleBroken, match="has a commitment 1 already"):
        commands.change_commitment(commitment=second, number=1, text="Again.", by=cast.carol)
    assert deeds() == ["add_policy", "add_commitment", "add_commitment"]


def test_what_is_cited_stays(commission, cast):
    commitment = rooms.promise(cast, commission)
    outcome = rooms.set_outcome(cast, commission).outcome
    commands.cite_commitments(outcome=outcome, commitments=[commitment], by=cast.carol)
    with pytest.raises(RuleBroken, match="It is cited"):
        commands.drop_commitment(commitment=commitment, by=cast.carol)
    with pytest.raises(RuleBroken, match="It has commitments"):
        commands.drop_policy(policy=commitment.policy, by=cast.carol)
    commands.cite_commitments(outcome=outcome, commitments=[], by=cast.carol)
    commands.drop_commitment(commitment=commitment, by=cast.carol)
    commands.drop_policy(policy=commitment.policy, by=cast.carol)
    assert not Policy.objects.exists() and not Commitment.objects.exists()
    assert deeds()[-4:] == ["cite_commitments", "cite_commitments", "drop_commitment", "drop_policy"]


def test_an_outcome_cites_its_own_commissions_policies_only(commission, cast):
    outcome = rooms.set_outcome(cast, commission).outcome
    other = rooms.promise(cast, rooms.open_commission(cast))
    with pytest.raises(RuleBroken, match="its own commission only"):
        commands.cite_commitments(outcome=outcome, commitments=[other], by=cast.carol)
    assert "cite_commitments" not in deeds()


def test_findings_cite_the_commitments_of_their_own_commission(page_client, commission, cast):
    commitment = rooms.promise(cast, commission)
    finding = Finding.objects.create(commission=commission, number=3, statement="Support differs by place.")
    other = Finding.objects.create(commission=rooms.open_commission(cast), number=1, statement="Elsewhere.")
    with pytest.raises(RuleBroken, match="its own commission only"):
        commands.link_findings(commitment=commitment, findings=[other], by=cast.carol)
    assert "link_findings" not in deeds()
    room = f"/commissions/{commission.reference}/policies/"
    link = page_client.get(f"{room}commitments/{commitment.pk}/", by=cast.carol).href("Say which findings cite it")
    page_client.get(link, by=cast.carol)
    page_client.post(link, {"findings": [str(finding.pk)]}, by=cast.carol)
    assert list(commitment.findings.all()) == [finding]
    with pytest.raises(RuleBroken, match="It is cited"):
        commands.drop_commitment(commitment=commitment, by=cast.carol)
    page_client.post(link, {}, by=cast.carol)
    assert not commitment.findings.exists() and deeds().count("link_findings") == 2


def test_comparators_are_added_corrected_and_taken_out(commission, cast):
    said = {"authority": "Another council", "model": "A framework", "learnt": "It reached few.", "link": ""}
    comparator = commands.add_comparator(commission=commission, **said, by=cast.carol)
    commands.change_comparator(comparator=comparator, **said | {"learnt": "It reached most."}, by=cast.carol)
    assert Comparator.objects.get().learnt == "It reached most."
    commands.drop_comparator(comparator=comparator, by=cast.carol)
    with pytest.raises(RuleBroken, match="Somebody took it out just now"):
        commands.drop_comparator(comparator=comparator, by=cast.carol)
    assert deeds() == ["add_comparator", "change_comparator", "drop_comparator"]


def test_co_designers_are_named_with_what_changed(commission, cast):
    said = {"name": "Rural network", "changed": "Villages count apart."}
    with pytest.raises(RuleBroken, match="has not come yet"):
        commands.add_co_designer(commission=commission, **said, met_on=date(2018, 7, 3), by=cast.carol)
    assert deeds() == []
    met = commands.add_co_designer(commission=commission, **said, met_on=date(2018, 6, 1), by=cast.carol)
    commands.change_co_designer(co_designer=met, **said, met_on=date(2018, 6, 2), by=cast.carol)
    assert CoDesigner.objects.get().met_on == date(2018, 6, 2)
    commands.drop_co_designer(co_designer=met, by=cast.carol)
    assert deeds() == ["add_co_designer", "change_co_designer", "drop_co_designer"]


def test_the_thread_says_what_is_missing_of_the_policies(commission, cast):
    assert queries.progress(commission).missing == "No policy is named."
    commitment = rooms.promise(cast, commission)
    assert queries.progress(commission).missing == "No other authority’s model is looked at."
    commands.add_comparator(commission=commission, authority="B", model="C", learnt="D", by=cast.carol)
    found = queries.progress(commission)
    assert (found.done, found.words) == (True, "1 policy with 1 commitment, 1 comparator.")
    commands.drop_commitment(commitment=commitment, by=cast.carol)
    assert queries.progress(commission).missing == "No commitment is set down."


DAY = {"adopted_on-day": "", "adopted_on-month": "", "adopted_on-year": ""}


def test_policies_are_kept_on_pages(page_client, cast, commission):
    room = f"/commissions/{commission.reference}/policies/"
    assert "No policy is named yet." in page_client.get(room, by=cast.carol).text
    said = {"title": "Sector policy", "adopted_by": "Cabinet", "link": "not an address"} | DAY
    assert "Enter a web address in full" in page_client.post(f"{room}new/", said, by=cast.carol, expect=200).text
    said["link"] = "https://www.example.org/policy"
    policy = page_client.post(f"{room}new/", said, by=cast.carol).response["Location"]
    page = page_client.get(policy, by=cast.carol)
    page_client.get(page.href("Add a commitment"), by=cast.carol)
    page_client.post(
        page.href("Add a commitment"), {"number": "1", "text": "Review the model."}, by=cast.carol, expect=302
    )
    page = page_client.get(room, by=cast.carol)
    assert "Review the model." in page.text and page.href("https://www.example.org/policy")
    page_client.post(policy, said | {"title": "Policy for the sector"}, by=cast.carol)
    page_client.post(f"{policy}drop/", by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    assert "Policy for the sector" in page.text and "It has commitments." in page.text
    commitment = page.href("1")
    page_client.get(commitment, by=cast.carol)
    page_client.post(f"{commitment}drop/", by=cast.carol)
    page_client.post(f"{policy}drop/", by=cast.carol)
    assert "No policy is named yet." in page_client.get(room, by=cast.carol).text


def test_comparators_and_co_designers_are_kept_on_pages(page_client, cast, commission):
    room = f"/commissions/{commission.reference}/policies/"
    said = {"authority": "Another council", "model": "A framework", "learnt": "It reached few.", "link": ""}
    page_client.get(f"{room}comparators/new/", by=cast.carol)
    page_client.post(f"{room}comparators/new/", said, by=cast.carol)
    met = {
        "name": "Rural network",
        "changed": "Villages.",
        "met_on-day": "1",
        "met_on-month": "6",
        "met_on-year": "2018",
    }
    page_client.get(f"{room}co-designers/new/", by=cast.carol)
    page_client.post(f"{room}co-designers/new/", met, by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    for words, changed in (("Another council", said), ("Rural network", met)):
        one = page.href(words)
        page_client.get(one, by=cast.carol)
        page_client.post(one, changed, by=cast.carol)
        page_client.post(f"{one}drop/", by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    assert "Another council" not in page.text and "Rural network" not in page.text


def test_who_may_only_look_at_policies_changes_nothing(page_client, cast, commission):
    room = f"/commissions/{commission.reference}/policies/"
    rooms.promise(cast, commission)
    page = page_client.get(room, by=cast.dee)
    assert "Review the model." in page.text and not page.has_link("Add a policy")
    page_client.get(f"{room}new/", by=cast.dee, expect=403)
    page_client.get(room, by=cast.anna, expect=403)
    page_client.get("/commissions/COM-XXXX/policies/", by=cast.carol, expect=404)
    file = page_client.get(f"{room}?commitments-format=csv", by=cast.dee).response
    assert b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[1].startswith("Sector policy,1,")
