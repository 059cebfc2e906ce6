"""A paper as a Word file: real headings, lists, header rows, its language and title, a chart that Word draws itself."""

import io
import re
from datetime import datetime
from textwrap import shorten

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from trellis.decisions.report.layout import ILLUSTRATIVE, Laid, LaidPaper, Numbered, Prose
from trellis.decisions.report.pieces import Chart, Figure, Listing, Table, Text
from trellis.decisions.report.word_chart import add_chart

LANGUAGE = "en-GB"
SOURCE = "Source"
ACROSS = Cm(16.6)  # between the margins
NARROWEST, WIDEST, ROOM = 9, 60, 5  # characters that a column counts for; the last beside its longest word
CHARACTERS = 92  # across, in the type of tables
A_DATE = re.compile(r"[0-9]{1,2} \w+ [0-9]{4}")  # stays on one line
LONGEST = 120  # characters of a figure in the table of sources: statements are long


def word_file(laid: LaidPaper, *, state: str, digest: str, made_at: datetime, base: str) -> bytes:
    """The paper in Word's format (ISO/IEC 29500); `state` says which version it is, `made_at` is when it was made.

    `base` is the address of this site, before the addresses of the sources.
    """
    document = Document()
    _set_up(document, laid, state, made_at)
    document.add_heading(laid.paper.heads.title, level=0)
    _table(document, ("What", "This report"), laid.paper.heads.lines, what="What this is about")
    document.add_paragraph()
    if laid.has_illustrative:
        document.add_paragraph(f"Some figures here are marked illustrative. {ILLUSTRATIVE}")
    for section in laid.sections:
        document.add_heading(f"{section.number}. {section.title}", level=1)
        for block in section.blocks:
            _add(document, block, base)
        for words in section.missing:
            document.add_paragraph(f"Missing: {words}")
    _sources(document, laid, base)
    if digest:
        document.add_paragraph(f"This version’s digest (SHA-256): {digest}", style="Caption")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: WordDocument, laid: LaidPaper, state: str, made_at: datetime) -> None:
    """Title, language, paper and type: what a screen reader and a printer ask first."""
    about, heads = document.core_properties, laid.paper.heads
    about.title, about.subject = heads.title, f"Decision {heads.reference}, {state}"
    about.author, about.language, about.comments = heads.authority, LANGUAGE, ""
    about.created = about.modified = made_at.replace(tzinfo=None)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Footer"].font.size = Pt(9)
    _foot(section.footer.paragraphs[0], f"{heads.authority}: decision {heads.reference}, {state}")
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    properties.find(qn("w:lang")).set(qn("w:val"), LANGUAGE)
    for style in ("Title", "Heading 1", "Heading 2", "Caption"):
        _plain_ink(document.styles[style])
    source = document.styles.add_style(SOURCE, WD_STYLE_TYPE.PARAGRAPH)
    source.base_style, source.font.size = normal, Pt(9)


def _foot(paragraph: WordParagraph, words: str) -> None:
    """What stands under every page; Word works out its number and how many there are."""
    paragraph.add_run(f"{words}. Page ")
    for code, between in (("PAGE", " of "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)
        paragraph.add_run(between)


def _plain_ink(style) -> None:
    """Our own type and a green that can be read, in place of Word's pale blue."""
    style.font.name, style.font.color.rgb = "Arial", RGBColor(0x14, 0x53, 0x2D)
    for line in style.element.iter(qn("w:bottom")):
        line.set(qn("w:color"), "14532D")
        line.attrib.pop(qn("w:themeColor"), None)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _add(document: WordDocument, block: Laid, base: str) -> None:
    if isinstance(block, Prose):
        document.add_paragraph(_words(block.parts))
    elif isinstance(block, Numbered):
        for one in block.items:
            document.add_paragraph(_words(one.parts), style="List Number")
    elif isinstance(block, Listing):
        for name, words in block.items:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{name}: " if name else "").bold = True
            paragraph.add_run(words)
            paragraph.paragraph_format.keep_with_next = True
        _source(document, block, base)
    elif isinstance(block, Table):
        document.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
        headings = [one.words for one in block.headings]
        numeric = {number for number, one in enumerate(block.headings) if one.is_numeric}
        _table(document, headings, block.rows, numeric=numeric, last_is_total=block.last_is_total, what=block.caption)
        _source(document, block, base)
    else:
        document.add_heading(block.title, level=2)
        add_chart(document, block)
        document.add_paragraph(block.description)
        _source(document, block, base)


def _words(parts: Text) -> str:
    return "".join(part if isinstance(part, str) else _marked(part) for part in parts)


def _marked(figure: Figure, longest: int | None = None) -> str:
    words = shorten(figure.words, longest, placeholder="…") if longest else figure.words
    return f"{words}{' (illustrative)' if figure.is_illustrative else ''}"


def _source(document: WordDocument, block: Table | Listing | Chart, base: str) -> None:
    mark = f"Illustrative. {ILLUSTRATIVE} " if block.is_illustrative else ""
    paragraph = document.add_paragraph(f"{mark}Source: ", style=SOURCE)
    paragraph.add_run(block.source)
    _link(paragraph, block.address, base)
    paragraph.add_run(".")


def _link(paragraph: WordParagraph, address: str, base: str) -> None:
    """Let the last words of a paragraph lead to the page that shows what they name."""
    if not address:
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(f"{base}{address}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    words = paragraph.runs[-1]
    words.font.underline = True
    paragraph._p.append(link)
    link.append(words._r)


def _sources(document: WordDocument, laid: LaidPaper, base: str) -> None:
    if not laid.sources:
        return
    document.add_heading("Where the figures come from", level=1)
    rows = [(one.label, _marked(one, LONGEST), one.source) for one in laid.sources]
    table = _table(document, ("What", "Figure", "Source"), rows, what="Every figure in the text")
    for row, one in zip(table.rows[1:], laid.sources, strict=True):
        _link(row.cells[-1].paragraphs[0], one.address, base)


def _table(document, headings, rows, *, numeric=frozenset(), last_is_total=False, what) -> WordTable:
    """A table whose first row is its header, repeated on each page, and whose rows do not break across pages."""
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    widths = column_widths([headings, *rows])
    for number, row in enumerate(table.rows):
        _row_properties(row, is_header=number == 0)
        for column, cell in enumerate(row.cells):
            cell.width = widths[column]
            cell.paragraphs[0].runs[0].font.size = Pt(9.5)
            if column in numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number == len(table.rows) - 1:  # its source stays under it
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            if last_is_total and number == len(table.rows) - 1:
                cell.paragraphs[0].runs[0].bold = True
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _describe(table, what)
    return table


def column_widths(rows) -> list[int]:
    """How wide each column is: room for its longest word, and of the rest a part by the length of what it holds."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    longest = [min(max(len(words) for words in column), WIDEST) for column in columns]
    unbroken = [max(len(word) for words in column for word in _words_of_a_cell(words)) for column in columns]
    least = [max(word + ROOM, NARROWEST) for word in unbroken]
    wanted = [max(long - short, 0) for long, short in zip(longest, least, strict=True)]
    spare = max(CHARACTERS - sum(least), 0) / max(sum(wanted), 1)
    counted = [short + spare * more for short, more in zip(least, wanted, strict=True)]
    return [int(ACROSS * one / sum(counted)) for one in counted]


def _words_of_a_cell(words: str) -> list[str]:
    return [words] if A_DATE.fullmatch(words) else words.split() or [""]


def _row_properties(row, *, is_header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if is_header else [])):
        element = OxmlElement(name)
        element.set(qn("w:val"), "true")
        properties.append(element)


def _describe(table: WordTable, words: str) -> None:
    """The alternative text of a table: what it is."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)
