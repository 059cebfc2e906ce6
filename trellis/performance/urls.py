"""Addresses of this area, under /contracts/."""

from django.urls import path

from trellis.performance import views

QUARTER = "<slug:reference>/performance/<slug:quarter>"
urlpatterns = [
    path("<slug:reference>/performance/", views.reports, name="reports"),
    path(f"{QUARTER}.<slug:file_format>", views.quarterly_report_file, name="quarterly_report_file"),
    path(QUARTER, views.quarterly_report, name="quarterly_report"),
    path(f"{QUARTER}/figures", views.compute_readings, name="compute_readings"),
    path(f"{QUARTER}/prepare", views.prepare_report, name="prepare_report"),
    path(f"{QUARTER}/withdraw", views.withdraw_report, name="withdraw_report"),
    path(f"{QUARTER}/close", views.close_report, name="close_report"),
    path(f"{QUARTER}/sign", views.sign_report, name="sign_report"),
    path(f"{QUARTER}/evidence/<slug:indicator>", views.evidence, name="evidence"),
]
