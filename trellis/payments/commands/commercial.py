"""Setting the commercial terms: the contract manager carries out what the alliance agreed."""

from django.db import transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import Indicator
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.contracts.queries import basis
from trellis.contracts.rules.membership import check_rests_on
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.payments.models import (
    BookReturn,
    CommercialTerms,
    CostCategory,
    CreditTerm,
    TermsBudget,
    TermsMeasure,
    TermsPartner,
)
from trellis.payments.queries import commercial as queries
from trellis.payments.rules import commercial as rules
from trellis.payments.rules.commercial import Agreed

FIELDS = (
    "target_cost", "gate", "overshoot", "gain_ratio", "pain_ratio", "reinvest", "overhead_ceiling",
    "credit_cap_quarter", "credit_cap_year", "earn_back_quarters", "is_illustrative",
)  # fmt: skip


@transaction.atomic
def set_terms(*, contract: Contract, year: int, agreed: Agreed, proposal: str = "", by: Actor) -> CommercialTerms:
    """Set the terms of a contract year and those after it, until others are set.

    `proposal` is what says so: the reference of a carried proposal, or the title of one of the contract's documents.

    Raises RuleBroken for a year that has begun and has terms, one with books, one that is settled, and for figures
    that do not add up. Terms of a year that has not begun are replaced by a new version; the old one stays to be read.
    """
    # one at a time, so that two versions cannot take one number
    Contract.objects.select_for_update().get(pk=contract.pk)
    if proposal:
        check_rests_on(agreement=proposal, agreements=basis.agreements(contract, basis.BY_HAND))
    here = queries.year(contract, year)
    if here is None:
        raise RuleBroken(f"{contract.title} has no year {year}.", field="year")
    before = queries.versions(contract).filter(year=year).first()
    rules.check_can_set(
        may=queries.may_manage(by, contract),
        has_begun=here.starts_on <= clock.today(),
        has_terms=before is not None,
        is_settled=queries.settlement(contract, year) is not None,
        has_books=_has_books(contract, here.quarters),
    )
    partners = {partner.organisation.reference: partner for partner in contracts.partners(contract, here.starts_on)}
    targets = contracts.targets(contract, here.starts_on)
    rules.check_agreed(agreed, partners=list(partners), indicators=list(targets))
    terms = CommercialTerms.objects.create(
        contract=contract, year=year, version=before.version + 1 if before else 1, proposal=proposal,
        set_by=by.actor_name, **{name: getattr(agreed, name) for name in FIELDS},
    )  # fmt: skip
    _write_parts(terms, agreed, partners)
    audit.record(
        by=by, action="payments.set_terms", subject=f"contract {contract.reference}", reason=proposal,
        facts={"year": year, "version": terms.version} | {name: str(getattr(agreed, name)) for name in FIELDS}
        | {"weights": {code: str(weight) for code, weight in agreed.weights.items()},
           "pain_caps": {code: str(cap) for code, cap in agreed.pain_caps.items()}},
    )  # fmt: skip
    return terms


def _has_books(contract: Contract, quarters: tuple[str, ...]) -> bool:
    found = BookReturn.objects.filter(partner__contract=contract, quarter__in=quarters)
    return found.exclude(status=BookReturn.Status.OPEN).exists()


def _write_parts(terms: CommercialTerms, agreed: Agreed, partners: dict) -> None:
    indicators = {one.code: one for one in Indicator.objects.filter(code__in={*agreed.weights, *agreed.credits})}
    categories = {one.code: one for one in CostCategory.objects.all()}
    TermsMeasure.objects.bulk_create(
        TermsMeasure(terms=terms, indicator=indicators[code], weight=weight) for code, weight in agreed.weights.items()
    )
    TermsPartner.objects.bulk_create(
        TermsPartner(terms=terms, partner=partners[code], share=agreed.shares.get(code), pain_cap=cap)
        for code, cap in agreed.pain_caps.items()
    )
    unknown = sorted({category for _partner, category in agreed.budgets} - set(categories))
    if unknown:
        raise RuleBroken(f"There is no category of costs called {unknown[0]}.")
    TermsBudget.objects.bulk_create(
        TermsBudget(terms=terms, partner=partners[reference], category=categories[category], amount=amount)
        for (reference, category), amount in agreed.budgets.items()
    )
    CreditTerm.objects.bulk_create(
        CreditTerm(terms=terms, indicator=indicators[code], **{kind: figure})
        for code, (kind, figure) in agreed.credits.items()
    )
