"""Commercial terms: as they are agreed, as they would turn out, and the contract manager's page to set them."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.contracts.queries import basis
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, public, requires
from trellis.payments.commands import commercial as commands
from trellis.payments.forms.commercial import TermsForm, WhatIfForm
from trellis.payments.models import CommercialTerms
from trellis.payments.presenters import commercial as presenters
from trellis.payments.presenters import what_if as what_if_page
from trellis.payments.queries import books
from trellis.payments.queries import commercial as queries
from trellis.payments.queries import what_if as trying
from trellis.payments.queries.commercial import Year
from trellis.payments.sharing import reading
from trellis.payments.sharing.sums import share
from trellis.payments.uploads import rows_of
from trellis.web.acts import ask_and_do

STARTING = {"over": "5", "score": "0.8"}
SAVED = Decimal(5)  # per cent, where what is tried is a loss: for what a score would do


def alliance(request: Request, reference: str) -> Contract:
    """The contract, for its members; 404 for everybody else."""
    return get_object_or_404(queries.alliances_visible_to(request.user), reference=reference)


@requires(Permission.BOOKS_VIEW)
def commercial_terms(request: Request, reference: str) -> HttpResponseBase:
    """The terms in force, and every version of them."""
    contract = alliance(request, reference)
    year = queries.year_on(contract, clock.today())
    page = presenters.terms_page(request, contract, year, queries.terms_of(contract, year.number))
    for table in (page["versions"], *page.get("tables", ())):
        if table.wants_csv:
            return table.csv_response()
    page["can_set"] = queries.may_manage(request.user, contract)
    return render(request, "payments/commercial/terms.html", page)


@requires(Permission.BOOKS_VIEW)
def what_if(request: Request, reference: str) -> HttpResponseBase:
    """What a year would mean for each: the address holds the figures, so it can be passed on before anybody signs."""
    contract = alliance(request, reference)
    years = [one.number for one in queries.years(contract)]
    form = WhatIfForm(request.GET if "over" in request.GET else None, initial=STARTING, years=years)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    year = queries.year(contract, int(asked.get("year") or 0)) or queries.year_on(contract, clock.today())
    terms = queries.terms_of(contract, year.number)
    page: dict[str, Any] = {
        "contract": contract, "caption": contract.title, "form": form, "year": year, "terms": terms,
        "breadcrumbs": presenters.crumbs(contract), "is_illustrative": queries.is_illustrative(contract),
    }  # fmt: skip
    if terms and (not form.is_bound or form.is_valid()):
        tried = {name: Decimal(asked.get(name, start)) for name, start in STARTING.items()}
        page |= _tried(request, terms, year, **tried)
        for table in (page["costs"], page["exposure"]):
            if table.wants_csv:
                return table.csv_response()
    return render(request, "payments/commercial/what_if.html", page)


def _tried(request: Request, terms: CommercialTerms, year: Year, *, over: Decimal, score: Decimal) -> dict[str, Any]:
    tried = trying.year_with(terms, year, over=over, score=score)
    mine = trying.partner_led_by(request.user, terms.contract)
    exposures = trying.exposures(terms, year)
    scored = trying.scores(terms, year, -over if over < 0 else SAVED, what_if_page.STEPS_OF_SCORE)
    shared = share(tried)
    return {
        "sums": what_if_page.sums(tried, shared),
        "in_short": what_if_page.in_short(tried, shared, str(mine) if mine else ""),
        "cost_chart": what_if_page.cost_chart(tried, str(mine) if mine else ""),
        "score_chart": what_if_page.score_chart(tried, scored),
        "costs": what_if_page.cost_table(request, tried),
        "exposure": what_if_page.exposure_table(request, exposures),
        "warnings": [row for row in exposures if row.is_high and (mine is None or row.partner == mine)],
    }


@requires(Permission.CONTRACT_MANAGE)
def set_terms(request: Request, reference: str) -> HttpResponse:
    """Carry out what the alliance agreed: the terms of a contract year."""
    contract = alliance(request, reference)
    if not queries.may_manage(request.user, contract):
        raise Http404
    today = clock.today()
    form = TermsForm(
        request.POST or None,
        request.FILES or None,
        initial=queries.as_typed(queries.versions(contract).first()),
        years=queries.years_to_agree(contract),
        measures={row.indicator_id: row.indicator.name for row in contracts.targets(contract, today).values()},
        partners={one.organisation.reference: str(one) for one in contracts.partners(contract, today)},
        agreements=basis.agreements(contract, basis.BY_HAND),
    )
    there = reverse("commercial_terms", args=[reference])
    return ask_and_do(
        request, form, partial(_set, form, contract, request), done="The terms are set.", then=there,
        page={"title": "Set the commercial terms", "intro": INTRO, "button": "Set these terms", "cancel": there,
              "caption": contract.title, "breadcrumbs": presenters.crumbs(contract)},
    )  # fmt: skip


INTRO = (
    "Write down what the alliance agreed. The terms hold from the start of the year until others are set. "
    "Floors and targets are those of the contract, and each partner’s part is its share."
)


def _set(form: TermsForm, contract: Contract, request: Request, **typed: Any) -> CommercialTerms:
    budgets = _budgets(typed["file"], contract) if typed["file"] else {}
    return commands.set_terms(
        contract=contract, year=int(typed["year"]), agreed=form.agreed(budgets), proposal=typed["proposal"],
        by=request.user,
    )  # fmt: skip


def _budgets(upload: Any, contract: Contract) -> dict[tuple[str, str], Decimal]:
    """The budgets in a file. Raises RuleBroken at the first line that is none: a part of them would not add up."""
    partners = {str(one).lower(): one.organisation.reference for one in contracts.partners(contract, clock.today())}
    kinds = {name.lower(): one.code for one in books.categories() for name in (one.name, one.code)}
    found: dict[tuple[str, str], Decimal] = {}
    for line, cells in rows_of(upload, needed=("partner", "category", "amount")):
        partner, kind = partners.get(cells["partner"].lower()), kinds.get(cells["category"].lower())
        if not partner or not kind:
            raise RuleBroken(f"Line {line} names no partner, or no category, that there is.", field="file")
        amount = books.rules.pounds(cells["amount"])
        found[partner, kind] = found.get((partner, kind), Decimal("0.00")) + amount
    return found


@public
def share_schema(request: Request) -> JsonResponse:
    """What `trellis share` reads, as a JSON Schema."""
    return JsonResponse(reading.schema(), json_dumps_params={"indent": 2})
