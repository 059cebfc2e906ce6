"""Addresses of this area."""

from django.urls import path

from trellis.support import asking_views, challenge_views, interest_views, views

urlpatterns = [
    path("", views.cases, name="cases"),
    path("topics/", asking_views.support_topics, name="support_topics"),
    path("ask/", asking_views.request_support, name="request_support"),
    path("ask/<slug:step>/", asking_views.request_support_step, name="request_support_step"),
    path("interests/", interest_views.interests, name="interests"),
    path("interests/declare/", interest_views.declare_interest, name="declare_interest"),
    path("interests/<int:interest>/end/", interest_views.end_interest, name="end_interest"),
    path("interests/organisations/name/", interest_views.declare_tie, name="declare_tie"),
    path("interests/organisations/<int:tie>/end/", interest_views.end_tie, name="end_tie"),
    path("interests/gaps/<slug:service_type>/", interest_views.explain_gap, name="explain_gap"),
    path("interests/cost/", interest_views.interest_cost, name="interest_cost"),
    path("interests/challenges/", challenge_views.interest_challenges, name="interest_challenges"),
    path("interests/challenges/raise/", challenge_views.raise_challenge, name="raise_challenge"),
    path("interests/challenges/<slug:challenge>/", challenge_views.interest_challenge, name="interest_challenge"),
    path("interests/challenges/<slug:challenge>/answer/", challenge_views.answer_challenge, name="answer_challenge"),
    path("interests/challenges/<slug:challenge>/decide/", challenge_views.settle_challenge, name="settle_challenge"),
    path("<slug:reference>/", views.case, name="case"),
    path("<slug:reference>/partners/", asking_views.case_partners, name="case_partners"),
    path("<slug:reference>/triage/", views.triage_case, name="triage_case"),
    path("<slug:reference>/offer/", views.allocate_case, name="allocate_case"),
    path("<slug:reference>/take/", views.take_case, name="take_case"),
    path("<slug:reference>/hand-back/", views.hand_back_case, name="hand_back_case"),
    path("<slug:reference>/activity/", views.record_activity, name="record_activity"),
    path("<slug:reference>/complete/", views.complete_case, name="complete_case"),
    path("<slug:reference>/withdraw/", views.withdraw_case, name="withdraw_case"),
]
