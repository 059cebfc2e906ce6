"""Addresses of this area. Of allauth's, exactly those that we use, under the names by which it finds them itself.

Telephone numbers, passkeys, codes by email and unlinking are not offered, so they are not here.
Who may reach allauth's is written in access.py.
"""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path, re_path

from trellis.accounts.views import claims, groups, invitations, people, sign_in, your_account

urlpatterns = [
    path("", your_account.your_account, name="your_account"),
    path("name/", your_account.change_name, name="change_name"),
    path("sessions/", your_account.your_sessions, name="usersessions_list"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("people/<slug:reference>/", people.people, name="people"),
    path("people/<slug:reference>/invite/", people.invite, name="invite_person"),
    path("people/<slug:reference>/<slug:invitation>/again/", people.invitation_again, name="invitation_again"),
    path("people/<slug:reference>/<slug:invitation>/withdraw/", people.withdraw, name="withdraw_invitation"),
    path("people/<slug:reference>/<int:membership>/end/", people.end, name="end_membership"),
    path("people/<slug:reference>/<int:membership>/restore/", people.restore, name="restore_membership"),
    path("add-group/", groups.add_group, name="add_group"),
    path("claims/", claims.claims, name="claims"),
    path("claims/to-vouch/", claims.claims_to_vouch, name="claims_to_vouch"),
    path("claims/new/<slug:reference>/", claims.start_claim, name="start_claim"),
    path("claims/<slug:claim>/", claims.claim, name="claim"),
    path("claims/<slug:claim>/code/", claims.enter_code, name="enter_code"),
    path("claims/<slug:claim>/withdraw/", claims.withdraw_claim, name="withdraw_claim"),
    path("claims/<slug:claim>/agree/", claims.agree_to_claim, name="agree_to_claim"),
    path("claims/<slug:claim>/object/", claims.object_to_claim, name="object_to_claim"),
    path("claims/<slug:claim>/vouch/", claims.vouch_for_claim, name="vouch_for_claim"),
    path("claims/<slug:claim>/letter/", claims.post_letter, name="post_letter"),
    path("claims/<slug:claim>/settle/", claims.settle_claim, name="settle_claim"),
    # Sign-in
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("still-you/", account.reauthenticate, name="account_reauthenticate"),
    path("address/", sign_in.ChangeAddress.as_view(), name="account_email"),
    # Password
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # Second step
    path("second-step/", your_account.second_factor, name="mfa_index"),
    path("second-step/code/", sign_in.AskForCode.as_view(), name="mfa_authenticate"),
    path("second-step/still-you/", sign_in.AskForCodeAgain.as_view(), name="mfa_reauthenticate"),
    path("second-step/set-up/", sign_in.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("second-step/remove/", sign_in.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("second-step/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery-codes/new/", sign_in.RenewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path(
        "second-step/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # Single sign-on
    path("council/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("council/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("council-sign-up/", social.signup, name="socialaccount_signup"),
    path("council-sign-in-stopped/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("council-sign-in-failed/", social.login_error, name="socialaccount_login_error"),
]
