"""Directory search at 400,000 organisations against SQLite's bare full-text query over the same names.

    python -m benchmarks.directory_search [--organisations 400000] [--keep FOLDER]
    script/with-postgresql .venv/bin/python -m benchmarks.directory_search      ours on PostgreSQL

One run: makes the register in a scratch database, indexes it by both, asks both the same questions and prints the
median of each and their ratio. The full-text query finds beginnings of words; it finds nothing that is misspelt.
"""

import argparse
import sqlite3
import tempfile
from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks._register import build, names, served_from

TIMES = 15
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


def timed(ask: Callable[[str], list], text: str) -> tuple[float, list]:
    """The median milliseconds of asking a few times, and the answer."""
    spent = []
    for _ in range(TIMES):
        began = perf_counter()
        answer = ask(text)
        spent.append((perf_counter() - began) * 1000)
    return median(spent), answer


def compare(all_names: list[str], connection: sqlite3.Connection) -> None:
    """Ask both, and print a line for each question."""
    from trellis.organisations import search

    query = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"

    def bare(text: str) -> list:
        words = " ".join(f'"{word}"' for word in text.split()) + "*"
        return connection.execute(query, (words, PAGE)).fetchall()

    print(f"{'question':32}{'ours, ms':>10}{'full text, ms':>15}{'ratio':>8}{'found':>8}{'full text found':>17}")
    for kind, text in questions(all_names[len(all_names) // 2 :]):
        our_time, found = timed(lambda text: list(search.find(text).ids), text)
        bare_time, rows = timed(bare, text)
        print(
            f"{kind:32}{our_time:10.1f}{bare_time:15.1f}{our_time / bare_time:8.1f}{len(found):8}{len(rows):17}  {text}"
        )


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
