"""Databases for tests that commit.

`db` (pytest-django) is for a test whose writes are rolled back. A test that must really commit (threads, subprocesses,
a live server) takes `committed_db`: a fresh copy of the migrated test database, thrown away afterwards. Never
`django_db(transaction=True)`: it flushes, and the append-only tables refuse to be emptied.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from tests.cast import Cast, assemble
from trellis.core import clock

ROOT = Path(__file__).parent.parent
_copies = count(1)


@dataclass(frozen=True)
class Copy:
    """A copy of the migrated test database that this process, its threads and its subprocesses can all reach."""

    name: str
    url: str

    def environment(self, **more: str) -> dict[str, str]:
        """What a subprocess needs in its environment to work on this copy (`TRELLIS_NOW=…` sets its clock)."""
        return os.environ | {"DATABASE_URL": self.url, "TRELLIS_ENV": "test"} | more


def url_of(database: dict) -> str:
    """DATABASE_URL for a database in Django's settings."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    who = quote(database["USER"], safe="") + (
        ":" + quote(database["PASSWORD"], safe="") if database["PASSWORD"] else ""
    )
    where = quote(database["HOST"], safe="") + (f":{database['PORT']}" if database["PORT"] else "")
    return f"postgres://{who}@{where}/{database['NAME']}"


def _copy_of(template: str) -> str:
    """Copy the database that the connection is on; the name of the copy. Leaves the connection closed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
        assert not busy, "another connection holds the test database: some test left a thread running"
        connection.close()
        return shutil.copyfile(template, f"{template}-{next(_copies)}")
    connection.close()
    name = f"{template}_{next(_copies)}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def copied_database() -> Iterator[Copy]:
    """Point every connection of this process, old or new, at a fresh copy; put things back afterwards."""
    template = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name = _copy_of(template)  # the same dict serves the connections of new threads
    try:
        yield Copy(name, url_of(connection.settings_dict))
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = template
        _drop(name)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The migrated test database, made for whoever asks: pytest-django's own makes none for tests without its marks.

    To migrate an empty database takes longer than most runs of a few tests. On SQLite the result is kept, under a name
    made from all that it depends on, for the next run.
    """
    kept = _kept_database() if connection.vendor == "sqlite" else None
    with django_db_blocker.unblock():
        if kept and kept.exists():
            shutil.copyfile(kept, connection.creation._get_test_db_name())
        made = setup_databases(verbosity=0, interactive=False, keepdb=bool(kept and kept.exists()))
        if kept and not kept.exists():
            _keep(kept)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _kept_database() -> Path:
    """Where the migrated database of these migrations, triggers and requirements is kept; git ignores it."""
    rests_on = sorted(ROOT.glob("trellis/*/migrations/*.py"))
    rests_on += [ROOT / "trellis/audit/triggers.py", ROOT / "requirements/dev.txt"]
    digest = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in rests_on)).hexdigest()
    return ROOT / ".pytest_cache" / f"migrated-{digest[:16]}.sqlite3"


def _keep(place: Path) -> None:
    """Keep the migrated database. It is moved into place whole, so a run beside this one never finds half of it."""
    made = _copy_of(connection.settings_dict["NAME"])
    place.parent.mkdir(exist_ok=True)
    for outdated in place.parent.glob("migrated-*"):
        outdated.unlink()
    partial = place.with_suffix(f".{os.getpid()}")
    shutil.move(made, partial)
    partial.replace(place)


@pytest.fixture
def committed_db(request, django_db_setup, django_db_blocker) -> Iterator[Copy]:
    """A fresh copy of the migrated test database: real commits, threads, subprocesses (see `Copy.environment`)."""
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        pytest.fail("committed_db cannot go with db, cast or django_db: take committed_db and committed_cast alone.")
    with django_db_blocker.unblock(), copied_database() as copy:
        yield copy


@pytest.fixture
def committed_cast(committed_db) -> Cast:
    """The cast (tests/cast.py), really committed."""
    return assemble()


@pytest.fixture
def live_server_on_copy(request, committed_db, monkeypatch) -> Iterator[str]:
    """The address of a threaded web server of this process on the copy, for a browser; mark the test `real_time`.

    Its clock starts at 2 July 2018, 10 in the morning, and runs (as TRELLIS_NOW does); `@pytest.mark.live_at(None)`
    leaves it at real time, `@pytest.mark.live_at("2018-10-01T09:00")` starts it elsewhere.
    """
    if not request.node.get_closest_marker("real_time"):
        pytest.fail("a live server needs a clock that runs: mark the test with pytest.mark.real_time.")
    mark = request.node.get_closest_marker("live_at")
    monkeypatch.setattr(settings, "TRELLIS_NOW", (mark.args[0] if mark else "2018-07-02T10:00") or "")
    monkeypatch.setattr(clock, "_started_at", timezone.now())
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
