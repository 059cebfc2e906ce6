"""The pages of questions and merges: what they show, what they do, and who is refused."""

import pytest

from trellis.organisations.models import LinkQuestion, LinkRun, Merge, Organisation, Relation
from trellis.organisations.tests.merging.register import merge, organisation, question
from trellis.web.charts import Bar, WaterfallChart

pytestmark = pytest.mark.django_db
EVIDENCE = [
    {"field": "name", "words": "Names share the rare words “mill” and “lane”", "weight": 9.2},
    {"field": "phone", "words": "Different telephone numbers", "weight": -2.1},
]


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    one = organisation("Mill Lane Pantry", phone="01234 567890", postcode="ME14 1XQ", latest_income=24000)
    return one, organisation("Mill Lane Foodbank", "ccew", number="1007778", phone="01234 111111", postcode="ME14 1XQ")


@pytest.fixture
def asked(pair) -> LinkQuestion:
    return question(*pair, 0.8, value=2.0, evidence=EVIDENCE)


def address(asked: LinkQuestion) -> str:
    return f"/organisations/links/{asked.pk}/"


def test_the_queue_says_what_waits_and_leads_to_the_next(asked, cast, page_client):
    page = page_client.get("/organisations/links/", by=cast.ada)
    assert "0 of 1 question answered" in page.text and "Mill Lane Pantry and Mill Lane Foodbank" in page.text
    answer = page_client.post("/organisations/links/next/", by=cast.ada)
    assert answer.response["Location"] == address(asked)
    csv = page_client.get("/organisations/links/?format=csv", by=cast.ada)
    assert b"Mill Lane Pantry" in b"".join(csv.response.streaming_content)


def test_an_empty_queue_says_how_to_begin(cast, page_client):
    page = page_client.get("/organisations/links/", by=cast.ada)
    assert "No question waits" in page.text and "Nothing has been merged unasked yet" in page.text
    page_client.post("/organisations/links/next/", by=cast.ada)


def test_a_question_shows_both_records_and_why(asked, cast, page_client):
    page = page_client.get(address(asked), by=cast.ada)
    assert "Names share the rare words “mill” and “lane”" in page.text
    assert "590 times likelier the same" in page.text and "4 times likelier different" in page.text
    assert [tag.text_content().strip() for tag in page.find_all("table .govuk-tag")][:2] == [
        "Differ",
        "Only one has it",
    ]
    assert len(page.find_all("svg rect")) == 4


def test_a_question_about_two_in_use_says_what_a_merge_lets_their_people_see(asked, cast, page_client):
    both = question(cast.pantry, cast.choir, evidence=EVIDENCE)
    for one, is_said in ((asked, False), (both, True)):
        assert (
            "the people of each see the cases of both" in page_client.get(address(one), by=cast.ada).text
        ) == is_said


@pytest.mark.parametrize(("answer", "state"), [("same", "same"), ("different", "different"), ("skip", "waiting")])
def test_a_button_answers_and_goes_on(asked, answer, state, cast, page_client):
    other = question(asked.first, organisation("Pantry"), value=1.0)
    went = page_client.post(address(asked), {"answer": answer}, by=cast.ada)
    assert went.response["Location"] == address(other)
    asked.refresh_from_db()
    assert asked.state == state


def test_one_may_belong_to_the_other(asked, pair, cast, page_client):
    page_client.post(address(asked), {"answer": "branch"}, by=cast.ada, expect=200)
    page_client.post(
        address(asked), {"answer": "branch", "parent": pair[1].reference, "kind": "trading-arm"}, by=cast.ada
    )
    relation = Relation.objects.get()
    assert (relation.organisation, relation.parent, relation.kind) == (pair[0], pair[1], "trading-arm")
    page = page_client.get(f"/organisations/{pair[0].reference}/")
    assert page.has_link("Mill Lane Foodbank (trading arm)")
    assert page_client.get(f"/organisations/{pair[1].reference}/").has_link("Mill Lane Pantry (trading arm)")


def test_two_of_one_name_are_told_apart_by_their_districts_else_by_reference(cast, page_client):
    one, other = organisation("Harbourside", district=cast.north), organisation("HARBOURSIDE", district=cast.south)
    third = organisation("Harbourside", district=cast.north)
    for pair, marks in (((one, other), ("North", "South")), ((one, third), (one.reference, third.reference))):
        page = page_client.get(address(question(*pair, evidence=EVIDENCE)), by=cast.ada)
        first, second = (f"{each.name} ({mark})" for each, mark in zip(pair, marks, strict=True))
        choices = [label.text_content().strip() for label in page.find_all(".govuk-radios__label")]
        assert choices == [f"{first} belongs to {second}", f"{second} belongs to {first}"]
        assert page.find("h1").text_content().strip().endswith(f"Is {first} the same as {second}?")
    text = page_client.get("/organisations/links/", by=cast.ada).text
    assert "Harbourside (North) and HARBOURSIDE (South)" in text


def test_an_answer_names_both_after_a_merge_that_shows_one_name(cast, page_client):
    asked = question(organisation("Estuary Volunteers"), organisation("Estuary Volunteers"), evidence=EVIDENCE)
    page_client.post(address(asked), {"answer": "same"}, by=cast.ada)
    both = f"Estuary Volunteers ({asked.first.reference}) and Estuary Volunteers ({asked.second.reference})"
    assert page_client.get("/organisations/links/answers/", by=cast.ada).has_link(both)
    assert page_client.get("/organisations/links/", by=cast.ada).has_link(both)


def test_the_last_answer_is_undone_from_the_next_page(asked, cast, page_client):
    page_client.post(address(asked), {"answer": "same"}, by=cast.ada)
    page = page_client.get("/organisations/links/", by=cast.ada)
    assert "Undo your last answer" in page.text
    went = page_client.post(f"{address(asked)}undo/", by=cast.ada)
    assert went.response["Location"] == address(asked)
    assert Merge.objects.get().undone_at and LinkQuestion.objects.get().state == "waiting"
    assert "There is no answer" in page_client.get(
        page_client.post(f"{address(asked)}undo/", by=cast.ada).response["Location"], by=cast.ada
    ).text  # fmt: skip


def test_what_somebody_else_looks_at_has_no_buttons(asked, cast, page_client):
    page_client.post("/organisations/links/next/", by=cast.ada)
    page = page_client.get(address(asked), by=cast.olive)
    assert "Somebody else is looking at this question" in page.text and not page.find_all("button[name=answer]")
    assert "Somebody is at it" in page_client.get("/organisations/links/", by=cast.olive).text
    assert "You were at it last" in page_client.get("/organisations/links/", by=cast.ada).text


def test_an_answer_that_is_refused_says_why(pair, cast, page_client):
    asked = question(pair[1], organisation("Mill Lane Food", number="1007779"), evidence=EVIDENCE)
    page_client.post(address(asked), {"answer": "same"}, by=cast.ada)
    assert "two different charity numbers" in page_client.get(address(asked), by=cast.ada).text


def test_answers_and_merges_are_listed_and_found(asked, pair, cast, page_client):
    page_client.post(address(asked), {"answer": "same"}, by=cast.ada)
    done = Merge.objects.get()
    assert page_client.get("/organisations/links/answers/", by=cast.ada).has_link(
        "Mill Lane Pantry and Mill Lane Foodbank"
    )
    for query, is_there in (("", True), ("?q=pantry", True), ("?q=choir", False), ("?show=unchecked", False),
                            ("?show=by-people", True), ("?show=undone", False)):  # fmt: skip
        page = page_client.get(f"/organisations/links/merges/{query}", by=cast.ada)
        assert page.has_link(done.reference) == is_there, query


def test_a_merge_is_explained_checked_and_undone(pair, cast, page_client):
    done = merge(*pair)
    here = f"/organisations/links/merges/{done.reference}/"
    page = page_client.get(here, by=cast.ada)
    assert "They share a hall" in page.text and "01234 567890" in page.text
    page_client.post(f"{here}right/", by=cast.ada)
    assert "Found right" in page_client.get(here, by=cast.ada).text
    page_client.post(f"{here}undo/", {"reason": ""}, by=cast.ada, expect=200)
    page_client.post(f"{here}undo/", {"reason": "Two halls"}, by=cast.ada)
    assert "Two halls" in page_client.get(here, by=cast.ada).text
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()


def test_what_it_is_made_of_is_shown_and_chosen(pair, cast, page_client):
    merge(*pair)
    here = f"/organisations/{pair[1].reference}/made-of/"
    page = page_client.get(here, by=cast.ada)
    assert "Its source is trusted most" in page.text and "Only this one has it" in page.text
    assert "The ccew, 1 January 2018" in page.text
    page_client.post(f"{here}phone/", {"taken_from": pair[0].reference}, by=cast.ada)
    assert Organisation.objects.get(pk=pair[1].pk).phone == "01234 567890"
    page_client.get(f"{here}phone/", by=cast.ada)
    page_client.post(f"{here}phone/", {"taken_from": "sources"}, by=cast.ada)
    assert Organisation.objects.get(pk=pair[1].pk).phone == "01234 111111"
    page_client.get(f"{here}shoe-size/", by=cast.ada, expect=404)


@pytest.mark.parametrize(("of_list", "tag"), [("north", "Same district"), ("south", "Differ")])
def test_a_question_shows_the_district_where_that_is_all_that_one_says(of_list, tag, cast, page_client):
    one = organisation("Estuary Volunteers", district=getattr(cast, of_list))
    other = organisation("Estuary Volunteering", "ccew", postcode="ME14 1XQ", district=cast.north)
    page = page_client.get(address(question(one, other, evidence=EVIDENCE)), by=cast.ada)
    [where] = [row for row in page.find_all("tbody tr") if row.text_content().split()[0] == "Where"]
    said = [cell.text_content().strip() for cell in where.findall("td")]
    assert said == [getattr(cast, of_list).name, "ME14 1XQ, North", tag]


def test_a_district_is_shown_of_what_it_is_made_of_and_the_others_place_can_be_chosen(cast, page_client):
    listed = organisation("Estuary Volunteers", postcode="ME14 1XQ", district=cast.north, address_is_private=True)
    charity = organisation("Estuary Volunteers", "ccew", number="1007778", district=cast.south)
    done = merge(listed, charity)
    here = f"/organisations/{charity.reference}/made-of/"
    page = page_client.get(here, by=cast.ada)
    [where] = [row for row in page.find_all("tbody tr") if row.text_content().split()[0] == "Where"]
    assert [cell.text_content().strip() for cell in where.findall("td")][2:] == ["South", "ME14 1XQ, North"]
    assert "South" in where.findall("td")[0].text_content() and "Choose" in where.text_content()
    assert "ME14 1XQ, North" in page_client.get(f"/organisations/links/merges/{done.reference}/", by=cast.ada).text
    page_client.post(f"{here}postcode/", {"taken_from": listed.reference}, by=cast.ada)
    shown = Organisation.objects.get(pk=charity.pk)
    assert (shown.postcode, shown.district, shown.address_is_private) == ("ME14 1XQ", cast.north, True)


def test_two_are_merged_by_reference(pair, cast, page_client):
    here = f"/organisations/{pair[1].reference}/merge/"
    page_client.get(here, by=cast.ada)
    page = page_client.post(here, {"other": "ORG-NONE", "reason": "Same hall"}, by=cast.ada, expect=200)
    assert "no organisation with that reference" in page.text
    page_client.post(here, {"other": pair[0].reference.lower(), "reason": "Same hall"}, by=cast.ada)
    assert Merge.objects.get().merged == pair[0]
    profile = page_client.get(f"/organisations/{pair[1].reference}/", by=cast.ada)
    assert "See what it is made of (2 records)" in profile.text
    assert "Mill Lane Pantry (name it went by in another list)" in profile.text
    old = page_client.get(f"/organisations/{pair[0].reference}/made-of/", by=cast.ada, expect=302)
    assert old.response.headers["Location"] == f"/organisations/{pair[1].reference}/made-of/"


def test_a_look_for_doubles_is_watched(cast, page_client):
    started = page_client.post("/organisations/links/find/", by=cast.ada)  # the test never commits, so it waits
    assert "0 of 4 parts" in page_client.get(started.response["Location"], by=cast.ada).text
    for status, words in (("waiting", "0 of 4 parts"), ("running", "Comparing"), ("finished", "has ended")):
        LinkRun.objects.update_or_create(
            reference="LNK-1", defaults={"status": status, "part": "comparing", "started_by": "person:1"}
        )
        page = page_client.get("/organisations/links/runs/LNK-1/", by=cast.ada)
        assert words in page.text
    assert "not asked about" not in page.text
    LinkRun.objects.filter(reference="LNK-1").update(pairs=10, merged=5, questions=4)
    page = page_client.get("/organisations/links/runs/LNK-1/", by=cast.ada)
    assert "they are likely in fewer than 30 of 100" in page.text
    page_client.get("/organisations/links/", by=cast.ada)


def test_the_page_says_how_many_automatic_merges_are_wrong(pair, cast, page_client):
    LinkRun.objects.create(
        reference="LNK-1", status="finished", started_by="person:1", threshold=0.95, expected_precision=0.985
    )
    done = merge(*pair)
    Merge.objects.update(is_automatic=True)
    page = page_client.get("/organisations/links/", by=cast.ada)
    assert "from 95 in 100 upwards" in page.text and "1.5 of 100 such merges are wrong" in page.text
    assert "Nobody has looked at any of the 1 yet" in page.text
    page_client.post(f"/organisations/links/merges/{done.reference}/right/", by=cast.ada)
    page = page_client.get("/organisations/links/", by=cast.ada)
    assert "People have looked at 1 of 1, and 0 were wrong: of 100, between 0 and 79" in page.text


@pytest.mark.parametrize("path", ["", "answers/", "merges/", "1/"])
def test_only_those_who_keep_the_register_see_these_pages(path, asked, cast, page_client):
    for who in (cast.dora, cast.alice, cast.carol):
        page_client.get(f"/organisations/links/{path}", by=who, expect=403)
    page_client.get(f"/organisations/links/{path}", expect=302)


def test_a_waterfall_begins_each_bar_where_the_one_before_ended():
    chart = WaterfallChart("T", "D", [Bar("a", 2), Bar("b", -6), Bar("c", 8)], total="Sum", total_words="4")
    assert chart.ends == (-4, 4)
    assert [(bar.x, bar.width, bar.negative) for bar in chart.drawn] == [
        (50, 25, False), (0, 75, True), (0, 100, False), (50, 50, False),
    ]  # fmt: skip
    assert chart.rows[-1] == ["Sum", "4"]
    assert WaterfallChart("T", "D", []).drawn == []
