"""A bar chart in a Word file that Word itself draws (DrawingML, ISO/IEC 29500-1, 21.2), with its alternative text."""

from html import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm

from trellis.decisions.report.pieces import Chart

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LEAF = "2F7D4F"
WIDTH, BAR = Cm(16), Cm(1.3)


def add_chart(document: Document, chart: Chart) -> None:
    """Draw a chart at the end of a document. Its figures are in it, so Word needs no spreadsheet for them."""
    package = document.part.package
    assert package is not None, "a document is always part of a package"
    name = package.next_partname("/word/charts/chart%d.xml")
    part = Part(PackURI(name), CONTENT_TYPE, _chart_xml(chart).encode(), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    number = int(name.filename.removeprefix("chart").removesuffix(".xml"))
    run = document.add_paragraph().add_run()
    run._r.append(parse_xml(_drawing_xml(chart, relation, number)))


def alternative(chart: Chart) -> str:
    """The chart in words, for those who cannot see it: what it shows, and every figure of it."""
    bars = "; ".join(f"{label}: {words}" for label, _, words in chart.bars)
    return f"{chart.title}. {chart.description} {bars}."


def _drawing_xml(chart: Chart, relation: str, number: int) -> str:
    height = BAR * (len(chart.bars) + 1)
    return (
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="{DRAWING}/main" '
        f'xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + number}" name="Chart {number}" title="{escape(chart.title)}" '
        f'descr="{escape(alternative(chart))}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{DRAWING}/chart">'
        f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{RELATIONS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _chart_xml(chart: Chart) -> str:
    """Bars across, the first on top, from nought, each with its value: no legend, no grid to decode."""
    count = len(chart.bars)
    labels = "".join(f'<c:pt idx="{i}"><c:v>{escape(bar[0])}</c:v></c:pt>' for i, bar in enumerate(chart.bars))
    values = "".join(f'<c:pt idx="{i}"><c:v>{escape(bar[1])}</c:v></c:pt>' for i, bar in enumerate(chart.bars))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:tx><c:v>{escape(chart.value_heading)}</c:v></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{LEAF}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:numFmt formatCode="&quot;£&quot;#,##0.00" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strLit><c:ptCount val="{count}"/>{labels}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{values}</c:numLit></c:val>'
        '</c:ser><c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:crossAx val="1"/></c:valAx>'
        '</c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )
