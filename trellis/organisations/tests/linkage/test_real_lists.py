"""Two real lists with their true ids: links are still found and right there, whatever helps made-up lists."""

import csv
from collections import Counter

import pyarrow as pa
import pytest

from trellis.organisations.linkage import link
from trellis.settings import ROOT

REAL = ROOT.parent / "shared" / "data" / "linkage"
Rows = list[tuple[str, dict[str, str]]]


def read(name: str) -> list[dict[str, str]]:
    path = REAL / name
    if not path.exists():
        pytest.skip("The real lists with true ids are not in ../shared/data.")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def centres() -> Rows:
    """Early-years centres in the United States: names and addresses only, true ids are of addresses."""
    fields = {"name": "Site name", "address": "Address", "postcode": "Zip"}
    rows = read("organisations_messy_us_true_ids.csv")
    return [(row["True Id"], {field: row[heading] for field, heading in fields.items()}) for row in rows]


def pairs_of_names() -> Rows:
    """Names alone, two and more of one organisation, many without a word in common."""
    rows = read("org_name_alias_pairs.csv")
    names = dict.fromkeys((row["org_id"], row[side]) for row in rows for side in ("name_a", "name_b"))
    return [(org_id, {"name": name}) for org_id, name in names]


def f1(rows: Rows) -> float:
    """The pairwise F1 of the clusters that are found."""
    table = pa.Table.from_pylist([{"id": f"{number:06}", **cells} for number, (_, cells) in enumerate(rows)])
    found = link(table, threshold=0.5).clusters
    true = [true_id for true_id, _ in rows]
    clusters = [found[f"{number:06}"] for number in range(len(rows))]
    sets = (Counter(zip(true, clusters, strict=True)), Counter(clusters), Counter(true))
    right, said, there = (sum(n * (n - 1) // 2 for n in some.values()) for some in sets)
    return 2 * right / (said + there)


def test_centres_in_the_united_states_are_linked():
    assert f1(centres()) > 0.86


def test_other_names_of_one_organisation_are_linked():
    assert f1(pairs_of_names()) > 0.78
