from io import BytesIO

import openpyxl
import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import answers_files as commands
from trellis.commissioning.models import SurveyAnswer, SurveyResponse
from trellis.commissioning.queries import answers, surveys
from trellis.commissioning.rules import answers_files as rules
from trellis.commissioning.tests.surveys import a_draft, an_open_one
from trellis.core.errors import RuleBroken

WIDE = """person,What are you?,ease,What have you used?,first: Funding,first: Trustees,How good is it? Training,say
17,A small group,"1, not at all",Training; Advice,1,2,Good,We need trustees.
18,A resident,5,Neither,,,,
"""
LONG = """Person,Question,Answer
17,kind,A small group
17,say,We need trustees.
17,shoe size,44
18,kind,A resident
18,How easy is it to find help?,9
,kind,A resident
"""


@pytest.fixture
def consultation(cast):
    return an_open_one(cast)


def read(consultation, cast, text: str | bytes, name: str = "answers.csv"):
    content = text.encode() if isinstance(text, str) else text
    return commands.read_answers(consultation=consultation, content=content, name=name, by=cast.carol)


def deeds() -> int:
    return AuditEntry.objects.filter(action="commissioning.read_answers").count()


def said(consultation) -> list[dict]:
    questions = surveys.asked(consultation)
    by_id = {question.id: question.code for question in questions}
    return [
        {by_id[question]: value for question, value in answers.values(response, questions).items()}
        for response in answers.sent(consultation)
    ]


def test_a_line_a_person_with_a_column_a_question(consultation, cast):
    file = read(consultation, cast, WIDE)
    assert (file.kept, file.refused) == (2, 0)
    first, second = said(consultation)
    assert set(first) == {"kind", "ease", "used", "first", "good", "say"}
    assert (first["ease"], list(first["first"].values()), len(first["used"])) == (1, [1, 2], 2)
    assert set(second) == {"kind", "ease", "used"}
    assert deeds() == 1


def test_a_line_an_answer_with_unknown_questions_refused_line_by_line_and_the_rest_kept(consultation, cast):
    file = read(consultation, cast, LONG)
    assert file.kept == 2
    assert [(one.line, one.reason) for one in file.refusals.all()] == [
        (4, "The consultation has no question “shoe size”."),
        (6, "“How easy is it to find help?” takes a number from 1 to 5."),
        (7, "It does not say which person the answer is of."),
    ]
    assert [set(one) for one in said(consultation)] == [{"kind", "say"}, {"kind"}]


def test_an_unknown_column_is_refused_on_each_line_that_fills_it(consultation, cast):
    file = read(consultation, cast, "kind,shoe size\nA resident,44\nA resident,\nA small group,39\n")
    assert [(one.line, "shoe size" in one.reason) for one in file.refusals.all()] == [(2, True), (4, True)]
    assert file.kept == 3


def test_a_file_counts_once(consultation, cast):
    read(consultation, cast, WIDE)
    with pytest.raises(RuleBroken, match="This file was read on 2 July 2018. It counts once."):
        read(consultation, cast, WIDE)
    assert deeds() == 1
    assert answers.sent(consultation).count() == 2


def test_a_person_counts_once_though_the_file_has_changed(consultation, cast):
    read(consultation, cast, WIDE)
    file = read(consultation, cast, WIDE + "19,A resident,,,,,,\n")
    assert (file.kept, file.refused) == (1, 2)
    assert {one.reason for one in file.refusals.all()} == {"This answer is in already, from another file."}
    assert answers.sent(consultation).count() == 3


def test_lines_that_are_alike_are_told_apart_by_their_number(consultation, cast):
    alike = "kind,say\nA resident,\nA resident,\n"
    assert read(consultation, cast, alike).kept == 2
    assert read(consultation, cast, alike + "A resident,\n").kept == 1  # the same list, a line longer


def test_two_lines_of_one_person_are_one(consultation, cast):
    file = read(consultation, cast, "person,kind\n17,A resident\n17,A small group\n")
    assert (file.kept, [one.reason for one in file.refusals.all()]) == (1, ["This person has a line already."])


@pytest.mark.parametrize(
    "text",
    [
        "person,question,answer\n17,kind,A resident\n17,kind,A small group\n",
        "person,kind,What are you?\n17,A resident,A small group\n",
        "person,kind,first: Funding,first: funding\n17,A resident,1,2\n",
    ],
)
def test_a_second_answer_of_one_person_does_not_replace_the_first(consultation, cast, text):
    file = read(consultation, cast, text)
    assert file.kept == 1
    assert ["answered" in one.reason and "already" in one.reason for one in file.refusals.all()] == [True]
    [answer] = said(consultation)
    kinds = {one.id: one.words for question in surveys.asked(consultation) for one in question.choices}
    assert kinds[answer["kind"]] == "A resident"


def test_whoever_left_out_what_must_be_answered_is_refused(consultation, cast):
    file = read(consultation, cast, "person,kind,say\n17,,We need help\n18,A resident,\n")
    assert file.kept == 1
    assert [(one.line, one.reason) for one in file.refusals.all()] == [
        (2, "There is no answer to “What are you?”, which must have one.")
    ]


def test_places_that_make_no_sense_together_are_left_out(consultation, cast):
    file = read(consultation, cast, "kind,first: Funding,first: Trustees\nA resident,1,1\n")
    assert (file.kept, file.refused) == (1, 1)
    assert [set(one) for one in said(consultation)] == [{"kind"}]


def test_refusals_never_repeat_what_somebody_wrote(consultation, cast):
    file = read(consultation, cast, "person,kind,ease\n17,Jane Roe of Mill Lane,Jane Roe\n")
    assert file.refused == 3
    assert not any("Jane" in one.reason for one in file.refusals.all())
    assert not any("Jane" in str(entry.facts) for entry in AuditEntry.objects.all())


def test_a_spreadsheet_is_read_as_well(consultation, cast):
    book = openpyxl.Workbook()
    for row in (
        ["Answers typed in"],
        ["person", "What are you?", "ease"],
        [17, "A resident", 5],
        [18, "A resident", None],
    ):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    file = read(consultation, cast, content.getvalue(), "paper.xlsx")
    assert (file.kept, file.refused) == (2, 0)


def test_what_is_no_list_is_refused_whole(consultation, cast):
    with pytest.raises(RuleBroken, match="The file is not a list with columns"):
        read(consultation, cast, "nothing here\n")
    with pytest.raises(RuleBroken, match="needs a column “person”"):
        read(consultation, cast, "question,answer\nkind,A resident\n")
    assert not SurveyResponse.objects.exists() and not SurveyAnswer.objects.exists() and deeds() == 0


def test_a_draft_takes_no_file(cast):
    with pytest.raises(RuleBroken, match="from the day it opens"):
        read(a_draft(cast), cast, WIDE)
    assert deeds() == 0


def test_columns_are_known_by_code_or_wording_whatever_their_letters(consultation):
    questions = surveys.asked(consultation)
    known = ("KIND", "what are you", "First: funding", "how good is it?  advice", "Respondent ID")
    assert [name for name in known if not rules.is_heading(name, questions)] == []
    assert not rules.is_heading("Email", questions)
