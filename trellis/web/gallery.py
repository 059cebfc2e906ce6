"""The gallery: every component in every state. It is for those who build Trellis; a live service does not have it."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis.core.permissions import View, public
from trellis.web import samples
from trellis.web.table import Table, address


def not_in_production(view: View) -> View:
    """Answer 404 in production."""

    @wraps(view)
    def outside(request: HttpRequest) -> HttpResponseBase:
        if settings.IN_PRODUCTION:
            raise Http404
        return view(request)

    return outside


@public
@not_in_production
def gallery(request: HttpRequest) -> HttpResponseBase:
    """All but forms and long work, which have pages of their own."""
    table = Table(
        request,
        samples.groups(),
        columns=samples.COLUMNS,
        caption="Organisations",
        name="table",
        page_size=5,
        order="name",
        filters=[("District: any", address(request)), ("Income: under £500,000", address(request))],
    )
    if table.wants_csv:
        return table.csv_response()
    nothing = Table(
        request, [], columns=samples.COLUMNS, caption="Organisations like that", name="no-rows", prefix="none-",
        empty="No organisations match. Take out a filter to see more.",
    )  # fmt: skip
    return render(
        request,
        "web/gallery.html",
        {"table": table, "nothing": nothing, "filters": samples.Filters(), "samples": samples},
    )


@public
@not_in_production
def gallery_form(request: HttpRequest) -> HttpResponse:
    """Every kind of question. Sending it checks the answers and keeps nothing; ?errors=yes shows them going wrong."""
    wrong = samples.WRONG if "errors" in request.GET else None
    form = samples.Example(request.POST or wrong, request.FILES or None)
    context = {"form": form, "button": "Check these answers", "cancel": request.path}
    return render(request, "web/gallery_form.html", context | {"breadcrumbs": [("Gallery", "..")]})


@public
@not_in_production
def gallery_progress(request: HttpRequest) -> HttpResponse:
    """Long work, half way; ?state=done and ?state=failed show how it ends."""
    state = request.GET.get("state", "running")
    return render(request, "web/gallery_progress.html", samples.work(state) | {"breadcrumbs": [("Gallery", "..")]})
