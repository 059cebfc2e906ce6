"""An appraisal of 12 options by 20 criteria with 100,000 draws of weights, against the same in bare NumPy.

    python -m benchmarks.appraisal [--times 9] [--options 12] [--criteria 20] [--draws 100000]

One run: by turns, so that a busy machine slows both alike. The bare one draws Dirichlet weights, multiplies two
matrices, sorts and counts, all at once and nothing else. Ours is the whole appraisal from the file's object: checks,
exact weights and values, crossings, dominance, and the same ranks by chunks. Prints the median of each, their ratio,
the memory that each takes beyond the start, and by how many standard errors their shares differ at most.
"""

import argparse
import random
import tracemalloc
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from trellis.commissioning.appraisal import acceptability, appraise, reading


def made_up(options: int, criteria: int) -> dict:
    """An appraisal with scores by chance, the same ones each time."""
    chance = random.Random(20160712)
    names = [f"criterion {number}" for number in range(criteria)]
    return {
        "options": [f"option {number}" for number in range(options)],
        "criteria": [
            {"name": name, "swing": chance.randint(10, 100), "scale": "fixed", "worst": 0, "best": 100}
            for name in names
        ],
        "scores": {f"option {number}": {name: chance.randint(0, 100) for name in names} for number in range(options)},
    }


def bare(worth: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """The share of draws in which each option has each rank, in five lines of NumPy."""
    weights = np.random.default_rng(seed).dirichlet(np.ones(worth.shape[1]), size=draws)
    order = np.argsort(-(weights @ worth.T), axis=1, kind="stable")
    counts = np.zeros((len(worth), len(worth)), dtype=np.int64)
    for rank in range(len(worth)):
        counts[:, rank] = np.bincount(order[:, rank], minlength=len(worth))
    return counts / draws


def most_memory(work: Callable[[], object]) -> float:
    """The most that a piece of work holds at once beyond what there was, in megabytes."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Time each by turns and print."""
    parser = argparse.ArgumentParser(description="Time an appraisal.")
    for name, default in (("times", 9), ("options", 12), ("criteria", 20), ("draws", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    document = made_up(asked.options, asked.criteria)
    problem = reading.problem(document)
    values = appraise(problem, draws=1).leaf_values
    worth = np.array(values, dtype=float)
    works: dict[str, Callable[[], object]] = {
        "bare NumPy": lambda: bare(worth, asked.draws, 1),
        "ours, ranks alone": lambda: acceptability.rank_acceptability(values, draws=asked.draws, seed=1),
        "ours, the whole": lambda: appraise(reading.problem(document), draws=asked.draws, seed=1),
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(asked.times + 1):
        for name, work in works.items():
            began = perf_counter()
            work()
            spent[name].append(perf_counter() - began)
    medians = {name: median(times[1:]) for name, times in spent.items()}  # the first only warms up
    print(f"{asked.options} options × {asked.criteria} criteria, {asked.draws:,} draws")
    for name, taken in medians.items():
        ratio = taken / medians["bare NumPy"]
        print(f"{name:20} {taken * 1000:7.1f} ms  {ratio:5.2f} × bare NumPy  {most_memory(works[name]):7.1f} MB")
    ours = appraise(problem, draws=asked.draws, seed=1).acceptability
    theirs = bare(worth, asked.draws, 2)
    apart = np.abs(np.array(ours.shares) - theirs) / np.maximum(np.sqrt(2) * np.array(ours.errors), 1 / asked.draws)
    print(f"shares differ by at most {apart.max():.1f} standard errors of a difference")


if __name__ == "__main__":
    main()
