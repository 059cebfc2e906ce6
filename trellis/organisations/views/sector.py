"""The sector in pictures, for commissioners and anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis.core import clock
from trellis.core.permissions import public
from trellis.organisations.forms.sector import SectorForm
from trellis.organisations.presenters import sector as presenters
from trellis.organisations.queries import sector as queries
from trellis.web.csv_files import csv_response


@public
def sector(request: HttpRequest) -> HttpResponse:
    """What the sector is made of and where it is; all of it from what anybody may see in the directory."""
    form = SectorForm(request.GET)
    district, by = form.wanted()
    found = queries.sector(clock.today(), district)
    return render(request, "organisations/sector.html", presenters.page(request, form, found, by))


@public
def sector_picture_file(request: HttpRequest, picture: str) -> HttpResponseBase:
    """One picture's figures as a file."""
    district, by = SectorForm(request.GET).wanted()
    rows = presenters.picture_rows(queries.sector(clock.today(), district), by, picture)
    if rows is None:
        raise Http404
    return csv_response(rows, f"sector-{picture}")
