"""Pages and files of a report: who sees what, the same figures in each form, what can be done where."""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import SuspiciousFileOperation
from pypdf import PdfReader

from trellis.commissioning.commands import outcomes as commissioning
from trellis.commissioning.models import Outcome
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.core.periods import Quarter
from trellis.performance import commands, queries
from trellis.performance.models import QuarterReport, ReadingRequest
from trellis.performance.report import digest
from trellis.performance.tests.facts import SPRING, WINTER, a_quarter, contact, reach
from trellis.performance.tests.test_commands import prepared, signed
from trellis.web import documents

REPORTS = "/contracts/SCO/performance/"
REPORT = "/contracts/SCO/performance/2018-Q2"


@pytest.fixture
def report(cast):
    a_quarter(cast)
    return prepared(cast)


@pytest.fixture
def published(cast):
    a_quarter(cast)
    return signed(cast)


def test_anyone_reads_a_signed_report(page_client, cast, published):
    page = page_client.get(REPORT)

    assert page.h1 == "April to June 2018"
    assert "Signed by every partner" in page.text
    assert "3 organisations" in page.text
    assert "Floor met" in page.text
    assert "At least 3, floor 1" in page.text and "At most 5, floor 10" in page.text
    assert "Anna Ash, 2 July 2018" in page.text
    assert not page.find_all("form[action*=performance]")


def test_a_prepared_report_is_for_the_authority_and_the_partners(page_client, cast, report):
    for by in (cast.olive, cast.fred, cast.carol, cast.anna, cast.bella):
        assert "Waiting for signatures" in page_client.get(REPORT, by=by).text
    for by in (None, cast.alice, cast.charlie, cast.dora, cast.ivy, cast.ada, cast.vera):
        page_client.get(REPORT, by=by, expect=404)
        page_client.get(f"{REPORT}.csv", by=by, expect=404)


def test_figures_before_a_report_are_for_those_inside(page_client, cast):
    a_quarter(cast)
    assert "not been worked out yet" in page_client.get(REPORT, by=cast.olive).text
    commands.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)

    page = page_client.get(REPORT, by=cast.anna)

    assert "These figures are not final" in page.text
    page_client.get(REPORT, expect=404)


@pytest.mark.parametrize("quarter", ["2018-Q5", "spring", "2017-Q4", "2018-Q2.docx"])
def test_there_is_no_such_report(page_client, cast, published, quarter):
    page_client.get(f"{REPORTS}{quarter}", by=cast.olive, expect=404)


def test_the_list_links_what_one_may_see(page_client, cast, published):
    page = page_client.get(REPORTS)
    assert page.href("April to June 2018") == REPORT
    assert not page.has_link("January to March 2018")
    assert "Not published yet" in page.text

    assert page_client.get(REPORTS, by=cast.olive).has_link("January to March 2018")


def test_every_form_of_the_report_has_the_same_figures(page_client, cast, published):
    frozen = queries.quarterly_report(cast.contract, SPRING)

    content = json.loads(page_client.get(f"{REPORT}.json").response.content)
    rows = _csv(page_client.get(f"{REPORT}.csv").response)
    whole = {row["Indicator"]: row for row in rows if row["Area"] == "Whole area"}
    pdf = _pdf_words(page_client.get(f"{REPORT}.pdf").response.content)
    page = page_client.get(REPORT).text

    assert digest(content["report"]) == content["digest"] == published.digest
    for one, stored in zip(frozen.indicators, _indicators(content["report"]), strict=True):
        assert Decimal(stored["value"]) == one.value == Decimal(whole[one.name]["Value"])
        assert f"{one.value} {one.unit}" in pdf
        assert f"{one.value} {one.unit}" in page
        assert one.rating in pdf and one.rating in page and whole[one.name]["Rating"] == one.rating


def test_the_pdf_is_tagged_titled_and_in_english(page_client, cast, published):
    reader = PdfReader(io.BytesIO(page_client.get(f"{REPORT}.pdf").response.content))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Performance, April to June 2018 – Strengthening Community Organisations"
    tags = _tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= tags
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_a_pdf_fetches_nothing_but_static_files():
    fetch = documents.static_files_only().fetch

    for address in ("http://192.0.2.1/style.css", "file:///etc/passwd", "static:../settings.py", "data:,x"):
        with pytest.raises((ValueError, SuspiciousFileOperation)):
            fetch(address)
    assert fetch("static:paper.css").read()


def test_the_contract_manager_works_out_prepares_and_withdraws(page_client, cast):
    a_quarter(cast)

    page_client.post(f"{REPORT}/figures", {}, by=cast.olive, expect=302)
    assert "3 of 3 indicators" in page_client.get(f"{REPORT}/figures", by=cast.olive).text
    page_client.post(f"{REPORT}/prepare", {}, by=cast.olive, expect=302)
    assert QuarterReport.objects.get().status == "prepared"
    page = page_client.post(f"{REPORT}/withdraw", {"reason": ""}, by=cast.olive, expect=200)
    assert page.title.startswith("Error: ")
    page_client.post(f"{REPORT}/withdraw", {"reason": "A late fact."}, by=cast.olive, expect=302)
    assert QuarterReport.objects.get().status == "withdrawn"


def test_the_page_shows_how_far_a_job_is(page_client, cast):
    ReadingRequest.objects.create(contract=cast.contract, quarter="2018-Q2", requested_by="x", steps=3, steps_done=1)

    page = page_client.get(f"{REPORT}/figures", by=cast.olive)

    assert page.h1 == "Working the figures out"
    assert "1 of 3 indicators" in page.text
    assert "you can begin it again here after 10.05am" in page.text
    assert not page.find_all("main button")


def test_a_job_that_was_killed_can_be_begun_again(page_client, cast):
    began = clock.now() - timedelta(minutes=6)
    ReadingRequest.objects.create(contract=cast.contract, quarter="2018-Q2", requested_by="x", requested_at=began)

    page = page_client.get(f"{REPORT}/figures", by=cast.olive)
    assert page.h1 == "The figures were not worked out"
    assert page.find("main button").text_content() == "Work them out again"
    page_client.post(f"{REPORT}/figures", {}, by=cast.olive, expect=302)
    assert [job.failure for job in ReadingRequest.objects.all()] == ["", "It stopped before it was done."]


def test_an_indicator_that_nothing_measures_yet_says_so(page_client, cast):
    commissioning.define_indicator(
        outcome=Outcome.objects.get(), code="priorities-understood", name="Priorities are understood",
        definition="Organisations that say so.", unit="organisations", decimals=0, polarity="higher", by=cast.carol,
    )  # fmt: skip
    a_quarter(cast)
    signed(cast)

    page = page_client.get(REPORT)

    assert "No measure yet" in page.text
    assert "No evidence is kept yet that could tell" in page.text
    evidence = page_client.get(f"{REPORT}/evidence/priorities-understood", by=cast.olive)
    assert "No facts that you may see stand under this figure." in evidence.text


def test_a_running_quarter_is_not_rated(page_client, cast):
    a_quarter(cast, on=date(2018, 7, 1))
    commands.compute_readings(contract=cast.contract, quarter=Quarter(2018, 3), by=NIGHTLY)

    page = page_client.get(f"{REPORTS}2018-Q3", by=cast.olive)

    assert "The quarter is not over yet: it runs until 30 September 2018" in page.text
    assert {tag.text_content().strip() for tag in page.find_all(".govuk-table .govuk-tag")} == {"Not over yet"}
    assert "of 3" not in page.find(".report-figures").text_content()


def test_prepare_says_why_not(page_client, cast):
    page = page_client.post(f"{REPORT}/prepare", {}, by=cast.olive, expect=200)

    assert "have not been worked out yet" in page.text


def test_only_the_contract_manager_prepares(page_client, cast, report):
    for action in ("figures", "prepare", "withdraw"):
        for by in (cast.anna, cast.fred, cast.carol, cast.alice):
            page_client.get(f"{REPORT}/{action}", by=by, expect=403)


def test_each_lead_signs_for_their_own_partner(page_client, cast, report):
    page = page_client.get(f"{REPORT}/sign", by=cast.anna)
    assert "You sign for Ash Vale CVS" in page.text
    answers = {"signed_name": "Anna Ash", "seen": report.digest}

    page_client.post(f"{REPORT}/sign", answers, by=cast.anna, expect=302)
    page_client.post(f"{REPORT}/sign", answers | {"signed_name": "Bella"}, by=cast.bella, expect=302)

    assert QuarterReport.objects.get().status == "signed"
    page_client.get(f"{REPORT}/sign", by=cast.anna, expect=404)


def test_signing_what_has_changed_is_refused_on_the_page(page_client, cast, report):
    reach(cast, "CASE-LATE", cast.outside, "90000")
    prepared(cast)

    answers = {"signed_name": "Anna Ash", "seen": report.digest}
    page = page_client.post(f"{REPORT}/sign", answers, by=cast.anna, expect=200)

    assert "has changed since you opened this page" in page.text


def test_only_leads_sign(page_client, cast, report):
    for by in (cast.olive, cast.fred, cast.alice, cast.charlie):
        page_client.get(f"{REPORT}/sign", by=by, expect=403)


def test_the_evidence_under_a_figure_for_the_authority(page_client, cast, published):
    address = f"{REPORT}/evidence/eligible-organisations-reached"

    page = page_client.get(address, by=cast.olive)
    rows = _csv(page_client.get(f"{address}?format=csv", by=cast.olive).response)

    assert "3 organisations" in page.text
    assert len(rows) == 6
    assert len({row["Organisation"] for row in rows if row["In the figure"] == "Counts"}) == 3
    assert {row["In the figure"] for row in rows} == {"Counts", "At or over the limit", "Not known, counted apart"}


def test_the_evidence_is_closed_to_others_and_scoped_to_a_partner(page_client, cast, published):
    address = f"{REPORT}/evidence/days-to-first-contact"

    page = page_client.get(address, by=cast.anna)

    assert "You see 0 of 10 facts" in page.text
    assert "Mill Lane Pantry" not in page.text
    for by in (cast.alice, cast.dora, cast.ada):
        page_client.get(address, by=by, expect=403)
    page_client.get(f"{REPORT}/evidence/nothing", by=cast.olive, expect=404)


def test_a_correction_shows_on_the_next_report(page_client, cast):
    a_quarter(cast, on=WINTER.start, prefix="CASE-W")
    signed(cast, WINTER)
    reach(cast, "CASE-LATE", cast.outside, "90000", on=WINTER.start)
    contact(cast, "CASE-X", 3, district=cast.north)
    signed(cast, SPRING)

    page = page_client.get(REPORT)

    assert "January to March 2018: published as 3 organisations, and is now 4." in page.text
    assert "3 organisations" in page_client.get(f"{REPORTS}2018-Q1").text


def _csv(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def _indicators(content):
    return [one for outcome in content["outcomes"] for one in outcome["indicators"]]


def _pdf_words(body):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())


def _tags(node):
    node = node.get_object()
    found = {node["/S"]} if "/S" in node else set()
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict) and ("/S" in child or "/K" in child):
            found |= _tags(child)
    return found


def test_the_pdf_is_set_in_our_own_face(page_client, cast, published):
    reader = PdfReader(io.BytesIO(page_client.get(f"{REPORT}.pdf").response.content))

    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert any("Atkinson" in font for font in fonts)
