from datetime import date
from io import StringIO

from django.core.management import call_command

from trellis.audit.models import AuditEntry, AuditLink
from trellis.contracts.models import Proposal
from trellis.contracts.tests import proposal_scenes
from trellis.support import queries
from trellis.support.tests import cases


def nightly() -> str:
    out = StringIO()
    call_command("nightly", stdout=out)
    return out.getvalue()


def test_nightly_hands_back_a_case_whose_organisation_came_into_conflict(cast):
    case = cases.in_progress(cast, organisation=cast.choir, by=cast.erin)
    cast.choir.service_types.add(cast.transport)
    cast.ash_vale_partner.interests.create(
        service_type=cast.transport, district=cast.south, starts_on=date(2018, 7, 1), declared_by="person:0"
    )
    assert not queries.cases_visible_to(cast.alice).exists()

    assert "conflict: 1" in nightly()

    case.refresh_from_db()
    assert (case.status, case.held_by) == ("triaged", None)
    assert AuditEntry.objects.filter(action="support.release_conflicted_cases", actor="service:nightly").count() == 1


def test_nightly_carries_out_what_every_member_agreed_to(cast):
    proposal_scenes.agreed(proposal_scenes.seated(cast))
    assert "Proposals moved on: 1, carried out: 1, that cannot be carried out: 0" in nightly()
    assert Proposal.objects.get().status == "carried-out"
    assert AuditEntry.objects.filter(action="contracts.carry_out_proposal", actor="service:nightly").count() == 1


def test_nightly_twice_does_nothing_more_and_leaves_nothing_unsealed(cast):
    cases.requested(cast)
    nightly()
    assert AuditLink.objects.count() == AuditEntry.objects.count()
    assert "conflict: 0" in nightly()
