"""True maps: whatever the outlines and the values, they are drawn, named and said."""

from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from trellis.web.charts import Area, OutlineMap
from trellis.web.charts.figures import in_words
from trellis.web.charts.outlines import inside
from trellis.web.tests.test_charts import FIGURES, WORDS


def draw(chart):
    macros = engines.all()[0].env.get_template("components/map_chart.html").module
    return html.fragment_fromstring(macros.outline_map(chart))


corners = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(list)
rings = st.lists(corners, min_size=3, max_size=9).map(lambda ring: [*ring, ring[0]])


@given(st.lists(st.tuples(WORDS, st.lists(rings, min_size=1, max_size=3), FIGURES), min_size=1, max_size=6))
def test_any_outlines_are_drawn_and_said(areas):
    chart = OutlineMap("Title", "Description", [Area(*area) for area in areas])
    page = draw(chart)
    assert len(page.xpath("./svg//path")) == len(areas)
    assert [in_words(value) for _, _, value in areas] == page.xpath(".//tbody/tr/td/text()")
    for drawn in chart.drawn:
        assert -1 <= drawn.x <= chart.width + 1 and -1 <= drawn.y <= chart.height + 1


def test_a_name_stands_inside_its_outline_even_where_its_middle_does_not():
    horseshoe = [(0, 0), (10, 0), (10, 10), (8, 10), (8, 2), (2, 2), (2, 10), (0, 10), (0, 0)]
    x, y = inside(horseshoe)
    assert 0 < x < 2 or 8 < x < 10 or y < 2


def test_a_map_of_nothing_says_so():
    page = draw(OutlineMap("T", "D", []))
    assert "There are no figures yet" in page.text_content() and not page.xpath(".//svg | .//table")
