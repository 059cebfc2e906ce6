"""The model that tells one organisation from its neighbours, branches and strangers, learned from the pairs themselves.

A latent class model: each pair is of one of eight kinds, and within a kind the comparisons are independent. Two of the
kinds are one organisation: at one address, and moved. The others are twins (a trading arm with its owner's mailbox),
sisters (a club for another age), branches in other towns, neighbours (one building, one secretary), namesakes and
strangers. Expectation maximisation needs no labels; what the kinds look like to begin with (`priors.toml`) counts as
pairs too, so that a short list changes little of it.

Dempster, Laird and Rubin (1977); Winkler (1988) for linkage; Goodman (1974) for latent classes.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trellis.organisations.linkage import comparisons, likeness

FIELDS = comparisons.NAMES
LEVELS = {"name": len(likeness.KINDS), "place": 6, "phone": 3, "web": 4, "number": 3}
KINDS = ("same", "moved", "twin", "sister", "branch", "neighbour", "namesake", "stranger")
SAME = (0, 1)
OTHERS = (2, 3, 4, 5, 6, 7)
ROUNDS = 40
PART_OF_PAIRS, LEAST_PAIRS = 5.0, 50_000.0  # how many pairs the priors count for
SHARES_PART, LEAST_SHARES = 0.4, 3_000.0  # and how many for how often each kind is met
UNKNOWN = -1  # the level of a comparison of which one row says nothing


@dataclass(frozen=True)
class Model:
    """`shares`: of each kind among pairs; `chances`: by field, kind and level, as natural logarithms."""

    shares: np.ndarray
    chances: tuple[np.ndarray, ...]

    def log_odds(self, patterns: np.ndarray) -> np.ndarray:
        """For each pattern of levels and each kind, the logarithm of its share and likelihood."""
        found = np.tile(np.log(self.shares), (len(patterns), 1))
        for field, chance in enumerate(self.chances):
            level = patterns[:, field]
            found += np.where((level == UNKNOWN)[:, None], 0.0, chance[:, np.maximum(level, 0)].T)
        return found

    def kinds(self, patterns: np.ndarray) -> np.ndarray:
        """The probability of each kind for each pattern."""
        logs = self.log_odds(patterns)
        odds = np.exp(logs - logs.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def weights(self, patterns: np.ndarray) -> np.ndarray:
        """For each pattern and field, log2 of how many times likelier the level is for one organisation than for two.

        Within one and within two organisations, kinds count as far as the other fields let them.
        """
        kinds = self.kinds(patterns)
        found = np.zeros((len(patterns), len(self.chances)))
        for field, chance in enumerate(self.chances):
            level = patterns[:, field]
            given = np.exp(chance[:, np.maximum(level, 0)].T)
            others = kinds / given
            one = (others[:, SAME] * given[:, SAME]).sum(axis=1) / others[:, SAME].sum(axis=1)
            two = (others[:, OTHERS] * given[:, OTHERS]).sum(axis=1) / others[:, OTHERS].sum(axis=1)
            found[:, field] = np.where(level == UNKNOWN, 0.0, np.log2(one / two))
        return found


def distinct(patterns: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The patterns that there are, which of them each pair has, and how many pairs have each."""
    sizes = [levels + 1 for levels in LEVELS.values()]
    numbers = np.ravel_multi_index(tuple((patterns - UNKNOWN).T), sizes)
    found, places, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    return np.column_stack(np.unravel_index(found, sizes)) + UNKNOWN, places, counts


def priors() -> Model:
    """What the kinds look like before a list is seen."""
    given = tomllib.loads(Path(__file__).with_name("priors.toml").read_text(encoding="utf-8"))
    shares = np.array([given["shares"][kind] for kind in KINDS])
    chances = tuple(np.log(_normal(np.array([given[field][kind] for kind in KINDS]))) for field in FIELDS)
    return Model(shares / shares.sum(), chances)


def trained(patterns: np.ndarray, counts: np.ndarray, begin: Model) -> Model:
    """The model that fits so many pairs of each pattern, beginning with `begin`, which counts as pairs too."""
    pairs = float(counts.sum())
    trust = max(pairs * PART_OF_PAIRS, LEAST_PAIRS)
    model = begin
    prior_counts = [np.exp(chance) * (begin.shares[:, None] * trust + trust / 10) for chance in begin.chances]
    for _ in range(ROUNDS):
        expected = model.kinds(patterns) * counts[:, None]
        shares = expected.sum(axis=0) + begin.shares * max(pairs * SHARES_PART, LEAST_SHARES)
        chances = []
        for field, prior in enumerate(prior_counts):
            seen = np.zeros_like(prior)
            level = patterns[:, field]
            known = level != UNKNOWN
            np.add.at(seen.T, level[known], expected[known])
            chances.append(np.log(_normal(seen + prior)))
        model = Model(shares / shares.sum(), tuple(chances))
    return model


def _normal(table: np.ndarray) -> np.ndarray:
    return table / table.sum(axis=-1, keepdims=True)
