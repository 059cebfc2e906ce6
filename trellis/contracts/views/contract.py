"""The public pages of the alliance contract: who, what, how much."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis.contracts import queries
from trellis.contracts.presenters import contract as presenters
from trellis.core.permissions import public


@public
def contracts(request: HttpRequest) -> HttpResponseBase:
    """Every contract."""
    table = presenters.contracts_table(request, queries.contracts())
    if table.wants_csv:
        return table.csv_response()
    return render(request, "contracts/contracts.html", {"table": table})


@public
def contract(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One contract: its partners as equals, its money by quarter, its targets, what its partners also deliver."""
    found = queries.contract(reference)
    if found is None:
        raise Http404
    page = presenters.contract_page(request, found)
    for table in presenters.tables_of(page):
        if table.wants_csv:
            return table.csv_response()
    return render(request, "contracts/contract.html", page)
