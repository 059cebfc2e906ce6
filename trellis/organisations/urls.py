"""Addresses of this area."""

from django.urls import path

from trellis.organisations import views

urlpatterns = [
    path("", views.directory, name="directory"),
    # any word may be a reference, so these come last
    path("<slug:reference>/", views.organisation, name="organisation"),
    path("<slug:reference>/edit/", views.edit_organisation, name="edit_organisation"),
    path("<slug:reference>/sources/", views.organisation_sources, name="organisation_sources"),
    path("<slug:reference>/changes/<int:change>/undo/", views.undo_profile_change, name="undo_profile_change"),
]
