"""Addresses of this area, under /contracts/."""

from django.urls import path

from trellis.renewal.views import data, dossiers, handovers

ALL = "<slug:reference>/extensions"
ONE = f"{ALL}/<int:extension>"
LEAVING = "<slug:reference>/handovers"
PARTNER = f"{LEAVING}/<slug:partner>"
urlpatterns = [
    path("<slug:reference>/plans/data/", data.contract_data, name="contract_data"),
    path("<slug:reference>/plans/data.zip", data.contract_data_file, name="contract_data_file"),
    path(f"{ALL}/", dossiers.extensions, name="extensions"),
    path(f"{ALL}/begin/", dossiers.begin_dossier, name="begin_dossier"),
    path(f"{ONE}/", dossiers.dossier, name="dossier"),
    path(f"{ONE}/recommend/", dossiers.recommend, name="recommend"),
    path(f"{ONE}/sections/<slug:section>/", dossiers.assess_section, name="assess_section"),
    path(f"{ONE}/submit/", dossiers.submit_dossier, name="submit_dossier"),
    path(f"{ONE}/reopen/", dossiers.reopen_dossier, name="reopen_dossier"),
    path(f"{ONE}/withdraw/", dossiers.withdraw_dossier, name="withdraw_dossier"),
    path(f"{ONE}/decision/", dossiers.link_decision, name="link_decision"),
    path(f"{ONE}/decision/new/", dossiers.decide_dossier, name="decide_dossier"),
    path(f"{ONE}/decided/", dossiers.record_decided, name="record_decided"),
    path(f"{ONE}/apply/", dossiers.apply_extension, name="apply_extension"),
    path(f"{ONE}/versions/<int:version>/", dossiers.dossier_version, name="dossier_version"),
    path(f"{ONE}/versions/<int:version>.<slug:kind>", dossiers.dossier_file, name="dossier_file"),
    path(f"{LEAVING}/", handovers.handovers, name="handovers"),
    path(f"{PARTNER}/", handovers.handover, name="handover"),
    path(f"{PARTNER}/open/", handovers.open_handover, name="open_handover"),
    path(f"{PARTNER}/cases/", handovers.hand_over_cases, name="hand_over_cases"),
    path(f"{PARTNER}/people/", handovers.end_people, name="end_people"),
    path(f"{PARTNER}/close/", handovers.close_handover, name="close_handover"),
    path(f"{PARTNER}/certificate/", handovers.certificate, name="handover_certificate"),
    path(f"{PARTNER}/certificate.pdf", handovers.certificate_pdf, name="handover_certificate_pdf"),
]
