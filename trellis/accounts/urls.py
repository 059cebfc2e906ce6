"""Addresses of this area: allauth's, with our templates, and our own."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
