"""What happened, as a list: its moments as HTML takes them."""

from datetime import UTC, date, datetime

from django.template import engines

from trellis.web.pieces import Event


def test_a_moment_is_given_to_the_second_and_a_day_as_a_day():
    macro = engines["jinja2"].env.get_template("components/timeline.html").module.timeline
    drawn = macro([Event("Invited", datetime(2018, 7, 2, 9, 0, 5, 59108, tzinfo=UTC)), Event("Met", date(2018, 7, 1))])
    assert 'datetime="2018-07-02T09:00:05+00:00"' in drawn
    assert 'datetime="2018-07-01"' in drawn
