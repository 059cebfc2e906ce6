"""Writes of what the authority takes from it all, the words it may quote, and what it says back."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max

from trellis.audit import commands as audit
from trellis.commissioning.commands import surveys
from trellis.commissioning.commands.surveys_invitations import tell_invited
from trellis.commissioning.models import (
    Commission,
    Consultation,
    ConsultationStatus,
    FieldNote,
    Finding,
    Outcome,
    Quote,
    SurveyAnswer,
    Theme,
    ThemeReply,
)
from trellis.commissioning.queries import findings as queries
from trellis.commissioning.rules import findings as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def state_finding(
    *,
    commission: Commission,
    statement: str,
    explanation: str = "",
    themes: Sequence[Theme],
    outcomes: Sequence[Outcome] = (),
    by: Actor,
) -> Finding:
    """Set down a finding under the next number. `themes` are what it stands on; `outcomes` what answers it."""
    _check_themes(commission, themes)
    number = (commission.findings.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            finding = Finding.objects.create(
                commission=commission, number=number, statement=statement, explanation=explanation
            )
    except IntegrityError as error:
        raise RuleBroken("Somebody stated another finding at this moment. Try again.") from error
    finding.themes.set(themes)
    finding.outcomes.set(outcomes)
    _record(by, "state_finding", finding, themes=[theme.name for theme in themes])
    return finding


@transaction.atomic
def change_finding(
    *,
    finding: Finding,
    statement: str,
    explanation: str,
    themes: Sequence[Theme],
    outcomes: Sequence[Outcome],
    by: Actor,
) -> None:
    """Put a finding in other words, or on other themes. Its number stays: papers cite it."""
    _check_themes(finding.commission, themes)
    Finding.objects.filter(pk=finding.pk).update(statement=statement, explanation=explanation)
    finding.themes.set(themes)
    finding.outcomes.set(outcomes)
    _record(by, "change_finding", finding, themes=[theme.name for theme in themes])


@transaction.atomic
def choose_quote(*, finding: Finding, text: SurveyAnswer | FieldNote, words: str, by: Actor) -> Quote:
    """Let words of an answer or a note be published with a finding, as `by` edited them; or put them right again.

    RuleBroken when they point at a person, or are not of something that was coded to the finding's themes.
    """
    rules.check_quote(words)
    if not text.codings.filter(theme__findings=finding).exists():
        raise RuleBroken("It is not coded to a theme of this finding.")
    source = {"answer": text} if isinstance(text, SurveyAnswer) else {"note": text}
    quote, _ = Quote.objects.update_or_create(
        finding=finding, **source, defaults={"words": words, "edited_by": by.actor_name}
    )
    _record(by, "choose_quote", finding, quote=quote.pk)
    return quote


@transaction.atomic
def drop_quote(*, quote: Quote, by: Actor) -> None:
    """Publish it no more."""
    number = quote.pk
    quote.delete()
    _record(by, "drop_quote", quote.finding, quote=number)


@transaction.atomic
def reply_to_theme(*, consultation: Consultation, theme: Theme, words: str, by: Actor) -> ThemeReply:
    """Say what was done about a theme: published with the others by `tell_what_became`, and changed after it too."""
    if theme.commission_id != consultation.commission_id:
        raise RuleBroken("The theme belongs to another commission.")
    reply, _ = ThemeReply.objects.update_or_create(consultation=consultation, theme=theme, defaults={"words": words})
    surveys.record(by=by, verb="reply_to_theme", consultation=consultation, theme=theme.name)
    return reply


@transaction.atomic
def tell_what_became(*, consultation: Consultation, by: Actor) -> None:
    """Publish “You said, we did”: for everybody, and by email to those who were invited, whose addresses then go."""
    themes = [one.theme.name for one in queries.themes_of(consultation)]
    answered = list(consultation.replies.values_list("theme__name", flat=True))
    rules.check_can_tell(status=consultation.status, themes=themes, answered=answered)
    if not Consultation.objects.filter(pk=consultation.pk, status="closed").update(status="told"):
        raise RuleBroken(surveys.MEANWHILE)
    consultation.status = "told"
    ConsultationStatus.objects.create(consultation=consultation, status="told", by=by.actor_name)
    tell_invited(consultation=consultation, by=by)
    surveys.record(by=by, verb="tell_what_became", consultation=consultation, themes=len(themes))


def _check_themes(commission: Commission, themes: Sequence[Theme]) -> None:
    if not themes:
        raise RuleBroken("Choose at least one theme: a finding stands on what people said.", field="themes")
    if any(theme.commission_id != commission.pk for theme in themes):
        raise RuleBroken("A theme belongs to another commission.", field="themes")


def _record(by: Actor, verb: str, finding: Finding, **facts) -> None:
    reference = finding.commission.reference
    subject = f"commission {reference} finding {finding.number}"
    audit.record(by=by, action=f"commissioning.{verb}", subject=subject, facts=facts)
