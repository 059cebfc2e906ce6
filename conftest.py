"""What every test is given."""

import gc
import os
from datetime import UTC, datetime

import hypothesis
import pytest
import time_machine
from django.conf import settings

pytest_plugins = ["tests.cast_again", "tests.databases", "tests.page_client"]
# No test may depend on how busy the machine is. Examples are new in each run at a desk, and the same ones in CI.
hypothesis.settings.register_profile("desk", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("desk"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")
NOW = datetime(2018, 7, 2, 9, 0, tzinfo=UTC)


def pytest_collection_modifyitems(config, items):
    """With both databases at work, what needs none runs beside one of them: the other has the longer journeys."""
    if not os.environ.get("TRELLIS_BOTH_DATABASES") or not settings.ON_SQLITE:
        return
    needless = [item for item in items if not _needs_database(item)]
    config.hook.pytest_deselected(items=needless)
    items[:] = [item for item in items if _needs_database(item)]


def pytest_collection_finish():
    """What was imported stays, so the collector need not look through it again; what tests leave is little."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_unconfigure():
    """Libraries that count what is left at the end would think that we leak it."""
    gc.unfreeze()


def _needs_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or "db" in fixtures or "committed_db" in fixtures


@pytest.fixture(autouse=True)
def frozen_clock(request):
    """Every test happens on Monday 2 July 2018 at 10 in the morning, British Summer Time, unless it is a browser's."""
    if request.node.get_closest_marker("real_time"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield
