"""Addresses of this area."""

from django.urls import include, path

from trellis.contracts import plans_urls, presence_urls, risks_urls, subcontracts_urls, variations_urls
from trellis.contracts.views import contract, entering, grants

ONE = "<slug:reference>"
urlpatterns = [
    path("", contract.contracts, name="contracts"),
    path("enter/", entering.enter_contract, name="enter_contract"),
    path("<slug:reference>/", contract.contract, name="contract"),
    path("<slug:reference>/", include("trellis.contracts.papers_urls")),
    path("<slug:reference>/members/", include("trellis.contracts.members_urls")),
    path("<slug:reference>/proposals/", include("trellis.contracts.proposals_urls")),
    path("<slug:reference>/grants/", grants.grant_endings, name="grant_endings"),
    path("<slug:reference>/grants/award/", grants.sign_award, name="sign_award"),
    path("<slug:reference>/grants/beginning/", grants.record_beginning, name="record_beginning"),
    path("<slug:reference>/grants/<int:number>/notice/", grants.serve_notice, name="serve_notice"),
    path("<slug:reference>/grants/<int:number>/withdraw/", grants.withdraw_notice, name="withdraw_notice"),
    path("<slug:reference>/grants/<int:number>/letter/", grants.grant_letter, name="grant_letter"),
    path("<slug:reference>/grants/<int:number>/letter.pdf", grants.grant_letter_pdf, name="grant_letter_pdf"),
    path(f"{ONE}/subcontracts/", include(subcontracts_urls)),
    path(f"{ONE}/variations/", include(variations_urls)),
    path(f"{ONE}/risks/", include(risks_urls)),
    path(f"{ONE}/presence/", include(presence_urls)),
    path(f"{ONE}/plans/", include(plans_urls)),
]
