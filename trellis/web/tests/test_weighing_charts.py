"""Stacked bars and weight sweeps: what they draw, and that table and drawing agree."""

import pytest

from trellis.web.charts import Meeting, Stack, StackChart, Sweep, SweepChart


def stacks(**changes) -> StackChart:
    given = {
        "title": "A comes first",
        "description": "Two bars.",
        "parts": ["Reach", "Cost"],
        "stacks": [Stack("A", [60, 20], "80.0"), Stack("B", [0, 3], "3.0")],
        "whole": 100,
    }
    return StackChart(**given | changes)


def test_parts_follow_one_another_from_nought():
    first, second = stacks().drawn
    assert [(part.number, part.x, part.width) for part in first.parts] == [(1, 0, 60), (2, 60, 20)]
    assert [(part.number, part.x, part.width) for part in second.parts] == [(2, 0, 3)]  # nothing is drawn for nought


def test_a_part_too_narrow_for_its_number_has_none():
    assert [part.has_room for stack in stacks().drawn for part in stack.parts] == [True, True, False]


def test_the_table_holds_each_part_and_the_whole():
    assert stacks().headings == ["Name", "Reach", "Cost", "In all"]
    assert stacks().rows == [["A", "60", "20", "80.0"], ["B", "0", "3", "3.0"]]
    assert stacks(stacks=[Stack("A", [1, 2])]).headings == ["Name", "Reach", "Cost"]


def test_colours_come_round_again_and_numbers_do_not():
    chart = stacks(parts=[f"p{number}" for number in range(8)], stacks=[Stack("A", [10] * 8)])
    assert [(number, colour) for number, colour, _name in chart.key][5:] == [(6, 6), (7, 1), (8, 2)]


def test_no_stacks_take_no_room():
    assert stacks(stacks=[]).height == 0


def sweep(**changes) -> SweepChart:
    given = {
        "title": "A stays first",
        "description": "Two lines.",
        "lines": [Sweep("A", 20, 80), Sweep("B", 60, 40)],
        "now": 0.25,
        "meetings": [Meeting(0.5, 50, "50.0%")],
    }
    return SweepChart(**given | changes)


def test_a_sweep_is_a_straight_line():
    assert [Sweep("A", 20, 80).at(weight) for weight in (0, 0.5, 1)] == [20, 50, 80]


def test_higher_values_stand_higher_and_ends_stand_at_the_ends():
    a, b = sweep().drawn
    assert a.start.x == b.start.x < a.end.x == b.end.x
    assert a.start.y > b.start.y and a.end.y < b.end.y


def test_a_meeting_stands_on_both_lines():
    chart = sweep()
    (spot,) = chart.spots
    for line in chart.drawn:
        assert spot.x == pytest.approx((line.start.x + line.end.x) / 2)
        assert spot.y == pytest.approx((line.start.y + line.end.y) / 2)
    assert spot.words_y == spot.y - 10


def test_meetings_close_together_say_their_weight_over_under_and_then_not():
    chart = sweep(meetings=[Meeting(0.5, 50, "50.0%"), Meeting(0.51, 51, "51.0%"), Meeting(0.52, 52, "52.0%")])
    first, second, third = chart.spots
    assert first.words_y < first.y < second.y + 10 < second.words_y
    assert third.words_y is None


def test_the_table_says_the_values_at_nothing_now_and_all():
    assert sweep().rows == [["A", "20.0", "35.0", "80.0"], ["B", "60.0", "55.0", "40.0"]]
    assert sweep(weight_name="Cost").headings[1:3] == ["Cost has no weight", "It has 25.0%, as now"]


def test_names_at_the_ends_do_not_overlap():
    names = [line.name for line in sweep(lines=[Sweep(f"Option {n}", 50, 50) for n in range(6)]).drawn]
    places = sorted((name.y, name.height) for name in names)
    assert all(y + height <= below for (y, height), (below, _) in zip(places, places[1:], strict=False))
