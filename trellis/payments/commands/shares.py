"""Settling a year: once every book is accepted, its gain or loss is shared out, once."""

from typing import Any, cast

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.payments.models import CommercialTerms, Settlement, SettlementPart, UnsharedYear
from trellis.payments.queries import commercial
from trellis.payments.queries import shares as queries
from trellis.payments.queries.shares import YearSoFar
from trellis.payments.rules import commercial as rules
from trellis.payments.sharing.sums import Shared
from trellis.performance.models import QuarterReport


@transaction.atomic
def settle_year(*, contract: Contract, year: int, by: Actor) -> Settlement:
    """Share out a contract year by its agreed terms, its accepted books and its published measures.

    The next statement that is not drawn up yet pays it, or takes it back; the contract's last year, that of its own
    last quarter. Raises RuleBroken while anything is missing.
    """
    Contract.objects.select_for_update().get(pk=contract.pk)
    here = commercial.year(contract, year)
    if here is None:
        raise RuleBroken(f"{contract.title} has no year {year}.")
    so_far = queries.year_so_far(contract, here)
    rules.check_can_settle(
        may=commercial.may_manage(by, contract),
        has_terms=so_far.terms is not None,
        is_settled=commercial.settlement(contract, year) is not None,
        is_left=year in commercial.unshared(contract),
        missing=so_far.missing,
        unmeasured=so_far.unmeasured,
    )
    document = queries.document_of(so_far) or {}
    _terms, shared = queries.shared_out(document)
    settled = _create(so_far, document, shared, by)
    _write_parts(settled, shared)
    facts = {"year": year, "difference": str(shared.difference), "pool": str(shared.pool)}
    audit.record(by=by, action="payments.settle_year", subject=f"contract {contract.reference}", facts=facts)
    return settled


@transaction.atomic
def leave_unshared(*, contract: Contract, year: int, reason: str, by: Actor) -> UnsharedYear:
    """Decide that a year which cannot be settled is not shared out, so that the last statement can be drawn up.

    What it waits for is kept with the reason, and nobody gains or loses. RuleBroken for a year that runs, that nothing
    is missing of, or that is settled.
    """
    Contract.objects.select_for_update().get(pk=contract.pk)
    here = commercial.year(contract, year)
    if here is None:
        raise RuleBroken(f"{contract.title} has no year {year}.")
    so_far = queries.year_so_far(contract, here)
    rules.check_can_leave_unshared(
        may=commercial.may_manage(by, contract),
        has_terms=so_far.terms is not None,
        is_settled=commercial.settlement(contract, year) is not None or year in commercial.unshared(contract),
        is_over=here.ends_on < clock.today(),
        is_ready=so_far.is_ready,
        reason=reason,
    )
    left = UnsharedYear.objects.create(
        contract=contract, year=year, reason=reason.strip(), decided_by=by.actor_name,
        waited_for=[*so_far.missing, *so_far.unmeasured],
    )  # fmt: skip
    audit.record(
        by=by, action="payments.leave_unshared", subject=f"contract {contract.reference}", reason=left.reason[:500],
        facts={"year": year, "missing": len(left.waited_for)},
    )  # fmt: skip
    return left


def _create(so_far: YearSoFar, document: dict[str, Any], shared: Shared, by: Actor) -> Settlement:
    terms = cast(CommercialTerms, so_far.terms)  # the rule has refused a year without any
    fields = {"document": document, "difference": shared.difference, "pool": shared.pool}
    fields |= {"commissioner": shared.commissioner, "pays_in": queries.pays_in(terms.contract, so_far.year)}
    try:
        with transaction.atomic():
            return Settlement.objects.create(
                contract=terms.contract, year=so_far.year.number, terms=terms, settled_by=by.actor_name, **fields
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken("This year has already been settled.") from error


def _write_parts(settled: Settlement, shared: Shared) -> None:
    partners = {
        partner.organisation.name: partner for partner in settled.contract.partners.select_related("organisation")
    }
    SettlementPart.objects.bulk_create(
        SettlementPart(settlement=settled, partner=partners[part.name], fair=part.fair, amount=part.amount)
        for part in shared.parts
    )


@transaction.atomic
def place_settlements(*, report: QuarterReport, by: Actor) -> None:
    """Note that a quarter's statement pays the settled years that had none to pay them before an extension."""
    for settled in queries.settlements_paid_in(report.contract, report.quarter):
        if Settlement.objects.filter(pk=settled.pk, pays_in="").update(pays_in=report.quarter):
            facts = {"year": settled.year, "quarter": report.quarter}
            subject = f"contract {report.contract.reference}"
            audit.record(by=by, action="payments.place_settlements", subject=subject, facts=facts)
