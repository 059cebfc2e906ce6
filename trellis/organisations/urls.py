"""Addresses of this area."""

from django.urls import path

from trellis.organisations.views import (
    directory,
    groups,
    import_steering,
    imports,
    keeping,
    profile,
    reports,
    sector,
    sources,
)

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("suggest/", directory.suggest_organisations, name="suggest_organisations"),
    path("sector/", sector.sector, name="sector"),
    path("sector/<slug:picture>/csv/", sector.sector_picture_file, name="sector_picture_file"),
    path("import/", imports.import_lists, name="import_lists"),
    path("import/new/", imports.import_list, name="import_list"),
    path("import/confirm/", imports.confirm_lists, name="confirm_lists"),
    path("import/lists/", sources.sources, name="sources"),
    path("import/lists/new/", sources.new_source, name="new_source"),
    path("import/lists/<slug:code>/", sources.edit_source, name="edit_source"),
    path("import/<slug:reference>/", imports.import_run, name="import_run"),
    path("import/<slug:reference>/source/", sources.import_source, name="import_source"),
    path("import/<slug:reference>/reading/", imports.import_reading, name="import_reading"),
    path("import/<slug:reference>/confirm/", imports.confirm_list, name="confirm_list"),
    path("reports/", reports.error_reports, name="error_reports"),
    path("reports/<slug:report>/", reports.error_report, name="error_report"),
    path("import/<slug:reference>/pause/", import_steering.pause_import, name="pause_import"),
    path("import/<slug:reference>/resume/", import_steering.resume_import, name="resume_import"),
    path("import/<slug:reference>/cancel/", import_steering.cancel_import, name="cancel_import"),
    path("unchecked/", groups.unchecked_groups, name="unchecked_groups"),
    # any word may be a reference, so these come last
    path("<slug:reference>/", profile.organisation, name="organisation"),
    path("<slug:reference>/edit/", profile.edit_organisation, name="edit_organisation"),
    path("<slug:reference>/correct/", profile.correct_organisation, name="correct_organisation"),
    path("<slug:reference>/check/", groups.check_group, name="check_group"),
    path("<slug:reference>/right/", keeping.confirm_profile, name="confirm_profile"),
    path("<slug:reference>/hide/", keeping.unlist_own, name="unlist_own"),
    path("<slug:reference>/show/", keeping.list_own_again, name="list_own_again"),
    path("<slug:reference>/take-out/", keeping.unlist_for, name="unlist_for"),
    path("<slug:reference>/bring-back/", keeping.list_for_again, name="list_for_again"),
    path("<slug:reference>/went-to/", keeping.say_where_it_went, name="say_where_it_went"),
    path("<slug:reference>/report/", reports.report_error, name="report_error"),
    path("<slug:reference>/reports/", reports.own_error_reports, name="own_error_reports"),
    path("<slug:reference>/reports/<slug:report>/", reports.own_error_report, name="own_error_report"),
    path("<slug:reference>/sources/", profile.organisation_sources, name="organisation_sources"),
    path("<slug:reference>/changes/<int:change>/undo/", profile.undo_profile_change, name="undo_profile_change"),
]
