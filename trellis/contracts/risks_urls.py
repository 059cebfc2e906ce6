"""Addresses of a contract's risks, issues and actions."""

from django.urls import path

from trellis.contracts.views import risks as views

ONE = "<slug:risk>"
urlpatterns = [
    path("", views.risks, name="risks"),
    path("raise/", views.raise_risk, name="raise_risk"),
    path(f"{ONE}/", views.risk, name="risk"),
    path(f"{ONE}/review/", views.review_risk, name="review_risk"),
    path(f"{ONE}/close/", views.close_risk, name="close_risk"),
    path(f"{ONE}/actions/add/", views.add_action, name="add_risk_action"),
    path(f"{ONE}/actions/<int:number>/done/", views.finish_action, name="finish_risk_action"),
    path(f"{ONE}/actions/<int:number>/verify/", views.verify_action, name="verify_risk_action"),
]
