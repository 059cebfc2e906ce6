"""The directory's pages at 400,000 organisations, against an empty Django view on the same server.

    python -m benchmarks.directory_pages [--organisations 400000] [--keep FOLDER] [--times 9]
    script/with-postgresql .venv/bin/python -m benchmarks.directory_pages      on PostgreSQL

Each page counts what it lists, shows 25 of it, and counts it by district for the map. Every filter, order and file that
a person can ask for by one click is here, and the last page, which is the dearest to reach.
"""

import argparse
import tempfile

from benchmarks._register import build, served_from
from benchmarks.pages import ANYBODY, compare, served

ASKED = (
    ("the first page", ""),
    ("the last page", "page=14400"),
    ("by name, backwards", "sort=-name"),
    ("by income, largest first", "sort=-income"),
    ("by income, a page in the middle", "sort=income&page=7000"),
    ("by district", "sort=district"),
    ("those removed from their register", "status=removed"),
    ("one district", "district=E00000003"),
    ("one size", "size=Small"),
    ("those below the limit", "size=under-limit"),
    ("one cause", "cause=C3"),
    ("district, size and cause", "district=E00000003&size=Small&cause=C3"),
    ("a search", "q=village+hall+trust"),
    ("a search, misspelt", "q=vilage+hall+trsut"),
    ("a search, by income", "q=village+hall+trust&sort=-income"),
    ("a common word in one district", "q=trust&district=E00000003"),
    ("a common word, three filters", "q=trust&district=E00000003&size=Small&cause=C3"),
    ("a word and a filter that nothing meets", "q=trust&district=E00000003&size=Major&cause=C3"),
    ("a search as a file", "q=village+hall+trust&format=csv"),
    ("one district as a file (30,000 rows)", "district=E00000003&format=csv"),
    ("all as a file (360,000 rows)", "format=csv"),
)


def main() -> None:
    """Build, unless the folder holds a register already; serve; fetch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=400_000)
    parser.add_argument("--keep", help="a folder for the database, kept and used again")
    parser.add_argument("--times", type=int, default=9, help="how often each page is fetched (9)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or scratch
        served_from(folder)
        build(options.organisations)
        with served(folder):
            compare(tuple((name, ANYBODY, f"/organisations/?{query}") for name, query in ASKED), options.times)


if __name__ == "__main__":
    main()
