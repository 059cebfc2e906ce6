"""Who may reach the pages that are allauth's: its views cannot carry our marks, so their names are listed here.

The gate (middleware.py) reads this, and tests/test_routes.py walks it. A view that is neither marked nor listed is
refused: forgetting must never open a door.
"""

from django.urls import ResolverMatch

from trellis.core.permissions import PUBLIC, SIGNED_IN

BY_URL_NAME = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_signup": PUBLIC,
    "account_inactive": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_authenticate": PUBLIC,  # between the password and the session: allauth's own stage guards it
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "socialaccount_signup": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
}

# What somebody who still owes a second factor may reach: to set it up, to show it, or to leave.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "account_confirm_email",
        "account_email_verification_sent",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "demo_sign_in",
    }
)


def access_of(match: ResolverMatch) -> str | None:
    """Who may reach what an address leads to: PUBLIC, SIGNED_IN or a Permission. None when nobody has said."""
    return getattr(match.func, "access", None) or BY_URL_NAME.get(match.url_name or "")
