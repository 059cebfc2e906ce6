"""Nothing that is published gives a small number away: tried against an attacker who tries every possibility."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.commissioning.rules.findings_suppression import Published, publish, publish_share, publish_union

THRESHOLD = 4


def possible(published: Published) -> list[tuple[int, ...]]:
    """The slow twin: every table that an attacker who knows the method must hold possible."""
    total = published.total
    assert total is not None
    hidden = [place for place, count in enumerate(published.counts) if count is None]
    rest = total - sum(count for count in published.counts if count is not None)
    least = 0 if len(hidden) == len(published.counts) else 1  # nought is withheld only when all is
    tables = []
    for guess in product(range(least, rest + 1), repeat=len(hidden)):
        if sum(guess) == rest:
            table = list(published.counts)
            for place, count in zip(hidden, guess, strict=True):
                table[place] = count
            tables.append(tuple(table))
    return tables


tables = st.lists(st.integers(0, 9), min_size=2, max_size=5)


@given(tables)
def test_no_small_number_is_shown(counts):
    published = publish(counts, threshold=THRESHOLD)
    for shown in (*published.counts, published.total):
        assert shown is None or shown == 0 or shown >= THRESHOLD


@given(tables)
def test_what_is_shown_is_true(counts):
    published = publish(counts, threshold=THRESHOLD)
    assert all(shown in (None, count) for shown, count in zip(published.counts, counts, strict=True))
    assert published.total in (None, sum(counts))


@given(tables)
def test_no_small_number_can_be_worked_out(counts):
    """Neither one that is withheld, nor the sum of those that are."""
    published = publish(counts, threshold=THRESHOLD)
    if published.total is None:
        assert set(published.counts) == {None}
        return
    guesses = possible(published)
    assert tuple(counts) in guesses
    hidden = [place for place, shown in enumerate(published.counts) if shown is None]
    assert all(len({guess[place] for guess in guesses}) > 1 for place in hidden)
    assert not hidden or sum(counts[place] for place in hidden) >= THRESHOLD


@given(tables)
def test_nothing_is_withheld_without_need(counts):
    if all(count == 0 or count >= THRESHOLD for count in counts):
        assert publish(counts, threshold=THRESHOLD) == Published(tuple(counts), sum(counts))


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ((20, 10, 8), (20, 10, 8), 38),
        ((20, 10, 2), (20, None, None), 32),
        ((20, 10, 0, 2), (20, None, 0, None), 32),
        ((20, 3, 2), (20, None, None), 25),
        ((20, 1, 1), (None, None, None), 22),
        ((1, 1, 1, 1, 1), (None,) * 5, 5),
        ((9, 0), (9, 0), 9),
        ((2, 1), (None, None), None),
        ((0, 0), (0, 0), 0),
        ((2, 3), (None, None), 5),
    ],
)
def test_tables_as_they_are_published(counts, shown, total):
    assert publish(counts, threshold=5) == Published(shown, total)


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_share_is_shown_when_neither_side_is_small(count, others):
    shown = publish_share(count, count + others, threshold=5)
    is_small = any(0 < number < 5 for number in (count, others))
    assert shown == (None if is_small else count)


@pytest.mark.parametrize(
    ("together", "parts", "shown"),
    [
        (40, (40,), 40),
        (40, (20, 30), 40),
        (40, (20, 38), None),  # 2 people said the first and not the second
        (40, (3, 38), None),
        (3, (3,), None),
        (40, (), 40),
    ],
)
def test_a_sum_over_themes_does_not_tell_what_one_of_them_withholds(together, parts, shown):
    assert publish_union(together, parts, 100, threshold=5) == shown
