"""Addresses of this area."""

from django.urls import path

from trellis.organisations import import_views, views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("import/", import_views.import_lists, name="import_lists"),
    path("import/new/", import_views.import_list, name="import_list"),
    path("import/<slug:reference>/", import_views.import_run, name="import_run"),
    path("import/<slug:reference>/confirm/", import_views.confirm_list, name="confirm_list"),
    # any word may be a reference, so these come last
    path("<slug:reference>/", views.organisation, name="organisation"),
    path("<slug:reference>/edit/", views.edit_organisation, name="edit_organisation"),
    path("<slug:reference>/sources/", views.organisation_sources, name="organisation_sources"),
    path("<slug:reference>/changes/<int:change>/undo/", views.undo_profile_change, name="undo_profile_change"),
]
