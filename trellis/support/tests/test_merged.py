"""What was merged is one for everybody: its people, its cases, the firewall, the figures. An undo parts all of it."""

import pytest

from trellis.accounts import queries as accounts
from trellis.contracts import queries as contracts
from trellis.contracts.models import Partner, Tie
from trellis.contracts.queries import gaps
from trellis.core import clock
from trellis.core.actors import SIMULATOR
from trellis.core.permissions import Permission
from trellis.evidence import queries as evidence
from trellis.organisations import commands
from trellis.organisations.models import Organisation
from trellis.support import queries
from trellis.support.tests import cases

pytestmark = pytest.mark.django_db


def merge(one: Organisation, other: Organisation):
    return commands.merge_organisations(one=one, other=other, reason="They share a hall", by=SIMULATOR)


def undo(merge) -> None:
    commands.undo_merge(merge=merge, reason="They do not", by=SIMULATOR)


def asked_about(partner) -> list:
    """The kinds of service that a partner is asked about."""
    return [one.service_type for one in gaps.gaps(partner, clock.today())]


def again(user):
    """The person in another request."""
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def double(cast) -> Organisation:
    """The pantry, a second time: in South, where Bramble runs no food service; more rows point at the pantry."""
    return Organisation.objects.create(reference="ORG-DOUBLE", name="Mill Lane Food Pantry", district=cast.south)


def test_people_of_each_see_the_cases_of_both_and_edit_the_one_that_stands(cast, double):
    case = cases.requested(cast)
    erin_of = merge(cast.pantry, cast.choir)

    for who in (cast.dora, cast.erin):
        assert list(queries.cases_visible_to(again(who))) == [case]
        assert set(again(who).organisation_ids(Permission.ORGANISATION_EDIT)) == {cast.pantry.pk, cast.choir.pk}
        assert [one.pk for one in again(who).organisations_for(Permission.CASE_REQUEST)] == [erin_of.into_id]
        stands = Organisation.objects.get(pk=erin_of.into_id)
        assert stands in accounts.organisations_managed_by(again(who))
        members = {one.user for one in accounts.people_at(stands, seen_by=again(who)).members}
        assert members == {cast.dora, cast.erin}
        assert [role.code for role in accounts.roles_given_by(again(who), stands)] == ["organisation"]
    undo(erin_of)
    assert not queries.cases_visible_to(again(cast.erin)).exists()


def test_a_case_goes_under_the_name_of_the_one_that_stands(cast, page_client):
    case = cases.requested(cast)
    charity = Organisation.objects.create(reference="ORG-CHARITY", name="Mill Lane Relief", district=cast.north)
    charity.identifiers.create(scheme="GB-CHC", value="1007778")
    merge(cast.pantry, charity)

    page = page_client.get("/support/?q=relief", by=cast.alice)
    assert case.reference in page.text and "Mill Lane Relief" in page.text
    assert "Mill Lane Relief" in page_client.get(f"/support/{case.reference}/", by=cast.alice).text


@pytest.mark.parametrize("asks", ["pantry", "double"])
def test_the_firewall_knows_what_either_does(cast, double, asks):
    """Bramble runs food services in North: the pantry is closed to it, and so is its double, once they are merged."""
    case = cases.requested(cast, organisation=getattr(cast, asks, double), by=SIMULATOR)
    open_before = case in queries.cases_open_to([cast.bramble.pk])
    done = merge(cast.pantry, double)

    assert open_before == (asks == "double")
    assert case not in queries.cases_open_to([cast.bramble.pk])
    case = type(case).objects.get()
    assert not queries.is_open_to(case, [cast.bramble.pk])
    assert queries.is_open_to(case, [cast.ash_vale.pk])
    undo(done)
    assert (case in queries.cases_open_to([cast.bramble.pk])) == open_before


def test_a_tie_with_either_is_a_tie_with_both(cast, double):
    Tie.objects.create(
        partner=cast.ash_vale_partner, organisation=double, kind="tied-to", starts_on=clock.today(), declared_by="x"
    )
    merge(cast.pantry, double)
    assert cast.ash_vale.pk in contracts.conflicted_partner_organisation_ids(cast.pantry, clock.today())
    assert cast.ash_vale.pk in contracts.conflicted_partner_organisation_ids(double, clock.today())


def test_what_a_partner_runs_under_another_record_is_asked_about(cast, double):
    double.service_types.add(cast.transport)
    assert cast.transport not in asked_about(cast.ash_vale_partner)
    merge(cast.ash_vale, double)
    assert cast.transport in asked_about(Partner.objects.get(pk=cast.ash_vale_partner.pk))


def test_a_partner_that_was_merged_is_still_the_partner(cast):
    other = Organisation.objects.create(reference="ORG-BRAMBLE", name="Bramble Volunteers", district=cast.south)
    other.identifiers.create(scheme="GB-CHC", value="1007778")
    case = cases.triaged(cast, organisation=cast.choir, by=cast.erin)
    merge(cast.bramble, other)

    bob = again(cast.bob)
    assert case in queries.cases_to_work_on(bob)
    own = cases.requested(cast, organisation=other, by=SIMULATOR)
    assert own not in queries.cases_open_to(bob.organisation_ids(Permission.CASE_TRIAGE))


def test_reach_counts_what_was_merged_once(cast, double):
    for organisation in (cast.pantry, cast.choir):
        cases.completed(cast, organisation=organisation, by=SIMULATOR)
    reached = evidence.as_arrow(contract="SCO", columns=["organisation"]).column("organisation").to_pylist()
    assert set(reached) == {cast.pantry.pk, cast.choir.pk}
    done = merge(cast.pantry, cast.choir)
    reached = evidence.as_arrow(contract="SCO", columns=["organisation"]).column("organisation").to_pylist()
    assert set(reached) == {done.into_id}
