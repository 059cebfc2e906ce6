import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory
from lxml import html

from trellis.places.models import District
from trellis.web.table import Column, Table, address, written


@dataclass(frozen=True)
class Row:
    name: str
    income: Decimal | None = None
    status: str = "Open"


ROWS = [Row("Beech", Decimal(20)), Row("Ash", None), Row("Cedar", Decimal(1_000)), Row("=cmd()", Decimal(-5))]
COLUMNS = (
    Column("name", "Name", sort="name", link=lambda row: f"/organisations/{row.name}/"),
    Column("income", "Income", sort="income", numeric=True, absent="Not known"),
    Column("status", "Status", tag=lambda row: (row.status, "green")),
)


def table(query="", rows=ROWS, columns=COLUMNS, **options):
    return Table(RequestFactory().get(f"/list/?{query}"), rows, columns=columns, caption="Organisations", **options)


def drawn(one):
    template = engines.all()[0].env.from_string(
        '{% from "components/table.html" import table_of %}{{ table_of(table) }}'
    )
    return html.fragment_fromstring(template.render(table=one))


def names(one):
    return [row.name for row in one.page]


def file_of(one):
    text = b"".join(one.csv_response().streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_a_note_is_an_asterisk_on_the_page_and_words_in_the_file_and_for_who_listens():
    one = table(
        columns=[Column("name", "Name", note=lambda row: "best guess" if row.name == "Ash" else "")], stacks=True
    )
    cells = [cell.text_content().strip() for cell in drawn(one).xpath(".//td")]
    assert cells[:2] == ["Beech", "Ash* (best guess)"]
    assert drawn(one).xpath("string(.//td[2]//*[@aria-hidden]|.//*[@aria-hidden])") == "*"
    assert file_of(one)[1:3] == [["Beech"], ["Ash (best guess)"]]


def test_rows_stay_as_given_until_somebody_sorts():
    assert names(table()) == ["Beech", "Ash", "Cedar", "=cmd()"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["=cmd()", "Ash", "Beech", "Cedar"]),
        ("-name", ["Cedar", "Beech", "Ash", "=cmd()"]),
        ("income", ["=cmd()", "Beech", "Cedar", "Ash"]),
        ("-income", ["Cedar", "Beech", "=cmd()", "Ash"]),
    ],
)
def test_sorting_puts_what_is_not_known_last_either_way(sort, order):
    assert names(table(f"sort={sort}")) == order


@pytest.mark.parametrize("sort", ["password", "status", "--name", "name__in", "", "pk"])
def test_an_unknown_column_falls_back_to_the_order_of_the_page(sort):
    assert names(table(f"sort={sort}")) == ["Beech", "Ash", "Cedar", "=cmd()"]
    assert names(table(f"sort={sort}", order="-name"))[0] == "Cedar"


@pytest.mark.parametrize(
    ("page", "shown"), [("2", ["Cedar", "=cmd()"]), ("99", ["Cedar", "=cmd()"]), ("x", ["Beech", "Ash"])]
)
def test_a_page_out_of_range_is_the_nearest_that_there_is(page, shown):
    assert names(table(f"page={page}", page_size=2)) == shown


def test_headings_say_the_order_and_lead_to_the_other():
    page = drawn(table("sort=name&q=a+b&page=2"))
    heads = page.xpath(".//th[@scope='col']")
    assert [head.get("aria-sort") for head in heads] == ["ascending", "none", None]
    assert heads[0].xpath("string(./a/@href)") == "/list/?sort=-name&q=a+b#table"
    assert heads[1].xpath("string(./a/@href)") == "/list/?sort=income&q=a+b#table"
    assert not heads[2].xpath("./a")


def test_pages_keep_the_sort_and_the_filters():
    page = drawn(table("sort=name&district=north", page_size=2))
    [after] = page.xpath(".//a[@rel='next']/@href")
    assert after == "/list/?sort=name&district=north&page=2#table"
    assert page.xpath(".//a[@aria-current='page']")[0].text_content().strip() == "1"


def test_counts_say_how_many_there_are():
    assert table(page_size=2).counts == "Showing 1 to 2 of 4"
    assert table("page=2", page_size=3).counts == "Showing 4 to 4 of 4"
    assert table().counts == "Showing all 4"
    assert table(rows=ROWS[:1]).counts == "Showing 1"
    assert table(rows=[Row(str(n)) for n in range(3300)]).counts == "Showing 1 to 25 of 3,300"


def test_an_empty_table_says_what_to_do_and_offers_no_file():
    page = drawn(table(rows=[], empty="Clear a filter to see more."))
    assert "Clear a filter to see more." in page.text_content()
    assert not page.xpath(".//table | .//a")


def test_the_table_scrolls_inside_a_region_that_keys_can_reach():
    region = drawn(table(name="groups")).xpath(".//*[@role='region']")[0]
    assert region.get("tabindex") == "0"
    assert region.get("aria-labelledby") == "groups-caption"
    assert region.xpath("string(.//*[@id='groups-caption'])") == "Organisations"


def test_filters_can_be_taken_out_one_by_one():
    page = drawn(table(filters=[("District: North", "/list/?q=a")]))
    [tag] = page.xpath(".//ul[@aria-label='Filters in use']//a")
    assert tag.get("href") == "/list/?q=a"
    assert tag.text_content() == "Remove filter District: North"


def test_the_file_holds_what_is_on_screen_on_all_pages_in_the_same_order():
    one = table("sort=-income&format=csv&page=2", page_size=2)
    assert one.wants_csv
    assert file_of(one) == [
        ["Name", "Income", "Status"],
        ["Cedar", "1,000", "Open"],
        ["Beech", "20", "Open"],
        ["'=cmd()", "'-5", "Open"],
        ["Ash", "Not known", "Open"],
    ]


def test_the_file_is_named_and_typed_for_a_spreadsheet():
    response = table("format=csv", name="organisations").csv_response()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    assert next(iter(response.streaming_content)).decode().startswith("\ufeff")  # or Excel shows £ as Â£


def test_two_tables_on_a_page_do_not_heed_each_other():
    first, second = table("sort=name&b-sort=-name"), table("sort=name&b-sort=-name", prefix="b-")
    assert names(first)[0] == "=cmd()"
    assert names(second)[0] == "Cedar"


@pytest.fixture
def districts(db):
    for number in range(60):
        District.objects.create(
            code=f"E07{number:06}", name=f"Ward {number:02}", population=number % 3, latitude=51, longitude=0.5
        )


DISTRICT_COLUMNS = (
    Column("name", "Name", sort="name"),
    Column("population", "People", sort="population", numeric=True),
)


def test_a_queryset_sorts_and_pages_in_two_queries(districts, django_assert_num_queries):
    one = table("sort=-population&page=2", rows=District.objects.all(), columns=DISTRICT_COLUMNS)
    with django_assert_num_queries(2):
        page = drawn(one)
    assert len(page.xpath(".//tbody/tr")) == 25


def test_rows_that_sort_alike_are_on_one_page_each(districts):
    seen = [
        row.name
        for number in (1, 2, 3)
        for row in table(f"sort=population&page={number}", rows=District.objects.all(), columns=DISTRICT_COLUMNS).page
    ]
    assert len(seen) == len(set(seen)) == 60


def test_a_queryset_leaves_as_a_file_in_one_query(districts, django_assert_num_queries):
    one = table("sort=name", rows=District.objects.all(), columns=DISTRICT_COLUMNS)
    with django_assert_num_queries(1):
        lines = file_of(one)
    assert len(lines) == 61
    assert lines[1] == ["Ward 00", "0"]


def test_an_address_changes_only_what_it_is_told():
    request = RequestFactory().get("/list/?q=a&page=2&district=n&district=s")
    assert address(request, page=None) == "/list/?q=a&district=n&district=s"
    assert address(request, page=3) == "/list/?q=a&page=3&district=n&district=s"
    assert address(request, q=None, page=None, district=None) == "/list/"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (1_234_567, "1,234,567"),
        (Decimal("1234.50"), "1,234.50"),
        (date(2018, 7, 2), "2 July 2018"),
        (datetime(2018, 7, 2, 9, 12, tzinfo=UTC), "2 July 2018 at 10.12am"),
    ],
)
def test_values_are_written_for_people(value, words):
    assert written(value) == words
