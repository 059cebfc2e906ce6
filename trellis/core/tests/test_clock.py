from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from trellis.core import clock


def test_the_clock_is_real_time_unless_it_is_moved():
    assert clock.now() == datetime(2018, 7, 2, 9, 0, tzinfo=UTC)
    assert clock.offset() == timedelta(0)
    assert not clock.is_moved()


def test_today_is_where_the_authority_is():
    with time_machine.travel(datetime(2018, 7, 1, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2018, 7, 2)
    with time_machine.travel(datetime(2018, 1, 1, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2018, 1, 1)


def test_trellis_now_sets_a_start_from_which_time_runs(settings, monkeypatch):
    settings.TRELLIS_NOW = "2021-03-01T12:00"
    started = datetime(2018, 7, 2, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "_started_at", started)
    assert clock.now() == datetime(2021, 3, 1, 12, 0, tzinfo=UTC)
    with time_machine.travel(started + timedelta(hours=5), tick=False):
        assert clock.now() == datetime(2021, 3, 1, 17, 0, tzinfo=UTC)
    assert clock.is_moved()


def test_trellis_now_without_a_zone_is_the_authoritys_own_time(settings, monkeypatch):
    settings.TRELLIS_NOW = "2018-08-01T09:00"
    monkeypatch.setattr(clock, "_started_at", clock.timezone.now())
    assert clock.now() == datetime(2018, 8, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "2018-13-01", "10:00"])
def test_a_trellis_now_that_is_no_time_is_refused(settings, text):
    settings.TRELLIS_NOW = text
    with pytest.raises(ImproperlyConfigured, match="TRELLIS_NOW is not a date and time"):
        clock.now()


def test_production_runs_on_real_time_only(settings):
    settings.TRELLIS_NOW, settings.IN_PRODUCTION = "2018-08-01T09:00", True
    with pytest.raises(ImproperlyConfigured, match="production runs on real time"):
        clock.now()


def test_the_simulator_holds_the_clock_and_lets_go_of_it():
    held = datetime(2017, 1, 3, 9, 0, tzinfo=UTC)
    with clock.moved_to(held):
        assert clock.now() == held
        with clock.moved_to(held + timedelta(days=1)):
            assert clock.today() == date(2017, 1, 4)
        assert clock.now() == held
    assert clock.now() == datetime(2018, 7, 2, 9, 0, tzinfo=UTC)


def test_a_failure_lets_go_of_the_clock_too():
    with pytest.raises(RuntimeError), clock.moved_to(datetime(2017, 1, 3, tzinfo=UTC)):
        raise RuntimeError
    assert clock.today() == date(2018, 7, 2)
