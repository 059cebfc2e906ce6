"""Addresses of this area."""

from django.urls import path

from trellis.web import views

urlpatterns = [
    path("help/", views.help_and_contact, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("gallery/", views.gallery, name="gallery"),
]
