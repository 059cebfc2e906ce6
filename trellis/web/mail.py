"""E-mails: made from two templates, and handed to the mail server one by one."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def send(template: str, to: Iterable[str], words: dict[str, Any]) -> bool:
    """Send each address the e-mail of `template`_subject.txt and `template`_message.txt; whether all were taken.

    Call it once the deed is committed (`transaction.on_commit`): what was done stays done, whatever the mail server
    says. Nobody sees who else was written to. Templates get `authority`, `site` and `help_email` beside `words`.
    """
    words = {"authority": settings.AUTHORITY_NAME, "site": settings.BASE_URL, "help_email": settings.HELP_EMAIL} | words
    subject, message = (render_to_string(f"{template}_{part}.txt", words).strip() for part in ("subject", "message"))
    taken = True
    for address in to:
        try:
            send_mail(subject, message, None, [address])
        except (SMTPException, OSError):
            log.warning("The mail server did not take an e-mail of %s.", template)
            taken = False
    return taken
