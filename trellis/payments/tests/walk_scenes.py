"""A contract whose members come and go and whose money is drawn at random, for the walk of test_conservation."""

from datetime import date
from decimal import Decimal as D

from hypothesis import strategies as st

from tests.cast import person
from trellis.contracts import queries as contracts
from trellis.contracts.models import ContractQuarter, Partner, PartnerShare
from trellis.core.actors import COMMAND_LINE
from trellis.core.money import split
from trellis.core.periods import Quarter
from trellis.payments.commands import books, shares, terms
from trellis.payments.models import BookReturn, Settlement
from trellis.payments.tests import books_scenes
from trellis.payments.tests.books_scenes import Q1, Q2, REACHED
from trellis.performance.report import IndicatorResult, OutcomeResult
from trellis.performance.rules import FLOOR_MET, FLOOR_NOT_MET, TARGET_MET


def a_contract(cast, data, in_advance=None):
    """The cast's contract: two to four partners with a lead each, odd shares and values, and a first year that is over.

    `in_advance` is whether its quarters are paid as they begin; by chance where nothing is said.
    Its last quarter is never stated: the years before it have terms too, and cannot all be settled.
    """
    contract, day = cast.contract, cast.contract.starts_on
    leads = {cast.ash_vale_partner: cast.anna, cast.bramble_partner: cast.bella}
    for number, organisation in enumerate((cast.pantry, cast.choir)[: data.draw(st.integers(0, 2))]):
        partner = Partner.objects.create(contract=contract, organisation=organisation, joined_on=day)
        leads[partner] = person(f"Lead{number}", organisation, "partner-lead")
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(leads), max_size=len(leads)))
    PartnerShare.objects.all().delete()
    for partner, share in zip(leads, split(D(1), weights), strict=True):
        PartnerShare.objects.create(partner=partner, starts_on=day, share=share)
    _lay_out(contract, data)
    _terms_of_payment(contract, next(iter(leads)), data, in_advance)
    _commercial_terms(cast, leads, data)
    return contract, leads


def _lay_out(contract, data):
    contract.quarters.filter(quarter__gte=3).update(year=2)
    last = Quarter(2019, 1)
    ContractQuarter.objects.create(
        contract=contract, year=3, quarter=1, starts_on=last.start, ends_on=last.end, value=0
    )
    for row in contract.quarters.all():
        contract.quarters.filter(pk=row.pk).update(value=D(data.draw(st.integers(0, 3_000_000))) / 100)


def _terms_of_payment(contract, partner, data, in_advance):
    day = contract.starts_on
    if data.draw(st.booleans()):
        funding = {"Adult Social Care": D("0.333333"), "Public Health": D("0.666667")}
        terms.set_funding(contract=contract, starts_on=day, shares=funding, by=COMMAND_LINE)
        if data.draw(st.booleans()):
            autumn = {"Adult Social Care": D("0.75"), "Public Health": D("0.25")}
            terms.set_funding(contract=contract, starts_on=date(2018, 10, 1), shares=autumn, by=COMMAND_LINE)
    if data.draw(st.booleans()):
        terms.set_vat_treatment(partner=partner, starts_on=day, treatment="standard", by=COMMAND_LINE)
    if data.draw(st.booleans()) if in_advance is None else in_advance:
        terms.set_payment_terms(contract=contract, starts_on=day, in_advance=True, by=COMMAND_LINE)


def _commercial_terms(cast, leads, data):
    caps = {one.organisation.reference: D(data.draw(st.integers(0, 200_000))) / 100 for one in leads}
    books_scenes.with_terms(
        cast, weights={REACHED: D(1)}, pain_caps=caps, budgets={},
        target_cost=D(data.draw(st.integers(0, 10_000_000))) / 100,
    )  # fmt: skip


def measured(data):
    """The outcomes of a report: so many organisations were reached, the floor being 1 and the target 3."""
    reached = data.draw(st.integers(0, 4))
    rating = TARGET_MET if reached >= 3 else FLOOR_MET if reached else FLOOR_NOT_MET
    result = IndicatorResult(
        code=REACHED, name="Reached", definition="", unit="organisations", decimals=0, polarity="higher",
        value=D(reached), counted=reached, unknown=0, target=D(3), floor=D(1), rating=rating, direction="", history=(),
        districts=(),
    )  # fmt: skip
    return (OutcomeResult("business-support", "Business Support", "", (result,)),)


def settle_first_year(cast, contract, leads, data):
    """Each partner's books of the first year are kept by its lead and accepted; then the year is shared out.

    RuleBroken, as in life, where no report has measured it yet.
    """
    for partner, lead in leads.items():
        for quarter in (Q1, Q2):
            if not BookReturn.objects.filter(partner=partner, quarter=quarter).exists():
                staff = D(data.draw(st.integers(1_000_000, 3_000_000))) / 100
                book = books_scenes.submitted(partner, lead, quarter, staff=staff)
                books.accept_return(book=book, by=cast.olive)
    shares.settle_year(contract=contract, year=1, by=cast.olive)


def check_settled(lines):
    """The year's gain or loss is the partners' and the commissioner's to the penny; a statement states all or none."""
    stated = sum((line.amount for line in lines), D(0))
    settled = Settlement.objects.first()
    parts = sum((part.amount for part in settled.parts.all()), D(0)) if settled else D(0)
    assert stated in (D(0), parts)
    if settled:
        assert parts + settled.commissioner == settled.difference
        caps = {row.partner_id: row.pain_cap for row in settled.terms.partners.all()}
        assert all(part.amount >= -caps[part.partner_id] for part in settled.parts.all())


def shares_by_hand(contract, row):
    """What each partner has of a quarter's value, by largest remainder: the slow twin of the base."""
    shares = contracts.shares(contract, row.starts_on)
    by_name = sorted(shares, key=lambda one: one.organisation.name)
    pence = int(row.value * 100)
    parts = {one: pence * int(shares[one] * 10**6) // 10**6 for one in by_name}
    rests = sorted(by_name, key=lambda one: -(pence * int(shares[one] * 10**6) % 10**6))
    for one in rests[: pence - sum(parts.values())]:
        parts[one] += 1
    return {one: D(part) / 100 for one, part in parts.items()}
