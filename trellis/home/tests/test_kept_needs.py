"""What keeping the register right asks of each."""

from datetime import date

from trellis.accounts import commands as accounts
from trellis.core.actors import VISITOR
from trellis.home.kept_needs import (
    cases_of_the_removed,
    claims_on_mine,
    errors_on_mine,
    groups_to_know,
    my_claims,
    my_profiles,
    register_to_keep,
)
from trellis.organisations.commands import confirm_profile, reports
from trellis.organisations.models import Organisation
from trellis.support.tests import cases


def names(tasks) -> list[str]:
    return [task.name for task in tasks]


def test_nothing_waits_where_nothing_is_to_do(cast):
    for find in (my_claims, claims_on_mine, errors_on_mine, groups_to_know, register_to_keep, cases_of_the_removed):
        assert not list(find(cast.dora)) and not list(find(cast.ada))


def test_a_group_is_asked_whether_its_profile_is_right_until_it_says_so(cast, page_client):
    (task,) = my_profiles(cast.dora)
    assert (task.name, task.status) == ("Is the profile of Mill Lane Pantry still right?", "Check")
    confirm_profile(organisation=cast.pantry, by=cast.dora)
    (task,) = my_profiles(cast.dora)
    assert (task.name, task.hint) == ("The profile of Mill Lane Pantry", "You said on 2 July 2018 that it is right.")
    page_client.get(page_client.get("/", by=cast.dora).href(task.name), by=cast.dora)


def test_a_claim_waits_for_whoever_asked_the_organisation_and_advisers(cast, page_client):
    accounts.start_claim(organisation=cast.pantry, proof="vouch", role_there="Secretary", by=cast.vera)
    assert names(my_claims(cast.vera)) == ["Your claim to speak for Mill Lane Pantry"]
    assert names(claims_on_mine(cast.dora)) == ["Vera asks to speak for Mill Lane Pantry"]
    assert names(groups_to_know(cast.alice)) == ["1 person to vouch for"]
    assert not names(claims_on_mine(cast.erin)) and not names(register_to_keep(cast.ada))
    for by in (cast.vera, cast.dora, cast.alice):
        page = page_client.get("/", by=by)
        page_client.get(page.find(".govuk-task-list a[href*='/claims/']").get("href"), by=by)


def test_keepers_post_letters_settle_objections_and_answer_errors(cast, page_client):
    Organisation.objects.filter(pk=cast.pantry.pk).update(address="7 Mill Lane")
    cast.pantry.refresh_from_db()
    claim = accounts.start_claim(organisation=cast.pantry, proof="letter", role_there="Secretary", by=cast.vera)
    reports.report_error(organisation=cast.pantry, about="name", says="It is a larder.", by=VISITOR)
    assert names(register_to_keep(cast.ada)) == ["1 letter to post to an organisation", "1 error reported on profiles"]
    accounts.object_to_claim(claim=claim, objection="No.", by=cast.dora)
    assert names(register_to_keep(cast.ada))[0] == "1 claim to which the organisation objects"
    assert names(errors_on_mine(cast.dora)) == ["1 error reported on the profile of Mill Lane Pantry"]
    page = page_client.get("/", by=cast.ada)
    for words in ("1 claim to which the organisation objects", "1 error reported on profiles"):
        page_client.get(page.href(words), by=cast.ada)


def test_an_adviser_is_told_that_the_organisation_of_a_case_is_gone(cast, page_client):
    case = cases.in_progress(cast)
    Organisation.objects.filter(pk=cast.pantry.pk).update(status="removed", removed_on=date(2018, 6, 1))
    assert names(cases_of_the_removed(cast.alice)) == ["Mill Lane Pantry was removed from its register"]
    assert not names(cases_of_the_removed(cast.bob))
    page = page_client.get(f"/support/{case.reference}/", by=cast.alice)
    assert "This organisation was removed from its register on 1 June 2018." in page.text
    (task,) = my_profiles(cast.dora)
    assert task.status == "Removed"


def test_a_group_to_check_waits_for_advisers(cast):
    accounts.add_own_group(name="Knit and Natter", activities="We knit.", district=cast.north.code, by=cast.vera)
    assert names(groups_to_know(cast.bob)) == ["1 group to check"]
