"""What every test is given."""

from datetime import UTC, datetime

import pytest
import time_machine

pytest_plugins = ["tests.cast", "tests.databases", "tests.page_client"]
NOW = datetime(2018, 7, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen_clock(request):
    """Every test happens on Monday 2 July 2018 at 10 in the morning, British Summer Time, unless it is a browser's."""
    if request.node.get_closest_marker("real_time"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield
