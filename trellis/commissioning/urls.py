"""Addresses of this area."""

from django.urls import path

from trellis.commissioning.views import budget, budgets, commissions, outcomes

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
    path(f"{ONE}/budget/", budgets.commission_budget, name="commission_budget"),
    path(f"{ONE}/budget.json", budgets.commission_budget_json, name="commission_budget_json"),
    path(f"{ONE}/budget/new/", budgets.add_scenario, name="add_scenario"),
    path(f"{ONE}/budget/figures/new/", budgets.quote_figure, name="quote_figure"),
    path(f"{ONE}/budget/figures/<int:number>/drop/", budgets.drop_figure, name="drop_figure"),
    path(f"{ONE}/budget/<int:number>/", budgets.scenario, name="scenario"),
    path(f"{ONE}/budget/<int:number>/change/", budgets.change_scenario, name="change_scenario"),
    path(f"{ONE}/budget/<int:number>/propose/", budgets.propose_scenario, name="propose_scenario"),
    path(f"{ONE}/budget/<int:number>/drop/", budgets.drop_scenario, name="drop_scenario"),
]
