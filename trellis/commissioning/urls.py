"""Addresses of this area."""

from django.urls import include, path

from trellis.commissioning import findings_urls
from trellis.commissioning.appraisal_urls import urlpatterns as appraisal_patterns
from trellis.commissioning.equality_urls import urlpatterns as equality_patterns
from trellis.commissioning.views import budget, budgets, commissions, outcomes, policies, provision

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
    path(f"{ONE}/findings/", include(findings_urls.officers)),
    path("consultations/", include(findings_urls.everybody)),
    path(f"{ONE}/budget/", budgets.commission_budget, name="commission_budget"),
    path(f"{ONE}/budget.json", budgets.commission_budget_json, name="commission_budget_json"),
    path(f"{ONE}/budget/new/", budgets.add_scenario, name="add_scenario"),
    path(f"{ONE}/budget/figures/new/", budgets.quote_figure, name="quote_figure"),
    path(f"{ONE}/budget/figures/<int:number>/drop/", budgets.drop_figure, name="drop_figure"),
    path(f"{ONE}/budget/<int:number>/", budgets.scenario, name="scenario"),
    path(f"{ONE}/budget/<int:number>/change/", budgets.change_scenario, name="change_scenario"),
    path(f"{ONE}/budget/<int:number>/propose/", budgets.propose_scenario, name="propose_scenario"),
    path(f"{ONE}/budget/<int:number>/drop/", budgets.drop_scenario, name="drop_scenario"),
    path(f"{ONE}/policies/", policies.policies, name="policies"),
    path(f"{ONE}/policies/new/", policies.add_policy, name="add_policy"),
    path(f"{ONE}/policies/<int:number>/", policies.policy, name="policy"),
    path(f"{ONE}/policies/<int:number>/drop/", policies.drop_policy, name="drop_policy"),
    path(f"{ONE}/policies/<int:number>/commitments/new/", policies.add_commitment, name="add_commitment"),
    path(f"{ONE}/policies/commitments/<int:number>/", policies.commitment, name="commitment"),
    path(f"{ONE}/policies/commitments/<int:number>/drop/", policies.drop_commitment, name="drop_commitment"),
    path(f"{ONE}/policies/comparators/new/", policies.add_comparator, name="add_comparator"),
    path(f"{ONE}/policies/comparators/<int:number>/", policies.comparator, name="comparator"),
    path(f"{ONE}/policies/comparators/<int:number>/drop/", policies.drop_comparator, name="drop_comparator"),
    path(f"{ONE}/policies/co-designers/new/", policies.add_co_designer, name="add_co_designer"),
    path(f"{ONE}/policies/co-designers/<int:number>/", policies.co_designer, name="co_designer"),
    path(f"{ONE}/policies/co-designers/<int:number>/drop/", policies.drop_co_designer, name="drop_co_designer"),
    *equality_patterns,
    path(f"{ONE}/provision/", provision.provision, name="provision"),
    path(f"{ONE}/provision/sources/new/", provision.add_funding_source, name="add_funding_source"),
    path(f"{ONE}/provision/sources/<int:number>/drop/", provision.drop_funding_source, name="drop_funding_source"),
    path(f"{ONE}/provision/bodies/new/", provision.add_funded_body, name="add_funded_body"),
    path(f"{ONE}/provision/bodies/<int:number>/", provision.funded_body, name="funded_body"),
    path(f"{ONE}/provision/bodies/<int:number>/drop/", provision.drop_funded_body, name="drop_funded_body"),
    path(f"{ONE}/provision/endings/", provision.endings, name="endings"),
    path(f"{ONE}/provision/endings/plan/", provision.plan_endings, name="plan_endings"),
    path(f"{ONE}/provision/bodies/<int:number>/ending/", provision.plan_ending, name="plan_ending"),
    path(f"{ONE}/provision/bodies/<int:number>/ending/drop/", provision.drop_ending, name="drop_ending"),
    path(f"{ONE}/provision/bodies/<int:number>/letter/", provision.draft_letter, name="draft_letter"),
    path(f"{ONE}/provision/bodies/<int:number>/letter.pdf", provision.draft_letter_pdf, name="draft_letter_pdf"),
    *appraisal_patterns,
]
