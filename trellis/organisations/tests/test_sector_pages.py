"""The sector in pictures: what each says, what is counted, and that the file says the same."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from trellis.organisations.models import Cause, Organisation, YearEnd
from trellis.places.models import Deprivation, Population, Postcode, WardDeprivation

pytestmark = pytest.mark.django_db
SECTOR = "/organisations/sector/"
KEYS = ("districts", "density", "deprivation", "gaps", "sizes", "incomes", "change", "causes", "ages", "comings")


@pytest.fixture
def county(cast):
    """Twelve clubs in North, six in South; a census, an index of deprivation, and years of income."""
    cause = Cause.objects.create(code="sport", name="Sport")
    for place in range(18):
        club = Organisation.objects.create(
            reference=f"ORG-N{place}", name=f"Club {place}", district=cast.north if place < 12 else cast.south,
            latest_income=Decimal(1000 * place), registered_on=date(2001 + place, 5, 1),
        )  # fmt: skip
        club.causes.add(cause)
        if place < 12:
            club.service_types.add(cast.transport)
        for year in (2016, 2017):
            YearEnd.objects.create(
                organisation=club, ends_on=date(year, 3, 31), income=Decimal(1000 + 100 * place + 10 * (year - 2016))
            )
    Organisation.objects.filter(name="Club 1").update(status="removed", removed_on=date(2017, 3, 1))
    for district, people, worst in ((cast.north, 10_000, 2), (cast.south, 5_000, 5)):
        Population.objects.create(district=district, counted_on=date(2011, 3, 27), people=people, source="A census")
        Deprivation.objects.create(
            district=district, published_on=date(2015, 9, 30), areas=8, most_deprived=worst, source="An index"
        )
    return cast


def rows(page_client, key: str, query: str = "") -> list[list[str]]:
    response = page_client.get(f"{SECTOR}{key}/csv/{query}").response
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_each_picture_says_what_it_found(county, page_client):
    text = page_client.get(SECTOR).text
    for said in (
        "24 active organisations on the register, as it stood on 2 July 2018",
        "North has the most: 14 of 24",
        "South has the most for its people: 2.0 for every 1,000",
        "South is the most deprived: 5 of 8 areas are in the worst fifth",
        "There is 1 cold spot: community transport in South",
        "of 22 with a known income are micro",
        "The middle income rose from £1,900 to £1,910 between 2016 and 2017",
        "the income of 17 rose and that of 0 fell",
        "Sport is the commonest cause: 17 of 24",
        "Half have been registered for 8 years or more",
        "came and 1 went between 2008 and 2017",
        "A census, 27 March 2011",
        "An index, published 30 September 2015",
    ):
        assert said in text, said


def test_a_cold_spot_is_a_word_and_leads_to_the_directory(county, page_client):
    page = page_client.get(SECTOR)
    [cold] = page.find_all(".trellis-heat__cell--cold")
    assert "cold spot" in cold.text_content()
    assert (
        page.find(".trellis-heat__cell--cold a").get("href") == "/organisations/?service=transport&district=E07000902"
    )
    by_cause = page_client.get(SECTOR, {"gaps": "causes"})
    assert "Sport" in by_cause.find(".trellis-heat__table").text_content()


def test_a_district_narrows_what_is_not_a_comparison(county, page_client):
    page = page_client.get(SECTOR, {"district": "E07000902"})
    assert "10 active organisations in South" in page.text and "North has the most: 14 of 24" in page.text
    assert page_client.get(page.href("Remove filter South")).text.count("24 active organisations") == 1
    assert rows(page_client, "causes", "?district=E07000902") == [["Cause", "Organisations"], ["Sport", "6"]]


@pytest.mark.parametrize("key", KEYS)
def test_each_picture_has_its_file(county, page_client, key):
    assert f"{SECTOR}{key}/csv/" in page_client.get(SECTOR).source
    assert len(rows(page_client, key)) > 1


def test_the_file_of_gaps_has_the_cold_spot_in_a_column_of_its_own(county, page_client):
    assert rows(page_client, "gaps")[:3] == [
        ["What they do", "District", "Organisations", "Cold spot"],
        ["Community transport", "North", "11", "No"],
        ["Community transport", "South", "0", "Yes"],
    ]


@pytest.mark.parametrize("key", [*KEYS, "wards"])
def test_every_number_of_a_file_is_plain(in_wards, page_client, key):
    Organisation.objects.filter(name="Club 9").update(latest_income=Decimal("2345678.90"))
    words = {"gaps": 2}  # how many columns at the left are words; the years of `change` and `comings` are labels too
    heading, *found = rows(page_client, key)
    numbers = [cell for row in found for cell in row[words.get(key, 1) :] if cell not in ("", "Yes", "No")]
    assert numbers and all(Decimal(cell).is_finite() for cell in numbers), found
    assert all(len(row) == len(heading) for row in found)


def test_what_a_picture_says_in_brackets_has_its_own_column(county, page_client):
    assert rows(page_client, "deprivation") == [
        ["District", "Percentage of most deprived areas", "Organisations for every 1,000 people"],
        ["South", "62.5", "2"],
        ["North", "25", "1.4"],
    ]
    heading, *sizes = rows(page_client, "incomes")
    assert heading == ["Size", "Income (£)", "Percentage of all income"]
    assert sum(Decimal(income) for _, income, _ in sizes) == sum(
        one.latest_income or 0 for one in Organisation.objects.active()
    )
    assert rows(page_client, "change")[1:] == [["2016", "1900"], ["2017", "1910"]]


def test_nothing_is_drawn_of_what_is_not_known(cast, page_client):
    Organisation.objects.update(latest_income=None)
    cast.pantry.service_types.clear()
    page = page_client.get(SECTOR)
    for said in (
        "No organisation’s income is known yet.",
        "No organisation’s cause is known yet.",
        "year of registration is known yet",
        "has not been loaded (import_deprivation)",
        "What organisations do, or are for, is not known yet.",
        "Incomes of at least two years are needed",
        "No organisation was registered or removed in the last ten years",
    ):
        assert said in page.text, said


def test_an_empty_register_has_a_page(db, page_client):
    assert "0 active organisations" in page_client.get(SECTOR).text
    page_client.get(SECTOR, {"district": "x", "gaps": "x"})
    page_client.get(f"{SECTOR}nothing/csv/", expect=404)


def test_the_pictures_cost_few_questions(county, page_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        page_client.get(SECTOR)


@pytest.fixture
def in_wards(county):
    """Six clubs in a deprived ward of North, five in one that is not; of South's, two in a ward where few areas are."""
    wards = (("E05000001", "Docks", county.north, 4, 3), ("E05000002", "Hill", county.north, 4, 0),
             ("E05000003", "Vale", county.south, 8, 1))  # fmt: skip
    for code, name, district, areas, worst in wards:
        WardDeprivation.objects.create(
            ward=code, name=name, district=district, published_on=date(2015, 9, 30), areas=areas, most_deprived=worst,
            source="An index",
        )  # fmt: skip
        Postcode.objects.create(postcode=f"ME1{code[-1]}1XQ", latitude=51, longitude=0.5, district=district, ward=code)
    places = [1] * 7 + [2] * 5 + [3] * 2
    for club, place in zip(Organisation.objects.filter(name__startswith="Club").order_by("pk"), places, strict=False):
        district = county.south if place == 3 else county.north
        Organisation.objects.filter(pk=club.pk).update(postcode=f"ME1{place} 1XQ", district=district)
    return county


def test_deprived_wards_are_compared_with_the_others(in_wards, page_client):
    assert rows(page_client, "wards") == [
        ["Small areas in the worst fifth", "Organisations for every 10 small areas", "Organisations", "Wards"],
        ["Half or more", "15", "6", "1"],
        ["Some, fewer than half", "2.5", "2", "1"],
        ["None of them", "12.5", "5", "1"],
    ]
    text = page_client.get(SECTOR).text
    assert "The most deprived wards have more organisations: 15.0 for every 10 small areas, where the least" in text
    assert "of which we know no ward: not counted" in text
    assert "An index, published 30 September 2015" in text


def test_the_wards_of_one_district(in_wards, page_client):
    found = rows(page_client, "wards", f"?district={in_wards.north.code}")
    assert [row[0] for row in found[1:]] == ["Half or more", "None of them"]
    WardDeprivation.objects.filter(name="Docks").delete()
    assert "All wards are alike" in page_client.get(SECTOR, {"district": in_wards.north.code}).text


def test_wards_are_not_compared_where_most_organisations_have_none(in_wards, page_client):
    assert "fewer than half of the organisations" in page_client.get(SECTOR, {"district": in_wards.south.code}).text


def test_where_wards_are_not_known_it_says_why(county, page_client):
    assert "does not say in which ward each small area is" in page_client.get(SECTOR).text
    WardDeprivation.objects.create(
        ward="E05000001", name="Docks", district=county.north, published_on=date(2015, 9, 30), areas=4, most_deprived=3,
        source="An index",
    )  # fmt: skip
    assert "In which ward each postcode lies has not been loaded" in page_client.get(SECTOR).text
