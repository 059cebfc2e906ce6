"""The generated report of the demo says what the report of 2016 says, to the pound, and says it more clearly."""

import io
import re
from datetime import date
from random import Random

import pytest
from django.db import transaction
from django.urls import resolve
from docx import Document

from trellis.core import clock
from trellis.decisions.models import Decision
from trellis.decisions.presenters.report_files import Edition, file_of
from trellis.decisions.queries import reports as queries
from trellis.decisions.report.layout import laid_out
from trellis.demo import county, loading, simulator
from trellis.demo.decide import road
from trellis.demo.staff import employ_council
from trellis.organisations.models import Organisation

# What the report of 2016 says, as far as it is not from later records.
FIGURES = (
    "16/00051", "Unrestricted", "All divisions",
    "6 April 2016", "25 April 2016", "6 July 2016", "12 July 2016",
    "Directorate management team", "Corporate management team", "Commissioning Advisory Board",
    "Adult Social Care and Health Cabinet Committee",
    "3,300", "£500,000", "10 volunteer centres", "5 councils for voluntary service (CVS)",
    "£615,291", "2016-17", "Adult Social Care and Public Health",
    "£553,761.90", "£498,385.71", "£448,547.14", "£1,500,695", "£403,692.43", "£363,323.18", "£2,267,710", "10%",
    "The annual saving by year 3 is £166,744", "The cumulative saving over three years is £345,178",
    "1 January 2017", "1 August 2016", "14 October 2016",
    "“Strengthening Community Organisations in Kent”", "three years", "two optional one-year extensions",
    "Key Strategic Partner", "Framework", "Alliance",
    "Kent’s voluntary sector is supported to grow and develop, enabling local residents to enjoy a good quality of "
    "life, and more people to benefit from greater social, cultural and sporting opportunities.",
    "Volunteering is regarded as a valuable opportunity for individuals to contribute to their community and is "
    "accessible to all, regardless of their skills or time capacity.",
    "Voluntary sector organisations are well informed and understand the priorities of Kent County Council, as set out "
    "in the Strategic Statement.",
)  # fmt: skip


@pytest.fixture(scope="module")
def decision(django_db_setup, django_db_blocker):
    """The demo's road to its decision, over a register of its whole size; rolled back at the end."""
    random = Random(7)
    with django_db_blocker.unblock(), transaction.atomic():
        with simulator.the_same_references(random):
            with clock.moved_to(loading._at(loading.OPENS)):
                county.lay_out()
                groups = (Organisation(reference=f"ORG-G{n}", name=f"Group {n}") for n in range(loading.ORGANISATIONS))
                Organisation.objects.bulk_create(groups)
                council = county.add_authority()
                officers = employ_council(council)
            road.decide(council, officers, random)
        yield Decision.objects.get(reference="16/00051")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def edition(decision) -> Edition:
    row = queries.published_report(decision)
    return Edition(queries.version(row).paper, "version 1", row.digest, row.made_at)


@pytest.fixture(scope="module")
def words(edition) -> str:
    page = file_of(edition, "html").decode().replace("&amp;", "&").replace("&#39;", "'")
    text = re.sub(r"<[^>]+>", "", re.sub(r"<(style|title)\b.*?</\1>", "", page, flags=re.DOTALL))
    return " ".join(text.split()).replace("'", "’")


@pytest.mark.parametrize("figure", FIGURES)
def test_the_report_says_what_the_report_of_2016_says(words, figure):
    assert figure in words


def test_the_word_file_says_it_too(edition):
    document = Document(io.BytesIO(file_of(edition, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = " ".join([*(one.text for one in document.paragraphs), *cells]).replace("'", "’")
    assert [figure for figure in FIGURES if figure not in text] == []


def test_there_are_three_recommendations(edition):
    [numbered] = [block for block in laid_out(edition.paper).sections[0].blocks if hasattr(block, "items")]
    text = [
        "".join(part if isinstance(part, str) else part.words for part in one.parts) for one in numbered.items
    ]  # fmt: skip
    assert len(text) == 3
    assert text[0].startswith("Confirm that the yearly grants") and text[0].endswith("end.")
    assert text[1].startswith("Procure and award a contract") and "from 1 January 2017" in text[1]
    assert text[2].startswith("Delegate the implementation") and "Corporate Director" in text[2]


def test_a_measure_says_which_indicator_it_is_of(words):
    assert "Smaller organisations reached: In a quarter, each counted once" in words


def test_a_statement_is_followed_by_one_sign(words):
    assert "keep providers going: agree: 26" in words and ".:" not in words


def test_the_committee_has_one_name(words):
    names = set(re.findall(r"Adult Social Care and [\w ]*?Cabinet Committee", words))
    assert names == {"Adult Social Care and Health Cabinet Committee"}


def test_the_saving_of_a_year_is_never_called_one_of_the_contract(words):
    around = [words[found.start() - 90 : found.end()].lower() for found in re.finditer("£166,74[34]", words)]
    assert around and all("life of the contract" not in one for one in around)


def test_the_background_documents_are_listed(edition):
    titles = [title for title, _ in edition.paper.shown()["documents"].items]
    assert "Voluntary and Community Sector Policy" in titles and "Options appraisal" in titles
    assert len(titles) >= 5 and len(titles) == len(set(titles))


def test_nothing_is_missing_and_what_is_illustrative_says_so(edition):
    assert edition.paper.missing == ()
    illustrative = {name for name, block in edition.paper.shown().items() if block.is_illustrative}
    assert {"option_values", "option_money", "findings", "preferences"} <= illustrative
    assert not {"budget_years", "outcomes", "contacts"} & illustrative


def test_the_report_was_published_before_the_committee_met(decision):
    row = queries.published_report(decision)
    assert row.publication.published_on == date(2016, 7, 4) and row.number == 1


def test_every_figure_leads_to_a_page(edition):
    blocks = (*edition.paper.figures.values(), *edition.paper.shown().values())
    assert all(resolve(one.address) for one in blocks)
