"""Memberships on their way, for tests."""

from datetime import date
from decimal import Decimal

from trellis.contracts.commands import checks, membership
from trellis.contracts.models import Membership, MembershipCheck, Partner, Variation
from trellis.contracts.tests import room_scenes
from trellis.contracts.tests.papers_scenes import minutes

OCTOBER = date(2018, 10, 1)
SEPTEMBER_END = date(2018, 9, 30)


def invited(cast) -> Membership:
    """Copper Beech Advice is asked to join."""
    return membership.invite_member(contract=cast.contract, organisation=cast.outside, by=cast.olive)


def being_checked(cast) -> Membership:
    """Its checks have begun."""
    one = invited(cast)
    checks.start_due_diligence(membership=one, by=cast.olive)
    return one


def checked(cast) -> Membership:
    """Olive answered every check, Anna verified each, and what it rests on is there."""
    one = being_checked(cast)
    for check in one.checks.all():
        checks.answer_check(check=check, outcome="met", note="Seen in the folder.", by=cast.olive)
        checks.verify_check(check=check, by=cast.anna)
    membership.record_grounds(
        membership=one, proposal=minutes(cast).title, variation=lawful(cast).reference, by=cast.olive
    )
    return one


def lawful(cast) -> Variation:
    """A variation by which the change was tested: another partner is not substantial here."""
    kept = Variation.objects.filter(title="Another partner").first()
    return kept or room_scenes.a_variation(
        cast, title="Another partner", ground="not-substantial", values={}, scope_before="Two partners.",
        scope_after="Three partners.",
    )  # fmt: skip


def shares_with_the_newcomer(cast) -> dict:
    """A fifth goes to Copper Beech Advice."""
    return {cast.ash_vale: Decimal("0.5"), cast.bramble: Decimal("0.3"), cast.outside: Decimal("0.2")}


def leaving(cast) -> Membership:
    """Bramble has given notice for the end of September."""
    one = Membership.objects.get(partner=cast.bramble_partner)
    membership.give_notice(membership=one, leaves_on=SEPTEMBER_END, reason="Its board decided so.", by=cast.bella)
    return one


def on_a_remedy_plan(cast, partner: Partner | None = None) -> Membership:
    """Bramble, or another, puts something right until 31 July."""
    one = Membership.objects.get(partner=partner or cast.bramble_partner)
    membership.plan_remedy(membership=one, remedy="Returns in time.", review_on=date(2018, 7, 31), by=cast.olive)
    return one


def handed_over(cast, one: Membership) -> None:
    """Every question of the handover is answered."""
    for check in one.checks.filter(kind=MembershipCheck.Kind.HANDOVER):
        checks.answer_check(check=check, outcome="met", note="Done on Monday.", by=cast.olive)


def parts_of_addresses(cast) -> dict[str, object]:
    """Copper Beech Advice is being checked: what stands in the addresses of its checks."""
    check = being_checked(cast).checks.first()
    return {
        f"{name} {part}": value
        for name in ("answer_check", "verify_check")
        for part, value in (("organisation", cast.outside.reference), ("number", check.pk))
    }
