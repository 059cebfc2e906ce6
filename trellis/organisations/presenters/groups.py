"""Rows of the groups that people added."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.organisations.models import AddedGroup
from trellis.web.table import Column, Table
from trellis.web.words import day

EMPTY = "Every group is checked. One that somebody adds shows here until an adviser knows it."


def unchecked_table(request: HttpRequest, groups: QuerySet[AddedGroup]) -> Table:
    """The groups that wait, each leading to its profile."""
    return Table(
        request,
        groups,
        columns=[
            Column("organisation", "Group", value=lambda one: one.organisation.name, sort="organisation__name",
                   link=lambda one: reverse("organisation", args=[one.organisation.reference])),
            Column("district", "District", value=lambda one: one.organisation.district, absent="Not known",
                   sort="organisation__district__name"),
            Column("added_at", "Added", value=lambda one: day(one.added_at), sort="added_at"),
        ],
        caption="Groups to check",
        name="groups-to-check",
        stacks=True,
        empty=EMPTY,
    )  # fmt: skip
