"""Whatever the figures are, a chart draws them inside its frame and says them in words."""

import math
import re
from decimal import Decimal

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from trellis.web.charts import Bar, BarChart, LineChart, Series, Tile, TileMap
from trellis.web.charts.figures import axis, drawable, in_words
from trellis.web.charts.lines import apart

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=80)
WORDS = TEXT.filter(lambda words: "None" not in words)
ODD = [None, math.nan, -math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 10**400, 1e300, 5e-324]
FIGURES = st.sampled_from(ODD) | st.integers(-(10**9), 10**9) | st.floats() | st.decimals(-(10**9), 10**9)
any_figures = settings(max_examples=60, deadline=None)


def draw(macro, chart):
    macros = engines.all()[0].env.get_template("components/chart.html").module
    return html.fragment_fromstring(getattr(macros, macro)(chart))


def picture(page):
    return page.xpath("./svg")[0]


def check_frame(page, chart):
    """Inside the frame, no NaN, named and described, and nothing that the Content-Security-Policy would stop."""
    source = html.tostring(page, encoding="unicode")
    assert not page.xpath(".//*[@style]")
    drawn = picture(page)
    for node in drawn.iter():
        for name in ("x", "x1", "x2", "width"):
            place = node.get(name)
            if place and place.endswith("%"):
                assert -0.01 <= float(place[:-1]) <= 100.01, etree.tostring(node)
        for name in ("y", "y1", "y2", "height"):
            if node.get(name) and not node.get(name).endswith("%"):
                assert -6 <= float(node.get(name)) <= float(drawn.get("height")), etree.tostring(node)
    numbers = re.findall(r'[ \w]="([^"]*)"', etree.tostring(drawn, encoding="unicode"))
    assert not [number for number in numbers if number.lower().strip("%") in ("nan", "inf", "-inf")]
    title, description = drawn.get("aria-labelledby").split()
    assert drawn.xpath(f"string(./title[@id='{title}'])") == chart.title
    assert drawn.xpath(f"string(./desc[@id='{description}'])") == chart.description
    assert "None" not in source


@any_figures
@given(st.lists(st.tuples(WORDS, FIGURES), min_size=1, max_size=12))
def test_any_bars_are_drawn_and_said(bars):
    chart = BarChart("Title", "Description", [Bar(*bar) for bar in bars])
    page = draw("bar_chart", chart)
    check_frame(page, chart)
    for bar in page.xpath("./svg/rect"):
        start, width = (float(bar.get(name).rstrip("%")) for name in ("x", "width"))
        zero = chart.zero
        assert math.isclose(start, zero, abs_tol=0.01) or math.isclose(start + width, zero, abs_tol=0.01)
        assert start + width <= 100.01
    rows = page.xpath(".//tbody/tr")
    assert [row.xpath("string(./td)") for row in rows] == [in_words(value) for _, value in bars]


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=8))
def test_bars_are_as_long_as_their_values(values):
    widths = [bar.width for bar in BarChart("T", "D", [Bar("a", value) for value in values]).drawn]
    for value, width in zip(values, widths, strict=True):
        assert width == pytest.approx(100 * value / max(values), abs=0.001)


@any_figures
@given(
    st.lists(WORDS, min_size=1, max_size=15),
    st.lists(st.tuples(WORDS, st.lists(FIGURES, max_size=15)), min_size=1, max_size=8),
    FIGURES,
)
def test_any_lines_are_drawn_and_said(labels, series, target):
    chart = LineChart("Title", "Description", labels, [Series(*line) for line in series], target=target)
    page = draw("line_chart", chart)
    check_frame(page, chart)
    known = sum(drawable(value) is not None for _, values in series for value in values[: len(labels)])
    assert len(picture(page).xpath(".//*[@class='trellis-chart__spot']")) == known + len(series)
    assert len(page.xpath(".//tbody/tr")) == len(labels)


@any_figures
@given(st.lists(st.tuples(WORDS, st.integers(0, 7), st.integers(0, 7), FIGURES), min_size=1, max_size=20))
def test_any_tiles_are_drawn_and_said(tiles):
    chart = TileMap("Title", "Description", [Tile(*tile) for tile in tiles])
    page = draw("tile_map", chart)
    check_frame(page, chart)
    drawn = picture(page).xpath("./svg")
    assert len(drawn) == len(tiles)
    for tile, (_, _, _, value) in zip(drawn, tiles, strict=True):
        assert in_words(value) in tile.text_content()
        assert ("trellis-tile--0" in tile.get("class")) == (drawable(value) is None)


def test_a_gap_in_a_line_is_left_open():
    chart = LineChart("T", "D", ["a", "b", "c", "d", "e"], [Series("S", [1, 2, None, 4, 5])])
    [line] = chart.drawn
    assert len(line.spots) == 4
    assert [(one.words, other.words) for one, other in line.strokes] == [("1", "2"), ("4", "5")]
    assert [row[1] for row in chart.rows] == ["1", "2", "Not known", "4", "5"]


def test_one_point_is_drawn_beside_its_name():
    chart = LineChart("T", "D", ["April to June 2018"], [Series("Reach", [412])])
    [line] = chart.drawn
    assert [(spot.x, spot.words) for spot in line.spots] == [(chart.right, "412")]
    assert line.strokes == []


def test_equal_values_make_a_level_line():
    chart = LineChart("T", "D", ["a", "b"], [Series("S", [0, 0])])
    assert len({spot.y for spot in chart.drawn[0].spots}) == 1


def test_nothing_to_draw_says_so_and_draws_nothing():
    for macro, chart in (
        ("bar_chart", BarChart("T", "D", [])),
        ("line_chart", LineChart("T", "D", [], [])),
        ("line_chart", LineChart("T", "D", ["a"], [])),
        ("tile_map", TileMap("T", "D", [])),
    ):
        page = draw(macro, chart)
        assert "There are no figures yet" in page.text_content()
        assert not page.xpath(".//svg | .//table")


def test_the_target_is_a_line_with_a_name():
    page = draw("line_chart", LineChart("T", "D", ["a", "b"], [Series("S", [9, 4])], target=5))
    assert page.xpath(".//svg/line[@class='trellis-chart__target']")
    assert "Target" in picture(page).text_content()


def test_lines_differ_by_shape_and_not_by_colour_alone():
    page = draw("line_chart", LineChart("T", "D", ["a"], [Series(str(n), [n]) for n in range(4)]))
    shapes = [
        etree.tostring(group.xpath(".//*[@class='trellis-chart__spot']")[0][0])[:8] for group in page.xpath(".//svg/g")
    ]
    assert len(set(shapes)) >= 3


def test_the_names_of_places_are_short_where_tiles_are_narrow():
    page = draw("tile_map", TileMap("T", "D", [Tile("Folkham and Weir", 0, 0, 3), Tile("B", 4, 1, 9, short="Bee")]))
    narrow = [text.text_content() for text in page.xpath(".//*[contains(@class, 'trellis-chart__narrow')]")]
    assert narrow == ["Folk", "Bee"]


@given(st.floats(-1e100, 1e100).map(drawable), st.floats(-1e100, 1e100).map(drawable))
def test_an_axis_holds_both_ends_in_a_few_even_steps(one, other):
    low, high = min(one, other), max(one, other)
    ticks = axis(low, high)
    assert 2 <= len(ticks) <= 8
    assert ticks == sorted(ticks)
    assert ticks[0] <= low or math.isclose(ticks[0], low, rel_tol=1e-9)
    assert ticks[-1] >= high or math.isclose(ticks[-1], high, rel_tol=1e-9)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 10, [0, 5, 10]), (0, 8.2, [0, 5, 10]), (0, 412, [0, 200, 400, 600]), (-4e5, 1.5e6, None), (3, 3, None)],
)
def test_an_axis_is_in_round_numbers(low, high, ticks):
    found = axis(low, high)
    assert ticks is None or found == ticks
    step = found[1] - found[0]
    assert f"{step:e}"[0] in "125"


def quarters(number):
    return [f"Q{place % 4 + 1} {2017 + place // 4}" for place in range(number)]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (5, ["Q1 2017", "Q2 2017", "Q3 2017", "Q4 2017", "Q1 2018"]),
        (6, ["Q1|2017", "Q2|2017", "Q3|2017", "Q4|2017", "Q1|2018", "Q2|2018"]),
        (10, ["Q1|2017", "Q4|2017", "Q2|2018", "Q4|2018", "Q2|2019"]),
    ],
)
def test_labels_under_the_plot_stand_apart(number, shown):
    chart = LineChart("T", "D", quarters(number), [Series("S", list(range(number)))])
    assert ["|".join(label.lines) for label in chart.across] == shown
    assert [label.always for label in chart.across] == [place in (0, len(shown) - 1) for place in range(len(shown))]


@given(st.lists(st.tuples(st.floats(0, 250), st.floats(10, 60)), max_size=9))
def test_names_never_overlap(names):
    wanted, sizes = [place for place, _ in names], [size for _, size in names]
    places = apart(wanted, sizes, 16, 246)
    spans = sorted((place, place + size) for place, size in zip(places, sizes, strict=True))
    assert all(one[1] <= other[0] + 0.05 for one, other in zip(spans, spans[1:], strict=False))
    assert not spans or spans[0][0] >= 15.9
    if sum(sizes) <= 230:
        assert not spans or spans[-1][1] <= 246.1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "Not known"),
        (float("nan"), "Not known"),
        (Decimal("Infinity"), "Not known"),
        (0, "0"),
        (-0.04, "0"),
        (4.25, "4.2"),
        (1_250, "1,250"),
        (-12_500, "−12,500"),
        (2_300_000, "2.3 million"),
        (999_999.96, "1,000,000"),
        (5e9, "5 billion"),
        (1e300, "1.00e+300"),
    ],
)
def test_figures_are_written_short(value, words):
    assert in_words(value) == words
