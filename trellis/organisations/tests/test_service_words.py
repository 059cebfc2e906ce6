"""Which kinds of service a text speaks of: their names, what else they are called, and what does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.organisations.rules.service_words import kinds_named, phrases_of, vocabulary
from trellis.organisations.search import wordings

NAMES = {
    "advice": "Advice and guidance", "carers": "Support for carers", "environment": "Environment and green space",
    "food": "Food and meals", "halls": "Halls and community spaces", "older": "Activities for older people",
    "transport": "Community transport", "youth": "Youth work",
}  # fmt: skip
KNOWN = vocabulary(NAMES, wordings.narrower)


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        ("Support for carers", ["carer"]),
        ("Food and meals", ["food", "meal"]),
        ("Halls and community spaces", ["hall"]),
        ("Activities for older people", ["older people"]),
        ("Environment and green space", ["environment", "green space"]),
        ("Community transport", ["transport"]),
        ("Community work", ["community work"]),  # general words alone stand as they are
        ("Arts, crafts & music", ["art", "craft", "music"]),
    ],
)
def test_what_the_name_of_a_service_is_made_of(name, phrases):
    assert [" ".join(one) for one in phrases_of(name)] == phrases


@pytest.mark.parametrize(
    ("text", "apart_from", "kinds"),
    [
        ("A cook for the lunch club’s meals", [], ("food",)),
        ("Running costs of the foodbank", [], ("food",)),  # by another word
        ("A minibus, and drivers for pensioners", [], ("older", "transport")),
        ("The village hall’s roof", [], ("halls",)),
        ("CAB outreach on Tuesdays", [], ("advice",)),
        ("Work with teenagers", [], ("youth",)),
        ("Grant to Oakmere Youth Trust", ["Oakmere Youth Trust"], ()),  # its name is no purpose
        ("Oakmere Youth Trust: youth club", ["Oakmere Youth Trust"], ("youth",)),
        ("Older Oakmere People", ["Oakmere"], ()),  # what stands round a name is no phrase
        ("Core costs", [], ()),
        ("A safe space for the community", [], ()),
        ("The greenhouse", [], ()),
        ("", [], ()),
    ],
)
def test_which_kinds_of_service_a_text_speaks_of(text, apart_from, kinds):
    assert kinds_named(text, KNOWN, apart_from=apart_from) == kinds


@given(st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_no_text_stops_it_and_leaving_names_out_adds_nothing(text, names):
    assert set(kinds_named(text, KNOWN, apart_from=names)) <= set(kinds_named(text, KNOWN))
