"""What pairs of records say about their organisations."""

import pytest

from trellis.organisations.between import between, chances, organisation_of
from trellis.organisations.linkage import Linkage, Pair, mean_between


def linkage(*pairs: tuple[str, str, float], apart: tuple[str, ...] = (), relation: str = "same") -> Linkage:
    """A linkage that finds these pairs, all of one cluster but for those that are kept apart."""
    found = [Pair(*pair, relation) for pair in pairs]
    ids = {one for left, right, _ in pairs for one in (left, right)}
    return Linkage(0.5, 0.05, 0.99, found, {one: one if one in apart else "all" for one in ids})


@pytest.mark.parametrize(("record", "whose"), [("12", 12), ("12.3", 12), ("120.12", 120)])
def test_a_record_says_whose_it_is(record, whose):
    assert organisation_of(record) == whose


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(linkage(("1", "2", 0.9)), [((1, 2), 0.9, True)], id="one-pair"),
        pytest.param(linkage(("1", "1.2", 0.9)), [], id="two-records-of-one"),
        pytest.param(linkage(("10", "9.2", 0.9)), [((9, 10), 0.9, True)], id="the-lower-number-first"),
        pytest.param(linkage(("1", "2", 0.7), ("1.2", "2.3", 0.9)), [((1, 2), 0.9, True)], id="the-surest-counts"),
        pytest.param(linkage(("1", "2", 0.9), apart=("2",)), [((1, 2), 0.9, False)], id="kept-apart"),
        pytest.param(linkage(("1", "2", 0.4), apart=("2",)), [((1, 2), 0.4, True)], id="too-little-by-itself"),
        pytest.param(
            linkage(("1", "2.2", 0.9), ("1", "2", 0.7), apart=("2.2",)),
            [((1, 2), 0.7, True)],
            id="together-first",
        ),
    ],
)
def test_of_two_organisations_the_pair_that_says_most_counts(found, expected):
    assert [(one.ids, one.pair.probability, one.may_be_one) for one in between(found)] == expected


def test_a_branch_is_no_double():
    (one,) = between(linkage(("1", "2", 0.4), relation="branch"))
    assert not one.is_same


@pytest.mark.parametrize(
    ("total", "seen", "one", "other", "mean"),
    [
        (0.9, 1, 1, 1, 0.9),
        (0.9, 1, 2, 1, 0.475),  # the pair that nobody saw counts as one of strangers
        (1.6, 2, 2, 1, 0.8),
        (0.9, 1, 100, 100, (0.9 + 143 * 0.05) / 144),  # of large clusters one does not expect to have seen all
        (160, 200, 100, 100, 0.8),
    ],
)
def test_the_mean_between_two_clusters_counts_pairs_that_were_not_seen(total, seen, one, other, mean):
    assert mean_between(total, seen, one, other) == pytest.approx(mean)


def test_chances_go_by_all_records_of_what_stands_for_them_by_now():
    pairs = linkage(("1", "3", 0.9), ("2", "3", 0.3), ("1", "2", 0.99), ("4", "3", 0.5)).pairs
    found = chances(pairs, {1: 1, 2: 1, 3: 3, 4: 4}, {1: 2, 3: 1, 4: 1})
    assert found == {(1, 3): pytest.approx(0.6), (3, 4): pytest.approx(0.5)}
