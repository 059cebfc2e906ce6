"""Asking to speak for an organisation, and showing by a code that one may."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from trellis.accounts import claim_queries as queries
from trellis.accounts import claim_rules as rules
from trellis.accounts import claim_steps as steps
from trellis.accounts.models import ProfileClaim, User
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import ALPHABET, create_with_reference
from trellis.organisations.models import Organisation
from trellis.web import mail

CODE_LENGTH = 8
A_MONTH = 30  # days
NOT_SENT = "Your claim is kept, but the email could not be sent. Withdraw it, wait a few minutes, and ask anew."


@transaction.atomic
def start_claim(*, organisation: Organisation, proof: str, role_there: str, by: User) -> ProfileClaim:
    """Ask to speak for an organisation; those who speak for it now are told.

    `proof` is one of ProfileClaim.Proof. By e-mail, a code goes to the organisation's own address, never to one that
    the person gives. Raises RuleBroken when they may not ask, at the field, and, after the claim is safely made, when
    the mail server does not take the code.
    """
    today = clock.today()
    rules.check_can_start(
        speaks_already=organisation.pk in by.organisation_ids(Permission.ORGANISATION_EDIT),
        has_open_claim=queries.claims_that_go_on(by).filter(organisation=organisation).exists(),
        claims=queries.recent_claims(by, A_MONTH),
        most=rulebook.value("accounts.claims_a_month", on=today),
    )
    rules.check_proof(proof=proof, has_email=bool(organisation.email), has_address=bool(organisation.address))
    days = "accounts.claim_letter_days" if proof == rules.LETTER else "accounts.claim_days"
    try:
        claim = create_with_reference(
            ProfileClaim, "CLM", organisation=organisation, proof=proof, role_there=role_there.strip(),
            claimed_at=clock.now(), claimed_by=by, expires_at=_in_days(days),
        )  # fmt: skip
    except IntegrityError:
        raise RuleBroken("You have asked to speak for it already. Open that claim from your account.") from None
    steps.record("start_claim", claim, by, proof=proof)
    steps.tell_speakers(claim)
    if proof == rules.EMAIL:
        _email_code(claim)
    return claim


@transaction.atomic
def post_letter(*, claim: ProfileClaim, by: User) -> str:
    """The code to print in a letter to the organisation. A code that was made before stops working.

    Raises RuleBroken unless a letter is wanted and `by` keeps the register.
    """
    is_keeper = by.can(Permission.REGISTER_KEEP)
    rules.check_can_post(is_keeper=is_keeper, proof=claim.proof, status=claim.status)
    code = _new_code()
    waiting = ProfileClaim.objects.filter(pk=claim.pk, status=rules.OPEN)
    if not waiting.update(
        code_digest=_digest(claim, code), attempts=0, posted_at=clock.now(), posted_by=by,
        expires_at=_in_days("accounts.claim_letter_days"),
    ):  # fmt: skip
        raise RuleBroken(rules.TOO_LATE)
    steps.record("post_letter", claim, by)
    return _written(code)


def enter_code(*, claim: ProfileClaim, code: str, by: User) -> None:
    """Prove a claim by its code. A wrong one is counted, and stays counted though it is refused.

    Raises RuleBroken at the field for a wrong code, and when it ran out, was tried too often or is another's.
    """
    if not _try_code(claim=claim, code=code, by=by):
        raise RuleBroken(rules.WRONG_CODE, field="code")


@transaction.atomic
def _try_code(*, claim: ProfileClaim, code: str, by: User) -> bool:
    """Count an attempt, then look at the code: whoever guesses in parallel runs out of attempts all the same."""
    rules.check_can_enter_code(
        is_own=claim.claimed_by_id == by.pk, status=claim.status, was_sent=bool(claim.code_digest),
        at=clock.now(), expires_at=claim.expires_at,
    )  # fmt: skip
    most = rulebook.value("accounts.claim_attempts", on=clock.today())
    trying = ProfileClaim.objects.filter(pk=claim.pk, status=rules.OPEN)
    if not trying.filter(attempts__lt=most).update(attempts=F("attempts") + 1):
        raise RuleBroken(rules.TRIED_TOO_OFTEN if trying.exists() else rules.TOO_LATE)
    claim.refresh_from_db()
    is_right = constant_time_compare(claim.code_digest, _digest(claim, rules.tidied_code(code)))
    if is_right:
        steps.prove(claim, by)
    steps.record("enter_code", claim, by, is_right=is_right)
    return is_right


@transaction.atomic
def withdraw_claim(*, claim: ProfileClaim, by: User) -> None:
    """Ask no longer. Raises RuleBroken when it is another's, or decided."""
    if claim.claimed_by_id != by.pk:
        raise RuleBroken("Only whoever asked can withdraw this claim.")
    steps.move(claim, "withdraw", by)
    steps.record("withdraw_claim", claim, by)


def _written(code: str) -> str:
    """A code as people read it: ABCD-2345."""
    return f"{code[:4]}-{code[4:]}"


def _email_code(claim: ProfileClaim) -> None:
    code = _new_code()
    claim.code_digest = _digest(claim, code)
    claim.save(update_fields=["code_digest"])
    words = {"claim": claim, "code": _written(code)}

    def send() -> None:
        if not mail.send("account/email/claim_code", [claim.organisation.email], words):
            raise RuleBroken(NOT_SENT)

    transaction.on_commit(send)


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _digest(claim: ProfileClaim, code: str) -> str:
    """Under our key: eight characters are few, and a copy of the database must not give them away."""
    return salted_hmac("trellis.accounts.claims", f"{claim.reference} {code}", secret=settings.SECRET_KEY).hexdigest()


def _in_days(parameter: str) -> datetime:
    return clock.now() + timedelta(days=rulebook.value(parameter, on=clock.today()))
