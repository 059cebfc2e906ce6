from math import gcd

from trellis.core.references import ALPHABET
from trellis.organisations import provenance
from trellis.organisations.imports import writing
from trellis.organisations.imports.seen import Seen

RANKS = {"ccew": 10, "lio": 50, "grants": 60}
HELD = {"name": "Pantry", "email": ""}


def test_a_field_is_taken_from_a_source_that_is_trusted_as_much():
    changes, after = provenance.taken(
        HELD, {"*": ["lio", "2018-01-01"]}, {"name": "Larder"}, ("ccew", "2018-06-01"), RANKS
    )
    assert changes == {"name": "Larder"}
    assert after == {"*": ["lio", "2018-01-01"], "name": ["ccew", "2018-06-01"]}


def test_a_source_that_is_trusted_less_only_fills_gaps():
    offered = {"name": "Larder", "email": "hello@example.org"}
    changes, _ = provenance.taken(HELD, {"*": ["ccew", "2018-01-01"]}, offered, ("lio", "2018-06-01"), RANKS)
    assert changes == {"email": "hello@example.org"}


def test_no_list_overrules_a_person():
    noted = {"*": ["ccew", "2018-01-01"], "name": ["profile", "2018-05-01"]}
    assert provenance.taken(HELD, noted, {"name": "Larder"}, ("ccew", "2018-06-01"), RANKS) == ({}, noted)


def test_only_its_own_source_empties_a_field():
    for source, changes in (("ccew", {"name": ""}), ("lio", {})):
        noted = {"*": ["ccew", "2018-01-01"]}
        assert provenance.taken(HELD, noted, {"name": ""}, (source, "2018-06-01"), RANKS)[0] == changes


def test_the_source_of_a_field_is_its_own_or_that_of_all():
    noted = {"*": ["ccew", "2018-01-01"], "email": ["lio", "2018-05-01"]}
    assert provenance.source_of(noted, "email") == ("lio", "2018-05-01")
    assert provenance.source_of(noted, "name") == ("ccew", "2018-01-01")
    assert provenance.source_of({}, "name") is None


def test_references_of_imported_organisations_never_meet():
    assert gcd(writing.STRIDE, writing.SPACE) == 1
    assert len({writing.reference_of(number) for number in range(1, 20_001)}) == 20_000
    assert set(writing.reference_of(1)[4:]) <= set(ALPHABET)


def test_seen_remembers_what_was_added_and_nothing_else():
    seen = Seen()
    numbers = {0, 1, 7, 8, 9, 400_000}
    for number in numbers:
        seen.add(number)
    assert {number for number in range(400_010) if number in seen} == numbers
