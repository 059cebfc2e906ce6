"""Answers that come in a file: typed in from paper, or from another survey tool."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import IntegrityError, transaction

from trellis.commissioning.commands.surveys import record
from trellis.commissioning.models import (
    AnswerFile,
    AnswerFileRefusal,
    Consultation,
    SurveyAnswer,
    SurveyResponse,
)
from trellis.commissioning.queries import answers, surveys
from trellis.commissioning.rules import answers_files as rules
from trellis.commissioning.rules.answers import Asked, parts_of
from trellis.commissioning.rules.answers_files import Person, Refusal
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations.imports import sheets
from trellis.web.words import day

BATCH = 2000
READ_BEFORE = "These answers are in already: a file counts once, and so does each person in it."


@transaction.atomic
def read_answers(*, consultation: Consultation, content: bytes, name: str, by: Actor) -> AnswerFile:
    """Take the answers of a CSV file or a spreadsheet (XLSX); the file itself is not kept.

    What cannot be taken is refused line by line and the rest is kept. Returns what was read, with its refusals. Raises
    RuleBroken when it is no list, when this file was read before, and when the consultation takes none: it must have
    opened, and nobody have been told yet what became of it.
    """
    _check_takes_files(consultation)
    digest = hashlib.sha256(content).hexdigest()
    if before := consultation.files.filter(digest=digest).first():
        raise RuleBroken(f"This file was read on {day(before.read_at)}. It counts once.", field="file")
    questions = surveys.asked(consultation)
    people, refusals = _read(content, name, questions)
    file = _note_file(consultation, name, digest, by)
    new = _only_new(consultation, people, refusals)
    _keep(consultation, file, new, questions)
    file.kept, file.refused = len(new), len(refusals)
    file.save(update_fields=["kept", "refused"])
    AnswerFileRefusal.objects.bulk_create(
        [AnswerFileRefusal(file=file, line=one.line, reason=one.reason[:300]) for one in refusals], BATCH
    )
    record(by=by, verb="read_answers", consultation=consultation, kept=file.kept, refused=file.refused)
    return file


def _check_takes_files(consultation: Consultation) -> None:
    if consultation.status not in ("released", "closed") or consultation.opens_on > clock.today():
        raise RuleBroken("Answers can be read in from the day it opens until people are told what became of them.")


def _read(content: bytes, name: str, questions: Sequence[Asked]) -> tuple[list[Person], list[Refusal]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answers{Path(name).suffix.lower()[:5]}"
        path.write_bytes(content)
        try:
            sheet = sheets.sheet_at(path, known=lambda cell: rules.is_heading(cell, questions))
            return rules.read(sheet.heading, sheet.rows(), questions)
        except RuleBroken as refusal:
            raise RuleBroken(refusal.sentence.replace(path.name, "The file"), field="file") from refusal


def _note_file(consultation: Consultation, name: str, digest: str, by: Actor) -> AnswerFile:
    try:
        with transaction.atomic():
            return AnswerFile.objects.create(
                consultation=consultation, name=name[:255], digest=digest, read_by=by.actor_name
            )
    except IntegrityError as error:
        raise RuleBroken(READ_BEFORE, field="file") from error


def _only_new(consultation: Consultation, people: Sequence[Person], refusals: list[Refusal]) -> list[Person]:
    """Those whom no other file has brought; the others are refused, each on the line where they stand."""
    known = set(consultation.responses.exclude(file_key="").values_list("file_key", flat=True))
    refusals += [
        Refusal(one.line, "This answer is in already, from another file.") for one in people if _key(one) in known
    ]
    return [one for one in people if _key(one) not in known]


def _keep(consultation: Consultation, file: AnswerFile, people: Sequence[Person], questions: Sequence[Asked]) -> None:
    today = clock.today()
    fields = {"consultation": consultation, "file": file, "status": "sent", "begun_on": today, "sent_on": today}
    try:
        with transaction.atomic():
            SurveyResponse.objects.bulk_create([SurveyResponse(file_key=_key(one), **fields) for one in people], BATCH)
    except IntegrityError as error:
        raise RuleBroken(READ_BEFORE, field="file") from error
    by_key = {response.file_key: response for response in file.responses.all()}
    rows = [
        answers.row_of(by_key[_key(one)], question.id, part)
        for one in people
        for question in questions
        for part in parts_of(question, one.values.get(question.id))
    ]
    SurveyAnswer.objects.bulk_create(rows, BATCH)


def _key(person: Person) -> str:
    """A digest: the file may call a person by their name."""
    return hashlib.sha256(person.name.encode()).hexdigest()
