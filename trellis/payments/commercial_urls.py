"""Addresses of commercial terms, of what they would mean, and of what they came to; under /contracts/."""

from django.urls import path

from trellis.payments.views import commercial, shares

urlpatterns = [
    path("<slug:reference>/commercial-terms/", commercial.commercial_terms, name="commercial_terms"),
    path("<slug:reference>/commercial-terms/set/", commercial.set_terms, name="set_terms"),
    path("<slug:reference>/what-if/", commercial.what_if, name="what_if"),
    path("<slug:reference>/share/", shares.shares, name="shares"),
    path("<slug:reference>/share/<int:year>/", shares.settlement, name="settlement"),
    path("<slug:reference>/share/<int:year>.json", shares.settlement_file, name="settlement_file"),
    path("<slug:reference>/share/<int:year>/settle/", shares.settle_year, name="settle_year"),
    path("<slug:reference>/share/<int:year>/leave/", shares.leave_unshared, name="leave_unshared"),
    path("<slug:reference>/credits/", shares.credits, name="credits"),
]
