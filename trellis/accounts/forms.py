"""Forms of this area; allauth's keep their checks and get our words. The page's renderer draws them all alike."""

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as second_factor
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.forms import Field, HiddenInput
from django.http import HttpRequest

from trellis.accounts.models import User
from trellis.accounts.roles import BY_CODE, Role
from trellis.web import fields
from trellis.web.forms import Form

EMAIL = "Email address"
PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."  # noqa: S105


def reword(field: Field, label: str, *, hint: str = "", missing: str = "", autocomplete: str = "") -> None:
    """Give a field of a package our words."""
    field.label, field.help_text = label, hint
    field.error_messages |= {
        "required": missing or f"Enter your {fields.in_a_sentence(label)}",
        "invalid": "Enter an email address in full, like name@example.com",
    }
    if autocomplete:
        field.widget.attrs["autocomplete"] = autocomplete


class SignInForm(account.LoginForm):
    """Email address and password."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword(self.fields["login"], EMAIL, autocomplete="username")
        reword(self.fields["password"], "Password", autocomplete="current-password")


class SignUpForm(account.SignupForm):
    """A new account. Somebody who came by an invitation signs up with the address that it was sent to."""

    use_required_attribute = False
    name = fields.Text(label="Your name", max_length=120, autocomplete="name", missing="Enter your name")
    field_order = ["name", "email", "password1"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword(self.fields["email"], EMAIL, hint="We send a link there, to check that it is yours.")
        reword(
            self.fields["password1"],
            "Password",
            hint=PASSWORD_HINT,
            missing="Choose a password",
            autocomplete="new-password",
        )
        self.invited_address = context.request.session.get("account_verified_email") or ""
        if self.invited_address:
            self.fields["email"].widget = HiddenInput()
            self.fields["email"].disabled = True
            self.initial["email"] = self.invited_address

    def try_save(self, request: HttpRequest):
        """Where the address has an account, hash a password for nothing: a quicker answer would say so."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SingleSignOnSignUpForm(SocialSignupForm):
    """For when the council's directory knows no email address of somebody."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword(self.fields["email"], EMAIL, hint="We send a link there, to check that it is yours.")


class ForgottenPasswordForm(account.ResetPasswordForm):
    """Where to send the link."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword(self.fields["email"], EMAIL, autocomplete="username")


class NewPasswordForm(account.ResetPasswordKeyForm):
    """The new password. Once: the page can show it."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["password2"]
        reword(
            self.fields["password1"],
            "New password",
            hint=PASSWORD_HINT,
            missing="Choose a password",
            autocomplete="new-password",
        )


class SetPasswordForm(account.SetPasswordForm):
    """A first password, for somebody who came by single sign-on."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["password2"]
        reword(
            self.fields["password1"],
            "New password",
            hint=PASSWORD_HINT,
            missing="Choose a password",
            autocomplete="new-password",
        )


class ChangePasswordForm(account.ChangePasswordForm):
    """The old one and the new one."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["password2"]
        reword(
            self.fields["oldpassword"],
            "Your password now",
            missing="Enter your password",
            autocomplete="current-password",
        )
        reword(
            self.fields["password1"],
            "New password",
            hint=PASSWORD_HINT,
            missing="Choose a password",
            autocomplete="new-password",
        )


class ConfirmPasswordForm(account.ReauthenticateForm):
    """Is it still you?"""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword(self.fields["password"], "Your password", missing="Enter your password", autocomplete="current-password")


def refuse_used_code(user: User, code: str) -> str:
    """A one-time code works one time (RFC 6238, 5.2), also within the step that we allow a slow hand."""
    window = settings.MFA_TOTP_TOLERANCE * 2 + 1
    if not cache.add(f"used-code:{user.pk}:{normalize_user_code(code)}", True, timeout=30 * window):
        raise second_factor().validation_error("incorrect_code")
    return code


class OneTimeCodeForm(mfa.AuthenticateForm):
    """The second step of sign-in."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword_code(self.fields["code"])

    def clean_code(self) -> str:
        """The code, if it is right and was not used."""
        return refuse_used_code(self.user, super().clean_code())


class OneTimeCodeAgainForm(mfa.ReauthenticateForm):
    """Is it still you?"""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword_code(self.fields["code"])

    def clean_code(self) -> str:
        """The code, if it is right and was not used."""
        return refuse_used_code(self.user, super().clean_code())


class FirstCodeForm(ActivateTOTPForm):
    """Shows that the app works before we rely on it."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        reword_code(self.fields["code"], hint="The 6 digits that the app shows now.")


def reword_code(field: Field, hint: str = "6 digits from your app, or one of your recovery codes.") -> None:
    """A box for a code of digits."""
    reword(field, "Code", hint=hint, autocomplete="one-time-code")
    field.error_messages["required"] = "Enter the code"
    field.widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10", "spellcheck": False}


class NameForm(Form):
    """What we call somebody."""

    name = fields.Text(label="Your name", max_length=120, autocomplete="name", missing="Enter your name")


class InviteForm(Form):
    """Whom to ask, and as what. Offers the roles that the person at the page may give here."""

    email = fields.Email(label=EMAIL, max_length=254, hint="The invitation works only for this address.")
    role = fields.Radios(label="Role", choices=())

    def __init__(self, *args, may_give: list[Role], **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role.code, role.name) for role in may_give]
        self.fields["role"].choice_hints = {role.code: role.held_by for role in may_give}
        if len(may_give) == 1:
            self.fields["role"].initial = may_give[0].code

    def clean_role(self) -> Role:
        """The role itself."""
        return BY_CODE[self.cleaned_data["role"]]
