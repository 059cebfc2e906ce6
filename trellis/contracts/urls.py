"""Addresses of this area."""

from django.urls import path

from trellis.contracts import views

urlpatterns = [
    path("", views.contracts, name="contracts"),
    path("<slug:reference>/", views.contract, name="contract"),
]
