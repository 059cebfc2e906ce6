"""What allauth asks of us: its hooks, in which the audit is written, and its words in ours.

Signals are not used: a hook is called by name, so a reader can follow it.
"""

import base64
import hashlib
from io import BytesIO
from typing import Any, cast

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from trellis.accounts import commands
from trellis.accounts.models import User
from trellis.core import clock

WRONG_CODE = "That code is not right. Wait for the app to show a new one, and enter that"
TOO_OFTEN = "There were too many attempts. Wait 5 minutes, then try again"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is open to anyone; what they may do comes from their memberships."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right",
        "enter_current_password": "That is not your password now",
        "incorrect_password": "That is not your password",
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "duplicate_email": "This is your address already. Enter another one",
        "email_taken": "Use another email address: this one cannot be used here",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every e-mail can say where help is."""
        super().send_mail(template_prefix, email, context | {"help_email": settings.HELP_EMAIL})

    def pre_login(self, request: HttpRequest, user: User, **how) -> HttpResponse | None:
        """A demo person exists for the demo alone: nowhere else does anything let them in."""
        if user.is_demo and settings.TRELLIS_ENV != "demo":
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **how)

    def post_login(self, request: HttpRequest, user: User, **how) -> HttpResponse:
        """The session is open: the audit says by what means."""
        methods = sorted({record["method"] for record in get_authentication_records(request, user)})
        commands.note(action="accounts.sign_in", by=user, how=methods or ["email link"])
        return super().post_login(request, user, **how)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A password that does not fit, at sign-in or when asked again."""
        commands.note_failed_sign_in(email=credentials.get("email", ""), how="password")

    def logout(self, request: HttpRequest) -> None:
        """By their own hand, or because they follow a link that is meant for somebody else."""
        commands.note(action="accounts.sign_out", by=cast(User, request.user))
        super().logout(request)

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        """A new account, with the name that they gave."""
        user.name = form.cleaned_data.get("name") or user.name
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            commands.note(action="accounts.sign_up", by=user, how="form")
        return user

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Both when it is changed and when it was forgotten; Django ends their other sessions."""
        super().set_password(user, password)
        commands.note(action="accounts.change_password", by=user)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """They have shown that the address is theirs. One that takes another's place also takes a session of theirs.

        Else whoever was sent the link by a slip of the pen could take the account over.
        """
        user = email_address.user
        others = EmailAddress.objects.filter(user=user, verified=True).exclude(pk=email_address.pk)
        changes = others.exists()
        if changes and request.user != user:
            messages.error(request, "Sign in to your account first. Then open the link once more.")
            return False
        try:
            return self._confirm(request, email_address, "change_address" if changes else "verify_address")
        except IntegrityError:  # an account that was never confirmed holds the address
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False

    @transaction.atomic
    def _confirm(self, request: HttpRequest, email_address: EmailAddress, verb: str) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            commands.note(action=f"accounts.{verb}", by=email_address.user)
        return confirmed

    def is_reauthentication_required(self, *, app: str, **options) -> bool:
        """Not in the first 5 minutes after signing in: they have just shown who they are."""
        return super().is_reauthentication_required(app=app, **options) and not _has_just_signed_in(context.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where they came from."""
        return reverse("your_account")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps: their secrets are kept encrypted, so that a copy of the database makes no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your email address first: the link is in the email that we sent you",
    }

    def build_totp_svg(self, url: str) -> str:
        """Black on white, also where the page is dark: cameras read nothing else."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Under a key made from SECRET_KEY."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Under the key of today or of SECRET_KEY_FALLBACKS, so that keys can be changed."""
        return _box().decrypt(encrypted_text.encode()).decode()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Council staff who come by OpenID Connect. They arrive without roles: those come from an invitation."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> User:
        """Their name as the council's directory has it."""
        user = super().populate_user(request, sociallogin, data)
        user.name = (data.get("name") or "")[: User._meta.get_field("name").max_length]
        return user

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """An account is joined by its address only if the provider says, as a true and not as a word, that it checked.

        OpenID Connect Core 1.0, 5.1: `email_verified` is a boolean; some providers send the string "false".
        """
        said = login.account.extra_data
        claims = said.get("userinfo") or said.get("id_token") or said
        return claims.get("email_verified") is True and not _is_demo(email)

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form=None) -> User:
        """A new account, for somebody whom we did not know."""
        user = super().save_user(request, sociallogin, form)
        commands.note(action="accounts.sign_up", by=user, how="single sign-on")
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        """Back to their account's page."""
        return reverse("your_account")


def _has_just_signed_in(request: HttpRequest) -> bool:
    real_now = (clock.now() - clock.offset()).timestamp()  # sessions keep real time, also where the clock is moved
    records = get_authentication_records(request, request.user)
    return any(real_now - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)


def _is_demo(email: str) -> bool:
    return User.objects.filter(email=email.lower(), is_demo=True).exists()


def _box() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"authenticator secrets:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
