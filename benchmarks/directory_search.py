"""Directory search at 400,000 organisations against SQLite's bare full-text query over the same names.

    python -m benchmarks.directory_search [--organisations 400000] [--keep FOLDER]
    script/with-postgresql .venv/bin/python -m benchmarks.directory_search      ours on PostgreSQL

One run: makes the register in a scratch database, indexes it by both, asks both the same questions and prints for each
the median, the slowest twentieth and the ratio of the medians, and the same of all questions together. The full-text
query finds beginnings of words; it finds nothing that is misspelt.
"""

import argparse
import sqlite3
import tempfile
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

from benchmarks._register import build, names, served_from

TIMES = 20
PAGE = 25


def questions(some: list[str]) -> list[tuple[str, str]]:
    """What is asked: a kind and a text."""
    rarest, other = some[1].split(), some[7].split()
    long_word = max(other, key=len)
    swapped = long_word[:3] + long_word[4] + long_word[3] + long_word[5:]
    return [
        ("the exact name", some[3]),
        ("a name being typed", some[4][: len(some[4]) * 2 // 3]),
        ("one rare word", max(rarest, key=len)),
        ("misspelt, two letters swapped", " ".join(swapped if word == long_word else word for word in other)),
        ("misspelt, one word alone", swapped),
        ("one common word", "trust"),
        ("two common words", "community association"),
        ("three common words", "village hall trust"),
        ("a common word's beginning", "comm"),
        ("one letter", "c"),
        ("a rare and a common word", f"{long_word} trust"),
        ("words that no name has all of", f"{long_word} cricket museum nursery"),
        ("common words that no name has", "cricket museum nursery hospice"),
        ("three words misspelt", "vilage hosptial freinds"),
        ("ten words that nothing has", "zzqx wqek kjhgfd lkjhg poiuyt mnbvc qazwsx edcrfv tgbyhn ujmik"),
    ]


def full_text(all_names: list[str]) -> sqlite3.Connection:
    """The names, indexed by FTS5 in memory."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='unicode61 remove_diacritics 2')")
    connection.executemany("INSERT INTO names (rowid, name) VALUES (?, ?)", enumerate(all_names, start=1))
    return connection


def timed(ask: Callable[[str], list], text: str) -> tuple[list[float], list]:
    """The milliseconds of each time that it was asked, and the answer."""
    spent = []
    for _ in range(TIMES):
        began = perf_counter()
        answer = ask(text)
        spent.append((perf_counter() - began) * 1000)
    return spent, answer


def compare(all_names: list[str], connection: sqlite3.Connection) -> None:
    """Ask both, and print a line for each question."""
    from trellis.organisations import search

    query = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"

    def bare(text: str) -> list:
        words = " ".join(f'"{word}"' for word in text.split()) + "*"
        return connection.execute(query, (words, PAGE)).fetchall()

    print(
        f"{'question':32}{'ours, ms':>10}{'p95':>8}{'full text, ms':>15}{'p95':>8}{'ratio':>8}{'found':>7}{'found':>7}"
    )
    everything: tuple[list[float], list[float]] = ([], [])
    for kind, text in questions(all_names[len(all_names) // 2 :]):
        ours, found = timed(lambda text: list(search.find(text).ids), text)
        theirs, rows = timed(bare, text)
        everything[0].extend(ours)
        everything[1].extend(theirs)
        print(f"{_line(kind, ours, theirs)}{len(found):7}{len(rows):7}  {text}")
    print(_line("all of these", *everything))


def _line(kind: str, ours: list[float], theirs: list[float]) -> str:
    cells = (median(ours), quantiles(ours, n=20)[-1], median(theirs), quantiles(theirs, n=20)[-1])
    return "{:32}{:10.1f}{:8.1f}{:15.1f}{:8.1f}{:8.2f}".format(kind, *cells, cells[0] / cells[2])


def main() -> None:
    """Build, unless the folder holds a register already, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=400_000)
    parser.add_argument("--keep", help="a folder for the database, kept and used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        served_from(options.keep or scratch)
        ours = build(options.organisations)
        all_names = list(names(options.organisations))
        began = perf_counter()
        connection = full_text(all_names)
        print(f"indexing {len(all_names):,} names: ours {ours:.1f} s, full text {perf_counter() - began:.1f} s")
        compare(all_names, connection)


if __name__ == "__main__":
    main()
