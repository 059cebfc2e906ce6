"""Directory search at 400,000 organisations against SQLite's bare full-text query over the same names.

    python benchmarks/directory_search.py [--organisations 400000] [--keep FOLDER]

One run: makes the register in a scratch SQLite database, indexes it by both, asks both the same questions and prints
the median of each and their ratio. The full-text query finds beginnings of words; it finds nothing that is misspelt.
"""

import argparse
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

BATCH = 2_000
TIMES = 15
PAGE = 25
COMMON = (
    "Trust Church Community Association School Village Hall Friends Foundation Fund Centre Society Club Parish Scout "
    "Group Methodist Baptist Youth Women Institute Memorial Hospice Housing Arts Theatre Music Sports Welfare Relief "
    "Education Playgroup Nursery Parents Teachers Museum Heritage Wildlife Animal Rescue Cricket Football Residents"
).split()  # fmt: skip
FIRST, LAST = "Ash Bram Chil Dun East Fen Gold Har King Lang Mar Nor Oak Pem Rad Sand Thorn Up Wal York".split(), (
    "bourne bury combe den field ford gate ham hurst ingham ley minster more mouth ness stead ton wick worth".split()
)  # fmt: skip
MIDDLE = "a al ber bring che del e ene fer gar ing ka ling mer nor o per ri sing ter u ver wen".split()


def places(chance: random.Random, number: int) -> list[str]:
    """Made-up words as rare as the names of places and people are."""
    return list(
        {chance.choice(FIRST) + "".join(chance.choices(MIDDLE, k=chance.randint(0, 2))) + chance.choice(LAST): None
         for _ in range(number)}
    )  # fmt: skip


def names(number: int) -> Iterator[str]:
    """Names of organisations, the same ones each time: two or three common words and one or two rare ones."""
    chance = random.Random(20180702)
    rare = places(chance, 300_000)
    weights = [1 / (place + 1) for place in range(len(COMMON))]
    for _ in range(number):
        word = rare[min(int(chance.paretovariate(0.35)), len(rare)) - 1]
        words = [word, *dict.fromkeys(chance.choices(COMMON, weights, k=chance.randint(1, 3)))]
        if chance.random() < 0.3:
            words.insert(0, "The")
        if chance.random() < 0.3:
            words.append("of " + chance.choice(rare))
        yield " ".join(words)


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
    ]


def build(number: int) -> tuple[list[str], float, float]:
    """Fill the register, index it by ours and by full text; the names and the seconds that each index took."""
    from django.db import transaction

    from trellis.organisations import search
    from trellis.organisations.models import Organisation

    all_names = list(names(number))
    ours = 0.0
    for start in range(0, number, BATCH):
        rows = [
            Organisation(id=place, reference=f"ORG-{place}", name=all_names[place - 1])
            for place in range(start + 1, min(start + BATCH, number) + 1)
        ]
        with transaction.atomic():
            Organisation.objects.bulk_create(rows)
            began = perf_counter()
            search.index([row.id for row in rows])
            ours += perf_counter() - began
    began = perf_counter()
    search.recount()
    return all_names, ours + perf_counter() - began, full_text(all_names)


def full_text(all_names: list[str]) -> float:
    """Index the names by FTS5; seconds."""
    began = perf_counter()
    with sqlite3.connect(full_text_file()) as connection:
        connection.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='unicode61 remove_diacritics 2')")
        connection.executemany("INSERT INTO names (rowid, name) VALUES (?, ?)", enumerate(all_names, start=1))
    return perf_counter() - began


def full_text_file() -> Path:
    """Where the full-text index is."""
    return Path(os.environ["TRELLIS_VAR"]) / "full_text.sqlite3"


def timed(ask: Callable[[str], list], text: str) -> tuple[float, list]:
    """The median milliseconds of asking a few times, and the answer."""
    spent = []
    for _ in range(TIMES):
        began = perf_counter()
        answer = ask(text)
        spent.append((perf_counter() - began) * 1000)
    return median(spent), answer


def compare(all_names: list[str]) -> None:
    """Ask both, and print a line for each question."""
    from trellis.organisations import search

    connection = sqlite3.connect(full_text_file())
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
    parser.add_argument("--keep", help="a folder for the databases, kept and used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {"TRELLIS_ENV": "demo", "TRELLIS_VAR": options.keep or scratch}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
        import django
        from django.core.management import call_command

        django.setup()
        if full_text_file().exists():
            all_names = list(names(options.organisations))
        else:
            call_command("migrate", verbosity=0)
            all_names, ours, bare = build(options.organisations)
            print(f"indexing {options.organisations:,} names: ours {ours:.1f} s, full text {bare:.1f} s")
        compare(all_names)


if __name__ == "__main__":
    main()
