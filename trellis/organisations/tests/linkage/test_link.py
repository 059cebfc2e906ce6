"""Rows that are one organisation, from rows to clusters."""

import random
from collections import Counter

import pyarrow as pa
import pytest

from benchmarks._lists import mark
from benchmarks._west import Care, Maker
from trellis.organisations.linkage import link
from trellis.organisations.linkage.links import BRANCH, SAME, TRADING_ARM


def linked(*rows: dict, **options):
    return link(pa.Table.from_pylist([{"id": str(number), **row} for number, row in enumerate(rows)]), **options)


def together(found) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for one, cluster in found.clusters.items():
        members.setdefault(cluster, set()).add(one)
    return {frozenset(some) for some in members.values()}


def test_nothing_and_one_row_are_lists_too():
    assert link(pa.table({"id": pa.array([], pa.string()), "name": pa.array([], pa.string())})).clusters == {}
    assert linked({"name": "Ash Vale Club"}).clusters == {"0": "0"}
    assert linked({"name": None}, {"name": ""}).clusters == {"0": "0", "1": "1"}


def test_three_rows_are_enough():
    found = linked(
        {"name": "Ash Vale Youth Club", "postcode": "ME14 1XX"},
        {"name": "ASH VALE YTH CLUB LTD", "postcode": "me141xx", "phone": "01622 555111"},
        {"name": "Bramble Food Bank", "postcode": "CT9 1AB"},
    )
    assert together(found) == {frozenset("01"), frozenset("2")}
    (pair,) = [pair for pair in found.pairs if pair.probability > 0.5]
    assert (pair.left, pair.right, pair.relation) == ("0", "1", SAME)
    assert [said.words for said in pair.evidence if said.field == "place"] == ["One postcode, ME14 1XX"]
    assert all(said.weight > 0 for said in pair.evidence)


def test_a_space_that_one_row_lost_changes_nothing_for_the_others():
    words = ("Chess", "Choir", "Quilting", "Drama", "Cricket", "Judo", "Poetry", "Angling", "Bridge")
    clubs = [{"name": f"The Darwen {word} Club", "town": "Darwen"} for word in words]
    pair = [
        {"name": name, "postcode": "BB3 1AA", "phone": "01254 555111", "town": "Darwen"}
        for name in ("The Darwen Under Fives Playgroup", "Darwen Under Fives Playgroup")
    ]
    assert frozenset("01") in together(linked(*pair, *clubs, {"name": "TheDarwen Brass Band", "town": "Darwen"}))


def test_initials_are_no_slip_of_others_and_keep_their_last_letter():
    clubs = (
        "Inner Wheel Club of Thirsk",
        "IWCOT",
        "Inner Wheel Club of Pickering",
        "IWCOP",
        "St Clare Hill Music Society",
        "SCHMS",
    )
    rows = [
        {"name": name, "postcode": f"YO{place // 2} 1AA", "town": f"Town{place // 2}"}
        for place, name in enumerate(clubs)
    ]
    assert together(linked(*rows)) == {frozenset("01"), frozenset("23"), frozenset("45")}


def test_rows_that_are_all_the_same_are_one():
    found = linked(*[{"name": "Ash Vale Youth Club", "postcode": "ME14 1XX"}] * 500)
    assert len(together(found)) == 1
    assert len(found.pairs) == 499


def test_hundreds_of_rows_that_are_nearly_the_same_are_one():
    rows = [{"name": "Ash Vale Youth Club", "postcode": "ME14 1XX", "email": f"a{n}@gmail.com"} for n in range(150)]
    assert len(together(linked(*rows))) == 1


CONTACTS = {
    "postcode": "ME14 1XX",
    "phone": "01622 555111",
    "email": "office@ashvale.org.uk",
    "website": "ashvale.org.uk",
}


def test_two_charity_numbers_are_two_however_alike_the_rest():
    rows = [{"name": "Ash Vale Youth Club", **CONTACTS, "charity_no": number} for number in ("1007778", "1016095", "")]
    found = linked(*rows)
    assert found.clusters["0"] != found.clusters["1"]


def test_a_trading_company_is_not_its_owner():
    found = linked({"name": "Ash Vale Hospice", **CONTACTS}, {"name": "Ash Vale Hospice Trading Ltd", **CONTACTS})
    assert len(together(found)) == 2
    assert found.pairs[0].relation == TRADING_ARM


def test_branches_in_neighbouring_towns_are_not_one():
    towns = ("Ashford", "Canterbury", "Dover")
    rows = [
        {
            "name": f"Age Kind {town}",
            "town": town,
            "website": f"https://agekind.org.uk/{town}",
            "postcode": f"CT{n} 1AA",
        }
        for n, town in enumerate(towns, 1)
    ]
    found = linked(*rows)
    assert len(together(found)) == 3
    assert {pair.relation for pair in found.pairs} <= {BRANCH}


def test_a_list_of_names_alone_can_be_linked():
    rows = [row.cells for row in mark(800, seed=7, hard=0.6)]
    found = linked(*({"name": row["name"]} for row in rows), threshold=0.5)
    assert 300 < len(together(found)) < 600


def test_a_list_without_duplicates_is_left_alone():
    rows = Maker(5, Care(copies=(1,))).rows(800)
    found = linked(*(row.cells for row in rows), threshold=0.5)
    assert len(together(found)) > 0.98 * len(rows)


def test_a_mailbox_of_a_federation_joins_no_branches():
    towns = ("Ashford", "Canterbury", "Dover", "Deal")
    rows = [{"name": f"Age Kind {town}", "town": town, "email": "help@agekind.org.uk"} for town in towns]
    assert len(together(linked(*rows))) == len(towns)


def test_clubs_for_other_ages_in_one_hall_are_two():
    found = linked(
        {"name": "Ash Vale Over 50s Club", "postcode": "ME14 1XX", "phone": "01622 555111"},
        {"name": "Ash Vale Over 60s Club", "postcode": "ME14 1XX", "phone": "01622 555111"},
    )
    assert len(together(found)) == 2


def f1(true_ids: list[str], found) -> float:
    """The pairwise F1 of clusters."""
    met = Counter((found.clusters[str(number)], true_id) for number, true_id in enumerate(true_ids))
    sets = (met, Counter(found.clusters.values()), Counter(true_ids))
    right, said, there = (sum(n * (n - 1) // 2 for n in some.values()) for some in sets)
    return 2 * right / (said + there)


@pytest.fixture(scope="module")
def made():
    return mark(1_500, seed=7, hard=0.6)


@pytest.fixture(scope="module")
def answer(made):
    return linked(*(row.cells for row in made), threshold=0.5)


def test_most_links_are_found_and_right(made, answer):
    assert f1([row.true_id for row in made], answer) > 0.96


def test_lists_of_another_maker_are_linked_as_well():
    rows = Maker(6, Care()).rows(1_500)
    assert f1([row.true_id for row in rows], linked(*(row.cells for row in rows), threshold=0.5)) > 0.96


def test_no_cluster_has_two_numbers(made, answer):
    numbers: dict[str, set[str]] = {}
    for number, row in enumerate(made):
        numbers.setdefault(answer.clusters[str(number)], set()).add(row.cells["charity_no"])
    assert all(len(some - {""}) <= 1 for some in numbers.values())


def test_the_order_of_the_rows_changes_nothing(made, answer):
    order = list(range(len(made)))
    random.Random(3).shuffle(order)
    rows = [{"id": str(number), **made[number].cells} for number in order]
    again = link(pa.Table.from_pylist(rows), threshold=0.5)
    assert together(again) == together(answer)
    assert again.pairs == answer.pairs
