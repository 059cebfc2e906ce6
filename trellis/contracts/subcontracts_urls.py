"""Addresses of a contract's subcontracts."""

from django.urls import path

from trellis.contracts.views import subcontracts as views

ONE = "<slug:subcontract>"
urlpatterns = [
    path("", views.subcontracts, name="subcontracts"),
    path("propose/", views.propose_subcontract, name="propose_subcontract"),
    path(f"{ONE}/", views.subcontract, name="subcontract"),
    path(f"{ONE}/checks/", views.answer_checks, name="answer_checks"),
    path(f"{ONE}/checked/", views.check_subcontract, name="check_subcontract"),
    path(f"{ONE}/terms/", views.pass_terms_on, name="pass_terms_on"),
    path(f"{ONE}/agree/", views.agree_subcontract, name="agree_subcontract"),
    path(f"{ONE}/start/", views.start_subcontract, name="start_subcontract"),
    path(f"{ONE}/end/", views.end_subcontract, name="end_subcontract"),
    path(f"{ONE}/drop/", views.drop_subcontract, name="drop_subcontract"),
]
