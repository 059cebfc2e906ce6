"""The fixtures that other tests commit by do what they say."""

import subprocess
import sys
import urllib.request

import pytest
from django.db import connection, transaction

from tests.races import at_once, winners
from trellis.audit import commands as audit
from trellis.audit.models import AuditEntry
from trellis.core.actors import NIGHTLY
from trellis.places.models import District

TEMPLATES = []


@pytest.mark.parametrize("turn", [1, 2])
def test_each_copy_is_fresh_and_apart_from_the_template(committed_db, turn):
    TEMPLATES.append(committed_db.name)
    assert len(set(TEMPLATES)) == len(TEMPLATES)
    assert not District.objects.exists()
    District.objects.create(code="E07000901", name="North", population=1, latitude=51, longitude=0)
    audit.record(by=NIGHTLY, action="test.write_row", subject="row 1")
    assert not connection.in_atomic_block


def test_template_is_untouched_by_copies(db):
    assert not District.objects.exists()
    assert not AuditEntry.objects.exists()


def test_threads_see_what_others_committed(committed_db):
    def write():
        with transaction.atomic():
            return audit.record(by=NIGHTLY, action="test.write_row", subject="row 1").pk

    assert len(set(winners(at_once(write, write, write, write)))) == 4
    assert AuditEntry.objects.count() == 4


def test_subprocess_works_on_the_same_copy(committed_db):
    audit.record(by=NIGHTLY, action="test.write_row", subject="row 1")
    count = "from trellis.audit.models import AuditEntry; print(AuditEntry.objects.count())"
    run = subprocess.run(
        [sys.executable, "-m", "trellis", "shell", "--no-imports", "-c", count],
        env=committed_db.environment(TRELLIS_NOW="2018-07-02T09:00"), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.strip() == "1"


@pytest.mark.real_time
def test_live_server_serves_the_copy(live_server_on_copy, committed_cast):
    with urllib.request.urlopen(live_server_on_copy + "/") as answer:
        assert answer.status == 200


def test_committed_cast_is_there_for_other_threads(committed_cast):
    assert winners(at_once(lambda: District.objects.count())) == [2]
