"""The directory and profiles, as the public, an organisation's own people and staff see them."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.core.management import call_command

from trellis.organisations import search
from trellis.organisations.models import (
    Cause,
    Identifier,
    ImportRun,
    Organisation,
    OrganisationName,
    SourceList,
    SourceRow,
    YearEnd,
)
from trellis.organisations.presenters.directory import distance
from trellis.places.models import Boundary, Outcode

pytestmark = pytest.mark.django_db
HOME = "/organisations/"


@pytest.fixture(autouse=True)
def indexed(cast):
    search.index(list(Organisation.objects.values_list("pk", flat=True)))


@pytest.fixture
def address(cast) -> str:
    return f"{HOME}{cast.pantry.reference}/"


def names(page) -> list[str]:
    """The names in the table, in order."""
    return [cell.text_content().strip() for cell in page.find_all("tbody td:first-child")]


def test_directory_lists_everyone_by_name(cast, page_client):
    page = page_client.get(HOME)
    assert names(page) == sorted(names(page), key=str.casefold) and "Showing all 7" in page.text


def test_directory_finds_a_misspelt_name(cast, page_client):
    assert names(page_client.get(HOME, {"q": "mil lane patnry"})) == ["Mill Lane Pantry"]


def test_directory_says_when_nothing_has_all_the_words(cast, page_client):
    page = page_client.get(HOME, {"q": "mill lane submarine"})
    assert "No organisation matches all your words. These come close." in page.text
    assert names(page)[0] == "Mill Lane Pantry"


def test_directory_says_what_to_do_when_nothing_matches(cast, page_client):
    page = page_client.get(HOME, {"q": "zzzz"})
    assert "try fewer words" in page.text and page.has_link("Remove filter “zzzz”")


def test_directory_says_how_it_will_be_filled(cast, page_client):
    Organisation.objects.update(status=Organisation.Status.REMOVED)
    assert "There are no organisations yet." in page_client.get(HOME).text


def test_directory_leads_a_number_straight_to_its_organisation(cast, page_client, address):
    Identifier.objects.create(organisation=cast.pantry, scheme="GB-CHC", value="1007778")
    for typed in ("1007778", "GB-CHC-1007778", cast.pantry.reference):
        response = page_client.get(HOME, {"q": typed}, expect=302).response
        assert response.headers["Location"] == address


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"size": "under-limit", "district": "E07000901"}, ["Ash Vale CVS", "Mill Lane Pantry"]),
        ({"size": "Micro"}, ["Southdown Community Choir"]),
        ({"size": "Small", "q": "pantry"}, ["Mill Lane Pantry"]),
        ({"cause": "food"}, ["Mill Lane Pantry"]),
        ({"district": "E07000902", "q": "mill lane"}, []),
        ({"status": "removed"}, []),
    ],
)
def test_directory_narrows_and_shows_by_what(cast, page_client, filters, expected):
    cast.pantry.causes.add(Cause.objects.create(code="food", name="Hunger"))
    page = page_client.get(HOME, filters)
    assert names(page) == expected
    assert len(page.find_all(".trellis-filters__tag")) == len(filters)


def test_directory_browses_the_active_and_searches_the_removed_too(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(status=Organisation.Status.REMOVED)
    assert "Mill Lane Pantry" not in names(page_client.get(HOME))
    assert names(page_client.get(HOME, {"q": "pantry"})) == ["Mill Lane Pantry"]
    assert names(page_client.get(HOME, {"q": "pantry", "status": "active"})) == []


def test_directory_does_not_list_the_merged(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(merged_into=cast.choir)
    assert "Mill Lane Pantry" not in names(page_client.get(HOME))


@pytest.mark.parametrize("sort", ["name", "-name", "district", "-income", "income", "nonsense"])
@pytest.mark.parametrize("text", ["", "community"])
def test_directory_sorts_in_each_order(cast, page_client, sort, text):
    assert names(page_client.get(HOME, {"sort": sort, "q": text}))


@pytest.mark.parametrize("asked", [{"district": "x"}, {"size": "x"}, {"status": "x"}, {"page": "x"}, {"page": "-9"}])
def test_directory_survives_addresses_that_nobody_offered(cast, page_client, asked):
    assert len(names(page_client.get(HOME, asked))) == 7


def test_directory_downloads_what_is_on_screen(cast, page_client):
    response = page_client.get(HOME, {"q": "community choir", "format": "csv"}).response
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["Name", "District", "Size", "Latest income", "Status"],
        ["Southdown Community Choir", "South", "Micro", "£8,000", "Active"],
    ]


def test_directory_maps_the_districts(cast, page_client):
    for place in range(12):
        Organisation.objects.create(reference=f"ORG-N{place}", name=f"Club {place}", district=cast.north)
    page = page_client.get(HOME)
    assert "North has the most: 15" in page.text


def test_directory_asks_few_questions_of_the_database(cast, page_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        page_client.get(HOME, {"q": "mill lane patnry"})


def test_profile_is_public_and_offers_a_stranger_nothing_to_change(cast, page_client, address):
    for by in (None, cast.erin, cast.alice, cast.olive):
        page = page_client.get(address, by=by)
        assert page.h1 == "Mill Lane Pantry" and not page.has_link("Change the profile")


def test_profile_shows_each_fact_with_its_source(cast, page_client, address):
    SourceList.objects.create(code="list", name="A list of pantries")
    Organisation.objects.filter(pk=cast.pantry.pk).update(
        provenance={"*": ["list", "2018-05-01"]}, website="pantry.example", registered_on=date(2001, 2, 3)
    )
    Identifier.objects.create(organisation=cast.pantry, scheme="GB-CHC", value="1007778-2")
    OrganisationName.objects.create(organisation=cast.pantry, name="The Larder")
    for year, income in ((2016, "20000"), (2017, "24000")):
        YearEnd.objects.create(organisation=cast.pantry, ends_on=date(year, 12, 31), income=Decimal(income))
    page = page_client.get(address)
    for words in ("A list of pantries, 1 May 2018", "The Larder (working name)", "3 February 2001", "(small)"):
        assert words in page.text
    assert "Its yearly income rose from £20,000 to £24,000 between 2016 and 2017" in page.text
    assert page.href("pantry.example") == "https://pantry.example"
    assert "regid=1007778&subid=2" in page.href("1007778-2")


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "not a site"])
def test_profile_never_links_to_what_is_not_the_web(cast, page_client, address, website):
    Organisation.objects.filter(pk=cast.pantry.pk).update(website=website)
    page = page_client.get(address)
    assert website in page.text and not page.has_link(website)


def test_profile_of_the_merged_leads_to_the_survivor(cast, page_client, address):
    Organisation.objects.filter(pk__in=[cast.choir.pk, cast.pantry.pk]).update(merged_into=cast.bramble)
    response = page_client.get(address, expect=302).response
    assert response.headers["Location"] == f"{HOME}{cast.bramble.reference}/"


def test_profile_takes_a_reference_in_small_letters_and_knows_what_is_not_there(cast, page_client, address):
    assert page_client.get(address.lower(), expect=302).response.headers["Location"] == address
    page_client.get(f"{HOME}ORG-NONE/", expect=404)


def test_own_people_change_their_profile_and_undo_it(cast, page_client, address):
    page = page_client.get(address, by=cast.dora)
    assert "Is this still right?" in page.text
    page_client.get(page.href("Change the profile"), by=cast.dora)
    given = {"name": "Mill Lane Larder", "phone": "01234 567890", "service_types": ["food"], "postcode": ""}
    page_client.post(f"{address}edit/", given, by=cast.dora)
    page = page_client.get(address, by=cast.dora)
    assert page.h1 == "Mill Lane Larder" and "The organisation itself, 2 July 2018" in page.text
    assert "Profile changed: name, telephone" in page.text
    page_client.post(page.find("form[action*='/undo/']").get("action"), by=cast.dora)
    assert page_client.get(address, by=cast.dora).h1 == "Mill Lane Pantry"


def test_edit_shows_at_the_field_what_cannot_stand(cast, page_client, address):
    given = {"name": "Mill Lane Pantry", "postcode": "nowhere"}
    page = page_client.post(f"{address}edit/", given, by=cast.dora, expect=200)
    assert page.title.startswith("Error: ") and "Enter a whole postcode" in page.text


def test_edit_is_for_its_own_people(cast, page_client, address):
    page_client.get(f"{address}edit/", by=cast.erin, expect=404)
    page_client.get(f"{address}edit/", by=cast.alice, expect=403)
    page_client.get(f"{address}edit/", expect=302)


def test_undo_is_for_its_own_people_and_never_a_link(cast, page_client, address):
    page_client.post(f"{address}edit/", {"name": "Larder"}, by=cast.dora)
    undo = f"{address}changes/{cast.pantry.profile_changes.get().pk}/undo/"
    page_client.post(undo, by=cast.erin, expect=404)
    page_client.post(f"{HOME}{cast.choir.reference}/changes/{cast.pantry.profile_changes.get().pk}/undo/", by=cast.erin,
                     expect=404)  # fmt: skip
    page_client.get(undo, by=cast.dora, expect=405)
    assert Organisation.objects.get(pk=cast.pantry.pk).name == "Larder"


def test_sources_show_staff_the_rows_as_they_came(cast, page_client, address):
    source = SourceList.objects.create(code="list", name="A list of pantries")
    run = ImportRun.objects.create(reference="IMP-1", source=source, file_name="x", file_digest="x", started_by="x")
    SourceRow.objects.create(
        source=source, key="7", data={"Their name": "<b>Pantry</b>"}, digest="x", organisation=cast.pantry, last_run=run
    )
    page = page_client.get(page_client.get(address, by=cast.ada).href("See the rows"), by=cast.ada)
    assert "<b>Pantry</b>" in page.text and "A list of pantries" in page.text
    page_client.get(f"{address}sources/", by=cast.dora, expect=403)
    page_client.get(f"{HOME}ORG-NONE/sources/", by=cast.ada, expect=404)
    assert "It was added here" in page_client.get(f"{HOME}{cast.choir.reference}/sources/", by=cast.ada).text


def test_command_prints_the_first_page_as_json(cast, capsys):
    Identifier.objects.create(organisation=cast.pantry, scheme="GB-CHC", value="1007778")
    call_command("search", "mil", "lane patnry", "--json")
    assert json.loads(capsys.readouterr().out) == [
        {
            "reference": cast.pantry.reference,
            "name": "Mill Lane Pantry",
            "district": "North",
            "identifiers": ["GB-CHC-1007778"],
        }
    ]
    call_command("search", "zzzz", "--json")
    assert json.loads(capsys.readouterr().out) == []
    call_command("search", "pantry")
    assert "Mill Lane Pantry (North)" in capsys.readouterr().out


def choices(page, name: str) -> list[str]:
    """The words of a filter's choices."""
    return [option.text_content().strip() for option in page.find_all(f"select[name={name}] option")]


def test_filters_say_how_many_each_choice_would_leave(cast, page_client):
    cast.pantry.causes.add(Cause.objects.create(code="food", name="Hunger"))
    page = page_client.get(HOME)
    assert choices(page, "district") == ["All districts", "North (3)", "South (4)"]
    assert choices(page, "cause") == ["All causes", "Hunger (1)"]
    assert "Food and meals (1)" in choices(page, "service")
    assert {"Under £500,000 (5)", "Micro: under £10,000 (1)"} <= set(choices(page, "size"))
    assert "Closed, or removed from its register (0)" in choices(page, "status")


def test_filters_count_with_the_other_filters_as_they_are(cast, page_client):
    page = page_client.get(HOME, {"district": "E07000901", "service": "food"})
    assert names(page) == ["Mill Lane Pantry"]
    assert choices(page, "district") == ["All districts", "North (1)", "South (0)"]
    assert choices(page, "service") == ["Anything", "Community transport (0)", "Food and meals (1)"]
    assert [tag.text_content() for tag in page.find_all(".trellis-filters__tag")] == [
        "Remove filter North", "Remove filter Food and meals",
    ]  # fmt: skip


def test_filters_count_what_a_text_finds(cast, page_client):
    page = page_client.get(HOME, {"q": "community", "district": "E07000902"})
    assert choices(page, "district") == ["All districts", "North (0)", "South (1)"]


def test_filters_count_for_a_text_what_was_merged_into_what_it_finds(cast, page_client):
    double = Organisation.objects.create(reference="ORG-D1", name="The Pantry", merged_into=cast.pantry)
    double.causes.add(Cause.objects.create(code="food", name="Hunger"))
    assert choices(page_client.get(HOME, {"q": "mill lane pantry"}), "cause") == ["All causes", "Hunger (1)"]


def test_filters_and_map_count_those_too_that_are_not_listed(cast, page_client, monkeypatch):
    for number in range(12):
        other = Organisation.objects.create(reference=f"ORG-C{number}", name=f"Comet {number}", district=cast.north)
        search.index([other.pk])
    whole = page_client.get(HOME, {"q": "co"})
    monkeypatch.setitem(search.answer.__kwdefaults__, "most", 2)
    page = page_client.get(HOME, {"q": "co"})
    assert choices(page, "district") == choices(whole, "district")
    most = "North has the most: 13"
    assert most in whole.text and most in page.text
    assert len(names(page)) == 2 and f"{len(names(whole))} match. The 2 that match best are listed" in page.text
    assert "More than 2 organisations" in page_client.get(f"{HOME}embed/", {"q": "co"}).text


def test_filters_count_nothing_when_a_text_finds_too_many(cast, page_client, monkeypatch):
    monkeypatch.setattr(import_module("trellis.organisations.queries.facets"), "MOST_OF_TEXT", 1)
    monkeypatch.setitem(search.answer.__kwdefaults__, "most", 1)
    page = page_client.get(HOME, {"q": "co"})
    assert choices(page, "district") == ["All districts", "North", "South"]
    assert "More than 1 match. The best of them are listed" in page.text


def test_directory_says_that_it_does_not_know_a_place(cast, page_client):
    page = page_client.get(HOME, {"q": "pantry near Atlantis"})
    assert names(page) == ["Mill Lane Pantry"] and "We do not know where “Atlantis” is." in page.text
    assert "We do not know where “Atlantis” is." in page_client.get(HOME, {"q": "near Atlantis"}).text


def test_each_count_is_what_the_filter_then_finds(cast, page_client):
    for size in ("Micro", "Small", "Medium", "under-limit"):
        said = next(words for words in choices(page_client.get(HOME, {"size": size}), "district") if "South" in words)
        assert said == f"South ({len(names(page_client.get(HOME, {'size': size, 'district': 'E07000902'})))})"


def test_directory_finds_what_is_near_with_miles(cast, page_client):
    Outcode.objects.create(outcode="ME14", district=cast.north, latitude=51.28, longitude=0.54)
    Organisation.objects.filter(pk=cast.pantry.pk).update(postcode="ME14 1XQ")
    page = page_client.get(HOME, {"q": "pantry near me14"})
    assert names(page) == ["Mill Lane Pantry"] and "Less than half a mile" in page.text
    assert "within 25 miles of ME14" in page.text
    assert "no such organisation within 25 miles of ME14" in page_client.get(HOME, {"q": "choir near ME14"}).text
    assert names(page_client.get(HOME, {"q": "pantry near me14", "sort": "-name"})) == ["Mill Lane Pantry"]


@pytest.mark.parametrize("query", ["pantry near me14", "near me14", "pantry in ME14", "ME14 1XQ"])
def test_no_search_by_place_leads_to_a_private_address(cast, page_client, query):
    Outcode.objects.create(outcode="ME14", district=cast.north, latitude=51.28, longitude=0.54)
    Organisation.objects.filter(pk=cast.pantry.pk).update(postcode="ME14 1XQ", address_is_private=True)
    assert "Mill Lane Pantry" not in page_client.get(HOME, {"q": query}).text


def test_directory_takes_the_name_of_a_district_for_a_place(cast, page_client):
    page = page_client.get(HOME, {"q": "choir south"})
    assert names(page) == ["Southdown Community Choir"] and "We took “South” for the place." in page.text


@pytest.mark.parametrize(
    ("miles", "said"),
    [(0.0, "Less than half a mile"), (0.96, "1 mile"), (1.04, "1 mile"), (2.0, "2 miles"), (2.34, "2.3 miles"),
     (9.96, "10 miles"), (11.6, "12 miles")],
)  # fmt: skip
def test_distances_in_words(miles, said):
    assert distance(miles) == said


def test_directory_draws_the_true_map_once_outlines_are_loaded_and_tiles_when_asked(cast, page_client):
    for place in range(12):
        Organisation.objects.create(reference=f"ORG-N{place}", name=f"Club {place}", district=cast.north)
    for place, district in enumerate((cast.north, cast.south)):
        corners = [[0, 0], [900, 0], [900, 900], [0, 900], [0, 0]]
        Boundary.objects.create(
            district=district, rings=[[[east, north + 900 * place] for east, north in corners]], source="An atlas, OGL"
        )
    page = page_client.get(HOME)
    assert len(page.find_all(".trellis-map path")) == 2
    assert "North has the most: 15" in page.text and "Outlines: An atlas, OGL." in page.text
    tiles = page_client.get(page.href("Show the map as tiles"))
    assert not tiles.find_all(".trellis-map") and tiles.find_all("svg.trellis-tile")
    assert page_client.get(tiles.href("Show the true map")).find_all(".trellis-map")
    profile = page_client.get(f"{HOME}{cast.pantry.reference}/")
    assert "It is in North" in profile.text and profile.find_all(".trellis-map")


def test_a_guessed_district_is_marked_and_one_sentence_says_why(cast, page_client):
    sentence = "Our best guess at the district"
    assert sentence not in page_client.get("/organisations/").text
    Organisation.objects.filter(pk=cast.pantry.pk).update(district_is_guess=True)
    page = page_client.get("/organisations/")
    assert page.text.count(sentence) == 1
    districts = [cell.text_content().strip() for cell in page.find_all("td[data-heading=District]")]
    assert districts.count("North* (best guess)") == 1
    response = page_client.get("/organisations/", {"format": "csv"}).response
    assert b"North (best guess)" in b"".join(response.streaming_content)
