from itertools import cycle

import pytest
from django.apps import apps
from django.db import IntegrityError

from trellis.core import references
from trellis.core.references import ALPHABET, TRIES, create_with_reference, new_reference

Organisation = apps.get_model("organisations", "Organisation")  # any table with a reference; core imports no area


def test_no_character_is_a_vowel_or_looks_like_another():
    assert not set(ALPHABET) & set("AEIOU01L5S8BZ")
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_reference_is_read_out_in_four_characters():
    token = references.choose.set(lambda alphabet: alphabet[0])
    try:
        assert new_reference("CASE") == "CASE-2222"
    finally:
        references.choose.reset(token)
    assert len(new_reference("CASE", length=6)) == len("CASE-") + 6


def test_two_who_draw_one_reference_are_told_apart(db, monkeypatch):
    drawn = cycle(["ORG-2222", "ORG-2222", "ORG-3333"])
    monkeypatch.setattr("trellis.core.references.new_reference", lambda *_, **__: next(drawn))
    first = create_with_reference(Organisation, "ORG", name="Mill Lane Pantry")
    second = create_with_reference(Organisation, "ORG", name="Ash Vale CVS")
    assert (first.reference, second.reference) == ("ORG-2222", "ORG-3333")


def test_references_grow_rather_than_block_when_the_space_is_full(db, monkeypatch):
    lengths = []

    def always_taken(prefix, *, length):
        lengths.append(length)
        return "ORG-2222" if length < 6 else "ORG-222222"

    monkeypatch.setattr("trellis.core.references.new_reference", always_taken)
    create_with_reference(Organisation, "ORG", name="Mill Lane Pantry")
    lengths.clear()
    assert create_with_reference(Organisation, "ORG", name="Ash Vale CVS").reference == "ORG-222222"
    assert lengths == [4, 4, 5, 5, 6]


def test_another_constraint_is_the_callers_to_hear_about(db):
    with pytest.raises(IntegrityError):
        create_with_reference(Organisation, "ORG", name=None)


def test_a_broken_source_of_chance_is_found_out(db, monkeypatch):
    monkeypatch.setattr("trellis.core.references.new_reference", lambda *_, **__: "ORG-2222")
    create_with_reference(Organisation, "ORG", name="Mill Lane Pantry")
    with pytest.raises(RuntimeError, match=f"{TRIES} references of ORG collided"):
        create_with_reference(Organisation, "ORG", name="Ash Vale CVS")
