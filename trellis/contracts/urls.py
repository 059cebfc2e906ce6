"""Addresses of this area."""

from django.urls import path

from trellis.contracts import views

urlpatterns = [
    path("", views.contracts, name="contracts"),
    path("<slug:reference>/", views.contract, name="contract"),
    path("<slug:reference>/grants/", views.grant_endings, name="grant_endings"),
    path("<slug:reference>/grants/award/", views.sign_award, name="sign_award"),
    path("<slug:reference>/grants/beginning/", views.record_beginning, name="record_beginning"),
    path("<slug:reference>/grants/<int:number>/notice/", views.serve_notice, name="serve_notice"),
    path("<slug:reference>/grants/<int:number>/withdraw/", views.withdraw_notice, name="withdraw_notice"),
    path("<slug:reference>/grants/<int:number>/letter/", views.grant_letter, name="grant_letter"),
    path("<slug:reference>/grants/<int:number>/letter.pdf", views.grant_letter_pdf, name="grant_letter_pdf"),
]
