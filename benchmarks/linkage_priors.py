"""Estimate what the kinds of pairs look like, on made-up lists with their true ids, for linkage to begin with.

    .venv/bin/python -m benchmarks.linkage_priors

The lists are of two makers, have other seeds than those that linkage is measured on, and are mixed of easy and hard
ones.
"""

import csv
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks._lists import FIELDS as CELLS
from benchmarks._lists import STYLES, Row, fifteen, mark
from benchmarks._west import CARELESS, RECKLESS, SPARSE, Care, Maker
from trellis.organisations.linkage import linking, training

TARGET = Path(training.__file__).with_name("priors.toml")
SMOOTHING = 0.5  # pairs that each level has been seen in beforehand
NAMESAKES = 0.3  # made-up names are made of fewer words than real ones, and more of them are alike by chance
ONE_DOMAIN = 2  # the level of web from which two rows have a domain of their own in common
HERE = 3  # the level of place from which two rows are at one address


def labelled() -> list[tuple[np.ndarray, np.ndarray]]:
    """Patterns of pairs and whether each is one organisation, list by list."""
    lists = [
        mark(6_000, seed=101, hard=0.5), mark(10_000, seed=102), mark(1_000, seed=103),
        _fifteen_as_one(1_200, seed=104), Maker(201, Care()).rows(8_000), Maker(202, CARELESS).rows(8_000),
        Maker(203, RECKLESS).rows(5_000), Maker(204, SPARSE).rows(6_000),
    ]  # fmt: skip
    return [_patterns(rows) for rows in lists]


def _fifteen_as_one(organisations: int, seed: int) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for (path, true_ids), style in zip(fifteen(Path(folder), organisations, seed), STYLES, strict=True):
            with path.open(encoding=style.encoding, newline="") as file:
                read = list(csv.DictReader(file, delimiter=style.delimiter))
            for true_id, row in zip(true_ids, read, strict=True):
                rows.append(Row(true_id, {field: row.get(style.headings.get(field, ""), "") for field in CELLS}))
    return rows


def _patterns(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    compared = linking.compared([{"id": str(number)} | row.cells for number, row in enumerate(rows)])
    true = np.array([rows[int(row.ids[0])].true_id for row in compared.rows])
    return compared.patterns, true[compared.left] == true[compared.right]


def kinds(patterns: np.ndarray, one: np.ndarray) -> np.ndarray:
    """The kind of each pair, of those that the model tells apart."""
    name, place, phone = patterns[:, 0], patterns[:, 1], patterns[:, 2]
    relative = np.isin(
        name, [training.likeness.LEVEL[kind] for kind in ("swap", "swap-generic", "place", "number", "trading")]
    )
    here = (place >= HERE) | (phone > 0)
    named = name >= training.likeness.LEVEL["part-telling-common"]
    moved = (place != training.UNKNOWN) & (place < HERE)
    conditions = {
        "moved": one & moved, "same": one, "twin": relative & (patterns[:, 3] >= ONE_DOMAIN), "sister": relative & here,
        "branch": relative, "neighbour": here, "namesake": named,
    }  # fmt: skip
    numbers = [training.KINDS.index(kind) for kind in conditions]
    return np.select(list(conditions.values()), numbers, training.KINDS.index("stranger"))


def main() -> None:
    totals = {field: np.full((len(training.KINDS), training.LEVELS[field]), SMOOTHING) for field in training.FIELDS}
    shares = np.zeros(len(training.KINDS))
    for patterns, one in labelled():
        of = kinds(patterns, one)
        weight = 10_000 / len(of)  # each list counts alike
        shares += np.bincount(of, minlength=len(training.KINDS)) * weight
        for place, field in enumerate(training.FIELDS):
            seen = patterns[:, place] != training.UNKNOWN
            np.add.at(totals[field], (of[seen], patterns[seen, place]), weight)
    totals["number"][training.OTHERS, :] = totals["number"][training.OTHERS, :].sum(axis=0)  # so few have a number
    same, twin = (training.KINDS.index(kind) for kind in ("same", "twin"))
    for field in ("place", "phone"):  # a trading arm is where its owner is
        totals[field][twin] += totals[field][same] * totals[field][twin].sum() / totals[field][same].sum()
    _misspell_namesakes(totals["name"])
    shares[training.KINDS.index("namesake")] *= NAMESAKES
    TARGET.write_text(written(shares / shares.sum(), totals), encoding="utf-8")
    print(f"Wrote {TARGET.name}.", file=sys.stderr)


def _misspell_namesakes(names: np.ndarray) -> None:
    """Namesakes are misspelt as often as one organisation's own name is."""
    same, namesake = (training.KINDS.index(kind) for kind in ("same", "namesake"))
    for rarity in ("rare", "place"):
        levels = [training.likeness.LEVEL[f"{kind}-{rarity}"] for kind in ("near", "exact")]
        names[namesake, levels] = names[namesake, levels].sum() * _part(names[same, levels])


def _part(counts: np.ndarray) -> np.ndarray:
    return counts / counts.sum()


def written(shares: np.ndarray, totals: dict[str, np.ndarray]) -> str:
    """The priors as TOML."""
    lines = [
        "# What each kind of pair looks like before a list is seen: how often each level of each comparison is met.",
        "# Estimated on made-up lists by benchmarks/linkage_priors.py.", "", "[shares]",
        *(f"{kind} = {share:.4f}" for kind, share in zip(training.KINDS, shares, strict=True)),
    ]  # fmt: skip
    for field, table in totals.items():
        part = table / table.sum(axis=1, keepdims=True)
        lines += ["", f"[{field}]"]
        lines += [
            f"{kind} = [{', '.join(f'{value:.5f}' for value in row)}]"
            for kind, row in zip(training.KINDS, part, strict=True)
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
