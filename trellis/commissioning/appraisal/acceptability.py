"""How often each option comes first, second, third when nobody knows the weights.

The rank acceptability index of Lahdelma and Salminen, SMAA-2 (Operations Research 49:3, 2001), with no preference among
weights.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from trellis.commissioning.appraisal.values import Values

CHUNK = 4096  # draws at a time: few enough for the processor's cache, and memory does not grow with the draws


@dataclass(frozen=True)
class Acceptability:
    """The share of draws in which each option has each rank, rank 1 first, and the standard error of each share."""

    shares: tuple[tuple[float, ...], ...]
    errors: tuple[tuple[float, ...], ...]


def rank_acceptability(values: Values, *, draws: int, seed: int) -> Acceptability:
    """Rank the options under `draws` sets of weights, each as likely as any other that sums to 1.

    Independent exponentials over their sum are uniform on the simplex; the sum is the same for every option, so the
    ranks need no division by it. Ties take the order of the options. The standard error of a share p is √(p(1−p)/N).
    The same seed gives the same shares on every machine: each sum is added up in the same order, in no library of
    linear algebra, so options of equal values stay tied.
    """
    worth = np.array([[float(value) for value in row] for row in values])
    source = np.random.default_rng(seed)
    counts = np.zeros((len(worth), len(worth)), dtype=np.int64)
    for start in range(0, draws, CHUNK):
        size = min(CHUNK, draws - start)
        weights = source.standard_exponential((size, worth.shape[1])).T.copy()
        for option, ranks in enumerate(_ranks(_totals(worth, weights))):
            counts[option] += np.bincount(ranks, minlength=len(worth))
    shares = counts / draws
    errors = np.sqrt(shares * (1 - shares) / draws)
    return Acceptability(_rows(shares), _rows(errors))


def _totals(worth: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The value of each option (down) in each draw (across)."""
    totals = np.zeros((len(worth), weights.shape[1]))
    part = np.empty_like(totals)
    for column, weight in zip(worth.T, weights, strict=True):
        totals += np.multiply(column[:, None], weight, out=part)
    return totals


def _ranks(totals: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many options are ahead of each one in each draw: quicker by pairs than by sorting, and ties are said once."""
    ranks = np.zeros(totals.shape, dtype=np.intp)
    for one, other in combinations(range(len(totals)), 2):
        ahead = totals[one] >= totals[other]
        ranks[other] += ahead
        ranks[one] += ~ahead
    return ranks


def _rows(table: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())
