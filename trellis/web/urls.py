"""Addresses of this area."""

from django.urls import path

from trellis.web import gallery, views

urlpatterns = [
    path("help/", views.help_and_contact, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/form/", gallery.gallery_form, name="gallery_form"),
    path("gallery/progress/", gallery.gallery_progress, name="gallery_progress"),
]
