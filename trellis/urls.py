"""One line per area."""

from django.urls import include, path

from trellis.web import views as web

urlpatterns = [
    path("", include("trellis.web.urls")),
    path("account/", include("trellis.accounts.urls")),
    path("organisations/", include("trellis.organisations.urls")),
    path("contracts/", include("trellis.contracts.urls")),
    path("contracts/", include("trellis.performance.urls")),
    path("contracts/", include("trellis.payments.urls")),
    path("contracts/", include("trellis.renewal.urls")),
    path("", include("trellis.payments.schema_urls")),
    path("support/", include("trellis.support.urls")),
    path("", include("trellis.commissioning.urls")),
    path("decisions/", include("trellis.decisions.urls")),
    path("audit/", include("trellis.audit.urls")),
    path("evidence/", include("trellis.evidence.urls")),
    path("demo/", include("trellis.demo.urls")),
    path("", include("trellis.home.urls")),  # last, as its pages of whole things lie over those of their parts
]
handler400, handler403, handler404, handler500 = web.bad_request, web.not_allowed, web.not_found, web.broken
