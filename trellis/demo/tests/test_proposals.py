"""What the demo's members proposed to each other, and where each proposal stands on its last morning."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import transaction

from trellis.accounts.models import User
from trellis.contracts import queries
from trellis.contracts.commands import positions
from trellis.contracts.models import Contract, Position, Proposal, Seat
from trellis.contracts.queries import proposals
from trellis.demo import county, days, loading, simulator
from trellis.demo.alliance import proposals as told
from trellis.demo.names import the_group
from trellis.demo.people import BY_EMAIL
from trellis.demo.register import add_register
from trellis.demo.staff import employ, employ_council

TODAY = loading.TODAY.date()


@pytest.fixture(scope="module")
def alliance(django_db_setup, django_db_blocker):
    """The alliance with its proposals, and no support beside them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with loading.clock.moved_to(loading._at(loading.SIGNED)):
            county.lay_out()
            group = add_register([the_group()])[0]
            council = county.add_authority()
            officers = employ_council(council)
            contract, by_key = county.form_alliance(council)
            staff = employ(contract, by_key, group, officers)
            told.set_table(contract, staff)
        place = simulator.County(contract=contract, organisations=[], advisers={}, topics=[], random=Random(1))
        beside = told.stories(contract, staff)
        simulator.deliver(place, until=loading._at(loading.TODAY), scale=0, beside=beside)
        yield contract
        transaction.set_rollback(True)


def test_every_member_has_a_seat(alliance):
    assert Seat.objects.count() == queries.seats(alliance, TODAY).count() == 9


def test_the_proposals_stand_at_every_point_of_their_road(alliance):
    assert Counter(Proposal.objects.values_list("status", flat=True)) == {
        "draft": 1, "open": 2, "carried": 1, "carried-out": 2, "lapsed": 1,
    }  # fmt: skip
    assert [one.title for one in proposals.stalled(Proposal.objects.all(), TODAY)] == [
        "No member puts its reserves at stake"
    ]
    recused = Proposal.objects.get(status="carried")
    assert len(proposals.ballot(recused, TODAY).recused) == 2
    assert Position.objects.exclude(in_stead_of="").count() == 1


def test_the_smallest_partner_whom_one_can_sign_in_as_objects_to_new_shares(alliance):
    amara = User.objects.get(email="amara.hussain@example.org")
    seat = queries.seat_of(amara, alliance, TODAY)
    shares = queries.shares(alliance, TODAY)
    assert min(shares, key=shares.__getitem__).organisation == seat.organisation
    objected = Proposal.objects.get(status="open", matter="shares")
    assert proposals.ballot(objected, TODAY).objecting == (seat.organisation.name,)


def test_whoever_is_still_needed_for_the_new_shares_signs_in_with_one_click(alliance):
    ballot = proposals.ballot(Proposal.objects.get(status="open", matter="shares"), TODAY)
    needed = Seat.objects.filter(organisation__name__in=ballot.silent + ballot.objecting)
    assert {seat.holder.email for seat in needed} == {
        "amara.hussain@example.org", "anna.marsh@example.org", "olive.grant@example.org",
    }  # fmt: skip
    assert {seat.holder.email for seat in needed} <= set(BY_EMAIL)


def test_what_was_carried_out_holds(alliance):
    contract = Contract.objects.get()
    assert queries.targets(contract, date(2018, 6, 30))["contact-consistency"].target == Decimal(3)
    assert queries.targets(contract, TODAY)["contact-consistency"].target == Decimal("2.5")


def test_what_is_agreed_today_holds_when_days_have_passed(alliance, settings):
    settings.TRELLIS_ENV = "demo"
    proposal = Proposal.objects.get(status="open", matter="shares")
    with transaction.atomic():
        for name in ("anna.marsh", "olive.grant", "amara.hussain"):
            with loading.clock.moved_to(days.goes_on_at()):
                positions.take_position(
                    proposal=proposal, version=1, stance="accept", by=User.objects.get(email=f"{name}@example.org")
                )
        call_command("demo_move", "2018-10-15", stdout=StringIO())
        shares = queries.shares(alliance, date(2018, 10, 15))
        assert Proposal.objects.get(pk=proposal.pk).status == "carried-out"
        assert min(shares.values()) == Decimal("0.07")
        transaction.set_rollback(True)
