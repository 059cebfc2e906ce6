"""allauth's pages, where something of ours must happen with them: the audit, and what the gate goes by."""

from allauth.account.views import EmailView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from trellis.accounts import commands, second_factor


class AskForCode(AuthenticateView):
    """The second step of sign-in."""

    def form_invalid(self, form) -> HttpResponse:
        """Somebody has the password, and not the code."""
        commands.note_failed_sign_in(email=self.stage.login.user.email, how="one-time code")
        return super().form_invalid(form)


class AskForCodeAgain(ReauthenticateView):
    """Before something that a thief would do; and where a role that was given demands a code of this session."""

    def form_invalid(self, form) -> HttpResponse:
        """Somebody has the session, and not the code."""
        commands.note_failed_sign_in(email=self.request.user.email, how="one-time code")
        return super().form_invalid(form)


class ChangeAddress(EmailView):
    """Another email address: it counts once its link was opened, and then the old one is told."""

    def post(self, request: HttpRequest, *args, **options) -> HttpResponse:
        """What the page offers: to ask, to send the link again, to leave it. Each account has one address."""
        if "action_primary" in request.POST:
            return redirect("account_email")
        return super().post(request, *args, **options)

    def form_valid(self, form) -> HttpResponse:
        """A link is on its way to the new address."""
        with transaction.atomic():
            response = super().form_valid(form)
            commands.note(action="accounts.ask_for_address", by=self.request.user)
        return response

    def _action_remove(self, request: HttpRequest, *args, **options) -> HttpResponse | None:
        """They leave it: the link that was sent opens nothing any more."""
        with transaction.atomic():
            left = super()._action_remove(request, *args, **options)
            if left:
                commands.note(action="accounts.leave_address", by=self.request.user)
        return left


class SetUpApp(ActivateTOTPView):
    """A picture to scan, and a first code."""

    def form_valid(self, form) -> HttpResponse:
        """The app works: from now on it is asked for."""
        with transaction.atomic():
            response = super().form_valid(form)
            commands.note(action="accounts.add_second_factor", by=self.request.user)
        second_factor.note_shown(self.request)
        return response


class RemoveApp(DeactivateTOTPView):
    """For a new telephone, or to do without where the role allows it."""

    def form_valid(self, form) -> HttpResponse:
        """The app is not asked for any more, and a role that demands one leads straight to setting one up."""
        with transaction.atomic():
            response = super().form_valid(form)
            commands.note(action="accounts.remove_second_factor", by=self.request.user)
        second_factor.forget(self.request)
        return response


class RenewRecoveryCodes(GenerateRecoveryCodesView):
    """New codes; the old ones stop working."""

    def form_valid(self, form) -> HttpResponse:
        """The new codes are shown on the page that follows."""
        with transaction.atomic():
            response = super().form_valid(form)
            commands.note(action="accounts.renew_recovery_codes", by=self.request.user)
        return response
