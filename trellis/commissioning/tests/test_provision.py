import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import provision as commands
from trellis.commissioning.models import Commission, EndingPlan, FundedBody, FundingSource, Grant
from trellis.commissioning.queries import provision as queries
from trellis.commissioning.tests import rooms
from trellis.core.errors import RuleBroken


@pytest.fixture
def commission(cast) -> Commission:
    return rooms.open_commission(cast)


@pytest.fixture
def sources(cast, commission) -> tuple[FundingSource, FundingSource]:
    return rooms.name_sources(cast, commission)


@pytest.fixture
def body(cast, commission, sources) -> FundedBody:
    care, health = sources
    districts = [cast.north, cast.south]
    return rooms.fund(cast, commission, yearly={care: "60000.00", health: "13000.01"}, districts=districts)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


def test_the_sums_by_source_kind_and_district_are_the_whole(commission, sources, body, cast):
    care, _health = sources
    rooms.fund(cast, commission, "Countywide", yearly={care: "1000.00"}, districts=[], kind="independent")
    found = queries.provision(commission)
    assert found.total == Decimal("74000.01")
    for totals in (found.by_source, found.by_kind, found.by_district):
        assert sum(one.yearly for one in totals) == found.total
    assert [(one.name, one.bodies, one.yearly) for one in found.by_district] == [
        ("North", 1, Decimal("36500.01")),
        ("South", 1, Decimal("36500.00")),
        ("The whole area", 1, Decimal("1000.00")),
    ]
    assert deeds("add_funded_body") == 2


def test_a_body_that_nobody_pays_or_that_is_there_is_refused(commission, sources, body, cast):
    care, _health = sources
    with pytest.raises(RuleBroken, match="at least one source"):
        rooms.fund(cast, commission, "Another", yearly={care: "0.00"})
    with pytest.raises(RuleBroken, match="“Ash Vale CVS” is there already"):
        rooms.fund(cast, commission, yearly={care: "5.00"})
    with pytest.raises(RuleBroken, match="Say where the award asks"):
        rooms.fund(cast, commission, "Another", yearly={care: "5.00"}, notice_months=6)
    assert FundedBody.objects.count() == deeds("add_funded_body") == 1


def test_notice_is_the_rulebooks_unless_the_award_says(commission, sources, body, cast):
    care, _health = sources
    own = rooms.fund(cast, commission, "Own", yearly={care: "5.00"}, notice_months=6, terms="Clause 9")
    default = queries.notice_of(body)
    assert (default.months, default.is_verified) == (3, False)
    assert "Best Value" in default.source
    assert queries.notice_of(own) == queries.Notice(6, "Clause 9", True)


def test_an_ending_shows_its_notice_and_what_is_paid_twice(commission, body, cast):
    rooms.plan_ending(cast, body, date(2019, 1, 11))
    (funded,) = queries.provision(commission).bodies
    assert funded.ending.notice_by == date(2018, 10, 10)
    assert funded.ending.overlap is None
    rooms.plan_start(cast, commission, award=date(2018, 10, 15), start=date(2019, 1, 1))
    found = queries.provision(commission)
    ending = found.bodies[0].ending
    assert (ending.overlap.days, ending.overlap.cost) == (10, Decimal("2000.00"))
    assert found.overlap_cost == Decimal("2000.00")
    assert ending.too_late and ending.allowed_on == date(2019, 1, 16)


def test_an_ending_can_be_moved_and_dropped_until_notice_is_served(commission, body, cast):
    rooms.plan_ending(cast, body, date(2019, 1, 1))
    plan = rooms.plan_ending(cast, body, date(2019, 2, 1))
    assert EndingPlan.objects.get().stops_on == date(2019, 2, 1)
    commands.note_notice(plan=plan, served_on=date(2018, 7, 2), by=cast.olive)
    for refused in (
        lambda: commands.plan_endings(bodies=[body], stops_on=date(2019, 3, 1), by=cast.carol),
        lambda: commands.drop_ending(plan=plan, by=cast.carol),
        lambda: commands.drop_funded_body(body=body, by=cast.carol),
        lambda: commands.note_notice(plan=plan, served_on=date(2018, 7, 2), by=cast.olive),
    ):
        with pytest.raises(RuleBroken, match="Notice has been served"):
            refused()
    commands.forget_notice(plan=plan, by=cast.olive)
    with pytest.raises(RuleBroken, match="No notice"):
        commands.forget_notice(plan=plan, by=cast.olive)
    commands.drop_ending(plan=plan, by=cast.carol)
    assert not EndingPlan.objects.exists()
    made = ("plan_ending", "note_notice", "forget_notice", "drop_ending", "drop_funded_body")
    assert [deeds(verb) for verb in made] == [2, 1, 1, 1, 0]


def test_a_body_is_corrected_and_taken_out(commission, sources, body, cast):
    care, health = sources
    said = {
        "name": "Ash Vale", "kind": "cvs", "yearly": {care: Decimal("10.00"), health: None}, "districts": [cast.north],
        "award_starts_on": rooms.FUNDED_FROM, "award_ends_on": rooms.FUNDED_TO, "notice_months": None, "terms": "",
        "organisation": cast.ash_vale,
    }  # fmt: skip
    commands.change_funded_body(body=body, **said, by=cast.carol)
    (funded,) = queries.provision(commission).bodies
    assert (funded.name, funded.total, funded.area) == ("Ash Vale", Decimal("10.00"), "North")
    with pytest.raises(RuleBroken, match="Grants are paid from it"):
        commands.drop_funding_source(source=care, by=cast.carol)
    commands.drop_funding_source(source=health, by=cast.carol)
    rooms.plan_ending(cast, body, date(2019, 1, 1))
    commands.drop_funded_body(body=body, by=cast.carol)
    assert not Grant.objects.exists() and not EndingPlan.objects.exists()
    made = ("add_funding_source", "drop_funding_source", "change_funded_body", "drop_funded_body")
    assert [deeds(verb) for verb in made] == [2, 1, 1, 1]
    with pytest.raises(RuleBroken, match="“Social care” is there already"):
        commands.add_funding_source(commission=commission, name="Social care", by=cast.carol)
    assert deeds("add_funding_source") == 2


def test_the_thread_says_what_is_missing_of_the_provision(commission, sources, body, cast):
    found = queries.progress(commission)
    assert (found.done, found.words) == (True, "1 body funded, £73,000 a year.")
    assert found.missing == "1 ending not planned."
    assert queries.progress(rooms.open_commission(cast)).missing == "Nobody is named who is funded today."


def date_of(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_provision_is_kept_on_pages(page_client, cast, commission):
    room = f"/commissions/{commission.reference}/provision/"
    page = page_client.get(room, by=cast.carol)
    assert "Nobody is named yet. Add the sources of money first" in page.text
    page_client.get(page.href("Add a source of money"), by=cast.carol)
    page_client.post(f"{room}sources/new/", {"name": "Social care"}, by=cast.carol)
    source = FundingSource.objects.get()
    page = page_client.get(f"{room}bodies/new/", by=cast.carol)
    assert "Yearly grant from Social care" in page.text
    said = {
        "name": "Ash Vale CVS", "kind": "cvs", "organisation": "ORG-NONE", f"yearly-{source.pk}": "36,500",
        "districts": [cast.north.code], "notice_months": "", "terms": "",
        **date_of("award_starts_on", rooms.FUNDED_FROM), **date_of("award_ends_on", rooms.FUNDED_TO),
    }  # fmt: skip
    page = page_client.post(f"{room}bodies/new/", said, by=cast.carol, expect=200)
    assert "No organisation in the register has this reference." in page.text
    said["organisation"] = cast.ash_vale.reference
    page_client.post(f"{room}bodies/new/", said, by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    assert "1 body is funded today, with £36,500 a year." in page.text
    assert "3 months, not checked" in page.text
    one = page.href("Ash Vale CVS")
    page_client.get(one, by=cast.carol)
    page_client.post(one, said | {"name": "Ash Vale"}, by=cast.carol)
    page_client.post(f"{room}sources/{source.pk}/drop/", by=cast.carol)
    page_client.post(f"{one}drop/", by=cast.carol)
    page_client.post(f"{room}sources/{source.pk}/drop/", by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    assert "Grants are paid from it" in page.text and "Nobody is named yet." in page.text


def test_endings_are_planned_on_pages_with_their_working_and_letters(page_client, cast, commission, body):
    rooms.plan_start(cast, commission, award=date(2018, 10, 15), start=date(2019, 1, 1))
    room = f"/commissions/{commission.reference}/provision/"
    form = page_client.get(f"{room}endings/plan/", by=cast.carol)
    assert form.find("[name=stops_on-year]").get("value") == "2019"
    nobody = page_client.post(f"{room}endings/plan/", date_of("stops_on", date(2019, 1, 1)), by=cast.carol, expect=200)
    assert "Choose at least one body" in nobody.text
    sent = {"bodies": [str(body.pk)], **date_of("stops_on", date(2019, 1, 11))}
    page_client.post(f"{room}endings/plan/", sent, by=cast.carol)
    page = page_client.get(f"{room}endings/", by=cast.carol)
    assert "1 grant would end with less notice than is owed." in page.text and "16 January 2019 or later" in page.text
    assert "£2,000.00 (10 days)" in page.text
    one = page_client.get(page.href("Ash Vale CVS"), by=cast.carol)
    assert "10 days of 2018-19 at £73,000.01 ÷ 365 days." in one.text
    assert "Notice given on 10 October 2018 has run out before that day" in one.text
    letter = page_client.get(page.href("Read the draft"), by=cast.dee)
    assert "This is a draft." in letter.text and "10 January 2019" in letter.text
    pdf = page_client.get(letter.href("Open it as a PDF"), by=cast.dee).response
    reader = PdfReader(io.BytesIO(pdf.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "11 January 2019" in reader.pages[0].extract_text()
    page_client.post(f"{room}bodies/{body.pk}/ending/", date_of("stops_on", date(2019, 2, 1)), by=cast.carol)
    page_client.post(f"{room}bodies/{body.pk}/ending/drop/", by=cast.carol)
    assert "Not planned" in page_client.get(f"{room}endings/", by=cast.carol).text
    page_client.get(f"{room}bodies/{body.pk}/letter/", by=cast.carol, expect=404)


def test_who_may_only_look_at_provision_changes_nothing(page_client, cast, commission, body):
    room = f"/commissions/{commission.reference}/provision/"
    page = page_client.get(room, by=cast.percy)
    assert "Ash Vale CVS" in page.text and not page.has_link("Add a body")
    assert not page_client.get(f"{room}endings/", by=cast.percy).has_link("Plan the endings")
    page_client.get(f"{room}bodies/{body.pk}/", by=cast.percy, expect=403)
    page_client.get(room, by=cast.anna, expect=403)
    page_client.get(f"{room}bodies/999/ending/", by=cast.carol, expect=404)
    file = page_client.get(f"{room}?district-format=csv", by=cast.percy).response
    assert b"".join(file.streaming_content).decode("utf-8-sig").splitlines() == [
        "District,Bodies,A year",
        'North,1,"£36,500.01"',
        'South,1,"£36,500.00"',
    ]
