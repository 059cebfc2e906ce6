"""A profile is confirmed, hidden, shown again; an address stays private; what is hidden still counts."""

import csv
import io
from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.core.errors import RuleBroken
from trellis.home.figures import five_figures
from trellis.organisations import commands, queries, search
from trellis.organisations.models import Organisation
from trellis.organisations.queries import keeping

HOME = "/organisations/"
TODAY = date(2018, 7, 2)


@pytest.fixture
def address(cast) -> str:
    search.index(list(Organisation.objects.values_list("pk", flat=True)))
    return f"{HOME}{cast.pantry.reference}/"


def pantry(cast) -> Organisation:
    return Organisation.objects.get(pk=cast.pantry.pk)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def hide(cast, by=None, reason="") -> None:
    commands.unlist_organisation(organisation=cast.pantry, reason=reason, by=by or cast.dora)


def names(page) -> list[str]:
    return [cell.text_content().strip() for cell in page.find_all("tbody td:first-child")]


# --- Is this still right?


def test_confirm_profile_with_one_press(cast, page_client, address):
    assert queries.is_due(pantry(cast), TODAY)
    assert page_client.get(address, by=cast.dora).find("form[action$='/right/'] button").text_content().strip()
    page_client.post(f"{address}right/", by=cast.dora)
    assert pantry(cast).confirmed_on == TODAY and actions() == ["organisations.confirm_profile"]
    page = page_client.get(address)
    assert "The organisation said on 2 July 2018 that this is right." in page.text
    assert not page_client.get(address, by=cast.dora).find_all("form[action$='/right/']")


@pytest.mark.parametrize("name", ["erin", "alice", "olive", "vera"])
def test_confirm_profile_refuses_everybody_else(cast, name):
    with pytest.raises(RuleBroken, match="Only the organisation itself can say"):
        commands.confirm_profile(organisation=cast.pantry, by=getattr(cast, name))
    assert pantry(cast).confirmed_on is None and actions() == []


def test_to_change_a_profile_is_to_confirm_it_but_not_when_a_keeper_does(cast):
    commands.change_profile(organisation=pantry(cast), values={"phone": "01234 567890"}, by=cast.olive)
    assert pantry(cast).confirmed_on is None
    commands.change_profile(organisation=pantry(cast), values={"phone": "01234 567891"}, by=cast.dora)
    assert pantry(cast).confirmed_on == TODAY


def test_a_change_that_is_undone_confirms_nothing_on_any_page(cast, page_client, address):
    Organisation.objects.filter(pk=cast.pantry.pk).update(confirmed_on=date(2017, 1, 31))
    commands.change_profile(organisation=pantry(cast), values={"phone": "01234 567890"}, by=cast.dora)
    page_client.post(f"{address}changes/{pantry(cast).profile_changes.get().pk}/undo/", by=cast.dora)
    assert "The organisation last said on 31 January 2017" in page_client.get(address).text
    assert "Is the profile of Mill Lane Pantry still right?" in page_client.get("/", by=cast.dora).text
    assert pantry(cast) in keeping.stale(TODAY)


def test_a_profile_that_nobody_confirmed_for_long_is_marked(cast, page_client, address):
    Organisation.objects.filter(pk=cast.pantry.pk).update(confirmed_on=date(2017, 4, 2))
    assert "This may be out of date. The organisation last said on 2 April 2017" in page_client.get(address).text
    response = page_client.get(HOME, {"q": "pantry", "format": "csv"}).response
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[1][-1] == "May be out of date"


# --- What keepers put right


def test_a_keeper_puts_a_profile_right_and_the_organisation_can_undo_it(cast, page_client, address):
    form = {"name": "Mill Lane Pantry", "phone": "01234 567890", "service_types": "food", "latest_income": "24000",
            "latest_year_end-day": "31", "latest_year_end-month": "12", "latest_year_end-year": "2017"}  # fmt: skip
    page_client.post(f"{address}correct/", form, by=cast.ada)
    page = page_client.get(address, by=cast.dora)
    assert "Put right by those who keep the register" in page.text and "those who keep the register" in page.text
    commands.undo_profile_change(change=pantry(cast).profile_changes.get(), by=cast.dora)
    assert pantry(cast).phone == ""


WRONG = {
    "website": "hartham minibus .org", "email": "ring", "phone": "ring after six", "postcode": "CT9",
    "latest_income": "24000",
}  # fmt: skip


@pytest.mark.parametrize(("verb", "name"), [("edit", "dora"), ("correct", "ada")])
def test_all_that_is_wrong_with_a_profile_is_said_at_once(cast, page_client, address, verb, name):
    Organisation.objects.filter(pk=cast.pantry.pk).update(latest_income=None)
    page = page_client.post(
        f"{address}{verb}/", {"name": "Mill Lane Pantry"} | WRONG, by=getattr(cast, name), expect=200
    )
    links = page.find_all(".govuk-error-summary a")
    assert [link.get("href").removeprefix("#id_") for link in links] == [
        "website", "email", "phone", "postcode", "latest_year_end-day",
    ]  # fmt: skip
    assert pantry(cast).phone == ""


def test_what_a_list_gave_is_not_theirs_to_mend(cast):
    Organisation.objects.filter(pk=cast.pantry.pk).update(phone="ring after six", website="see our page")
    values = {"name": "Larder", "phone": "ring after six", "website": "see our page"}
    commands.change_profile(organisation=pantry(cast), values=values, by=cast.dora)
    assert pantry(cast).name == "Larder"
    with pytest.raises(RuleBroken, match="Enter a web address"):
        commands.change_profile(organisation=pantry(cast), values={"website": "our page"}, by=cast.dora)


@pytest.mark.parametrize("name", ["dora", "alice", "fred"])
def test_putting_right_is_for_keepers(cast, page_client, address, name):
    page_client.get(f"{address}correct/", by=getattr(cast, name), expect=403)


# --- A private address


@pytest.mark.parametrize(("name", "sees"), [(None, False), ("erin", False), ("alice", False), ("dora", True),
                                            ("olive", True)])  # fmt: skip
def test_a_private_address_is_for_few(cast, page_client, address, name, sees):
    Organisation.objects.filter(pk=cast.pantry.pk).update(
        address="7 Mill Lane", postcode="ME14 1XQ", address_is_private=True
    )
    page = page_client.get(address, by=name and getattr(cast, name))
    assert ("7 Mill Lane" in page.text) is sees and ("ME14 1XQ" in page.text) is sees
    assert "North" in page.text and ("Its address is private." in page.text) is not sees


def test_a_private_postcode_finds_nobody(cast, page_client, address):
    Organisation.objects.filter(pk__in=[cast.pantry.pk, cast.choir.pk]).update(postcode="ME14 1XQ")
    Organisation.objects.filter(pk=cast.pantry.pk).update(address_is_private=True)
    assert search.find("ME14 1XQ").ids == (cast.choir.pk,)
    assert [one["name"] for one in queries.search_results("me141xq")] == ["Southdown Community Choir"]


def test_an_organisation_makes_its_address_private(cast):
    change = commands.change_profile(
        organisation=pantry(cast), values={"address": "7 Mill Lane", "address_is_private": True}, by=cast.dora
    )
    assert (pantry(cast).address, pantry(cast).address_is_private) == ("7 Mill Lane", True)
    commands.undo_profile_change(change=change, by=cast.dora)
    assert (pantry(cast).address, pantry(cast).address_is_private) == ("", False)


# --- Out of the directory


def test_what_is_hidden_is_nowhere_for_the_public(cast, page_client, address):
    counted = five_figures()
    hide(cast)
    assert actions() == ["organisations.unlist_organisation"]
    for by in (None, cast.erin, cast.vera, cast.fred):
        page_client.get(address, by=by, expect=404)
    assert "Mill Lane Pantry" not in names(page_client.get(HOME)) + names(page_client.get(HOME, {"q": "pantry"}))
    assert page_client.get(HOME, {"q": cast.pantry.reference}).text.count("Mill Lane") == 0
    assert queries.search_results("mill lane pantry") == []
    assert b"Pantry" not in b"".join(page_client.get(HOME, {"format": "csv"}).response.streaming_content)
    assert five_figures() == counted


def test_its_own_people_and_those_who_work_with_it_still_see_what_is_hidden(cast, page_client, address):
    hide(cast)
    for by in (cast.dora, cast.alice, cast.anna, cast.olive, cast.ada):
        assert "The public does not see it." in page_client.get(address, by=by).text
    for by, verb in ((cast.alice, []), (cast.dora, ["show"]), (cast.ada, ["bring-back"])):
        forms = page_client.get(address, by=by).find_all("main form[action$='show/'], main form[action$='bring-back/']")
        assert [form.get("action").split("/")[-2] for form in forms] == verb


def test_hiding_is_undone(cast, page_client, address):
    page_client.post(f"{address}hide/", {"reason": ""}, by=cast.dora)
    page_client.get(address, expect=404)
    page_client.post(f"{address}show/", by=cast.dora)
    page_client.get(address)
    assert actions() == ["organisations.unlist_organisation", "organisations.list_organisation_again"]


def test_a_keeper_hides_on_request_and_says_whose(cast, page_client, address):
    page = page_client.post(f"{address}take-out/", {"reason": ""}, by=cast.ada, expect=200)
    assert "Say who asked for this, and why." in page.text and actions() == []
    page_client.post(f"{address}take-out/", {"reason": "Its chair rang."}, by=cast.ada)
    assert AuditEntry.objects.get().reason == "Its chair rang."
    page_client.post(f"{address}bring-back/", by=cast.ada)
    page_client.get(address)


@pytest.mark.parametrize("name", ["erin", "alice", "fred", "vera"])
def test_hiding_refuses_everybody_else(cast, name):
    for deed in (commands.unlist_organisation, commands.list_organisation_again):
        with pytest.raises(RuleBroken, match="Only the organisation itself, or those who keep"):
            deed(organisation=cast.pantry, by=getattr(cast, name))
    assert actions() == []


def test_hiding_twice_is_refused(cast):
    hide(cast)
    with pytest.raises(RuleBroken, match="not in the directory now"):
        hide(cast)
    commands.list_organisation_again(organisation=cast.pantry, by=cast.dora)
    with pytest.raises(RuleBroken, match="in the directory already"):
        commands.list_organisation_again(organisation=cast.pantry, by=cast.dora)


# --- Gone


def test_where_the_work_of_one_that_is_gone_went_is_told(cast, page_client, address):
    page_client.get(f"{address}went-to/", by=cast.ada, expect=302)
    Organisation.objects.filter(pk=cast.pantry.pk).update(status="removed", removed_on=date(2018, 5, 1))
    page_client.post(f"{address}went-to/", {"went_to": "To Ash Vale CVS"}, by=cast.ada)
    page = page_client.get(address)
    assert "This organisation was removed from its register on 1 May 2018." in page.text
    assert "To Ash Vale CVS" in page.text and actions() == ["organisations.say_where_it_went"]
    page_client.get(f"{address}went-to/", by=cast.dora, expect=403)


def test_profiles_that_are_out_of_date_are_listed_for_those_who_keep_the_register(cast, page_client):
    Organisation.objects.filter(pk=cast.choir.pk).update(confirmed_on=date(2017, 1, 31), email="hello@choir.example")
    Organisation.objects.filter(pk=cast.pantry.pk).update(confirmed_on=date(2018, 6, 1))
    for who in (cast.ada, cast.alice):
        page = page_client.get("/organisations/stale/", by=who)
        assert cast.choir.name in page.text and "31 January 2017" in page.text and "hello@choir.example" in page.text
        assert cast.pantry.name not in page.text
        assert page_client.get("/organisations/", by=who).has_link("See which profiles nobody has confirmed for long")
    page_client.get("/organisations/stale/", by=cast.dora, expect=404)
    assert not page_client.get("/organisations/", by=cast.dora).find_all("a[href='/organisations/stale/']")
    assert page_client.get("/organisations/import/", by=cast.ada).href("See which organisations may be closed")


@pytest.mark.parametrize("said", [date(2016, 11, 27), date(2016, 11, 28), date(2016, 11, 30), date(2016, 12, 1)])
def test_the_list_of_them_holds_just_those_that_are_marked(cast, said):
    Organisation.objects.filter(pk=cast.choir.pk).update(confirmed_on=said)
    choir = Organisation.objects.get(pk=cast.choir.pk)
    assert (choir in keeping.stale(date(2018, 2, 28))) == queries.is_stale(choir, date(2018, 2, 28))
