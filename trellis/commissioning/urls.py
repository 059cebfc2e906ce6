"""Addresses of this area."""

from django.urls import path

from trellis.commissioning import views

urlpatterns = [path("", views.budget, name="budget")]
