"""Addresses of this area."""

from django.urls import path

from trellis.home import rulebook_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("rulebook/", rulebook_views.rulebook_page, name="rulebook"),
]
