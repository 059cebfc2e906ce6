"""The line of time: where things are drawn, and that today is always on it."""

from datetime import date

from trellis.web.charts.spans import Lane, Mark, Span, SpanChart

YEAR = Span(date(2017, 1, 1), date(2017, 12, 31), "Year 1")


def chart(**changes) -> SpanChart:
    given = {
        "title": "Year 1 of 1",
        "description": "One year.",
        "lanes": [Lane("Term", [YEAR])],
        "today": date(2017, 7, 2),
    }
    return SpanChart(**given | {"today": date(2017, 7, 2)} | changes)


def test_a_span_takes_the_days_that_it_has():
    (lane,) = chart().drawn
    (span,) = lane.spans
    assert (span.x, span.width, span.words) == (1.0, 98.0, "Year 1")
    half = chart(lanes=[Lane("Term", [YEAR, Span(date(2018, 1, 1), date(2018, 12, 31), "Year 2", "open")])])
    assert [(one.x, one.width, one.look) for one in half.drawn[0].spans] == [(1.0, 49.0, "sure"), (50.0, 49.0, "open")]


def test_words_that_do_not_fit_are_left_out():
    short = Span(date(2017, 1, 1), date(2017, 1, 5), "The first days")
    assert [one.words for one in chart(lanes=[Lane("Term", [YEAR, short])]).drawn[0].spans] == ["Year 1", ""]


def test_today_is_drawn_even_outside_of_what_runs():
    late = chart(today=date(2019, 12, 31))
    assert 1 < late.today_x < 100
    assert [words for words, _ in late.years] == ["2017", "2018", "2019"]


def test_marks_lie_on_their_days_and_lanes_under_one_another():
    lanes = [Lane("Term", [YEAR]), Lane("Reports", marks=[Mark(date(2017, 1, 1), "done"), Mark(date(2017, 7, 2))])]
    first, second = chart(lanes=lanes).drawn
    assert second.y > first.y and second.marks[0] == (1.0, "done")
    assert abs(second.marks[1][0] - 50) < 0.5
    assert chart(lanes=lanes).height > chart().height


def test_nothing_but_today_can_be_drawn():
    empty = chart(lanes=[])
    assert empty.drawn == [] and 0 < empty.today_x < 100
