from hypothesis import given
from hypothesis import strategies as st

from trellis.web.charts.chains import ChainChart, Link

CHART = ChainChart(
    title="Two outcomes",
    description="What leads to what.",
    headings=("Outcome", "Indicator"),
    chains=[Link("Networks", follows=[Link("Groups that met", "150 a year"), Link("Days")]), Link("Nothing yet")],
)
WORDS = st.text("abc de", min_size=1, max_size=60)
LINKS = st.recursive(
    st.builds(Link, WORDS, WORDS),
    lambda inner: st.builds(Link, WORDS, WORDS, st.lists(inner, max_size=3)),
    max_leaves=8,
)


def depth_of(link: Link) -> int:
    return 1 + max((depth_of(one) for one in link.follows), default=0)


def test_the_table_has_a_row_for_each_way_from_first_to_last():
    assert CHART.rows == [
        ["Networks", "Groups that met. 150 a year"],
        ["Networks", "Days"],
        ["Nothing yet", ""],
    ]


def test_what_follows_stands_beside_on_a_wide_page_and_under_on_a_narrow_one():
    wide, narrow = CHART.drawings
    first, second = wide.boxes[:2]
    assert (first.x, first.y) == (0, second.y) and second.x > first.x + first.width
    first, second = narrow.boxes[:2]
    assert second.y > first.y + first.height - 1 and second.x > first.x


@given(st.lists(LINKS, min_size=1, max_size=3))
def test_no_two_boxes_lie_on_one_another_and_all_are_on_the_page(chains):
    headings = ["A"] * max(depth_of(chain) for chain in chains)
    for drawing in ChainChart("T", "D", headings, chains).drawings:
        for number, box in enumerate(drawing.boxes):
            assert box.x >= -0.01 and box.x + box.width <= 100.01
            assert box.y + box.height <= drawing.height
            for other in drawing.boxes[:number]:
                apart_across = box.x >= other.x + other.width or other.x >= box.x + box.width
                apart_down = box.y >= other.y + other.height or other.y >= box.y + box.height
                assert apart_across or apart_down
