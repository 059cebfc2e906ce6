import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.commissioning.rules import market as rules
from trellis.commissioning.rules.market import PublishedCount
from trellis.core.errors import RuleBroken

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.integers(0, 12), max_size=8)


def test_answers_that_few_gave_are_counted_together():
    counts = {"Alliance": 10, "Partner": 8, "Framework": 3, "None": 2, "Other": 0}
    assert rules.published(counts, fewest=5) == (
        PublishedCount(("Alliance",), 10),
        PublishedCount(("Partner",), 8),
        PublishedCount(("Framework", "None"), 5),
        PublishedCount(("Other",), 0),
    )


def test_one_small_count_hides_in_the_next():
    """Alone and withheld, it could be had from the sum."""
    assert rules.published({"Alliance": 10, "Partner": 8, "Framework": 3}, fewest=5) == (
        PublishedCount(("Partner", "Framework"), 11),
        PublishedCount(("Alliance",), 10),
    )


@given(COUNTS, st.integers(1, 10))
def test_nothing_published_speaks_of_too_few_and_the_sum_is_true(counts, fewest):
    found = rules.published(counts, fewest=fewest)
    if sum(counts.values()) < fewest:
        assert found == ()
        return
    assert all(cell.count == 0 or cell.count >= fewest for cell in found)
    assert sum(cell.count for cell in found) == sum(counts.values())
    assert sorted(name for cell in found for name in cell.names) == sorted(counts)
    assert all(cell.count == sum(counts[name] for name in cell.names) for cell in found)


def test_a_preference_has_a_reason():
    rules.check_answer(preferred="", reasons="")
    rules.check_answer(preferred="Alliance", reasons="It is fair.")
    with pytest.raises(RuleBroken, match="Say why"):
        rules.check_answer(preferred="Alliance", reasons="  ")


def test_too_few_answers_are_not_published_and_neither_are_names():
    rules.check_can_publish(answered=5, fewest=5, named=[])
    with pytest.raises(RuleBroken, match="readers could tell who said what"):
        rules.check_can_publish(answered=4, fewest=5, named=[])
    with pytest.raises(RuleBroken, match="names Ash Vale CVS"):
        rules.check_can_publish(answered=5, fewest=5, named=["Ash Vale CVS"])


def test_a_name_is_found_in_anybodys_words():
    texts = ["", "We work with ash vale cvs already.", "It is fair."]
    assert rules.naming(["Ash Vale CVS", "Bramble"], texts) == ["Ash Vale CVS"]
