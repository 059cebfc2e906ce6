"""Clusters: the surest first, and never two registered numbers in one."""

from collections import defaultdict
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.organisations.linkage.clusters import clusters
from trellis.organisations.linkage.records import Record

NUMBERS = st.sampled_from(["", "1", "2", "3"])
ROWS = st.lists(st.builds(Record, charity=NUMBERS, company=NUMBERS), min_size=2, max_size=9)


@st.composite
def rows_and_pairs(draw):
    rows = draw(ROWS)
    places = st.sampled_from(list(combinations(range(len(rows)), 2)))
    chances = draw(st.dictionaries(places, st.floats(0, 1), max_size=20))
    return rows, [(chance, *pair) for pair, chance in chances.items()]


@settings(max_examples=100, deadline=None)
@given(rows_and_pairs(), st.floats(0, 1))
def test_no_cluster_has_two_numbers_whatever_the_pairs_say(drawn, threshold):
    rows, pairs = drawn
    members = defaultdict(set)
    for row, first in zip(rows, clusters(rows, [()] * len(rows), pairs, threshold), strict=True):
        members[first].add((row.charity, row.company))
    for numbers in members.values():
        assert len({charity for charity, _ in numbers} - {""}) <= 1
        assert len({company for _, company in numbers} - {""}) <= 1


@settings(max_examples=60, deadline=None)
@given(rows_and_pairs(), st.randoms())
def test_the_order_of_the_pairs_changes_nothing(drawn, chance):
    rows, pairs = drawn
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    names = [()] * len(rows)
    assert clusters(rows, names, pairs, 0.5) == clusters(rows, names, shuffled, 0.5)


def test_one_sure_link_does_not_join_two_clusters_that_the_rest_speaks_against():
    rows = [Record()] * 4
    pairs = [(0.99, 0, 1), (0.99, 2, 3), (0.6, 1, 2), (0.01, 0, 2), (0.01, 0, 3), (0.01, 1, 3)]
    assert clusters(rows, [()] * 4, pairs, 0.5) == [0, 0, 2, 2]


def test_a_row_with_only_a_name_holds_no_two_places_together():
    at_home, away, bare = Record(phone="1622555111"), Record(phone="1282555222"), Record()
    pairs = [(0.96, 0, 2), (0.97, 1, 2), (0.45, 0, 1)]
    assert clusters([at_home, away, bare], [()] * 3, pairs, 0.5) == [0, 1, 1]
    assert clusters([bare] * 3, [()] * 3, pairs, 0.5) == [0, 0, 0]  # in a list of names each is as good as the other


def test_links_below_the_threshold_join_nothing():
    assert clusters([Record()] * 2, [(), ()], [(0.49, 0, 1)], 0.5) == [0, 1]
