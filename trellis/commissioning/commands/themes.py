"""Writes of what was heard elsewhere and of the themes in all of it. A person codes; the machine only suggests."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.commissioning.models import Coding, Commission, FieldNote, SurveyAnswer, Theme
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

Text = SurveyAnswer | FieldNote


@transaction.atomic
def add_note(
    *, commission: Commission, kind: str, held_on: date, who: str, people: int, text: str, by: Actor
) -> FieldNote:
    """Keep what an interview or a workshop brought. `who` says what kind of people they were; `people` how many."""
    _check_held(held_on)
    note = FieldNote.objects.create(
        commission=commission, kind=kind, held_on=held_on, who=who, people=people, text=text
    )
    _record(by, "add_note", commission, note=note.pk, kind=kind, people=people)
    return note


@transaction.atomic
def change_note(*, note: FieldNote, kind: str, held_on: date, who: str, people: int, text: str, by: Actor) -> None:
    """Put a note right."""
    _check_held(held_on)
    FieldNote.objects.filter(pk=note.pk).update(kind=kind, held_on=held_on, who=who, people=people, text=text)
    _record(by, "change_note", note.commission, note=note.pk)


@transaction.atomic
def name_theme(*, commission: Commission, name: str, description: str = "", by: Actor) -> Theme:
    """Set down a theme. RuleBroken when there is one of that name."""
    theme = Theme(commission=commission, name=name, description=description)
    _save(theme)
    _record(by, "name_theme", commission, theme=name)
    return theme


@transaction.atomic
def change_theme(*, theme: Theme, name: str, description: str, by: Actor) -> None:
    """Call it something else, or say better what belongs to it."""
    was, theme.name, theme.description = theme.name, name, description
    _save(theme)
    _record(by, "change_theme", theme.commission, was=was, theme=name)


@transaction.atomic
def drop_theme(*, theme: Theme, by: Actor) -> None:
    """Take a theme away that nothing stands on."""
    if theme.codings.exists() or theme.findings.exists() or theme.replies.exists():
        raise RuleBroken("Answers, findings or replies stand on this theme. Take it off them first.")
    Theme.objects.filter(pk=theme.pk).delete()
    _record(by, "drop_theme", theme.commission, theme=theme.name)


@transaction.atomic
def code_text(
    *, commission: Commission, text: Text, themes: Sequence[Theme], suggested: Sequence[int] = (), by: Actor
) -> None:
    """Say which themes an answer or a note is about: these, and no others. A decision that stays keeps its date.

    `suggested` are the ids of the themes that the machine had pointed to: it is kept which of them a person took.
    """
    if any(theme.commission_id != commission.pk for theme in themes):
        raise RuleBroken("A theme belongs to another commission.", field="themes")
    mine = {"answer": text} if isinstance(text, SurveyAnswer) else {"note": text}
    Coding.objects.filter(**mine).exclude(theme__in=themes).delete()
    coded = set(Coding.objects.filter(**mine).values_list("theme_id", flat=True))
    new = [theme for theme in themes if theme.pk not in coded]
    Coding.objects.bulk_create(
        [Coding(theme=theme, was_suggested=theme.pk in suggested, coded_by=by.actor_name, **mine) for theme in new],
        ignore_conflicts=True,  # somebody else decided the same at this moment
    )
    _record(by, "code_text", commission, **{next(iter(mine)): text.pk}, themes=[theme.name for theme in themes])


def _check_held(held_on: date) -> None:
    if held_on > clock.today():
        raise RuleBroken("That day has not come yet.", field="held_on")


def _save(theme: Theme) -> None:
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        raise RuleBroken(f"There is a theme called “{theme.name}” already.", field="name") from error


def _record(by: Actor, verb: str, commission: Commission, **facts) -> None:
    audit.record(by=by, action=f"commissioning.{verb}", subject=f"commission {commission.reference}", facts=facts)
