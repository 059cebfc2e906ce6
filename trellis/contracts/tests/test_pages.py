from trellis.contracts.commands import documents, membership, subcontracts, variations
from trellis.contracts.tests import membership_scenes, room_scenes, terms_scenes


def test_anybody_reads_the_contract(page_client, cast):
    page = page_client.get("/contracts/SCO/")
    assert page.h1 == "Strengthening Community Organisations"
    for words in (
        "Ash Vale CVS",
        "60%",
        "£90,000.00",
        "Independent Support Panel",
        "Food and meals",
        "3 organisations",
    ):
        assert words in page.text


def test_each_table_of_the_contract_downloads_by_itself(page_client, cast):
    response = page_client.get("/contracts/SCO/?partners-format=csv").response
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Partner,Based in,Share,Partner since"
    assert len(text.splitlines()) == 3


def test_a_long_table_of_the_contract_is_folded_until_it_is_asked_for(page_client, cast):
    def is_open(address: str) -> bool:
        return bool(page_client.get(address).find_all("details[open] #interests"))

    assert page_client.get("/contracts/SCO/").find_all("details #interests")
    assert not is_open("/contracts/SCO/") and not is_open("/contracts/SCO/?partners-sort=name")
    assert is_open("/contracts/SCO/?interests-sort=starts_on") and is_open("/contracts/SCO/?interests-page=1")


def test_the_list_of_contracts_leads_to_each(page_client, cast):
    page = page_client.get("/contracts/")
    assert page.href("Strengthening Community Organisations") == "/contracts/SCO/"


def test_there_is_no_other_contract(page_client, cast):
    page_client.get("/contracts/OTHER/", expect=404)


def test_savings_are_labelled_annual_or_cumulative_and_options_are_no_part_of_the_term(page_client, cast):
    terms_scenes.enter(cast)
    page = page_client.get("/contracts/SCO-2/")
    for words in (
        "Annual saving by the last year £166,743.86",
        "Cumulative saving over the term £345,178.25",
        "Value over the term £1,500,694.75",
        "With every extension £2,267,710.36",
        "2 years, if it is decided",
        "Year 5, extension 2, if it is decided",
        "Adult Social Care 70%, Public Health 30%",
        "Public Contracts Regulations 2015",
        "Nothing has changed since it was signed.",
        "Nothing is withheld.",
    ):
        assert words in page.text


def test_what_changed_and_what_is_withheld_stand_on_the_page(page_client, cast):
    contract = terms_scenes.enter(cast)
    terms_scenes.extend(cast, contract)
    documents.add_document(
        contract=contract, title="Open-book returns", kind="other", is_public=False, ground="43",
        withheld_reason="They would help rivals to bid.", by=cast.olive,
    )  # fmt: skip
    page = page_client.get("/contracts/SCO-2/")
    for words in ("Extension 1: one more year, worth £403,692.43", "18/00012", "Open-book returns", "Section 43"):
        assert words in page.text


def test_a_partner_that_joins_is_a_change_and_the_shares_too(page_client, cast):
    one = membership_scenes.checked(cast)
    membership.admit_partner(
        membership=one, joined_on=membership_scenes.OCTOBER, by=cast.olive,
        shares=membership_scenes.shares_with_the_newcomer(cast),
    )  # fmt: skip
    text = page_client.get("/contracts/SCO/").text
    assert "Copper Beech Advice joins Minutes of 2 July" in text
    assert "Shares of the money: Ash Vale CVS 50%, Bramble Volunteering 30%, Copper Beech Advice 20%" in text


def test_the_rooms_are_told_to_those_at_the_table(page_client, cast):
    for person in (cast.anna, cast.olive, cast.fred):
        page = page_client.get("/contracts/SCO/", by=person)
        assert page.href("Members, seats and shares") == "/contracts/SCO/members/"
        assert page.href("What the bid promised") == "/contracts/SCO/promises/"
    for person in (None, cast.dora, cast.carol):
        assert not page_client.get("/contracts/SCO/", by=person).has_link("Members, seats and shares")


def test_variations_and_subcontracts_that_bind_are_public(page_client, cast):
    variation = room_scenes.a_variation(cast)
    subcontract = room_scenes.a_subcontract(cast)
    text = page_client.get("/contracts/SCO/").text
    assert "A helpline before Christmas" not in text and "Southdown Community Choir" not in text
    variations.carry_variation(variation=variation, note="Minutes of 2 July", by=cast.olive)
    room_scenes.checked(cast, subcontract)
    subcontracts.agree_subcontract(subcontract=subcontract, by=cast.anna)
    text = page_client.get("/contracts/SCO/").text
    for words in ("A helpline before Christmas", "Minutes of 2 July", "Southdown Community Choir", "£3,000.00"):
        assert words in text
