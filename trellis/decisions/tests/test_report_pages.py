"""Pages and files of a report: who sees what, what is marked, the same paper in each form, the command."""

import io
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from trellis.commissioning.commands import budgets
from trellis.decisions.commands import reports as commands
from trellis.decisions.models import Decision, ReportParagraph, ReportPublication, ReportVersion
from trellis.decisions.presenters.report_files import Edition, file_of
from trellis.decisions.queries import reports as queries
from trellis.decisions.report.word_file import ACROSS, CHARACTERS, column_widths
from trellis.decisions.tests import scenes
from trellis.decisions.tests.test_report_commands import SAVINGS, a_commission, complete

AT = "/decisions/18-00012/report/"


@pytest.fixture
def decision(cast) -> Decision:
    return scenes.drafted(cast.council, commission=a_commission(cast), by=cast.carol)


@pytest.fixture
def report(cast, decision):
    return commands.open_report(decision=decision, by=cast.carol)


@pytest.fixture
def published(cast, report, monkeypatch):
    complete(monkeypatch)
    commands.write_paragraph(report=report, key="contacts-own", text="Ring {lead_officer} & ask.", by=cast.carol)
    version = commands.make_version(report=report, by=cast.carol)
    commands.publish_version(version=version, by=cast.dee)
    return version


def edition(report) -> Edition:
    return Edition(queries.paper(report), "draft of 2 July 2018", "0" * 64, datetime(2018, 7, 2, 9))


def test_a_report_is_begun_written_made_a_version_and_compared(page_client, cast, decision):
    page = page_client.get(f"{AT}draft/", by=cast.carol)
    assert "There is no report on this decision yet" in page.text
    page_client.post(f"{AT}open/", {}, by=cast.carol, expect=302)

    page = page_client.get(f"{AT}draft/", by=cast.carol)
    assert "What is missing" in page.text and "£27,100" in page.text
    assert page.href("£27,100").endswith("/budget/")
    seen = page_client.get(f"{AT}draft/{SAVINGS}/", by=cast.carol).find("textarea").text.strip()
    words = {"text": "We save {saving_annual} a year.", "seen": seen}
    page_client.post(f"{AT}draft/{SAVINGS}/", words, by=cast.carol, expect=302)
    page = page_client.get(f"{AT}draft/", by=cast.carol)
    assert "We save £27,100 a year." in page.text and "1 paragraph is changed by hand" in page.text
    assert "Two savings must not be taken for one another. The annual saving by year 3 is £27,100" in page.text

    page_client.post(f"{AT}versions/new/", {"note": ""}, by=cast.carol, expect=302)
    assert "Nothing: every figure and table of version 1" in page_client.get(f"{AT}draft/", by=cast.carol).text
    page_client.post(f"{AT}draft/{SAVINGS}/restore/", {}, by=cast.carol, expect=302)
    assert not ReportParagraph.objects.exists()
    page = page_client.post(f"{AT}versions/new/", {"note": ""}, by=cast.carol, expect=200)
    assert "Say what is new in this version" in page.text
    page_client.post(f"{AT}versions/new/", {"note": "The savings are told apart."}, by=cast.carol, expect=302)

    page = page_client.get(f"{AT}compare/?from=1&to=2", by=cast.carol)
    assert "1 place differs" in page.text
    assert any("[taken out: " in one.text_content() for one in page.find_all("del"))
    assert any("[put in: " in one.text_content() for one in page.find_all("ins"))
    assert page_client.get(f"{AT}compare/?from=9&to=x", by=cast.carol).find_all("ins")


def test_a_refused_paragraph_keeps_what_was_written(page_client, cast, report):
    page = page_client.post(f"{AT}draft/{SAVINGS}/", {"text": "We save {much}."}, by=cast.carol, expect=200)
    assert page.title.startswith("Error: ") and page.find("textarea").text.strip() == "We save {much}."
    page = page_client.post(f"{AT}draft/{SAVINGS}/", {"text": "Mine.", "seen": "Old."}, by=cast.carol, expect=200)
    assert "Somebody else changed this paragraph" in page.text


def test_a_draft_is_for_the_authority_alone(page_client, cast, report):
    commands.make_version(report=report, by=cast.carol)
    page_client.get(f"{AT}draft/", by=cast.alice, expect=403)
    page_client.get(f"{AT}draft/", expect=302)
    for path in ("", "versions/1/", "versions/1.pdf", "compare/"):
        page_client.get(f"{AT}{path}", expect=404)
        page_client.get(f"{AT}{path}", by=cast.alice, expect=404)
    page_client.get(f"{AT}versions/1/", by=cast.percy)
    page_client.get(f"{AT}draft/", by=cast.percy)
    page_client.post(f"{AT}draft/{SAVINGS}/", {"text": "Percy’s."}, by=cast.percy, expect=403)
    page_client.post(f"{AT}versions/1/publish/", {}, by=cast.carol, expect=403)
    assert not ReportParagraph.objects.exists() and not ReportPublication.objects.exists()


def test_democratic_services_publish_a_version(page_client, cast, report, monkeypatch):
    commands.make_version(report=report, by=cast.carol)
    page_client.post(f"{AT}versions/1/publish/", {}, by=cast.dee, expect=302)
    assert "The report is not complete" in page_client.get(f"{AT}draft/", by=cast.dee).text
    complete(monkeypatch)
    assert "Publish version 1" in page_client.get(f"{AT}draft/", by=cast.dee).text
    page_client.post(f"{AT}versions/1/publish/", {}, by=cast.dee, expect=302)
    assert queries.published_report(report.decision)


def test_anybody_reads_the_published_version_and_where_its_figures_come_from(page_client, published):
    page = page_client.get(AT)
    assert page.h1 == "Support for community organisations" and "published on 2 July 2018" in page.text
    assert page.href("£27,100") == "#figure-saving_annual"
    assert "Changed by hand" not in page.text and "Ring Sam Reed & ask." in page.text
    assert not [link for link in page.find_all("main a") if "/commissions/" in link.get("href")]
    assert published.digest in page.text


def test_a_version_whose_data_moved_is_stale_to_the_authority(page_client, cast, published):
    assert "Stale" not in page_client.get(f"{AT}versions/1/", by=cast.percy).text
    scenario = published.report.decision.commission.scenarios.get()
    budgets.change_scenario(
        scenario=scenario, name=scenario.name, baseline=Decimal("120000"), step_down=Decimal(10), years=3, extensions=2,
        start=date(2019, 1, 1), by=cast.carol,
    )  # fmt: skip
    page = page_client.get(f"{AT}versions/1/", by=cast.percy)
    assert "Stale" in page.text and page.href("See what moved") == f"{AT}draft/"
    draft = page_client.get(f"{AT}draft/", by=cast.percy).text
    assert "Stale" in draft and "£27,100" in draft and "£32,520" in draft
    assert "Stale" not in page_client.get(AT).text
    commands.make_version(report=published.report, note="The baseline is put right.", by=cast.carol)
    assert "Stale" not in page_client.get(f"{AT}versions/1/", by=cast.percy).text
    assert "Stale" not in page_client.get(f"{AT}draft/", by=cast.percy).text


def test_the_authority_sees_what_was_changed_by_hand_in_a_version(page_client, cast, published):
    page = page_client.get(f"{AT}versions/1/", by=cast.percy)
    assert "Changed by hand: show what was generated" in page.text and not page.has_link("Change")


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_every_form_of_a_version_is_there_and_no_other(page_client, published, kind):
    response = page_client.get(f"{AT}versions/1.{kind}").response
    assert f'filename="report-18-00012-v1.{kind}"' in response["Content-Disposition"]
    page_client.get(f"{AT}versions/1.html", expect=404)
    page_client.get(f"{AT}versions/2.{kind}", expect=404)


def test_every_form_says_the_same(report):
    page = file_of(edition(report), "html").decode()
    pdf = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(file_of(edition(report), "pdf"))).pages)
    word = Document(io.BytesIO(file_of(edition(report), "docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    text = " ".join([*(one.text for one in word.paragraphs), *cells])
    for words in ("£27,100", "£56,100", "£243,900", "£90,000.00", "Annual saving", "Cumulative saving", "Missing:"):
        assert words in page and words in " ".join(pdf.split()) and words in text, words


def test_the_html_stands_alone(report):
    page = file_of(edition(report), "html").decode()
    assert "<link" not in page and "<script" not in page and "@font-face" not in page and "<style>" in page
    assert not re.search(r"""(src|href)=["'](?!#|http://127\.0\.0\.1:8000/)""", page)


def test_the_pdf_is_tagged_titled_and_in_english_with_words_for_its_chart(report):
    reader = PdfReader(io.BytesIO(file_of(edition(report), "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Support for community organisations – Decision 18/00012, draft of 2 July 2018"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    found = list(_elements(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Figure"} <= {one.get("/S") for one in found}
    [alternative] = [one["/Alt"] for one in found if one.get("/S") == "/Figure"]
    assert "£100,000" in alternative


def _elements(node):
    children = node.get("/K", []) if hasattr(node, "get") else []
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if hasattr(child, "get") and "/S" in child:
            yield child
            yield from _elements(child)


def test_the_word_file_has_real_headings_header_rows_and_alternative_text(report):
    word = Document(io.BytesIO(file_of(edition(report), "docx")))
    assert word.core_properties.title == "Support for community organisations"
    assert word.core_properties.language == "en-GB"
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings[0] == "1. Recommendations" and headings[-1] == "Where the figures come from" and len(headings) == 12
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    [drawing] = word.element.body.iter(qn("wp:docPr"))
    assert drawing.get("title") in drawing.get("descr") and "Year 1: £90,000.00" in drawing.get("descr")
    [chart] = [part for part in word.part.package.iter_parts() if "drawingml.chart" in part.content_type]
    assert b"<c:v>90000.00</c:v>" in chart.blob


def test_tables_and_figures_lead_to_their_source_in_every_file(report):
    word = Document(io.BytesIO(file_of(edition(report), "docx")))
    targets = {one.rId: one.target_ref for one in word.part.rels.values() if one.is_external}
    links = {
        (paragraph.text, targets[link.get(qn("r:id"))])
        for paragraph in _paragraphs(word)
        for link in paragraph._p.iter(qn("w:hyperlink"))
    }
    budget = f"http://127.0.0.1:8000/commissions/{report.decision.commission.reference}/budget/"
    assert ("Source: The budget, scenario “As proposed”.", budget) in links, links
    assert ("The budget, scenario “As proposed”", budget) in links
    page = file_of(edition(report), "html").decode()
    assert f'Source: <a href="{budget}">The budget, scenario “As proposed”</a>.' in page


def _paragraphs(word):
    yield from word.paragraphs
    for table in word.tables:
        for row in table.rows:
            yield from row.cells[-1].paragraphs


def test_the_word_file_numbers_its_pages(report):
    word = Document(io.BytesIO(file_of(edition(report), "docx")))
    [foot] = word.sections[0].footer.paragraphs
    fields = [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))]
    assert "decision 18/00012" in foot.text
    assert fields == ["PAGE", "NUMPAGES"]


def test_no_column_of_the_word_file_is_too_narrow_for_a_word_or_a_date():
    widths = column_widths([("Action", "By"), ("words of a long sentence " * 8, "31 December 2017")])
    by_date = widths[1] / ACROSS * CHARACTERS
    assert by_date >= len("31 December 2017") and sum(widths) <= ACROSS


def test_the_command_writes_what_is_published(published, tmp_path, capsys):
    file = tmp_path / "report.html"
    call_command("committee_report", "18/00012", "--format", "html", "--output", str(file))
    assert "version 1, published on 2 July 2018" in file.read_text() and published.digest in file.read_text()
    assert "version 1, published on 2 July 2018." in capsys.readouterr().out
    call_command("committee_report", "18/00012", "--draft", "--output", str(file))
    assert "draft of 2 July 2018" in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["18/00012"], "Say --output: the file to write."),
        (["18/00012", "--format", "odt", "--output", "x"], "Write --format as html, pdf or docx, not 'odt'."),
        (["--output", "x"], "Say which decision: two digits, a stroke and five digits, like 16/00051."),
        (["18-12", "--output", "x"], "Say which decision: two digits, a stroke and five digits, like 16/00051."),
        (["99/99999", "--output", "x"], "There is no decision 99/99999."),
        (["18/00012", "--version-number", "7", "--output", "x"], "The report has no version 7."),
        (
            ["18/00012", "--output", "no/such/folder/x"],
            "no/such/folder/x cannot be written: No such file or directory.",
        ),
    ],
)
def test_the_command_refuses_in_one_sentence(report, arguments, words, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as refused:
        call_command("committee_report", *arguments)
    assert str(refused.value) == words and capsys.readouterr().out == "" and not list(tmp_path.iterdir())


def test_the_command_says_that_there_is_no_report_yet(cast, decision, tmp_path):
    with pytest.raises(CommandError, match="There is no report on decision 18/00012 yet."):
        call_command("committee_report", "18/00012", "--output", str(tmp_path / "x"))


def test_a_version_can_be_written_before_it_is_published(cast, report, tmp_path):
    commands.make_version(report=report, by=cast.carol)
    call_command("committee_report", "18/00012", "--output", str(tmp_path / "x"))
    assert "version 1 of 2 July 2018, not published" in (tmp_path / "x").read_text()
    assert ReportVersion.objects.count() == 1
