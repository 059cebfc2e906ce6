"""How long a list takes to come in beside bare `executemany` or COPY of the same rows, and its memory as it grows.

    .venv/bin/python -m benchmarks.import_lists --rows 100000 1000000
    script/with-postgresql .venv/bin/python -m benchmarks.import_lists --rows 100000

Each size is tried, read, and read again, each in a process of its own. The list is as a body keeps it: two
in five rows have a charity number, and contacts are left out, because there is no basis for them.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import _bare

WORDS = (
    "Ash Vale Bramble Beech Mill Lane Orchard River Saint Mary Old Town Hope Green Harbour Oak Elm Quay Ferry".split()
)
KINDS = "Pantry Choir Garden Theatre Club Centre Society Trust Carers Players Singers Rangers Runners Readers".split()
HEADING = (
    "Organisation",
    "Charity number",
    "Postcode",
    "Address",
    "Email",
    "Telephone",
    "Secretary",
    "Income",
    "About",
)
AREAS = "ME CT TN DA BR SE SW NW LS YO BN RH GU OX CB NR".split()


def generate(path: Path, rows: int) -> None:
    """A list, the same each time."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADING)
        for number in range(rows):
            name = " ".join((*chance.sample(WORDS, 2), chance.choice(KINDS)))
            charity = 1_000_000 + number if chance.random() < 0.4 else ""
            postcode = f"{chance.choice(AREAS)}{chance.randrange(1, 20)} {chance.randrange(10)}AB"
            address, income = f"{chance.randrange(99)} High Street", chance.choice(("", chance.randrange(90_000)))
            contacts = (f"a{number}@b.org", "01632 960001", "Jean Smith")
            out.writerow((f"{name} {number}", charity, postcode, address, *contacts, income, name))


def bare(path: Path, folder: Path) -> float:
    """Seconds for the same rows into one plain table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        return _bare.seconds([f"c{place}" for place, _ in enumerate(next(rows))], rows, folder)


def child(path: Path, deed: str) -> None:
    """In a process of its own: try or import, and print what it took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "trellis.settings"
    import django

    django.setup()
    from trellis.core.actors import COMMAND_LINE
    from trellis.organisations.commands import record_source
    from trellis.organisations.imports import lists, runs, sheets
    from trellis.organisations.models import ImportRun, SourceList

    source = SourceList.objects.filter(code="list").first() or record_source(
        values={"name": "list", "owner": "Us", "terms": "own", "contact_basis": "none"}, by=COMMAND_LINE
    )
    started = time.perf_counter()
    if deed == "try":
        sheet = sheets.sheet_at(path)
        run = ImportRun.objects.create(
            source=source, mapping=lists.proposal(sheet, source), reference="IMP-TRY", status="checking"
        )
        outcome, *_ = lists.trial(run, sheet)
        counts = {"added": outcome.added, "unchanged": outcome.unchanged}
    else:
        run = lists.import_organisations(path=path, by=COMMAND_LINE, source="list")
        counts = {name: getattr(run, name) for name in runs.COUNTS}
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak} | counts))


def measure(rows: int) -> dict[str, float]:
    """Print what each deed took; the peak memory of each, in megabytes."""
    peaks = {}
    with tempfile.TemporaryDirectory(prefix="trellis-bench-") as name:
        folder = Path(name)
        path = folder / "list.csv"
        generate(path, rows)
        environment = _bare.environment(folder)
        _bare.prepare(folder)
        plain = bare(path, folder)
        print(f"rows {rows:,} ({path.stat().st_size / 1e6:,.0f} MB); bare {_bare.NAME} {plain:.2f} s")
        for deed in ("try", "import", "again"):
            run = [sys.executable, "-m", "benchmarks.import_lists", "--child", str(path), "--deed", deed]
            answer = subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=_bare.ROOT)
            told = json.loads(answer.stdout.splitlines()[-1])
            wanted = "unchanged" if deed == "again" else "added"
            if told[wanted] != rows:
                sys.exit(f"The import is wrong: {told}")
            peaks[deed] = told["peak"]
            print(f"{deed:<7} {told['seconds']:8.2f} s   ratio {told['seconds'] / plain:6.1f}   "
                  f"peak memory {told['peak']:,.0f} MB", flush=True)  # fmt: skip
    return peaks


def main() -> None:
    """Measure each size, and how memory grows with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[50_000, 200_000])
    parser.add_argument("--child", type=Path)
    parser.add_argument("--deed", default="import")
    options = parser.parse_args()
    if options.child:
        child(options.child, options.deed)
        return
    peaks = [measure(rows) for rows in options.rows]
    grown = (max(peaks[-1].values()) - max(peaks[0].values())) * 1024 * 1024
    if len(peaks) > 1:
        print(f"{grown / (options.rows[-1] - options.rows[0]):,.0f} bytes of memory more for each row more")


if __name__ == "__main__":
    main()
