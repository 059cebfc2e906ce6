"""Addresses of this area."""

from django.urls import path

from trellis.evidence import views

urlpatterns = [path("<int:number>/", views.fact, name="fact")]
