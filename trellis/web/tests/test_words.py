from datetime import UTC, date, datetime

import pytest

from trellis.web import words


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(8, 30, "9.30am"), (11, 0, "noon"), (23, 0, "midnight"), (16, 0, "5pm"), (11, 5, "12.05pm"), (23, 5, "12.05am")],
)
def test_times_are_said_as_people_say_them(hour, minute, said):
    assert words.time_of_day(datetime(2018, 7, 2, hour, minute, tzinfo=UTC)) == said


def test_a_moment_is_said_where_the_authority_is():
    late = datetime(2018, 7, 2, 23, 30, tzinfo=UTC)
    assert words.day(late) == "3 July 2018"
    assert words.day_and_time(late) == "3 July 2018 at 12.30am"
    assert words.when(late) == "3 July 2018 at 12.30am"
    assert words.when(date(2018, 7, 2)) == "2 July 2018"


def test_counts_agree_with_their_nouns():
    assert words.counted(1, "case") == "1 case"
    assert words.counted(0, "case") == "0 cases"
    assert words.counted(3300, "body", "bodies") == "3,300 bodies"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("case CASE-7K2M", 'case <span class="trellis-whole">CASE-7K2M</span>'),
        ("2 July 2018 at 10am", '<span class="trellis-whole">2 July 2018</span> at 10am'),
        ("2018-Q2, GB-CHC-200222", "{2018-Q2}, {GB-CHC-200222}"),
        ("well-known <b>A&B-C</b>", "well-known &lt;b&gt;A&amp;{B-C}&lt;/b&gt;"),
    ],
)
def test_dates_and_references_do_not_break_at_the_end_of_a_line(text, html):
    assert words.kept_whole(text) == html.replace("{", '<span class="trellis-whole">').replace("}", "</span>")
