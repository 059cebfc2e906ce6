from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import findings as commands
from trellis.commissioning.commands import surveys
from trellis.commissioning.commands import surveys_invitations as invitations
from trellis.commissioning.commands import themes as coding
from trellis.commissioning.models import Coding, Quote, SurveyInvitation
from trellis.commissioning.queries import answers, answers_analysis
from trellis.commissioning.queries import findings as queries
from trellis.commissioning.queries import themes as texts
from trellis.commissioning.rules import findings as rules
from trellis.commissioning.rules.themes import suggest
from trellis.commissioning.tests.surveys import a_commission, a_sent_answer, an_open_one
from trellis.core.errors import RuleBroken

TODAY = date(2018, 7, 2)
LATER = datetime(2018, 8, 1, 9, tzinfo=UTC)
SAID = [
    *[f"We cannot find new trustees for our board, {number} have left." for number in range(6)],
    *[f"Funding bids take weeks and we never hear back, {number} times." for number in range(2)],
]


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


@pytest.fixture
def consultation(cast):
    consultation = an_open_one(cast)
    for text in SAID:
        a_sent_answer(consultation, say=text)
    for _ in range(4):
        a_sent_answer(consultation)
    return consultation


@pytest.fixture
def commission(consultation):
    return consultation.commission


@pytest.fixture
def trustees(commission, cast):
    return coding.name_theme(commission=commission, name="Trustees", description="Finding them.", by=cast.carol)


@pytest.fixture
def funding(commission, cast):
    return coding.name_theme(commission=commission, name="Funding", by=cast.carol)


@pytest.fixture
def coded(consultation, commission, trustees, funding, cast):
    for answer in answers.texts(consultation):
        theme = trustees if "trustees" in answer.text else funding
        coding.code_text(commission=commission, text=answer, themes=[theme], by=cast.carol)
    return consultation


@pytest.fixture
def finding(coded, commission, trustees, cast):
    return commands.state_finding(
        commission=commission, statement="Trustees are hard to find.", themes=[trustees], by=cast.carol
    )


def test_the_machine_suggests_what_is_alike_and_nothing_else():
    examples = {1: ["Trustees", "We need new trustees"], 2: ["Funding", "Bids for grants take weeks"]}
    assert [one.theme for one in suggest("Nobody wants to be a trustee of ours", examples)] == [1]
    assert [one.theme for one in suggest("A grant took us weeks", examples)] == [2]
    assert suggest("zzz", examples) == suggest("", examples) == suggest("Anything", {}) == ()
    both = suggest("We need new trustees, and bids for grants take weeks", examples)
    assert {one.theme for one in both} == {1, 2}
    assert all(0 < one.likeness <= 1 for one in both)


def test_a_person_decides_and_it_is_kept_what_the_machine_had_said(consultation, commission, trustees, funding, cast):
    answer = answers.texts(consultation)[0]
    assert [one.theme for one in texts.suggestions(commission, answer)] == [trustees.pk]
    assert not Coding.objects.exists()
    coding.code_text(
        commission=commission, text=answer, themes=[trustees, funding], suggested=[trustees.pk], by=cast.carol
    )
    assert dict(Coding.objects.values_list("theme__name", "was_suggested")) == {"Trustees": True, "Funding": False}
    coding.code_text(commission=commission, text=answer, themes=[trustees], by=cast.carol)
    (kept,) = Coding.objects.all()
    assert (kept.theme, kept.was_suggested, kept.coded_by) == (trustees, True, cast.carol.actor_name)
    assert deeds("code_text") == 2
    assert "board" not in str([entry.facts for entry in AuditEntry.objects.all()])


def test_what_is_not_coded_yet_comes_one_after_another(coded, commission, trustees, cast):
    note = coding.add_note(
        commission=commission,
        kind="interview",
        held_on=TODAY,
        who="Managers",
        people=2,
        text="All good.",
        by=cast.carol,
    )
    answer = a_sent_answer(coded, say="Zebra crossing.").answers.get(question__kind="text")
    assert texts.uncoded(commission) == 2
    assert texts.next_uncoded(commission) == ("note", note.pk)
    assert texts.next_uncoded(commission, note) == ("answer", answer.pk)
    assert texts.next_uncoded(commission, answer) is None


def test_a_note_is_of_a_day_that_has_come(commission, cast):
    words = {"kind": "workshop", "who": "Trustees", "people": 9, "text": "They said."}
    with pytest.raises(RuleBroken, match="has not come yet"):
        coding.add_note(commission=commission, held_on=date(2018, 7, 3), by=cast.carol, **words)
    note = coding.add_note(commission=commission, held_on=TODAY, by=cast.carol, **words)
    coding.change_note(note=note, held_on=TODAY, by=cast.carol, **words | {"people": 8})
    assert (deeds("add_note"), deeds("change_note")) == (1, 1)
    assert commission.field_notes.get().people == 8


def test_themes_have_names_of_their_own_and_stay_while_something_stands_on_them(coded, commission, trustees, cast):
    with pytest.raises(RuleBroken, match="There is a theme called “Trustees” already"):
        coding.name_theme(commission=commission, name="Trustees", by=cast.carol)
    with pytest.raises(RuleBroken, match="stand on this theme"):
        coding.drop_theme(theme=trustees, by=cast.carol)
    spare = coding.name_theme(commission=commission, name="Spare", by=cast.carol)
    with pytest.raises(RuleBroken, match="There is a theme called “Trustees” already"):
        coding.change_theme(theme=spare, name="Trustees", description="", by=cast.carol)
    spare.refresh_from_db()
    coding.change_theme(theme=spare, name="Room", description="", by=cast.carol)
    coding.drop_theme(theme=spare, by=cast.carol)
    assert (deeds("name_theme"), deeds("change_theme"), deeds("drop_theme")) == (3, 1, 1)


def test_a_finding_counts_each_person_once(finding, coded, commission, trustees, funding, cast):
    both = answers.texts(coded).first()
    coding.code_text(commission=commission, text=both, themes=[trustees, funding], by=cast.carol)
    commands.change_finding(
        finding=finding,
        statement=finding.statement,
        explanation="",
        themes=[trustees, funding],
        outcomes=[],
        by=cast.carol,
    )
    assert queries.people_behind(finding) == 8
    assert (deeds("state_finding"), deeds("change_finding")) == (1, 1)


def test_a_finding_stands_on_themes_of_its_commission(commission, trustees, cast):
    elsewhere = a_commission(cast)
    for owner, themes in ((commission, []), (elsewhere, [trustees])):
        with pytest.raises(RuleBroken):
            commands.state_finding(commission=owner, statement="So.", themes=themes, by=cast.carol)
    assert deeds("state_finding") == 0


def test_evidence_is_published_with_small_numbers_withheld(finding, coded, commission, trustees, funding, cast):
    commands.state_finding(commission=commission, statement="Funding is hard.", themes=[funding], by=cast.carol)
    commands.state_finding(commission=commission, statement="All is.", themes=[funding, trustees], by=cast.carol)
    found = queries.evidence(commission, TODAY)
    assert [(one.number, one.people, one.of) for one in found] == [(1, 6, 12), (2, None, 12), (3, None, 12)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Ask jo@example.org about it.", "an email address"),
        ("Ring 01632 960 001.", "a telephone number"),
        ("We are at ME14 1XQ.", "a postcode"),
        ("We lost 3 trustees in 2015.", ""),
    ],
)
def test_a_quote_points_at_nobody(words, why):
    try:
        rules.check_quote(words)
        said = ""
    except RuleBroken as refusal:
        said = refusal.sentence
    assert (why in said) and bool(why) == bool(said)


def test_a_quote_is_edited_by_a_person_and_of_what_the_finding_stands_on(finding, coded, cast):
    trustee, *_, fund = answers.texts(coded)
    commands.choose_quote(finding=finding, text=trustee, words="We cannot find new trustees.", by=cast.carol)
    commands.choose_quote(finding=finding, text=trustee, words="No new trustees.", by=cast.carol)
    quote = Quote.objects.get()
    assert (quote.words, quote.edited_by) == ("No new trustees.", cast.carol.actor_name)
    with pytest.raises(RuleBroken, match="not coded to a theme of this finding"):
        commands.choose_quote(finding=finding, text=fund, words="Bids take weeks.", by=cast.carol)
    with pytest.raises(RuleBroken, match="an email address"):
        commands.choose_quote(finding=finding, text=trustee, words="Ask jo@example.org.", by=cast.carol)
    commands.drop_quote(quote=quote, by=cast.carol)
    assert (Quote.objects.count(), deeds("choose_quote"), deeds("drop_quote")) == (0, 2, 1)


def test_everybody_is_told_once_every_theme_has_its_reply(
    finding, coded, trustees, funding, cast, django_capture_on_commit_callbacks
):
    invitations.invite_to_answer(consultation=coded, emails=["jo@example.org"], by=cast.carol)
    with pytest.raises(RuleBroken, match="Close the consultation first"):
        commands.tell_what_became(consultation=coded, by=cast.carol)
    with time_machine.travel(LATER, tick=False):
        surveys.close_consultation(consultation=coded, by=cast.carol)
        commands.reply_to_theme(consultation=coded, theme=trustees, words="We train them.", by=cast.carol)
        with pytest.raises(RuleBroken, match="Say what you did about “Funding”"):
            commands.tell_what_became(consultation=coded, by=cast.carol)
        assert deeds("tell_what_became") == 0
        commands.reply_to_theme(consultation=coded, theme=funding, words="Nothing yet.", by=cast.carol)
        with django_capture_on_commit_callbacks(execute=True):
            commands.tell_what_became(consultation=coded, by=cast.carol)
        with pytest.raises(RuleBroken):
            commands.tell_what_became(consultation=coded, by=cast.carol)
    assert (deeds("reply_to_theme"), deeds("tell_what_became")) == (2, 1)
    assert f"/consultations/{coded.reference}/you-said/" in mail.outbox[-1].body
    assert SurveyInvitation.objects.get().email == ""  # told, and forgotten


def test_you_said_withholds_what_few_said(coded, trustees, funding, cast):
    trustee = answers.texts(coded).first()
    finding = commands.state_finding(commission=coded.commission, statement="So.", themes=[trustees], by=cast.carol)
    commands.choose_quote(finding=finding, text=trustee, words="No new trustees.", by=cast.carol)
    assert [(one.theme.name, one.people, one.quotes) for one in queries.you_said(coded, TODAY)] == [
        ("Trustees", 6, ("No new trustees.",)),
        ("Funding", None, ()),
    ]
    assert [one.people for one in queries.themes_of(coded)] == [6, 2]


def test_published_figures_add_no_filters_and_withhold(coded):
    shown = answers_analysis.published(coded, TODAY)
    kind, ease, *_, say = shown.questions
    assert shown.total == 12
    assert [cell.people for cell in kind.tallies[0].cells] == [12, 0, 0]
    assert (ease.answered, say.answered) == (0, None)  # 8 wrote, so 4 did not


def test_how_many_wrote_does_not_tell_a_theme_that_is_withheld(coded):
    a_sent_answer(coded)
    *_, say = answers_analysis.published(coded, TODAY).questions
    assert say.answered is None  # 8 of 13 wrote, 6 on trustees: published, it would tell the 2 on funding
    *_, say = answers_analysis.analysis(coded).questions
    assert say.answered == 8


def test_progress_says_what_is_there_and_what_is_missing(cast, coded, commission, trustees):
    empty = queries.progress(a_commission(cast))
    assert (empty.done, empty.words, empty.missing) == (False, "", "State what is wrong, from what people said.")
    assert queries.progress(commission).words == "0 findings from 12 answers and 0 interviews and workshops."
    commands.state_finding(commission=commission, statement="So.", themes=[trustees], by=cast.carol)
    assert queries.progress(commission).missing == "Tell people what became of 1 consultation."
