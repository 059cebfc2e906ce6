"""The plainest way to put rows into a database, to hold imports against: executemany on SQLite, COPY on PostgreSQL."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOGETHER = 4_000  # rows a transaction on SQLite
POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
NAME = "COPY" if POSTGRESQL else "executemany"


def prepare(folder: Path) -> None:
    """An empty database of Trellis: in `folder`, or in the place of all that is in the one that DATABASE_URL names."""
    if POSTGRESQL:
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    migrate = [sys.executable, "-m", "trellis", "migrate", "-v0"]
    subprocess.run(migrate, env=environment(folder), check=True, cwd=ROOT)


def environment(folder: Path) -> dict[str, str]:
    """For Trellis: its files in `folder`, and its database too, unless DATABASE_URL names one."""
    return os.environ | {"TRELLIS_ENV": "demo", "TRELLIS_VAR": str(folder)}


def seconds(columns: Sequence[str], rows: Iterable[Sequence[str]], folder: Path) -> float:
    """How long the rows take into one plain table of text without an index; reading them counts."""
    return _copied(columns, iter(rows)) if POSTGRESQL else _inserted(columns, iter(rows), folder / "bare.sqlite3")


def _copied(columns: Sequence[str], rows: Iterator[Sequence[str]]) -> float:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bare_rows")
        connection.execute(f"CREATE TABLE bare_rows ({', '.join(f'{column} text' for column in columns)})")
        started = time.perf_counter()
        with connection.transaction(), connection.cursor().copy("COPY bare_rows FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        took = time.perf_counter() - started
        connection.execute("DROP TABLE bare_rows")
    return took


def _inserted(columns: Sequence[str], rows: Iterator[Sequence[str]], database: Path) -> float:
    connection = sqlite3.connect(database)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
    connection.execute(f"CREATE TABLE bare_rows ({', '.join(columns)})")
    sql = f"INSERT INTO bare_rows VALUES ({', '.join('?' * len(columns))})"
    started = time.perf_counter()
    while together := list(islice(rows, TOGETHER)):
        with connection:
            connection.executemany(sql, together)
    return time.perf_counter() - started
