"""Addresses of a contract's presence and self-sustainment."""

from django.urls import path

from trellis.contracts.views import presence as views

urlpatterns = [
    path("", views.presence, name="presence"),
    path("promise/", views.promise_presence, name="promise_presence"),
    path("record/<slug:month>/", views.record_presence, name="record_presence"),
    path("sustainment/", views.sustainment, name="sustainment"),
    path("sustainment/plan/", views.plan_dependence, name="plan_dependence"),
]
