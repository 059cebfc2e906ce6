"""What the search box suggests at 400,000 organisations, key by key, against SQLite's bare full-text query.

    python -m benchmarks.typeahead [--organisations 400000] [--keep FOLDER]
    script/with-postgresql .venv/bin/python -m benchmarks.typeahead      ours on PostgreSQL

Names are typed letter by letter from the second on, and after each letter both are asked: ours for everything that the
box shows (organisations in order, places, causes, services), the full-text query for six rows. Then whole searches that
name a place or a synonym, against the same words without it.
"""

import argparse
import tempfile
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

from benchmarks._register import build, served_from
from benchmarks.directory_search import full_text

NAMES = 25
SHOWN = 6
TIMES = 9
PAIRS = (
    ("village hall", "community centre", "a synonym of three"),
    ("choir", "choir", "a word without a synonym"),
    ("cricket club", "cricket club near B12", "near"),
    ("cricket club", "cricket club in district 3", "in a district"),
    ("scout group", "near B12", "everything near"),
)


def milliseconds(ask: Callable, text: str) -> float:
    """How long one answer takes."""
    began = perf_counter()
    ask(text)
    return (perf_counter() - began) * 1000


def told(name: str, spent: list[float]) -> None:
    """A line of the middle and of the slowest twentieth."""
    print(f"{name:40}{median(spent):9.1f}{quantiles(spent, n=20)[-1]:9.1f}{max(spent):9.1f}{len(spent):8}")


def main() -> None:
    """Build, unless the folder holds a register already; type; compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=400_000)
    parser.add_argument("--keep", help="a folder for the database, kept and used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        served_from(options.keep or scratch)
        build(options.organisations)
        all_names = _names()
        bare = full_text(all_names)
        typed = [
            name[:end] for name in all_names[:: len(all_names) // NAMES] for end in range(2, min(len(name), 25) + 1)
        ]
        _compare(typed, bare)


def _names() -> list[str]:
    """The names that the register holds."""
    from trellis.organisations.models import Organisation

    return list(Organisation.objects.order_by("id").values_list("name", flat=True))


def _compare(typed: list[str], bare) -> None:
    from trellis.organisations import search
    from trellis.organisations.queries import suggestions

    def full(text: str) -> list:
        words = " ".join(f'"{word}"' for word in text.split()) + "*"
        query = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"
        return bare.execute(query, (words, SHOWN)).fetchall()

    print(f"{'key by key, ms':40}{'p50':>9}{'p95':>9}{'most':>9}{'asked':>8}")
    told("ours, the whole answer", [milliseconds(suggestions, text) for text in typed])
    told("full text, six rows", [milliseconds(full, text) for text in typed])
    print(f"\n{'a whole search, ms':40}{'plain':>9}{'asked':>9}{'ratio':>8}")
    for plain, asked, what in PAIRS:
        one, other = (median(milliseconds(search.answer, text) for _ in range(TIMES)) for text in (plain, asked))
        print(f"{what:40}{one:9.1f}{other:9.1f}{other / one:8.1f}   {plain} | {asked}")


if __name__ == "__main__":
    main()
