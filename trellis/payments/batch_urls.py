"""Addresses of payments and their batches."""

from django.urls import path

from trellis.payments.views import batches as views

BATCH = "<slug:reference>/payments/<slug:batch>"
urlpatterns = [
    path("<slug:reference>/payments/", views.batches, name="batches"),
    path("<slug:reference>/payments/export", views.export_batch, name="export_batch"),
    path("<slug:reference>/payments/remittance", views.match_remittance, name="match_remittance"),
    path(f"{BATCH}.<slug:file_format>", views.batch_file, name="batch_file"),
    path(BATCH, views.batch, name="batch"),
    path(f"{BATCH}/<slug:payment>/match", views.match_payment, name="match_payment"),
]
