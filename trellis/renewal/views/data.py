"""The data of a contract that is handed on, for members of the alliance."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.renewal.commands import export
from trellis.renewal.presenters import data as presenters


@requires(Permission.ALLIANCE_VIEW)
def contract_data(request: Request, reference: str) -> HttpResponseBase:
    """What is in the data that is handed on."""
    page = presenters.data_page(request, _shared(request, reference))
    if page["tables"][0].wants_csv:
        return page["tables"][0].csv_response()
    return render(request, "contracts/rooms/room.html", page)


@requires(Permission.ALLIANCE_VIEW)
def contract_data_file(request: Request, reference: str) -> HttpResponse:
    """What members may take of it, as one file."""
    contract = _shared(request, reference)
    content = export.pack_contract(contract=contract, by=request.user)
    headers = {"Content-Disposition": f'attachment; filename="{contract.reference}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _shared(request: Request, reference: str) -> Contract:
    mine = contracts.alliances_of(request.user, Permission.ALLIANCE_VIEW, clock.today())
    return get_object_or_404(mine, reference=reference)
