"""How words of names are compared: no database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.organisations.search.words import folded, nearly_noise, number, slips, telling, tolerance, trigrams

LETTERS = "abcdehilnorst"
words = st.text(LETTERS, min_size=1, max_size=9)
short_words = st.text("abc", min_size=1, max_size=6)
long_words = st.text(LETTERS, min_size=5, max_size=12)


def obvious_slips(one: str, other: str) -> int:
    """The recursion straight from the definition: slow, and nothing can be wrong with it."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        obvious_slips(one[1:], other) + 1,
        obvious_slips(one, other[1:]) + 1,
        obvious_slips(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        ways.append(obvious_slips(one[2:], other[2:]) + 1)
    return min(ways)


def one_slip(word: str) -> list[str]:
    """Every way to drop, double or swap a letter of a word."""
    places = range(len(word))
    dropped = [word[:place] + word[place + 1 :] for place in places]
    doubled = [word[:place] + word[place] + word[place:] for place in places]
    swapped = [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places[:-1]]
    return [typed for typed in dropped + doubled + swapped if typed != word]


def test_folded_forgives_accents_apostrophes_stops_and_signs():
    assert folded("St. John’s & Ste-Anne's R.S.P.C.A.") == ["saint", "johns", "and", "ste", "annes", "rspca"]
    assert folded("Café Zoë Ærø, Ltd") == ["cafe", "zoe", "aero", "ltd"]
    assert folded("Y M C A of the North") == ["ymca", "of", "the", "north"]
    assert folded("   ") == []


def test_folded_keeps_other_alphabets():
    assert folded("ਗੁਰਦੁਆਰਾ") and folded("Общество") == ["общество"]


def test_telling_leaves_out_little_words_unless_there_are_no_others():
    assert telling(folded("The Friends of the Park Ltd")) == ["friends", "park"]
    assert telling(folded("The Charity")) == ["the", "charity"]


def test_nearly_noise_knows_an_unfinished_or_misspelt_word_that_tells_nothing():
    assert nearly_noise("chari") and nearly_noise("limitde") and not nearly_noise("pantry") and not nearly_noise("ch")


@settings(deadline=None)
@given(short_words, short_words)
def test_slips_agree_with_the_definition(one, other):
    for most in (1, 2):
        assert slips(one, other, most) == min(obvious_slips(one, other), most + 1)


@given(long_words)
def test_every_single_slip_is_within_the_tolerance_and_shares_enough_trigrams(word):
    for typed in one_slip(word):
        allowed = tolerance(len(typed))
        assert slips(typed, word, allowed) <= allowed
        parts = trigrams(typed)
        least = max(1 if len(typed) > 4 else 2, len(parts) - (4 if allowed == 1 else 6))
        assert len(parts & trigrams(word)) >= least


@given(st.sets(words, max_size=50))
def test_numbers_of_words_differ_and_fit_the_column(some):
    assert len({number(word) for word in some}) == len(some)
    assert all(0 <= number(word) < 2**48 for word in some)
