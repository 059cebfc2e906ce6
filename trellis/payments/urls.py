"""Addresses of this area, under /contracts/."""

from django.urls import include, path

from trellis.payments.views import statements as views

QUARTER = "<slug:reference>/statements/<slug:quarter>"
urlpatterns = [
    path("", include("trellis.payments.books_urls")),
    path("", include("trellis.payments.commercial_urls")),
    path("<slug:reference>/statements/", views.statements, name="statements"),
    path(f"{QUARTER}.<slug:file_format>", views.statement_file, name="statement_file"),
    path(QUARTER, views.statement, name="statement"),
    path(f"{QUARTER}/draw-up", views.draw_up_statement, name="draw_up_statement"),
    path(f"{QUARTER}/certify", views.certify_statement, name="certify_statement"),
    path(f"{QUARTER}/authorise", views.authorise_statement, name="authorise_statement"),
    path(f"{QUARTER}/return", views.return_statement, name="return_statement"),
    path("", include("trellis.payments.money_urls")),
    path("", include("trellis.payments.batch_urls")),
]
