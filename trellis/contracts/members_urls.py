"""Addresses of the pages about the members of an alliance."""

from django.urls import include, path

from trellis.contracts.views import leaving, members, membership

ONE_MEMBERSHIP = [
    path("", membership.membership, name="membership"),
    path("checks/", membership.start_due_diligence, name="start_due_diligence"),
    path("checks/<int:number>/", membership.answer_check, name="answer_check"),
    path("checks/<int:number>/verify/", membership.verify_check, name="verify_check"),
    path("grounds/", membership.record_grounds, name="record_grounds"),
    path("withdraw/", membership.withdraw_membership, name="withdraw_membership"),
    path("admit/", membership.admit_partner, name="admit_partner"),
    path("notice/", leaving.give_notice, name="give_notice"),
    path("stay/", leaving.take_notice_back, name="take_notice_back"),
    path("settle/", leaving.accept_leaving, name="accept_leaving"),
    path("remedy/", leaving.plan_remedy, name="plan_remedy"),
    path("remedied/", leaving.conclude_remedy, name="conclude_remedy"),
    path("exclude/", leaving.exclude_partner, name="exclude_partner"),
]
urlpatterns = [
    path("", members.members, name="members"),
    path("invite/", membership.invite_member, name="invite_member"),
    path("seats/<slug:organisation>/", members.name_seat, name="name_seat"),
    path("shares/", members.restate_shares, name="restate_shares"),
    path("work/", members.restate_work, name="restate_work"),
    path("coverage/<slug:organisation>/", members.restate_coverage, name="restate_coverage"),
    path("of/<slug:organisation>/", include(ONE_MEMBERSHIP)),
]
