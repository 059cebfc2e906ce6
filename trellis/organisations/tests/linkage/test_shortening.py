"""Short forms of words."""

import pytest

from trellis.organisations.linkage.shortening import abbreviates, short_forms, without_vowels


@pytest.mark.parametrize(
    ("short", "long"), [("clb", "club"), ("foundn", "foundation"), ("proj", "project"), ("fb", "football")]
)
def test_a_word_is_short_for_another(short, long):
    assert abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"), [("cat", "craft"), ("club", "clb"), ("c", "club"), ("50s", "500s"), ("club", "club")]
)
def test_a_word_is_not_short_for_another(short, long):
    assert not abbreviates(short, long)


def test_consonants_alone_are_a_short_form_and_a_beginning_is_not():
    assert without_vowels("grp", "group")
    assert not without_vowels("gro", "group")


NAMES = [frozenset(name.split()) for name in (
    "ash rowing clubbe", "ash rowing clubb", "elm rowing clubbe", "elm rowing clubb",
    "oak lamp fores", "oak lamp forest",
)]  # fmt: skip
COUNTED = {"clubbe": 9, "clubb": 4, "fores": 1, "forest": 9}


def test_a_list_teaches_a_short_form_that_two_of_its_names_agree_on():
    assert short_forms(NAMES, COUNTED, set()) == {"clubb": "clubbe"}


def test_a_known_word_is_short_for_nothing():
    assert short_forms(NAMES, COUNTED, {"clubb"}) == {}
