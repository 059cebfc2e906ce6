"""Who sits for a member of the alliance, and what share of the money and the work each partner has from a day on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit import commands as audit
from trellis.contracts import queries
from trellis.contracts.models import Contract, Document, Partner, PartnerShare, Seat, WorkShare
from trellis.contracts.on_paper import check_on_paper
from trellis.contracts.rules import shares as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation

Kind = TypeVar("Kind", PartnerShare, WorkShare)


@transaction.atomic
def name_seat(
    *, contract: Contract, organisation: Organisation, holder: User, deputy: User | None, starts_on: date, by: Actor
) -> Seat:
    """Say who decides for a member from a day on, and who does in their stead; the earlier seat stays for before.

    RuleBroken unless the organisation is a member on that day, and both can speak for it.
    """
    members = {contract.authority_id, *queries.partners(contract, starts_on).values_list("organisation_id", flat=True)}
    rules.check_can_sit(
        is_member=organisation.pk in members,
        holder_speaks=organisation.pk in holder.organisation_ids(Permission.ALLIANCE_POSITION),
        deputy_speaks=deputy is None or organisation.pk in deputy.organisation_ids(Permission.ALLIANCE_POSITION),
        is_same=deputy == holder,
    )
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                contract=contract, organisation=organisation, holder=holder, deputy=deputy, starts_on=starts_on
            )
    except IntegrityError as error:
        raise RuleBroken("A seat is already named from that day.", field="starts_on") from error
    facts = {"organisation": organisation.reference, "from": str(starts_on), "holder": f"person:{holder.pk}"}
    facts["deputy"] = f"person:{deputy.pk}" if deputy else ""
    audit.record(by=by, action="contracts.name_seat", subject=f"contract {contract.reference}", facts=facts)
    return seat


@transaction.atomic
def restate_shares(
    *, contract: Contract, starts_on: date, shares: Mapping[Partner, Decimal], reason: str, by: Actor
) -> None:
    """Give every partner its share of the money from the start of a quarter that has not begun; the past stays true.

    `shares` names each partner that is a member on that day, and only those; fractions that sum to 1 exactly. They take
    the place of whatever was agreed for later days. RuleBroken for a day that is not the start of one of the contract's
    quarters, or that has come.
    """
    _restate(PartnerShare, contract, starts_on, shares)
    _record_shares("restate_shares", contract, starts_on, shares, reason, by)


@transaction.atomic
def restate_work(
    *, contract: Contract, starts_on: date, shares: Mapping[Partner, Decimal], reason: str, by: Actor
) -> None:
    """Give every partner its share of the work from a day on, by the rules of `restate_shares`."""
    _restate(WorkShare, contract, starts_on, shares)
    _record_shares("restate_work", contract, starts_on, shares, reason, by)


@transaction.atomic
def enter_shares_agreed_on_paper(
    *, contract: Contract, starts_on: date, shares: Mapping[Partner, Decimal], document: Document, by: Actor
) -> None:
    """Enter shares of the money that the members agreed outside these pages, by the rules of `restate_shares`.

    RuleBroken too unless a document of the contract says so, while a proposal about the shares is not finished, and
    where a carried one set them for that day or a later one.
    """
    _enter_on_paper(PartnerShare, contract, starts_on, shares, document)
    _record_shares("enter_shares_agreed_on_paper", contract, starts_on, shares, document.title, by, document)


@transaction.atomic
def enter_work_agreed_on_paper(
    *, contract: Contract, starts_on: date, shares: Mapping[Partner, Decimal], document: Document, by: Actor
) -> None:
    """Enter shares of the work that the members agreed, by the rules of `enter_shares_agreed_on_paper`."""
    _enter_on_paper(WorkShare, contract, starts_on, shares, document)
    _record_shares("enter_work_agreed_on_paper", contract, starts_on, shares, document.title, by, document)


def _enter_on_paper(
    kind: type[Kind], contract: Contract, starts_on: date, shares: Mapping[Partner, Decimal], document: Document
) -> None:
    check_on_paper(kind, contract, starts_on, is_of_contract=document.contract_id == contract.pk)
    _restate(kind, contract, starts_on, shares, document)


def _restate(
    kind: type[Kind],
    contract: Contract,
    starts_on: date,
    shares: Mapping[Partner, Decimal],
    document: Document | None = None,
) -> None:
    Contract.objects.select_for_update().get(pk=contract.pk)
    members = set(queries.partners(contract, starts_on))
    rules.check_can_restate(
        starts_on=starts_on,
        quarter_starts=[quarter.starts_on for quarter in queries.quarters(contract)],
        today=clock.today(),
        missing=sorted(str(partner) for partner in members - shares.keys()),
        strangers=sorted(str(partner) for partner in shares.keys() - members),
    )
    rules.check_shares({str(partner): share for partner, share in shares.items()})
    kind.objects.filter(partner__contract=contract, starts_on__gte=starts_on).delete()
    kind.objects.bulk_create(
        kind(partner=partner, starts_on=starts_on, share=share, document=document) for partner, share in shares.items()
    )


def _record_shares(
    verb: str,
    contract: Contract,
    starts_on: date,
    shares: Mapping[Partner, Decimal],
    reason: str,
    by: Actor,
    document: Document | None = None,
) -> None:
    rests_on = {"document": document.pk} if document else {}
    parts = {partner.organisation.reference: f"{share:f}" for partner, share in shares.items()}
    audit.record(
        by=by,
        action=f"contracts.{verb}",
        subject=f"contract {contract.reference}",
        reason=reason[:500],
        facts={"from": str(starts_on)} | rests_on | parts,
    )
