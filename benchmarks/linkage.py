"""How well and how fast linkage finds the rows that are one organisation, beside what others would use.

    script/bench linkage                                    20,000 rows; makes .venv-bench
    .venv-bench/bin/python -m benchmarks.linkage --rows 100000

Each method in a process of its own, on the same list with true ids. The others are given telephone numbers and
postcodes in one form, and of the thresholds the one that is best on this list; `recordlinkage` also learns from
labels of another list, and `dedupe` from pairs of this one. Ours gets the list as it is, no labels, and its own
threshold.
"""

import argparse
import io
import json
import multiprocessing
import queue
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import combinations

import numpy as np

from benchmarks import _west
from benchmarks._lists import Row, mark
from trellis.organisations.linkage import folding

Labels = list[int]
THRESHOLDS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
WEIGHTS = (0, 5, 10, 15, 20, 22, 24, 26, 28, 30, 35, 40)  # thresholds of Splink: log2 of the odds
NO_WORDS = re.compile(r"\b(?:the|ltd|limited|cic|cio|of|and|for)\b|[^a-z0-9 ]")
SITE = re.compile(r"^(?:https?://)?(?:www\.)?|/$")
BLOCKS_FROM = 2_000  # rows that dedupe learns its blocks on
ASKED = 300  # pairs of each sort that a user of dedupe is asked about
LABELLED = 4_000  # rows of another list that the others learn from
RESAMPLED = 300
PLAIN_FIELDS = ("name", "postcode", "address", "town", "phone", "email", "website", "charity_no", "company_no")
ONE_BLOCK = 60  # rows of a block of the naive methods


def ours(rows: list[Row]) -> Iterable[Labels]:
    """What `trellis link_list` does, without a file."""
    import pyarrow as pa

    from trellis.organisations.linkage import link

    table = pa.Table.from_pylist([{"id": f"{number:07}", **row.cells} for number, row in enumerate(rows)])
    found = link(table, threshold=0.5)
    return [_numbered([found.clusters[f"{number:07}"] for number in range(len(rows))])]


def exact(rows: list[Row]) -> Iterable[Labels]:
    """One name and postcode, one charity number, or one name and telephone number."""
    plain = _plain(rows)
    keys = [("name", "postcode"), ("charity_no",), ("name", "phone")]
    return [_components(len(rows), [pair for key in keys for pair in _blocked(plain, key, ONE_BLOCK * 10)])]


def naive(rows: list[Row]) -> Iterable[Labels]:
    """Names that rapidfuzz finds alike, among rows with one postcode, telephone number or first word."""
    from rapidfuzz import fuzz

    plain = _plain(rows)
    for row in plain:
        row["first"] = (row["name"] or "").split(" ")[0]
    pairs = {
        pair for key in ("postcode", "phone", "charity_no", "name", "first") for pair in _blocked(plain, (key,), 400)
    }
    scored = [(fuzz.token_sort_ratio(plain[one]["name"], plain[two]["name"]) / 100, one, two) for one, two in pairs]
    return _at_thresholds(len(rows), scored)


def splink(rows: list[Row]) -> Iterable[Labels]:
    """Splink as its documents begin: ready-made comparisons, u from random pairs, m by EM, clusters by threshold."""
    import splink.comparison_library as cl
    from splink import block_on

    comparisons = [
        cl.JaroWinklerAtThresholds("name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("address", [2]), cl.ExactMatch("town"),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True), cl.EmailComparison("email"),
        cl.ExactMatch("website"), cl.ExactMatch("charity_no"), cl.ExactMatch("company_no"),
    ]  # fmt: skip
    keys = ("name", "postcode", "phone", "email", "website", "charity_no")
    blocked = [*map(block_on, keys), block_on("substr(name,1,6)", "town")]
    trained = [block_on("charity_no"), block_on("name")]
    return _splink(_plain(rows), comparisons, blocked, trained, [block_on("charity_no"), block_on("name", "postcode")])


def splink_with_care(rows: list[Row]) -> Iterable[Labels]:
    """Splink with names that were cleaned, its template for postcodes, more levels, wider blocks and more training."""
    import splink.comparison_library as cl
    from splink import block_on

    plain = _plain(rows)
    for row in plain:
        words = NO_WORDS.sub(" ", (row["name"] or "").replace("&", " ").replace("'", "")).split()
        row["name"], row["in_order"] = " ".join(words) or None, " ".join(sorted(set(words))) or None
        row["website"] = SITE.sub("", row["website"] or "") or None
    comparisons = [
        cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
        cl.PostcodeComparison("postcode"), cl.JaroWinklerAtThresholds("address", [0.95, 0.85]),
        cl.ExactMatch("town").configure(term_frequency_adjustments=True),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True), cl.EmailComparison("email"),
        cl.ExactMatch("website").configure(term_frequency_adjustments=True),
        cl.ExactMatch("charity_no"), cl.ExactMatch("company_no"),
    ]  # fmt: skip
    keys = ("in_order", "postcode", "phone", "email", "website", "charity_no", "company_no")
    blocked = [*map(block_on, keys), block_on("substr(name,1,6)"), block_on("substr(in_order,1,8)")]
    trained = [block_on(key) for key in ("charity_no", "in_order", "postcode", "phone")]
    known = [block_on("charity_no"), block_on("in_order", "postcode"), block_on("name", "phone")]
    return _splink(plain, comparisons, blocked, trained, known)


def _splink(plain: list[dict], comparisons: list, blocked: list, trained: list, known: list) -> Iterable[Labels]:
    import pyarrow as pa
    from splink import DuckDBAPI, Linker, SettingsCreator

    columns = {name: pa.array([row[name] for row in plain], pa.string()) for name in plain[0]}
    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocked
    )
    table = DuckDBAPI().register(pa.table({"unique_id": list(range(len(plain)))} | columns))
    linker = Linker(table, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(known, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in trained:
        with suppress(ValueError):  # Splink refuses a round that leaves a level without any pair
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_weight=min(WEIGHTS), warning_mode="never").as_pyarrow_table()
    scored = list(
        zip(*(pairs[name].to_pylist() for name in ("match_weight", "unique_id_l", "unique_id_r")), strict=True)
    )
    return _at_thresholds(len(plain), scored, WEIGHTS)


def dedupe(rows: list[Row]) -> Iterator[Labels]:
    """dedupe, with pairs of this very list as its user would have labelled them.

    Without predicates that need an index: it makes one of each while it prepares to ask, whether they are used later or
    not (dedupeio/dedupe issue 759), and was not done with that after twelve minutes. It learns its blocks on the first
    rows, because what it keeps of 20,000 took more than 13 GB.
    """
    import dedupe as dd
    from dedupe import variables
    from joblib.externals.loky import get_reusable_executor

    plain = _plain(rows)
    data = {number: {name: row[name] for name in PLAIN_FIELDS} for number, row in enumerate(plain)}
    one, two = _labelled(rows, plain)
    told = {"match": one, "distinct": two}
    said = {kind: [{"__class__": "tuple", "__value__": [data[a], data[b]]} for a, b in told[kind]] for kind in told}
    strings = [variables.String(name, has_missing=True) for name in ("postcode", "address", "email", "website")]
    exact = [variables.Exact(name, has_missing=True) for name in ("phone", "charity_no", "company_no")]
    fields = [variables.String("name"), *strings, *exact]
    for variable in fields:
        variable.predicates = [one for one in variable.predicates if not hasattr(one, "index")]
    model = dd.Dedupe(fields, num_cores=1, in_memory=True)
    some = {number: data[number] for number in range(min(BLOCKS_FROM, len(rows)))}
    model.prepare_training(some, training_file=io.StringIO(json.dumps(said)))
    model.train(index_predicates=False)
    scores = np.array(model.score(model.pairs(data)))
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        labels = list(range(len(rows)))
        for members, _ in model.cluster(scores.copy(), threshold):
            for member in members:
                labels[member] = members[0]
        yield labels
    get_reusable_executor().shutdown()  # scikit-learn's helpers, which would keep this process from ending


def _labelled(rows: list[Row], plain: list[dict]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of one organisation and of two, as many of each: those that share a postcode, telephone or first word."""
    for row in plain:
        row["first"] = (row["name"] or "").split(" ")[0]
    pairs = sorted({pair for key in ("postcode", "phone", "first") for pair in _blocked(plain, (key,), 40)})
    random.Random(1).shuffle(pairs)
    same = [pair for pair in pairs if rows[pair[0]].true_id == rows[pair[1]].true_id]
    other = [pair for pair in pairs if rows[pair[0]].true_id != rows[pair[1]].true_id]
    return same[:ASKED], other[:ASKED]


def recordlinkage(rows: list[Row]) -> Iterable[Labels]:
    """recordlinkage's comparisons, with gradient boosting on labelled pairs of another list."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    of_west = rows[0].true_id.startswith("W")  # labels are of the maker whose list is linked
    learned = _west.Maker(99).rows(LABELLED) if of_west else mark(LABELLED, seed=99)
    known, pairs = _compared(learned)
    labels = [learned[one].true_id == learned[two].true_id for one, two in pairs]
    model = HistGradientBoostingClassifier(random_state=1).fit(known, labels)
    values, pairs = _compared(rows)
    chances = model.predict_proba(values)[:, 1]
    return _at_thresholds(len(rows), [(chance, *pair) for chance, pair in zip(chances, pairs, strict=True)])


def _compared(rows: list[Row]):
    import pandas as pd
    import recordlinkage as rl

    cells = _plain(rows)
    for row in cells:
        row["first"] = (row["name"] or "").split(" ")[0]
    keys = [("postcode",), ("phone",), ("email",), ("website",), ("charity_no",), ("name",), ("first", "town")]
    pairs = sorted({pair for key in keys for pair in _blocked(cells, key, 400)})
    plain, candidates = pd.DataFrame(cells).fillna(""), pd.MultiIndex.from_tuples(pairs)
    compare = rl.Compare()
    for method in ("jarowinkler", "qgram", "cosine"):
        compare.string("name", "name", method=method, label=method)
    compare.string("address", "address", method="jarowinkler", missing_value=-1, label="address")
    for key in ("postcode", "phone", "email", "website", "charity_no", "company_no", "town"):
        compare.exact(key, key, label=key)
    values = compare.compute(candidates, plain)
    one, two = (candidates.get_level_values(level).to_numpy() for level in (0, 1))
    for key in ("postcode", "phone", "email", "website", "charity_no", "company_no", "town", "address"):
        column = plain[key].to_numpy()
        values.loc[(column[one] == "") | (column[two] == ""), key] = np.nan
    return values.to_numpy(), pairs


METHODS: dict[str, Callable[[list[Row]], Iterable[Labels]]] = {
    "ours": ours, "exact keys": exact, "rapidfuzz": naive, "default Splink": splink,
    "Splink with care": splink_with_care, "recordlinkage, labels": recordlinkage, "dedupe, labels": dedupe,
}  # fmt: skip


def _plain(rows: Sequence[Row]) -> list[dict[str, str | None]]:
    """The cells in small letters, telephone numbers and postcodes in one form, None for nothing."""
    plain = []
    for row in rows:
        cells = {name: " ".join(row.cells[name].lower().split()) or None for name in PLAIN_FIELDS}
        cells["phone"] = folding.phone(row.cells["phone"]) or None
        code = row.cells["postcode"].upper().replace(" ", "")
        cells["postcode"] = f"{code[:-3]} {code[-3:]}" if code else None
        plain.append(cells)
    return plain


def _blocked(rows: Iterable[dict], key: tuple[str, ...], most: int) -> Iterable[tuple[int, int]]:
    blocks = defaultdict(list)
    for number, row in enumerate(rows):
        if all(row[name] for name in key):
            blocks[tuple(row[name] for name in key)].append(number)
    return (pair for some in blocks.values() if len(some) <= most for pair in combinations(some, 2))


def _at_thresholds(
    number: int, scored: list[tuple[float, int, int]], thresholds: Sequence[float] = THRESHOLDS
) -> Iterator[Labels]:
    for threshold in thresholds:
        yield _components(number, [(one, two) for score, one, two in scored if score >= threshold])


def _components(number: int, pairs: Iterable[tuple[int, int]]) -> Labels:
    parent = list(range(number))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, two in pairs:
        parent[root(one)] = root(two)
    return [root(one) for one in range(number)]


def _numbered(labels: Sequence[object]) -> Labels:
    numbers: dict[object, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


def quality(rows: Sequence[Row], labels: Labels) -> dict[str, list[float]]:
    """Pairwise and B-cubed precision, recall and F1, each with its 95% interval from resampled organisations."""
    true = [row.true_id for row in rows]
    both, said, there = Counter(zip(true, labels, strict=True)), Counter(labels), Counter(true)
    organisations = {one: place for place, one in enumerate(there)}
    sums = np.zeros((len(organisations), 6))
    for one, label in zip(true, labels, strict=True):
        right = both[one, label]
        sums[organisations[one]] += (
            right - 1, said[label] - 1, there[one] - 1, right / said[label], right / there[one], 1
        )  # fmt: skip
    drawn = np.random.default_rng(1).integers(len(sums), size=(RESAMPLED, len(sums)))
    resampled = np.array([_measures(sums[some].sum(axis=0)) for some in drawn])
    low, high = np.percentile(resampled, [2.5, 97.5], axis=0)
    names = [f"{kind} {what}" for kind in ("pairwise", "b-cubed") for what in ("precision", "recall", "f1")]
    values = _measures(sums.sum(axis=0))
    return {name: [values[place], low[place], high[place]] for place, name in enumerate(names)}


def _measures(sums: np.ndarray) -> list[float]:
    right, said, there, precision, recall, rows = sums.tolist()
    pairwise = (right / said if said else 1.0, right / there if there else 1.0)
    cubed = (precision / rows, recall / rows)
    return [value for p, r in (pairwise, cubed) for value in (p, r, 2 * p * r / (p + r) if p + r else 0.0)]


def measured(name: str, number: int, hard: float | None, answer) -> None:
    """Run one method on the list, of the second maker without `hard`, and put what came of it into `answer`.

    The clock stops at its first labels: that others are tried at every threshold is for their best, and costs no time.
    """
    rows = mark(number, hard=hard) if hard is not None else _west.Maker(1).rows(number)
    before, began = time.process_time(), time.perf_counter()
    found = iter(METHODS[name](rows))
    first = next(found)
    took, processor = time.perf_counter() - began, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    best = max((quality(rows, labels) for labels in (first, *found)), key=lambda one: one["pairwise f1"][0])
    answer.put({"method": name, "seconds": took, "processor": processor, "megabytes": memory, **best})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--hard", type=float, default=0.6, help="how carelessly rows are written; 1 is very")
    parser.add_argument("--west", action="store_true", help="a list of the second maker")
    parser.add_argument("--limit", type=float, default=1_800, help="seconds after which a method is given up")
    parser.add_argument("--methods", nargs="*", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    if not asked.json:
        print("| method | pairwise P | R | F1 (95%) | B-cubed F1 (95%) | s | processor s | MB |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name in asked.methods:
        answer = context.Queue()
        hard = None if asked.west else asked.hard
        process = context.Process(target=measured, args=(name, asked.rows, hard, answer))
        process.start()
        found = _answer(process, answer, asked.limit)
        if not found:
            print(f"{name} failed, or was not done after {asked.limit:.0f} s.", flush=True)
            continue
        print(json.dumps(found) if asked.json else _line(found), flush=True)


def _answer(process, answer, limit: float) -> dict | None:
    """What a process answers, or nothing where it ends without or takes longer than `limit` seconds."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        try:
            return answer.get(timeout=1)
        except queue.Empty:
            if not process.is_alive():
                break
    process.kill()
    return None


def _line(found: dict) -> str:
    interval = {name: "{:.3f} ({:.3f} to {:.3f})".format(*found[name]) for name in ("pairwise f1", "b-cubed f1")}
    return (
        f"| {found['method']} | {found['pairwise precision'][0]:.3f} | {found['pairwise recall'][0]:.3f} "
        f"| {interval['pairwise f1']} | {interval['b-cubed f1']} "
        f"| {found['seconds']:.1f} | {found['processor']:.1f} | {found['megabytes']:.0f} |"
    )


if __name__ == "__main__":
    main()
