"""Addresses of this area."""

from django.urls import path

from trellis.organisations.views import directory, imports, profile

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("import/", imports.import_lists, name="import_lists"),
    path("import/new/", imports.import_list, name="import_list"),
    path("import/<slug:reference>/", imports.import_run, name="import_run"),
    path("import/<slug:reference>/confirm/", imports.confirm_list, name="confirm_list"),
    # any word may be a reference, so these come last
    path("<slug:reference>/", profile.organisation, name="organisation"),
    path("<slug:reference>/edit/", profile.edit_organisation, name="edit_organisation"),
    path("<slug:reference>/sources/", profile.organisation_sources, name="organisation_sources"),
    path("<slug:reference>/changes/<int:change>/undo/", profile.undo_profile_change, name="undo_profile_change"),
]
