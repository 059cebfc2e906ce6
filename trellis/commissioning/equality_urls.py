"""Addresses of equality impact assessments."""

from django.urls import path

from trellis.commissioning.views import equality, equality_work

ONE = "commissions/<slug:reference>"
EQIA = f"{ONE}/equality/<int:version>"
urlpatterns = [
    path(f"{ONE}/equality/", equality.commission_equality, name="commission_equality"),
    path(f"{ONE}/equality/begin/", equality_work.begin_assessment, name="begin_assessment"),
    path(f"{EQIA}/", equality.equality_version, name="equality_version"),
    path(f"{EQIA}/pdf/", equality.equality_version_pdf, name="equality_version_pdf"),
    path(f"{EQIA}/describe/", equality_work.describe_assessment, name="describe_assessment"),
    path(f"{EQIA}/groups/", equality_work.rate_groups, name="rate_groups"),
    path(f"{EQIA}/limbs/", equality_work.consider_limbs, name="consider_limbs"),
    path(f"{EQIA}/full/", equality_work.assess_fully, name="assess_fully"),
    path(f"{EQIA}/evidence/new/", equality_work.add_equality_evidence, name="add_equality_evidence"),
    path(f"{EQIA}/evidence/figure/", equality_work.add_area_figure, name="add_area_figure"),
    path(f"{EQIA}/evidence/<int:number>/", equality_work.drop_equality_evidence, name="drop_equality_evidence"),
    path(f"{EQIA}/actions/new/", equality_work.plan_equality_action, name="plan_equality_action"),
    path(f"{EQIA}/actions/<int:number>/drop/", equality_work.drop_equality_action, name="drop_equality_action"),
    path(f"{EQIA}/actions/<int:number>/", equality_work.follow_up_action, name="follow_up_action"),
    path(f"{EQIA}/attest/", equality_work.attest_assessment, name="attest_assessment"),
    path(f"{EQIA}/reopen/", equality_work.reopen_assessment, name="reopen_assessment"),
    path(f"{EQIA}/new-version/", equality_work.begin_new_version, name="begin_new_version"),
    path(f"{EQIA}/regard/", equality_work.log_due_regard, name="log_due_regard"),
    path(f"{ONE}/equality/<int:before>/<int:after>/", equality.compare_versions, name="compare_versions"),
    path("equality/<slug:reference>/", equality.public_assessment, name="public_assessment"),
    path("equality/<slug:reference>.pdf", equality.public_assessment_pdf, name="public_assessment_pdf"),
]
