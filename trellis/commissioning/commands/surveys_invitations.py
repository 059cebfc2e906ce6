"""Asking people by email to answer, and telling them what became of it. The database keeps digests of the secrets."""

import secrets
from collections.abc import Iterable, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.urls import reverse

from trellis.commissioning.commands.surveys import record
from trellis.commissioning.models import Consultation, SurveyInvitation, SurveyResponse
from trellis.commissioning.queries.answers import digest_of
from trellis.commissioning.queries.surveys import is_open
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.web.words import day

NOT_SENT = "This is noted, but the emails could not be sent. Use “Send again” in a few minutes."
INVITATION = """{authority} would like to know what you think.

{title}

You can answer from {opens_on} until {closes_on}. This link is yours alone: do not pass it on. It brings you back to
your answer until you send it.

{link}

Each person's answer counts once. Nobody who reads the answers sees your email address.
"""
TOLD = """You were asked to answer “{title}”. This is what became of it:

{link}

Your email address has now been deleted from our list.
"""


@transaction.atomic
def invite_to_answer(*, consultation: Consultation, emails: Sequence[str], by: Actor) -> int:
    """Send each address a link of its own; how many were new. An address that was invited before is left as it is.

    RuleBroken unless the consultation is released, and, when the invitations are safely made, if the mail server fails.
    """
    if consultation.status == "draft":
        raise RuleBroken("Release it first: people would be asked something that may still change.")
    if consultation.status != "released":
        raise RuleBroken("It is closed: nobody can be invited any more.")
    known = set(consultation.invitations.values_list("email", flat=True))
    new = [email for email in dict.fromkeys(email.strip().lower() for email in emails) if email not in known]
    secret_of = {email: secrets.token_urlsafe(24) for email in new}
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(
            consultation=consultation, email=email, secret_digest=digest_of(secret), invited_on=clock.today()
        )
        for email, secret in secret_of.items()
    )
    record(by=by, verb="invite_to_answer", consultation=consultation, count=len(new))
    messages = [_message(consultation, email, INVITATION, _link(consultation, secret_of[email])) for email in new]
    transaction.on_commit(lambda: _send(messages))
    return len(new)


@transaction.atomic
def remind_invited(*, consultation: Consultation, by: Actor) -> int:
    """Send a new link to whoever was invited and has not sent an answer; how many. The link of before stops working.

    What they have written so far stays. RuleBroken when answers are not taken today.
    """
    if not is_open(consultation, clock.today()):
        raise RuleBroken("It is not open today: a link would lead to nothing.")
    waiting = list(consultation.invitations.exclude(email="").exclude(response__status="sent"))
    messages = []
    for invitation in waiting:
        secret = secrets.token_urlsafe(24)
        SurveyResponse.objects.filter(invitation=invitation).update(key_digest=digest_of(secret))
        SurveyInvitation.objects.filter(pk=invitation.pk).update(secret_digest=digest_of(secret))
        messages.append(_message(consultation, invitation.email, INVITATION, _link(consultation, secret)))
    record(by=by, verb="remind_invited", consultation=consultation, count=len(waiting))
    transaction.on_commit(lambda: _send(messages))
    return len(waiting)


@transaction.atomic
def tell_invited(*, consultation: Consultation, by: Actor) -> None:
    """Write to whoever was invited where to read what became of it, and forget their addresses."""
    invited = consultation.invitations.exclude(email="")
    link = settings.BASE_URL + reverse("you_said", args=[consultation.reference])
    messages = [_message(consultation, email, TOLD, link) for email in invited.values_list("email", flat=True)]
    invited.update(email="")
    record(by=by, verb="tell_invited", consultation=consultation, count=len(messages))
    transaction.on_commit(lambda: _send(messages))


def _link(consultation: Consultation, secret: str) -> str:
    return settings.BASE_URL + reverse("answer", args=[consultation.reference, secret])


def _message(consultation: Consultation, email: str, text: str, link: str) -> EmailMessage:
    words = text.format(
        authority=settings.AUTHORITY_NAME,
        title=consultation.title,
        opens_on=day(consultation.opens_on),
        closes_on=day(consultation.closes_on),
        link=link,
    )
    return EmailMessage(" ".join(consultation.title.split()), words, None, [email])


def _send(messages: Iterable[EmailMessage]) -> None:
    """Over one connection, however many."""
    try:
        get_connection().send_messages(list(messages))
    except (SMTPException, OSError) as error:
        raise RuleBroken(NOT_SENT) from error
