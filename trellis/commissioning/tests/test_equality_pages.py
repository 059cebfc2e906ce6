"""The pages of an equality impact assessment, from the empty one to the public one."""

from csv import reader
from io import BytesIO

import pytest
from pypdf import PdfReader

from trellis.commissioning.commands import equality_signing as signing
from trellis.commissioning.models import Commission, EqualityAssessment
from trellis.commissioning.tests import equality_scenes as scenes

ABOUT = {
    "title": "A new contract for support",
    "service": "Adults, commissioning",
    "responsible": "Head of commissioning",
    "context": "Grants end.",
    "aims": "Even support.",
}


def day(name: str, year: int, month: int, of_month: int) -> dict[str, str]:
    return {f"{name}-day": str(of_month), f"{name}-month": str(month), f"{name}-year": str(year)}


@pytest.fixture
def commission(cast) -> Commission:
    return scenes.open_commission(cast)


@pytest.fixture
def home(commission) -> str:
    return f"/commissions/{commission.reference}/equality/"


def home_of(assessment: EqualityAssessment) -> str:
    return f"/commissions/{assessment.commission.reference}/equality/"


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_an_officer_takes_an_assessment_from_nothing_to_the_public(page_client, cast, home):
    carol = cast.carol
    assert "No assessment yet." in page_client.get(home, by=carol).text
    page_client.post(f"{home}begin/", ABOUT | day("assessed_on", 2018, 6, 1), by=carol)
    page = page_client.get(home, by=carol)
    assert "Before anyone can attest it" in page.text and "Cannot start yet" in page.text
    groups = page_client.get(page.href("Screen each group"), by=carol)
    assert "It counts for the first limb of the duty alone" in groups.text
    sent = {}
    for select in groups.find_all("select"):
        sent[select.get("name")] = "low" if select.get("name") in ("disability_negative", "age_positive") else "none"
    for area in groups.find_all("textarea"):
        sent[area.get("name")] = "As we see it."
    one = f"{home}1/"
    page_client.post(f"{one}groups/", sent, by=carol)
    assert page_client.get(f"{one}groups/", by=carol).find("#id_disability_negative option[selected]").text == "Low"
    page_client.post(f"{one}limbs/", {"eliminate": "A.", "advance": "B.", "foster": "C."}, by=carol)
    page_client.post(f"{one}describe/", ABOUT | day("assessed_on", 2018, 6, 1) | {"summary": "Little."}, by=carol)
    page = page_client.get(home, by=carol)
    assert "Give evidence for the negative impact on Disability." in page.text
    evidence = {"group": "disability", "statement": "1 in 5.", "source": "Survey"}
    page_client.post(f"{one}evidence/new/", evidence | day("dated_on", 2018, 5, 1), by=carol)
    page_client.get(f"{one}full/", by=carol)
    page_client.get(f"{one}attest/", by=carol)
    sent = {"capacity": "head", "name": "Hanna Head", "title": "Head of service"} | day("attested_on", 2018, 6, 4)
    page_client.post(f"{one}attest/", sent, by=carol)
    assert page_client.get(home, by=carol).has_link("Attest it as the second")
    page = page_client.post(f"{one}attest/", sent | {"capacity": "management"}, by=carol, expect=200)
    assert page.href("Two different people attest it: this one has already.") == "#id_name"
    reference = EqualityAssessment.objects.get().reference
    page_client.get(f"/equality/{reference}/", expect=404)
    page_client.post(f"{one}attest/", sent | {"capacity": "management", "name": "Milo Manager"}, by=carol)
    public = page_client.get(f"/equality/{reference}/")
    assert public.h1 == "A new contract for support"
    assert "Milo Manager, Head of service" in public.text and "Each attested these very words." in public.text
    assert "Marriage and civil partnership counts for the first limb of the duty alone" in public.text
    assert "No negative impact is so large that a full assessment is needed. Screening is enough." in public.text


def test_evidence_later_than_the_document_is_refused_at_its_field(page_client, cast):
    home = home_of(scenes.begun(cast))
    late = {"group": "", "statement": "More.", "source": "Census 2021"} | day("dated_on", 2021, 3, 21)
    page = page_client.post(f"{home}1/evidence/new/", late, by=cast.carol, expect=200)
    assert "This is dated 21 March 2021, after the assessment (1 June 2018)" in page.text
    assert page.title.startswith("Error: ")


def test_half_a_rating_is_asked_for_the_other_half(page_client, cast):
    home = home_of(scenes.begun(cast))
    page = page_client.post(f"{home}1/groups/", {"age_positive": "low"}, by=cast.carol, expect=200)
    assert page.href("Choose the negative impact too; it may be none") == "#id_age_negative"


def test_evidence_and_actions_are_taken_out_of_a_draft_by_their_pages(page_client, cast):
    assessment = scenes.ready(cast)
    version = f"{home_of(assessment)}1/"
    page = page_client.get(version, by=cast.carol)
    for words, title in (("We asked.", "Take this evidence out"), ("Ask for step-free sites.", "Take this action out")):
        address = page.href(words)
        assert page_client.get(address, by=cast.carol).h1 == title
        page_client.post(address, by=cast.carol)
    assert not assessment.evidence.exists() and not assessment.actions.exists()
    new = {name: "x" for name in ("issue", "action", "expected_outcome", "owner")} | day("due_on", 2018, 9, 1)
    page_client.post(f"{version}actions/new/", new, by=cast.carol)
    assert assessment.actions.get().group == ""


def test_an_action_is_followed_up_and_shown_to_anyone(page_client, cast):
    assessment = scenes.attested(cast)
    version = f"{home_of(assessment)}1/"
    page = page_client.get(version, by=cast.carol)
    assert "Late" in page.text
    sent = {"done_with": "All sites are step-free."} | day("done_on", 2018, 6, 30)
    page_client.post(page.href("Ask for step-free sites."), sent, by=cast.carol)
    public = page_client.get(f"/equality/{assessment.reference}/")
    assert "30 June 2018: All sites are step-free." in public.text and "these very words" in public.text
    assert not public.has_link("Ask for step-free sites.")


def test_versions_stand_side_by_side_with_what_differs_marked(page_client, cast):
    assessment = scenes.attested(cast)
    home = home_of(assessment)
    page_client.post(f"{home}1/new-version/", day("assessed_on", 2018, 7, 2), by=cast.carol)
    page_client.post(f"{home}2/limbs/", {"foster": "Newly said."}, by=cast.carol)
    page = page_client.get(page_client.get(home, by=cast.dee).href("What changed since version 1"), by=cast.dee)
    assert "Foster good relations Changed Considered. Newly said." in page.text
    assert "Advance equality of opportunity Gone Considered. –" in page.text
    assert "The same" in page.text
    page_client.get(f"{home}1/9/", by=cast.dee, expect=404)


def test_due_regard_is_logged_on_its_page(page_client, cast):
    home = home_of(scenes.begun(cast))
    sent = {"body": "Cabinet committee", "considered": "Carers."} | day("considered_on", 2018, 7, 1)
    page_client.post(f"{home}1/regard/", sent, by=cast.carol)
    assert "Cabinet committee 1 July 2018, version 1 Carers." in page_client.get(home, by=cast.percy).text


def test_one_attestation_can_be_taken_back_on_its_page(page_client, cast):
    assessment = scenes.ready(cast)
    signing.attest_assessment(assessment=assessment, by=cast.carol, **scenes.HEAD)
    home = home_of(assessment)
    address = page_client.get(home, by=cast.carol).href("Open it again")
    page_client.post(address, {"reason": "A word."}, by=cast.carol)
    assert page_client.get(home, by=cast.carol).has_link("Screen each group")


def test_the_pdf_says_what_the_page_says(page_client, cast):
    assessment = scenes.attested(cast)
    public = page_client.get(f"/equality/{assessment.reference}.pdf").response
    assert public.headers["Content-Type"] == "application/pdf"
    words = words_of(public.content)
    for said in ("A new contract for support", "Hanna Head, Head of service", "Milo Manager, Director",
                 "Little impact.", "Foster good relations", "Nobody is shut out."):  # fmt: skip
        assert said in words
    assert assessment.attestations.first().digest in words.replace(" ", "")
    page_client.get(f"{home_of(assessment)}1/pdf/", by=cast.dee)


def test_its_tables_download(page_client, cast):
    assessment = scenes.attested(cast)
    answer = page_client.get(f"/equality/{assessment.reference}/?impacts_format=csv").response
    rows = list(reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert rows[2] == ["Disability", "Low", "Low", "Evidence is asked for", "As we see it."]
    version = f"{home_of(assessment)}1/?actions_format=csv"
    answer = page_client.get(version, by=cast.dee).response
    assert b"Contract manager" in b"".join(answer.streaming_content)
    answer = page_client.get(f"{home_of(assessment)}?format=csv", by=cast.dee).response
    assert b"Hanna Head" in b"".join(answer.streaming_content)


def test_assessments_are_the_authoritys_own_until_they_are_attested(page_client, cast):
    assessment = scenes.begun(cast)
    home = home_of(assessment)
    assert not page_client.get(home, by=cast.dee).has_link("Screen each group")
    for path in ("", "1/", "1/groups/", "1/attest/"):
        page_client.get(f"{home}{path}", by=cast.anna, expect=403)
    page_client.get(f"{home}1/groups/", by=cast.dee, expect=403)
    page_client.get("/commissions/COM-XXXX/equality/", by=cast.carol, expect=404)
    page_client.get(f"{home}7/", by=cast.carol, expect=404)
    for path in (f"/equality/{assessment.reference}/", f"/equality/{assessment.reference}.pdf", "/equality/EQIA-X/"):
        page_client.get(path, expect=404)


def test_a_late_action_stands_on_the_officers_home(page_client, cast):
    assessment = scenes.attested(cast)
    page = page_client.get("/", by=cast.carol)
    assert "Equality: Ask for step-free sites. Contract manager, by 20 June 2018." in page.text
    assert page.href("Equality: Ask for step-free sites.").startswith(f"{home_of(assessment)}1/actions/")
    assert "Equality:" not in page_client.get("/", by=cast.dee).text


def test_the_thread_shows_how_budget_and_assessment_stand(page_client, cast):
    assessment = scenes.attested(cast)
    page = page_client.get(f"/commissions/{assessment.commission.reference}/", by=cast.dee)
    assert "Version 1: attested. 1 action late." in page.text
    assert "No scenario yet: what may it cost?" in page.text
