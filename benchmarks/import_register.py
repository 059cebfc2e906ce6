"""How long the register's import takes beside bare `executemany` or COPY of the same rows, and the memory it needs.

    .venv/bin/python -m benchmarks.import_register --rows 400000
    script/with-postgresql .venv/bin/python -m benchmarks.import_register --rows 400000

Both run in this one run, on the same file and database; ours in a process of its own. The bare one splits each line at
its tabs and puts it in one plain table without an index. Ours checks each row, keeps it as it came, compares it with
what was there, and writes the organisation, its numbers, year, district and search index, with a report.
"""

import argparse
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
    "Ash Vale Bramble Copper Beech Mill Lane Orchard Hill River Side Saint Mary Old Town New Hope Bright Green Field "
    "Harbour Light Oak Elm Friends Community Village Hall Youth Trust Society Association Centre Group Club Choir "
    "Pantry Garden Theatre School Parents Care Support Sports Cricket Football Heritage Arts Music Welfare Relief Fund"
).split()
AREAS = "ME CT TN DA BR SE SW NW LS YO BN RH GU OX CB NR".split()


def generate(path: Path, rows: int) -> None:
    """A main table like the real one: three in five with income, two in five with a company's number or none."""
    from trellis.organisations.imports.tables import CHARITY

    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(CHARITY.columns) + "\r\n")
        for number in range(rows):
            row = dict.fromkeys(CHARITY.columns, "")
            income = chance.choice(("", chance.randrange(500_000), chance.randrange(90_000)))
            row |= {
                "date_of_extract": "2018-07-02 00:00:00.0000000",
                "organisation_number": str(200_000 + number),
                "registered_charity_number": str(200_000 + number),
                "linked_charity_number": "0",
                "charity_name": " ".join(chance.sample(WORDS, 4)).upper() + f" {chance.randrange(3000)}",
                "charity_type": chance.choice(("Charitable company", "CIO", "Trust", "Other")),
                "charity_registration_status": "Registered" if chance.random() < 0.5 else "Removed",
                "date_of_registration": f"{chance.randrange(1962, 2018)}-03-06 00:00:00.0000000",
                "latest_income": str(income),
                "latest_expenditure": str(income),
                "latest_acc_fin_period_end_date": "2017-12-31 00:00:00.0000000" if income else "",
                "charity_contact_address1": f"{chance.randrange(1, 200)} {chance.choice(WORDS)} Road",
                "charity_contact_address2": chance.choice(WORDS),
                "charity_contact_postcode": f"{chance.choice(AREAS)}{chance.randrange(1, 20)} {chance.randrange(10)}AB",
                "charity_contact_phone": f"01632 {chance.randrange(960000, 961000)}",
                "charity_contact_email": f"office{number}@example.org",
                "charity_contact_web": "https://www.example.org",
                "charity_insolvent": "False",
                "charity_in_administration": "False",
                "charity_activities": " ".join(chance.choices(WORDS, k=30)),
            }
            file.write("\t".join(row.values()) + "\r\n")


def bare(path: Path, folder: Path) -> float:
    """Seconds for the same rows into one plain table."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(file).rstrip("\r\n").split("\t")
        return _bare.seconds(columns, (line.rstrip("\r\n").split("\t") for line in file), folder)


def ours(path: Path, folder: Path) -> dict:
    """What one import of ours reports, with its seconds and the peak memory of its process in megabytes."""
    run = [sys.executable, "-m", "benchmarks.import_register", "--child", str(path)]
    answer = subprocess.run(
        run, env=_bare.environment(folder), check=True, stdout=subprocess.PIPE, text=True, cwd=_bare.ROOT
    ).stdout
    return json.loads(answer.splitlines()[-1])


def child(path: Path) -> None:
    """In a process of its own: import, and print what it took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "trellis.settings"
    import django

    django.setup()
    from trellis.core.actors import COMMAND_LINE
    from trellis.organisations.imports import register, runs

    started = time.perf_counter()
    run = register.import_charities(path=path, by=COMMAND_LINE)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak} | {name: getattr(run, name) for name in runs.COUNTS}))


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--child", type=Path)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return
    with tempfile.TemporaryDirectory(prefix="trellis-bench-") as name:
        folder = Path(name)
        file = folder / "publicextract.charity.txt"
        generate(file, options.rows)
        _bare.prepare(folder)
        plain = bare(file, folder)
        first, second = ours(file, folder), ours(file, folder)
        if first["added"] != options.rows or second["unchanged"] != options.rows:
            sys.exit(f"The import is wrong: {first}, {second}")
        print(f"rows {options.rows:,} ({file.stat().st_size / 1e6:,.0f} MB)")
        print(f"{'bare ' + _bare.NAME:<17} {plain:8.2f} s")
        for label, run in (("first import", first), ("same again", second)):
            ratio = run["seconds"] / plain
            print(f"{label:<17} {run['seconds']:8.2f} s   ratio {ratio:5.2f}   peak memory {run['peak']:,.0f} MB")


if __name__ == "__main__":
    main()
