"""A consultation with a question of each kind, and people who answer it."""

from datetime import date
from typing import Any

from tests.cast import Cast
from trellis.commissioning.commands import answers as answering
from trellis.commissioning.commands import answers_files as files
from trellis.commissioning.commands import commissions, findings, themes
from trellis.commissioning.commands import surveys as commands
from trellis.commissioning.models import Commission, Consultation, SurveyResponse
from trellis.commissioning.queries import answers, surveys
from trellis.commissioning.rules.answers import Asked
from trellis.core.actors import VISITOR

QUESTIONS: tuple[dict[str, Any], ...] = (
    {"kind": "one", "code": "kind", "wording": "What are you?", "section": "About you", "is_required": True,
     "choices": ("A small group", "A large charity", "A resident")},
    {"kind": "scale", "code": "ease", "wording": "How easy is it to find help?", "section": "About you",
     "lowest": 1, "highest": 5, "lowest_words": "Not at all", "highest_words": "Very"},
    {"kind": "many", "code": "used", "wording": "What have you used?", "section": "The help there is",
     "choices": ("Training", "Advice", "Neither")},
    {"kind": "rank", "code": "first", "wording": "What matters most?", "section": "The help there is",
     "choices": ("Funding", "Volunteers", "Trustees")},
    {"kind": "matrix", "code": "good", "wording": "How good is it?", "section": "The help there is",
     "rows": ("Training", "Advice"), "choices": ("Good", "Fair", "Poor")},
    {"kind": "text", "code": "say", "wording": "What would you change?", "section": "In your words"},
)  # fmt: skip


def a_commission(cast: Cast) -> Commission:
    """Carol's."""
    return commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=cast.carol, by=cast.carol
    )


def a_draft(
    cast: Cast, commission: Commission | None = None, *, access: str = "public",
    opens_on: date = date(2018, 7, 1), closes_on: date = date(2018, 7, 31),
) -> Consultation:  # fmt: skip
    """With every kind of question."""
    consultation = commands.plan_consultation(
        commission=commission or a_commission(cast), title="Help for groups", introduction="Tell us what works.",
        access=access, opens_on=opens_on, closes_on=closes_on, by=cast.carol,
    )  # fmt: skip
    for question in QUESTIONS:
        commands.ask_question(consultation=consultation, by=cast.carol, **question)
    return consultation


def an_empty_draft(cast: Cast, commission: Commission) -> Consultation:
    """Without a question yet."""
    return commands.plan_consultation(
        commission=commission, title="A new survey", introduction="Tell us.", access="public",
        opens_on=date(2018, 7, 1), closes_on=date(2018, 7, 31), by=cast.carol,
    )  # fmt: skip


def an_open_one(cast: Cast, **options: Any) -> Consultation:
    """That people can answer today, 2 July 2018, until the end of the month."""
    consultation = a_draft(cast, **options)
    commands.release_consultation(consultation=consultation, by=cast.carol)
    return consultation


def asked(consultation: Consultation) -> dict[str, Asked]:
    """Its questions by their code."""
    return {question.code: question for question in surveys.asked(consultation)}


def values(consultation: Consultation, **said: Any) -> dict[int, Any]:
    """Answers by question id, from words: `kind="A resident"`, `good={"Training": "Good"}`."""
    questions, found = asked(consultation), {}
    for code, value in ({"kind": "A small group"} | said).items():
        question = questions[code]
        ids = {one.words: one.id for one in question.choices}
        rows = {one.words: one.id for one in question.rows}
        if question.kind == "one":
            value = ids[value]
        elif question.kind == "many":
            value = tuple(ids[one] for one in value)
        elif question.kind == "rank":
            value = {ids[one]: place for place, one in enumerate(value, 1)}
        elif question.kind == "matrix":
            value = {rows[row]: ids[one] for row, one in value.items()}
        found[question.id] = value
    return found


def a_begun_answer(consultation: Consultation, **said: Any) -> tuple[SurveyResponse, str]:
    """Somebody's draft and its secret."""
    secret = answering.begin_answer(consultation=consultation, by=VISITOR)
    response = answers.response_by_secret(consultation, secret)
    assert response
    answering.save_answer(
        response=response, questions=surveys.asked(consultation), values=values(consultation, **said), by=VISITOR
    )
    return response, secret


def a_sent_answer(consultation: Consultation, **said: Any) -> SurveyResponse:
    """Somebody's, handed in."""
    response, _ = a_begun_answer(consultation, **said)
    answering.send_answer(response=response, by=VISITOR)
    return response


def parts_of_addresses(cast: Cast, commission: Commission) -> dict[str, Any]:
    """What stands for the parts of every address of findings (tests/test_routes.py): a consultation that is open."""
    consultation = an_open_one(cast, commission=commission)
    _, secret = a_begun_answer(consultation)
    text = a_sent_answer(consultation, say="We need trustees.").answers.get(question__kind="text")
    sheet = {"content": b"kind,say\nA resident,\n", "name": "a.csv"}
    file = files.read_answers(consultation=consultation, by=cast.carol, **sheet)
    note = themes.add_note(
        commission=commission, kind="interview", held_on=date(2018, 7, 2), who="Managers", people=1, text="Said.",
        by=cast.carol,
    )  # fmt: skip
    theme = themes.name_theme(commission=commission, name="Trustees", by=cast.carol)
    themes.code_text(commission=commission, text=text, themes=[theme], by=cast.carol)
    finding = findings.state_finding(commission=commission, statement="So it is.", themes=[theme], by=cast.carol)
    quote = findings.choose_quote(finding=finding, text=text, words="We need trustees.", by=cast.carol)
    question = text.question_id
    return {
        "commissions consultation": consultation.reference,
        "consultations consultation": consultation.reference,
        "consultations secret": secret,
        "answer_section page": 1,
        "ask_question kind": "text",
        "change_question question": question,
        "move_question question": question,
        "answer_texts question": question,
        "move_question way": "up",
        "move_consultation way": "close",
        "answer_file file": file.pk,
        "reply_to_theme theme": theme.pk,
        "change_theme theme": theme.pk,
        "drop_theme theme": theme.pk,
        "change_note note": note.pk,
        "code_text kind": "answer",
        "code_text text": text.pk,
        "choose_quote kind": "answer",
        "choose_quote text": text.pk,
        "finding finding": finding.number,
        "change_finding finding": finding.number,
        "choose_quote finding": finding.number,
        "drop_quote finding": finding.number,
        "drop_quote quote": quote.pk,
    }
