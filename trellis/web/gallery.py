"""The gallery: every component in every state, on public pages. It is also what their tests look at."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis.core.permissions import public
from trellis.web import samples
from trellis.web.table import Table, address


@public
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
def gallery_form(request: HttpRequest) -> HttpResponse:
    """Every kind of question. Sending it checks the answers and keeps nothing; ?errors=yes shows them going wrong."""
    wrong = samples.WRONG if "errors" in request.GET else None
    form = samples.Example(request.POST or wrong, request.FILES or None)
    context = {"form": form, "button": "Check these answers", "cancel": request.path}
    return render(request, "web/gallery_form.html", context | {"breadcrumbs": [("Gallery", "..")]})


@public
def gallery_progress(request: HttpRequest) -> HttpResponse:
    """Long work, half way; ?state=done and ?state=failed show how it ends."""
    state = request.GET.get("state", "running")
    return render(request, "web/gallery_progress.html", samples.work(state) | {"breadcrumbs": [("Gallery", "..")]})
