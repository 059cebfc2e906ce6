"""Search finds organisations as people type their names: the same on both databases."""

import csv
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from trellis.organisations import search
from trellis.organisations.models import (
    Identifier,
    Organisation,
    OrganisationName,
    SearchEntry,
    SearchName,
    SearchPosting,
)
from trellis.organisations.search import finding, wordings
from trellis.organisations.search.words import folded, slips, telling, tolerance
from trellis.organisations.tests.test_search_words import one_slip

SAMPLE = Path(settings.ROOT).parent / "shared" / "data" / "organisations" / "charities_uk_sample.csv"
REGISTER = (
    "The Mill Lane Pantry", "Mill Lane Pantomime Society", "Pantry of Hope", "Millbrook Residents Association",
    "St John's Church, Millbrook", "Saint Johns Playgroup", "Café Zoë CIC", "Friends of Millbrook Park Ltd",
    "Park Friends", "R.S.P.C.A. Northern Branch", "The Trust", "Community Transport Trust", "Transport for All",
    "Northern Community Choir", "Nothern Lights", "Women and Girls Network", "Hope", "1st Millbrook Scout Group",
)  # fmt: skip


def register(*names: str) -> dict[str, int]:
    """A register of organisations by these names, indexed."""
    rows = [Organisation(reference=f"ORG-{place:04}", name=name) for place, name in enumerate(names)]
    ids = {row.name: row.pk for row in Organisation.objects.bulk_create(rows)}
    search.index(list(ids.values()))
    search.recount()
    return ids


def names_found(text: str, **options) -> list[str]:
    """The names that a search finds, best first."""
    found = search.find(text, **options).ids
    names = dict(Organisation.objects.filter(pk__in=found).values_list("pk", "name"))
    return [names[pk] for pk in found]


@pytest.fixture
def small(db) -> dict[str, int]:
    return register(*REGISTER)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("pantry mil", "The Mill Lane Pantry"),
        ("the mill lane pantry ltd", "The Mill Lane Pantry"),
        ("mill lane patnry", "The Mill Lane Pantry"),
        ("mil lane pantyr", "The Mill Lane Pantry"),
        ("st. johns church", "St John's Church, Millbrook"),
        ("saint john’s playgroup", "Saint Johns Playgroup"),
        ("cafe zoe", "Café Zoë CIC"),
        ("RSPCA", "R.S.P.C.A. Northern Branch"),
        ("r s p c a northern", "R.S.P.C.A. Northern Branch"),
        ("women & girls", "Women and Girls Network"),
        ("park friends", "Park Friends"),
        ("friends of mill", "Friends of Millbrook Park Ltd"),
        ("hope", "Hope"),
        ("the trust", "The Trust"),
        ("millbrok residnets asociation", "Millbrook Residents Association"),
        ("community transport chari", "Community Transport Trust"),
    ],
)
def test_find_puts_what_was_meant_first(small, typed, best):
    assert names_found(typed)[0] == best


def test_find_does_not_answer_with_what_lacks_a_word_while_others_have_all(small):
    assert set(names_found("mill lane")) == {"The Mill Lane Pantry", "Mill Lane Pantomime Society"}


def test_find_says_when_no_name_has_all_the_words(small):
    found = search.find("millbrook submarine scouts")
    assert not found.whole and found.ids[0] == small["1st Millbrook Scout Group"]


@pytest.mark.parametrize("typed", ["", "  ", "&", "%", "'", "\0", "zzzzzz", "()", '"', "*", "\\", "a" * 5000, "🎺"])
def test_find_finds_nothing_and_survives(small, typed):
    assert search.find(typed).ids == ()


def test_find_puts_active_before_removed(db):
    ids = register("Green Gym", "The Green Gym")
    Organisation.objects.filter(pk=ids["Green Gym"]).update(status=Organisation.Status.REMOVED)
    assert names_found("green gym") == ["The Green Gym", "Green Gym"]


def test_find_stays_within_what_it_is_given(small):
    among = Organisation.objects.filter(name__startswith="The")
    assert names_found("mill", among=among) == ["The Mill Lane Pantry"]


def test_find_bounds_the_answer_and_says_so(db):
    register(*(f"Riverside Club {place}" for place in range(12)))
    found = search.find("riverside", most=5)
    assert len(found.ids) == 5 and found.more
    assert not search.find("riverside", most=20).more


def test_find_goes_straight_to_a_number_a_reference_or_a_postcode(small):
    pantry = Organisation.objects.get(name="The Mill Lane Pantry")
    Identifier.objects.create(organisation=pantry, scheme="GB-CHC", value="1007778")
    Identifier.objects.create(organisation=pantry, scheme="GB-COH", value="00123456")
    Organisation.objects.filter(pk=pantry.pk).update(postcode="ME14 1XQ")
    numbers = ("1007778", "GB-CHC-1007778", "gb-chc-1007778", "charity no. 1007778", "00123456", "123456")
    for typed in (*numbers, pantry.reference, pantry.reference.lower(), "ME14 1XQ", "me141xq"):
        found = search.find(typed)
        assert found.ids == (pantry.pk,) and found.by_number, typed
    assert search.find("1st millbrook").by_number is False
    assert search.find("9999999").ids == ()


def test_find_knows_other_names_and_those_of_the_merged(small):
    pantry = Organisation.objects.get(name="The Mill Lane Pantry")
    OrganisationName.objects.create(organisation=pantry, name="Larder Project")
    Organisation.objects.filter(name="Hope").update(merged_into=pantry)
    search.index([pantry.pk, small["Hope"]])
    assert names_found("larder") == ["The Mill Lane Pantry"]
    assert names_found("hope") == ["The Mill Lane Pantry", "Pantry of Hope"]


def test_index_follows_a_change_of_name_and_leaves_nothing_behind(small):
    Organisation.objects.filter(pk=small["The Mill Lane Pantry"]).update(name="High Street Larder")
    search.index(list(small.values()))
    assert "High Street Larder" not in names_found("mill lane")
    assert names_found("larder") == ["High Street Larder"]
    assert SearchPosting.objects.filter(organisation=small["The Mill Lane Pantry"]).count() == 3
    assert search.named({"mill lane pantry"}) == []
    assert search.named({"high street larder"}) == [small["The Mill Lane Pantry"]]


def test_index_twice_is_index_once(small):
    kept = (SearchPosting, SearchEntry, SearchName)
    before = [set(model.objects.values_list()) for model in kept]
    search.index(list(small.values()))
    assert before == [set(model.objects.values_list()) for model in kept]


@pytest.mark.parametrize("name", ["mill lane pantry", "larder project ltd", "hope"])
def test_a_whole_name_leads_to_the_one_that_stands(small, name):
    pantry = Organisation.objects.get(name="The Mill Lane Pantry")
    OrganisationName.objects.create(organisation=pantry, name="Larder Project Limited")
    Organisation.objects.filter(name="Hope").update(merged_into=pantry)
    search.index([pantry.pk, small["Hope"]])
    assert search.named({name}) == [pantry.pk]


def test_find_asks_few_questions_of_the_database(small, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        search.find("millbrook residents")


def words_doubted(text: str) -> int:
    """For how many words near ones were looked up."""
    with CaptureQueriesContext(connection) as asked:
        search.find(text)
    return sum("searchtrigram" in question["sql"].lower() for question in asked)


def test_find_doubts_the_rarest_word_first_and_a_common_one_only_when_nothing_is_found(db, monkeypatch):
    monkeypatch.setattr(finding, "COMMON", 2)
    register("Riverside Club", "Riverside Pantry", "Riverside Trust", "Riverside Clubs Meadow")
    assert words_doubted("riverside") == 0
    assert words_doubted("riverside pantry") == 1
    assert words_doubted("riverside patnry") == 1


def test_find_doubts_a_common_word_when_no_name_has_all(db, monkeypatch):
    monkeypatch.setattr(finding, "COMMON", 0)
    register("Hope House", "Home Club", "Home Trust")
    assert names_found("home house") == ["Hope House"]


def test_find_doubts_few_words_however_many_are_unknown(small):
    assert words_doubted("residnets asociation comunity trnasport northren") == finding.MOST_DOUBTED
    assert words_doubted("millbrok residnets asociation") == 3


def test_find_lets_go_of_the_commonest_words_first(db):
    register("Harbour Pantry", "Harbour Trust", "Mill Trust", "Trust of Friends", "Trust Fund")
    assert names_found("trust harbour submarine pantry")[0] == "Harbour Pantry"


def has_word(name: str, typed: str, slips_allowed: int) -> bool:
    """Whether a name has a word that was typed, begun, or misspelt by so many slips: read off the definition."""
    return any(
        word.startswith(typed) or slips(typed, word, slips_allowed) <= slips_allowed
        for word in telling(folded(name))
    )  # fmt: skip


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_find_agrees_with_reading_every_name(small, data):
    """What has every word is found; what is found has every word or nearly so; unless nothing has."""
    name = data.draw(st.sampled_from(REGISTER))
    typed = data.draw(st.permutations(telling(folded(name))))[: data.draw(st.integers(1, 3))]
    typed = [word[: data.draw(st.integers(1, len(word)))] for word in typed]
    found = set(names_found(" ".join(typed)))
    typed = telling(folded(" ".join(typed)))
    surely = {name for name in REGISTER if all(has_word(name, word, 0) for word in typed)}
    perhaps = {name for name in REGISTER if all(has_word(name, word, tolerance(len(word))) for word in typed)}
    assert surely <= found
    assert found <= perhaps or not perhaps


@pytest.fixture
def real_names(db) -> list[str]:
    """Some hundreds of names of real charities."""
    if not SAMPLE.exists():
        pytest.skip("The sample of real charities is not here (shared/data/organisations).")
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(row["name"] for row in csv.DictReader(file)))[::8]
    register(*names)
    return names


@hypothesis_settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_slip_in_any_long_word_still_finds_a_real_name_on_the_first_page(real_names, data):
    name = data.draw(st.sampled_from(real_names))
    typed = folded(name)
    long = [place for place, word in enumerate(typed) if len(word) >= 5]
    if not long:
        return
    place = data.draw(st.sampled_from(long))
    typed[place] = data.draw(st.sampled_from(one_slip(typed[place])))
    assert name in names_found(" ".join(typed))[:25]


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_real_name_in_any_order_is_found_first(real_names, data):
    name = data.draw(st.sampled_from(real_names))
    typed = " ".join(data.draw(st.permutations(telling(folded(name)))))
    best = names_found(typed)[0]
    assert sorted(telling(folded(best))) == sorted(telling(folded(name)))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("foodbank", {"Northern Foodbank", "Eastbury Food Bank", "The Food Hub"}),
        ("food banks", {"Eastbury Food Bank", "Northern Foodbank", "The Food Hub"}),
        ("northern food bank", {"Northern Foodbank"}),
        ("elderly millbrook", {"Millbrook Older People"}),
        ("cab", {"Millbrook Citizens Advice"}),
    ],
)
def test_find_knows_what_else_a_thing_is_called(db, typed, found):
    register("Northern Foodbank", "Eastbury Food Bank", "The Food Hub", "Food for Flats by the Bank",
             "Millbrook Older People", "Millbrook Citizens Advice", "Older Young People")  # fmt: skip
    assert set(names_found(typed)[: len(found)]) == found


@pytest.mark.parametrize(
    ("typed", "best"),
    [("mill brook", "Millbrook Hall"), ("northgate", "North Gate Hall"), ("northgate hall", "North Gate Hall"),
     ("mill brook hall", "Millbrook Hall")],
)  # fmt: skip
def test_find_joins_and_splits_words(db, typed, best):
    register("Millbrook Hall", "North Gate Hall", "Gate and North")
    assert names_found(typed) == [best]


def test_no_synonym_stands_in_two_groups():
    groups = tomllib.loads(wordings.SYNONYMS.read_text())["groups"]
    phrases = [tuple(folded(words)) for group in groups for words in group]
    assert len(phrases) == len(set(phrases))


def test_a_text_without_synonyms_costs_no_question_more(small):
    with CaptureQueriesContext(connection) as asked:
        search.find("mill lane pantry")
    before = len(asked)
    with CaptureQueriesContext(connection) as asked:
        search.find("foodbank")
    assert before <= 9 and len(asked) <= 9
