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
from django.core.exceptions import ValidationError
from django.forms import Field, HiddenInput
from django.http import HttpRequest

from trellis.accounts.models import User
from trellis.accounts.roles import BY_CODE, Role
from trellis.web import fields
from trellis.web.forms import Form

EMAIL = "Email address"
LINK_IS_SENT = "We send a link there, to check that it is yours."
NEW_PASSWORD = {
    "hint": "At least 12 characters. Three words that do not belong together are easy to remember.",
    "missing": "Choose a password",
    "autocomplete": "new-password",
}


def reword(field: Field, label: str, *, hint: str = "", missing: str = "", autocomplete: str = "") -> None:
    """Give a field of a package our words."""
    field.label, field.help_text = label, hint
    field.error_messages |= {
        "required": missing or f"Enter your {fields.in_a_sentence(label)}",
        "invalid": "Enter an email address in full, like name@example.com",
    }
    if autocomplete:
        field.widget.attrs["autocomplete"] = autocomplete


def ask_for_new_password(asked: dict[str, Field]) -> None:
    """A new password, and once: the page can show it."""
    del asked["password2"]
    reword(asked["password1"], "New password", **NEW_PASSWORD)


class InOurWords:
    """A form of a package: it keeps its checks and gets our words."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.put_in_our_words()

    def put_in_our_words(self) -> None:
        """Each form rewords its own fields."""


class SignInForm(InOurWords, account.LoginForm):
    """Email address and password."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword(self.fields["login"], EMAIL, autocomplete="username")
        reword(self.fields["password"], "Password", autocomplete="current-password")


class SignUpForm(InOurWords, account.SignupForm):
    """A new account. Somebody who came by an invitation signs up with the address that it was sent to."""

    name = fields.Text(label="Your name", max_length=120, autocomplete="name", missing="Enter your name")
    field_order = ["name", "email", "password1"]

    def put_in_our_words(self) -> None:
        """Its fields; whoever was invited is not asked for the address."""
        reword(self.fields["email"], EMAIL, hint=LINK_IS_SENT)
        reword(self.fields["password1"], "Password", **NEW_PASSWORD)
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


class SingleSignOnSignUpForm(InOurWords, SocialSignupForm):
    """For when the council's directory knows no email address of somebody."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword(self.fields["email"], EMAIL, hint=LINK_IS_SENT)


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    """Where to send the link."""

    users: list[User]

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword(self.fields["email"], EMAIL, autocomplete="username")

    def clean_email(self) -> str:
        """The link goes to an account's own address: one to which somebody only wants to change opens nothing yet."""
        email = super().clean_email()
        self.users = [user for user in self.users if user.email == email.lower()]
        return email


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    """The new password, by a link that came by email."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        ask_for_new_password(self.fields)


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    """A first password, for somebody who came by single sign-on."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        ask_for_new_password(self.fields)


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """The old one and the new one."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        old = self.fields["oldpassword"]
        reword(old, "Your password now", missing="Enter your password", autocomplete="current-password")
        ask_for_new_password(self.fields)


class ConfirmPasswordForm(InOurWords, account.ReauthenticateForm):
    """Is it still you?"""

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword(self.fields["password"], "Your password", missing="Enter your password", autocomplete="current-password")


def refuse_used_code(user: User, code: str) -> str:
    """A one-time code works one time (RFC 6238, 5.2), also within the step that we allow a slow hand."""
    window = settings.MFA_TOTP_TOLERANCE * 2 + 1
    if not cache.add(f"used-code:{user.pk}:{normalize_user_code(code)}", True, timeout=30 * window):
        raise second_factor().validation_error("incorrect_code")
    return code


class OneTimeCodeForm(InOurWords, mfa.AuthenticateForm):
    """The second step of sign-in."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword_code(self.fields["code"])

    def clean_code(self) -> str:
        """The code, if it is right and was not used."""
        return refuse_used_code(self.user, super().clean_code())


class OneTimeCodeAgainForm(InOurWords, mfa.ReauthenticateForm):
    """Is it still you?"""

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword_code(self.fields["code"])

    def clean_code(self) -> str:
        """The code, if it is right and was not used."""
        return refuse_used_code(self.user, super().clean_code())


class FirstCodeForm(InOurWords, ActivateTOTPForm):
    """Shows that the app works before we rely on it."""

    def put_in_our_words(self) -> None:
        """Its fields."""
        reword_code(self.fields["code"], hint="The 6 digits that the app shows now.")

    def clean_code(self) -> str:
        """The code, if it is right. It has then been used: it does not sign anybody in as well."""
        return refuse_used_code(self.user, super().clean_code())


def reword_code(field: Field, hint: str = "6 digits from your app, or one of your recovery codes.") -> None:
    """A box for a code of digits."""
    reword(field, "Code", hint=hint, autocomplete="one-time-code")
    field.error_messages["required"] = "Enter the code"
    field.widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10", "spellcheck": False}


class ChangeAddressForm(InOurWords, account.AddEmailForm):
    """Another email address to sign in with."""

    def put_in_our_words(self) -> None:
        """Its field."""
        reword(self.fields["email"], "New email address", hint=LINK_IS_SENT, autocomplete="email")

    def clean_email(self) -> str:
        """The address, in lower case. The demo finds its people by their addresses, so these stay as they are."""
        if self.user.is_demo:
            raise ValidationError("People of the demonstration keep their address. Sign up to try this.")
        return super().clean_email()


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
