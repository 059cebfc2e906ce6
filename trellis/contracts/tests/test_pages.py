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


def test_the_list_of_contracts_leads_to_each(page_client, cast):
    page = page_client.get("/contracts/")
    assert page.href("Strengthening Community Organisations") == "/contracts/SCO/"


def test_there_is_no_other_contract(page_client, cast):
    page_client.get("/contracts/OTHER/", expect=404)
