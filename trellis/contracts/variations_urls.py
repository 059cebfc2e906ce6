"""Addresses of a contract's variations."""

from django.urls import path

from trellis.contracts.views import variations as views

ONE = "<slug:variation>"
urlpatterns = [
    path("", views.variations, name="variations"),
    path("draft/", views.draft_variation, name="draft_variation"),
    path(f"{ONE}/", views.variation, name="variation"),
    path(f"{ONE}/carry/", views.carry_variation, name="carry_variation"),
    path(f"{ONE}/drop/", views.drop_variation, name="drop_variation"),
]
