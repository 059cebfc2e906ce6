"""Addresses of this area."""

from django.urls import path

from trellis.home import commission_views, rulebook_views, timeline_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("commissions/<slug:reference>/", commission_views.commission, name="commission"),
    path("contracts/<slug:reference>/timeline/", timeline_views.contract_timeline, name="contract_timeline"),
    path("rulebook/", rulebook_views.rulebook_page, name="rulebook"),
]
