"""Most groups are in no register: somebody adds theirs, keeps its address private, and an adviser checks it."""

import pytest
from django.urls import reverse

from tests.races import at_once, losers, winners
from trellis.accounts import commands as accounts
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.home.kept_needs import groups_to_know
from trellis.organisations import commands as register
from trellis.organisations import queries, search
from trellis.organisations.commands import groups as commands
from trellis.organisations.models import AddedGroup, Organisation
from trellis.organisations.rules import groups as rules
from trellis.places.models import Outcode

ADD = "/account/add-group/"
GROUP = {"name": "Knit and Natter", "activities": "We knit on Tuesdays.", "district": "E07000901"}


@pytest.fixture(autouse=True)
def indexed(request):
    request.getfixturevalue("committed_cast" if "committed_cast" in request.fixturenames else "cast")
    search.index(list(Organisation.objects.values_list("pk", flat=True)))


def added(cast, **change) -> Organisation:
    return accounts.add_own_group(by=cast.vera, **GROUP | change)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_somebody_adds_a_group_and_speaks_for_it(cast, page_client):
    page = page_client.get(page_client.get("/organisations/").href("Add it"), by=cast.vera)
    assert page.h1 == "Add your group" and page.find("form.trellis-form").get("method") == "get"
    page = page_client.get(ADD, {"name": "Knit and Natter"}, by=cast.vera)
    assert "It is not here yet." in page.text and page.find("input[name=address_is_private]").get("checked") is not None
    profile = page_client.post(
        ADD, GROUP | {"address": "7 Mill Lane", "address_is_private": "on"}, by=cast.vera
    ).response.headers["Location"]
    page = page_client.get(profile)
    assert "Nobody has checked this group yet. Somebody added it on 2 July 2018." in page.text
    assert "7 Mill Lane" not in page.source and "Its address is private." in page.text
    group = Organisation.objects.get(name="Knit and Natter")
    assert search.find("knit natter").ids == (group.pk,)
    assert (group.status, group.district, group.identifiers.count()) == ("active", cast.north, 0)
    assert cast.vera.memberships.get().organisation == group
    assert actions() == ["organisations.add_group", "accounts.add_membership"]


def test_a_group_that_is_here_already_is_shown_first(cast, page_client):
    page = page_client.get(ADD, {"name": "Mill Lane Pantries"}, by=cast.vera)
    assert "Is it one of these?" in page.text
    assert page.href("This is mine") == reverse("start_claim", args=[cast.pantry.reference])
    given = GROUP | {"name": "Mill Lane Pantry"}
    page = page_client.post(ADD, given, by=cast.vera, expect=200)
    assert "Look at the groups above first." in page.text and actions() == []
    page_client.post(ADD, given | {"none_of_these": "on"}, by=cast.vera)
    assert Organisation.objects.filter(name="Mill Lane Pantry").count() == 2


def test_what_is_hidden_is_not_offered_to_whoever_adds_a_group(cast, page_client):
    register.unlist_organisation(organisation=cast.pantry, by=cast.dora)
    assert "Mill Lane Pantry" not in page_client.get(ADD, {"name": "Mill Lane Pantry"}, by=cast.vera).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": " "}, "Enter the name of your group"),
        ({"activities": ""}, "Say what it does"),
        ({"district": ""}, "Choose a district, or enter a postcode."),
        ({"postcode": "ME14"}, "Enter a whole postcode"),
        ({"phone": "ring me"}, "Enter a telephone number"),
    ],
)
def test_a_group_without_what_it_needs_is_told_where(cast, page_client, given, sentence):
    assert sentence in page_client.post(ADD, GROUP | given, by=cast.vera, expect=200).text
    assert actions() == []


def test_all_that_is_wrong_with_a_group_is_said_at_once(cast, page_client):
    given = GROUP | {"email": "knit", "phone": "ring after six", "postcode": "ME14"}
    page = page_client.post(ADD, given, by=cast.vera, expect=200)
    links = [link.get("href") for link in page.find_all(".govuk-error-summary a")]
    assert sorted(links) == ["#id_email", "#id_phone", "#id_postcode"]


def test_a_postcode_says_the_district_and_stays_private(cast):
    Outcode.objects.create(outcode="ME14", district=cast.south, latitude=51.1, longitude=0.6)
    group = added(cast, district="", postcode="me141xq")
    assert (group.postcode, group.district, group.district_is_guess) == ("ME14 1XQ", cast.south, True)
    assert group.address_is_private and search.find("ME14 1XQ").ids == ()


def test_somebody_adds_three_unchecked_groups_and_no_more(cast):
    for name in ("Tea Tuesdays", "Bowls at Dusk", "Quilters"):
        added(cast, name=name)
    with pytest.raises(RuleBroken, match="wait to be checked"):
        added(cast)
    commands.check_group(group=AddedGroup.objects.earliest("pk"), how_known="I was there.", by=cast.alice)
    added(cast)


def test_an_adviser_checks_a_group_and_it_is_marked_no_longer(cast, page_client):
    assert "Every group is checked." in page_client.get("/organisations/unchecked/", by=cast.alice).text
    group = added(cast)
    assert "Not yet checked" in page_client.get("/organisations/", {"q": "knit"}).text
    listed = page_client.get("/organisations/unchecked/", by=cast.alice)
    profile = listed.href("Knit and Natter")
    check = page_client.get(profile, by=cast.alice).href("Check this group")
    assert "Say how you know" in page_client.post(check, {"how_known": ""}, by=cast.alice, expect=200).text
    page_client.post(check, {"how_known": "I was at its meeting."}, by=cast.alice)
    assert "Nobody has checked" not in page_client.get(profile).text
    assert queries.matches(queries.Criteria("knit"), group.confirmed_on).rows[0].addition.how_known
    assert "Not yet checked" not in page_client.get("/organisations/", {"q": "knit"}).text
    assert actions()[-1] == "organisations.check_group"


@pytest.mark.parametrize("name", ["vera", "dora", "ada", "fred"])
def test_check_group_refuses_whoever_does_not_advise(cast, page_client, name):
    group = added(cast).addition
    with pytest.raises(RuleBroken, match="Only an adviser"):
        commands.check_group(group=group, how_known="I know it.", by=getattr(cast, name))
    page_client.get("/organisations/unchecked/", by=getattr(cast, name), expect=403)


def test_nobody_checks_a_group_that_they_added(cast):
    group = accounts.add_own_group(by=cast.alice, **GROUP).addition
    with pytest.raises(RuleBroken, match="You added this group"):
        commands.check_group(group=group, how_known="I know it.", by=cast.alice)


def test_an_adviser_whose_organisation_competes_neither_checks_nor_is_asked(cast, page_client):
    """Bramble runs food services in the north, and so does the group."""
    group = added(cast)
    group.service_types.add(cast.food)
    with pytest.raises(RuleBroken, match="Your organisation competes"):
        commands.check_group(group=group.addition, how_known="I know it.", by=cast.bob)
    assert "organisations.check_group" not in actions()
    profile = f"/organisations/{group.reference}/"
    assert "Knit and Natter" not in page_client.get("/organisations/unchecked/", by=cast.bob).text
    assert "Check this group" not in page_client.get(profile, by=cast.bob).text
    page_client.get(f"{profile}check/", by=cast.bob, expect=404)
    assert "group to check" not in str([task.name for task in groups_to_know(cast.bob)])
    assert "1 group to check" in [task.name for task in groups_to_know(cast.alice)]
    assert "Knit and Natter" in page_client.get("/organisations/unchecked/", by=cast.alice).text


def test_nobody_checks_the_organisation_that_they_advise_for(cast):
    addition = AddedGroup.objects.create(organisation=cast.ash_vale, added_at=clock.now(), added_by="person:0")
    with pytest.raises(RuleBroken, match="Your organisation competes"):
        commands.check_group(group=addition, how_known="I know it.", by=cast.alice)


def test_a_group_that_nobody_added_has_nothing_to_check(cast, page_client):
    page_client.get(f"/organisations/{cast.pantry.reference}/check/", by=cast.alice, expect=404)


def test_two_advisers_checking_one_group_check_it_once(committed_cast):
    cast = committed_cast
    group = added(cast)
    mine, theirs = (AddedGroup.objects.select_related("organisation").get(organisation=group) for _ in range(2))
    outcomes = at_once(
        lambda: commands.check_group(group=mine, how_known="I know it.", by=cast.alice),
        lambda: commands.check_group(group=theirs, how_known="So do I.", by=cast.bob),
    )
    assert len(winners(outcomes)) == 1 and str(losers(outcomes)[0]) == rules.ALREADY_CHECKED
    assert actions().count("organisations.check_group") == 1
