"""The contract's line of time: what anybody sees, what members see too, and what is late."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.contracts.commands import promises
from trellis.contracts.models import ExtensionOption
from trellis.contracts.tests import membership_scenes
from trellis.home import timeline
from trellis.payments.commands import statements as payments
from trellis.payments.tests.quarters import a_signed_report

URL = "/contracts/SCO/timeline/"
TODAY = date(2018, 7, 2)


def promise(cast, due_on=date(2018, 6, 1)):
    promises.record_promise(
        contract=cast.contract, partner=cast.bramble_partner, words="A desk in every district.", due_on=due_on,
        indicator=None, evidence="Twelve addresses.", by=cast.olive,
    )  # fmt: skip


def said(cast, *, is_member: bool) -> dict[str, str]:
    found = timeline.moments(cast.contract, TODAY, is_member=is_member)
    return {one.what: timeline.state(one, TODAY)[0] for one in found}


def test_everything_has_its_day_and_its_state(cast):
    ExtensionOption.objects.create(
        contract=cast.contract, number=1, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31), value=Decimal(9)
    )
    payments.draw_up_statement(report=a_signed_report(cast), by=cast.olive)
    promise(cast)
    membership_scenes.leaving(cast)

    assert said(cast, is_member=True) == {
        "The support starts": "Done",
        "Report for January to March 2018": "Late",
        "A desk in every district.": "Late",
        "Report for April to June 2018": "Done",
        "Report for July to September 2018": "Due",
        "Bramble Volunteering leaves, by its notice": "Due",
        "Report for October to December 2018": "Due",
        "Last day to have extension 1 decided and applied": "Due",
        "The term ends, unless it is extended": "To come",
    }


def test_the_rooms_of_the_members_are_for_members(cast):
    promise(cast)
    membership_scenes.invited(cast)
    outside, inside = said(cast, is_member=False), said(cast, is_member=True)
    assert inside.keys() - outside.keys() == {"A desk in every district.", "Copper Beech Advice was invited"}


@pytest.mark.parametrize(
    ("name", "sees"),
    [("anna", True), ("olive", True), ("fred", True), ("dora", False), (None, False)],
)
def test_who_sees_what_on_the_page(page_client, cast, name, sees):
    promise(cast)
    page = page_client.get(URL, by=getattr(cast, name) if name else None)
    assert "Year 1 of 1, quarter 3 of 4." in page.text
    assert ("A desk in every district." in page.text) == sees


def test_the_line_of_time_downloads(page_client, cast):
    answer = page_client.get(f"{URL}?format=csv").response
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "When,What,About,Due from,State"
    assert lines[1].startswith("1 January 2018,The support starts")


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2017, 12, 31), "starts on 1 January 2018"), (date(2019, 1, 1), "ended on 31 December 2018")],
)
def test_before_and_after_the_term(cast, today, words):
    assert words in timeline.where_we_are(cast.contract, today)


def test_there_is_no_other_contract(page_client, cast):
    page_client.get("/contracts/OTHER/timeline/", expect=404)
