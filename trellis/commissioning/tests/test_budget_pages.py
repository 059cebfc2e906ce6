from csv import reader
from urllib.parse import urlencode

DECIDED = {
    "baseline": "615,291",
    "step_down": "10",
    "years": "3",
    "extensions": "2",
    "start-day": "1",
    "start-month": "1",
    "start-year": "2017",
}


def test_an_empty_form_says_what_will_be_here(page_client, cast):
    page = page_client.get("/budget/", by=cast.carol)
    assert page.h1 == "Work out a budget that falls each year"
    assert "Fill in the figures to see" in page.text
    assert page.find("#id_start-year").get("value") == "2019"


def test_the_page_shows_both_savings_and_says_which_is_which(page_client, cast):
    page = page_client.get("/budget/", DECIDED, by=cast.carol)
    assert "Value over 3 years £1,500,694.75" in page.text
    assert "Value over 5 years £2,267,710.36" in page.text
    assert "Annual saving by year 3 £166,743.86" in page.text
    assert "Cumulative saving over 3 years £345,178.25" in page.text
    assert "Present value of 3 years £1,454,017.54" in page.text
    assert "Present value of 5 years £2,134,740.14" in page.text


def test_tables_give_years_quarters_financial_years_and_the_working(page_client, cast):
    page = page_client.get("/budget/", DECIDED, by=cast.carol)
    captions = [caption.text_content() for caption in page.find_all(".trellis-table caption > [id]")]
    assert captions == [
        "Each contract year",
        "Each financial year of the council, 1 April to 31 March",
        "Each quarter of the contract",
        "How the present value is worked out, at 3.5% a year",
    ]
    assert "Year 4 (extension) 1 January 2020 31 December 2020 £403,692.43 £211,598.57 £556,776.82" in page.text
    assert "2017-18 £539,917.85" in page.text
    assert "Year 1, quarter 3 1 July 2017 30 September 2017 £138,440.47" in page.text
    assert "Year 2 £498,385.71 0.966184 £481,532.09" in page.text


def test_each_table_downloads_as_shown(page_client, cast):
    page = page_client.get("/budget/", DECIDED, by=cast.carol)
    link = page.find("#budget-quarters .trellis-table__download a").get("href")
    response = page_client.get(link, by=cast.carol).response
    assert response.headers["Content-Disposition"] == 'attachment; filename="budget-quarters.csv"'
    rows = list(reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    assert rows[0] == ["Quarter", "From", "To", "Value"]
    assert rows[1] == ["Year 1, quarter 1", "1 January 2017", "31 March 2017", "£138,440.48"]
    assert len(rows) == 21


def test_the_address_can_be_sent_to_a_colleague(page_client, cast):
    page = page_client.get(f"/budget/?{urlencode(DECIDED)}", by=cast.olive)
    assert page.find("#id_baseline").get("value") == "615,291"
    assert "£1,500,694.75" in page.text


def test_what_cannot_be_a_contract_is_said_at_its_field(page_client, cast):
    page = page_client.get("/budget/", DECIDED | {"step_down": "100"}, by=cast.carol)
    assert page.title.startswith("Error: ")
    assert page.href("The step down must be a percentage from 0 to under 100.") == "#id_step_down"
    assert "£1,500,694.75" not in page.text


def test_nonsense_is_told_what_to_enter(page_client, cast):
    page = page_client.get("/budget/", DECIDED | {"baseline": "1e30", "years": "", "start-year": "17"}, by=cast.carol)
    assert page.href("Baseline must be a number, like 1,250 or 1,250.50") == "#id_baseline"
    assert page.href("Year must be 4 digits, like 2018") == "#id_start-year"


def test_without_extensions_there_is_one_total(page_client, cast):
    page = page_client.get("/budget/", DECIDED | {"extensions": ""}, by=cast.carol)
    assert "Value over 3 years" in page.text
    assert "extension)" not in page.text


def test_only_those_who_explore_budgets_may(page_client, cast):
    page_client.get("/budget/", by=cast.alice, expect=403)
    page_client.get("/budget/", by=cast.dora, expect=403)
    page_client.get("/budget/", by=cast.ada, expect=403)
    page_client.get("/budget/", expect=302)


def test_outcomes_are_open_to_everybody(page_client, cast):
    page = page_client.get("/outcomes/")
    assert page.h1 == "What the support is for"
    assert "Business Support The sector is supported to grow." in page.text
    assert "Working days to first contact Counted in working days. Less is better." in page.text


def test_before_any_outcome_is_set_down_the_page_says_what_will_be_here(page_client, db):
    assert "will be here" in page_client.get("/outcomes/").text
