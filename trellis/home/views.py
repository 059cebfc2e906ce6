"""Pages that span areas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.core.permissions import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """The front door: four doors for the public, or what needs me today."""
    return render(request, "home/public.html")
