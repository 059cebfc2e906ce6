"""Addresses of this area."""

from django.urls import path

from trellis.audit import views

urlpatterns = [
    path("", views.audit_log, name="audit_log"),
    path("<int:number>/", views.audit_entry, name="audit_entry"),
]
