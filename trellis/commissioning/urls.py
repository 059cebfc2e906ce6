"""Addresses of this area."""

from django.urls import path

from trellis.commissioning.views import budget, commissions, outcomes

ONE = "commissions/<slug:reference>"
urlpatterns = [
    path("budget/", budget.budget, name="budget"),
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("commissions/", commissions.commissions, name="commissions"),
    path("commissions/new/", commissions.open_commission, name="open_commission"),
    path(f"{ONE}/describe/", commissions.describe_commission, name="describe_commission"),
    path(f"{ONE}/stage/", commissions.move_to_stage, name="move_to_stage"),
    path(f"{ONE}/timetable/new/", commissions.plan_milestone, name="plan_milestone"),
    path(f"{ONE}/timetable/<int:number>/", commissions.milestone, name="milestone"),
    path(f"{ONE}/timetable/<int:number>/drop/", commissions.drop_milestone, name="drop_milestone"),
]
