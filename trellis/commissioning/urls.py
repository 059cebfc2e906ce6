"""Addresses of this area."""

from django.urls import path

from trellis.commissioning import views

urlpatterns = [
    path("budget/", views.budget, name="budget"),
    path("outcomes/", views.outcomes, name="outcomes"),
]
