"""Addresses of the pages about the members of an alliance."""

from django.urls import path

from trellis.contracts.views import members

urlpatterns = [
    path("", members.members, name="members"),
    path("seats/<slug:organisation>/", members.name_seat, name="name_seat"),
    path("shares/", members.restate_shares, name="restate_shares"),
    path("work/", members.restate_work, name="restate_work"),
    path("coverage/<slug:organisation>/", members.restate_coverage, name="restate_coverage"),
]
