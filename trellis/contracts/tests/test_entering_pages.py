"""A contract is entered in the browser."""

from decimal import Decimal

import pytest

from trellis.contracts import queries

URL = "/contracts/enter/"


@pytest.fixture
def answers(cast) -> dict:
    return {
        "reference": "SCO-2", "title": "The next one", "authority": cast.council.reference,
        "starts_on-day": "1", "starts_on-month": "1", "starts_on-year": "2017", "years": "3", "extensions": "2",
        "baseline": "615,291", "step_down": "10", "values": "", "regime": "pcr-2015", "leaving_notice_months": "6",
        "shares": f"{cast.ash_vale.reference} 62.5\n{cast.bramble.reference}: 37.5%",
        "funding": "Adult Social Care 70\nPublic Health 30", "independent_route": cast.independent.reference,
    }  # fmt: skip


def test_a_contract_is_entered_as_it_was_signed(page_client, cast, answers):
    page_client.post(URL, answers, by=cast.olive)
    contract = queries.contract("SCO-2")
    assert contract is not None
    assert queries.value(contract) == Decimal("1500694.75")
    assert len(queries.extension_options(contract)) == 2
    assert list(queries.shares(contract, contract.starts_on).values()) == [Decimal("0.625"), Decimal("0.375")]
    assert queries.funding(contract, contract.starts_on)["Adult Social Care"] == Decimal("0.7")


def test_each_years_value_may_be_typed(page_client, cast, answers):
    page_client.post(
        URL, answers | {"step_down": "", "values": "300,000\n200,000\n100,000\n90,000\n80,000"}, by=cast.olive
    )
    assert queries.value(queries.contract("SCO-2")) == Decimal(600_000)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"shares": "ORG-NONE 100"}, "No organisation in the register has the reference ORG-NONE"),
        ({"shares": "Nobody"}, "Write “Nobody” as ORG-7K2M and a percentage"),
        ({"funding": "Health 60\nHealth 40"}, "is there twice"),
        ({"funding": "Health 1.2.3"}, "and a percentage"),
        ({"step_down": "", "values": "lots"}, "must be a number"),
        ({"step_down": ""}, "one of the two"),
        ({"reference": "SCO"}, "already a contract SCO"),
    ],
)
def test_what_makes_no_contract_is_refused_at_its_question(page_client, cast, answers, changes, words):
    page = page_client.post(URL, answers | changes, by=cast.olive, expect=200)
    assert words in page.text
    assert queries.contract("SCO-2") is None


def test_only_a_contract_manager_enters_one(page_client, cast):
    assert page_client.get(URL, by=cast.olive).h1 == "Enter a contract"
    for person in (cast.anna, cast.fred, cast.carol):
        page_client.get(URL, by=person, expect=403)
