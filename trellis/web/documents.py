"""A document as PDF/UA-1: tagged, with a title and language, from the same object as the page."""

from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string

SCHEME = "static:"


def pdf(template: str, context: dict[str, Any]) -> bytes:
    """Render a template of ours as PDF/UA-1 (ISO 14289-1).

    Style and fonts are static files of ours, named `static:path`; any other address raises, so nothing reaches out.
    """
    from weasyprint import HTML  # a second to load, which only those who want a PDF should wait

    document = HTML(string=render_to_string(template, context), base_url=SCHEME, url_fetcher=static_files_only())
    return document.write_pdf(pdf_variant="pdf/ua-1")


def pdf_response(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """The PDF, to be shown by the browser and saved as `name`.pdf."""
    disposition = f'inline; filename="{name}.pdf"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(pdf(template, context), content_type="application/pdf", headers=headers)


@cache
def static_files_only():
    """What WeasyPrint may fetch with: it opens static files of ours, and stops the document at any other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFilesOnly(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            path = finders.find(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if not path:
                raise ValueError(f"{url} is not a static file of ours.")
            kind = guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    return StaticFilesOnly(fail_on_errors=True)
