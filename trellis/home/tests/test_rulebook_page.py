from csv import reader
from datetime import date

from trellis.core.rulebook import Parameter
from trellis.home.rulebook_views import figure, holds


def parameter(**given) -> Parameter:
    return Parameter(
        **{
            "name": "test.figure",
            "means": "A figure.",
            "value": 30,
            "unit": "calendar days",
            "effective_from": date(2015, 2, 26),
            "effective_to": None,
            "source": "The Act",
            "verified": True,
        }
        | given
    )


def test_a_figure_is_written_with_its_unit():
    assert figure(parameter()) == "30 calendar days"
    assert figure(parameter(value=500000, unit="pounds a year")) == "£500,000 a year"
    assert figure(parameter(value=3.5, unit="percent a year")) == "3.5% a year"
    assert figure(parameter(value="midnight", unit="hour")) == "midnight"
    bands = {"Micro": 0, "Small": 10_000}
    assert figure(parameter(value=bands, unit="pounds a year")) == "Micro from £0, Small from £10,000"
    index = {"2016-17": 100, "2017-18": 101.8}
    assert figure(parameter(value=index, unit="index")) == "2016-17: 100, 2017-18: 101.8"


def test_a_figure_says_on_which_days_it_holds():
    assert holds(parameter()) == "From 26 February 2015"
    assert holds(parameter(effective_to=date(2025, 2, 23))) == "From 26 February 2015 to 23 February 2025"


def test_the_page_lists_each_figure_with_its_source_and_whether_it_is_checked(page_client, cast):
    page = page_client.get("/rulebook/", by=cast.carol)
    assert page.h1 == "Rulebook"
    assert "£500,000 a year From 12 July 2016 Decision 16/00051, report of 12 July 2016 Checked" in page.text
    assert "3.5% a year From 1 April 2003 HM Treasury, The Green Book" in page.text
    assert "have not yet been checked at the source." in page.text


def test_the_rulebook_downloads_as_shown(page_client, cast):
    response = page_client.get("/rulebook/", {"format": "csv"}, by=cast.dev).response
    rows = list(reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    assert rows[0] == ["What it says", "Figure", "Holds", "Source", "At its source"]
    assert "30 calendar days" in {row[1] for row in rows}


def test_the_rulebook_is_for_council_staff(page_client, cast):
    page_client.get("/rulebook/", by=cast.alice, expect=403)
    page_client.get("/rulebook/", by=cast.dora, expect=403)
    page_client.get("/rulebook/", expect=302)
