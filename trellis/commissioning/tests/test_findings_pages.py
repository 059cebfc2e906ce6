from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.commissioning.commands import themes
from trellis.commissioning.models import Consultation, Finding, SurveyResponse
from trellis.commissioning.queries import answers
from trellis.commissioning.tests.surveys import a_begun_answer, a_commission, a_draft, a_sent_answer, an_open_one, asked

LATER = datetime(2018, 8, 1, 9, tzinfo=UTC)
DATES = {
    f"{name}-{part}": value
    for name, parts in {"opens_on": ("2", "7", "2018"), "closes_on": ("31", "7", "2018")}.items()
    for part, value in zip(("day", "month", "year"), parts, strict=True)
}


def room(consultation: Consultation) -> str:
    return f"/commissions/{consultation.commission.reference}/findings/consultations/{consultation.reference}/"


def public(consultation: Consultation) -> str:
    return f"/consultations/{consultation.reference}/"


@pytest.fixture
def consultation(cast) -> Consultation:
    return an_open_one(cast)


class TestBuilding:
    """An officer makes a consultation in the browser."""

    def test_a_consultation_is_built_released_and_found_by_the_public(self, page_client, cast):
        base = f"/commissions/{a_commission(cast).reference}/findings/"
        sent = {"title": "Help", "introduction": "Tell us.", "access": "public"} | DATES
        where = page_client.post(f"{base}consultations/new/", sent, by=cast.carol).response["Location"]
        for kind, more in (
            ("one", {"choices": "A group\n\n  A resident ", "is_required": "on"}),
            ("scale", {"lowest": "1", "highest": "5", "lowest_words": "Not at all"}),
            ("matrix", {"choices": "Good\nPoor", "rows": "Training"}),
            ("text", {}),
        ):
            question = {"wording": f"What {kind}?", "section": "You"} | more
            page_client.post(f"{where}questions/new/{kind}/", question, by=cast.carol)
        consultation = Consultation.objects.get()
        assert [one.words for one in asked(consultation)["q1-what-one"].choices] == ["A group", "A resident"]
        assert "Nothing that you choose here is kept" in page_client.get(f"{where}preview/", by=cast.carol).text
        page_client.get(public(consultation), expect=404)
        page_client.post(f"{where}move/release/", by=cast.carol)
        assert page_client.get("/consultations/").href("Help") == public(consultation)

    @pytest.mark.parametrize(
        ("kind", "sent", "words"),
        [
            ("one", {"choices": "Only one"}, "Write at least 2, each on a line of its own."),
            ("many", {"choices": "A\na"}, "“a” is there twice."),
            ("scale", {"lowest": "5", "highest": "1"}, "A scale has from 2 to 11 numbers, the lowest first."),
            ("matrix", {"choices": "A\nB", "rows": ""}, "Enter the things that you ask about"),
        ],
    )
    def test_a_question_that_is_not_whole_is_refused_at_its_field(self, page_client, cast, kind, sent, words):
        draft = a_draft(cast)
        path = f"{room(draft)}questions/new/{kind}/"
        page = page_client.post(path, {"wording": "What?", "section": "You"} | sent, by=cast.carol, expect=200)
        assert words in page.text
        assert draft.questions.count() == 6

    def test_a_question_is_changed_moved_and_taken_out(self, page_client, cast):
        draft = a_draft(cast)
        last = asked(draft)["say"].id
        sent = {"wording": "Anything else?", "section": "In your words"}
        page_client.post(f"{room(draft)}questions/{last}/", sent, by=cast.carol)
        page_client.post(f"{room(draft)}questions/{last}/up/", by=cast.carol)
        assert [question.code for question in draft.questions.all()][-2:] == ["say", "good"]
        page_client.post(f"{room(draft)}questions/{last}/drop/", by=cast.carol)
        page_client.post(f"{room(draft)}questions/{last}/up/", by=cast.carol, expect=404)
        assert "Anything else?" not in page_client.get(room(draft), by=cast.carol).text

    def test_closing_early_is_refused_in_a_sentence(self, page_client, cast, consultation):
        page_client.post(f"{room(consultation)}move/close/", by=cast.carol)
        assert (
            "People were told that they have until the end of 31 July 2018."
            in page_client.get(room(consultation), by=cast.carol).text
        )
        page_client.post(f"{room(consultation)}move/burn/", by=cast.carol, expect=404)

    def test_a_released_consultation_is_not_changed(self, page_client, cast, consultation):
        sent = {"title": "Other", "introduction": "Other.", "access": "public"} | DATES
        page = page_client.post(f"{room(consultation)}change/", sent, by=cast.carol, expect=200)
        assert "Its questions can only be changed while it is a draft." in page.text

    def test_less_time_is_refused_at_its_field(self, page_client, cast, consultation):
        sent = {"closes_on-day": "10", "closes_on-month": "7", "closes_on-year": "2018"}
        page = page_client.post(f"{room(consultation)}extend/", sent, by=cast.carol, expect=200)
        assert "they can have longer, not less" in page.text

    def test_addresses_are_checked_before_anybody_is_invited(self, page_client, cast, consultation):
        page = page_client.post(
            f"{room(consultation)}invite/", {"emails": "jo@example.org\nnobody"}, by=cast.carol, expect=200
        )
        assert "“nobody” is not an email address in full" in page.text
        page_client.post(f"{room(consultation)}invite/", {"emails": "jo@example.org; al@example.org"}, by=cast.carol)
        assert consultation.invitations.count() == 2

    def test_a_file_of_answers_is_read_and_its_refusals_shown_line_by_line(self, page_client, cast, consultation):
        text = b"person,question,answer\n1,kind,A resident\n1,shoe size,44\n"
        path = f"{room(consultation)}files/new/"
        file = {"file": SimpleUploadedFile("paper.csv", text)}
        where = page_client.post(path, file, by=cast.carol).response["Location"]
        page = page_client.get(where, by=cast.carol)
        assert "The answers of 1 person were kept." in page.text
        assert "The consultation has no question “shoe size”." in page.text
        again = {"file": SimpleUploadedFile("paper.csv", text)}
        assert "It counts once." in page_client.post(path, again, by=cast.carol, expect=200).text

    def test_who_may_only_look_changes_nothing(self, page_client, cast, consultation):
        page = page_client.get(room(consultation), by=cast.dee)
        assert not page.has_link("Give people more time") and "Close it" not in page.text
        page_client.get(f"{room(consultation)}analysis/", by=cast.dee)
        page_client.get(f"{room(consultation)}texts/{asked(consultation)['say'].id}/", by=cast.dee, expect=403)
        page_client.get(room(consultation), by=cast.anna, expect=403)


class TestAnswering:
    """Anybody answers, without an account."""

    def test_an_answer_is_saved_page_by_page_checked_and_sent(self, page_client, consultation):
        questions = asked(consultation)
        home = page_client.post(f"{public(consultation)}begin/").response["Location"]
        first = page_client.get(home)
        assert first.response["X-Robots-Tag"] == "noindex, nofollow"
        assert first.find("meta[name=robots]").get("content") == "noindex, nofollow"
        kind, ease = questions["kind"], questions["ease"]
        sent = {f"q{kind.id}": kind.choices[2].id, f"q{ease.id}": "1"}
        assert page_client.post(f"{home}1/", sent).response["Location"] == f"{home}2/"
        first, good = questions["first"], questions["good"]
        sent = {f"q{first.id}_{first.choices[1].id}": "1", f"q{good.id}_{good.rows[0].id}": good.choices[0].id}
        assert page_client.post(f"{home}2/", sent | {"later": "yes"}).response["Location"] == home
        assert page_client.get(f"{home}2/").find("option[selected][value='1']") is not None
        page_client.post(f"{home}3/", {f"q{questions['say'].id}": "We need trustees."})
        page = page_client.get(f"{home}check/")
        for words in ("A resident", "1, not at all", "1. Volunteers", "Training: Good", "We need trustees."):
            assert words in page.text
        page_client.post(f"{home}check/")
        assert "Thank you. You sent it on 2 July 2018" in page_client.get(home).text
        assert answers.sent(consultation).count() == 1

    def test_a_second_time_is_refused_in_a_sentence(self, page_client, consultation):
        a_sent_answer(consultation)
        _, secret = a_begun_answer(consultation)
        home = f"{public(consultation)}answer/{secret}/"
        page_client.post(f"{home}check/")
        page_client.post(f"{home}check/")
        page_client.get(f"{home}check/", expect=302)
        assert "You have sent your answer already." in page_client.get(home).text
        page = page_client.post(
            f"{home}1/", {f"q{asked(consultation)['kind'].id}": asked(consultation)["kind"].choices[0].id}, expect=200
        )
        assert "You have sent your answer already." in page.text

    def test_what_must_be_answered_is_asked_for_unless_one_comes_back_later(self, page_client, consultation):
        _, secret = a_begun_answer(consultation, say="Words.")
        home = f"{public(consultation)}answer/{secret}/"
        assert "Answer “What are you?”" in page_client.post(f"{home}1/", {}, expect=200).text
        page_client.post(f"{home}1/", {"later": "yes"})
        page_client.post(f"{home}check/")
        assert "Answer “What are you?”" in page_client.get(f"{home}check/").text

    def test_a_place_that_is_given_twice_is_refused_at_its_question(self, page_client, consultation):
        _, secret = a_begun_answer(consultation)
        first = asked(consultation)["first"]
        sent = {f"q{first.id}_{choice.id}": "1" for choice in first.choices[:2]}
        page = page_client.post(f"{public(consultation)}answer/{secret}/2/", sent, expect=200)
        assert "Give each place once" in page.text

    def test_the_page_says_what_one_each_means(self, page_client, cast, consultation):
        assert "we cannot tell if one person answers twice" in page_client.get(public(consultation)).text
        assert "You are signed in, so you can answer once." in page_client.get(public(consultation), by=cast.vera).text

    def test_somebody_signed_in_answers_once(self, page_client, cast, consultation):
        begin = f"{public(consultation)}begin/"
        page_client.post(begin, by=cast.vera)
        home = page_client.post(begin, by=cast.vera).response["Location"]
        kind = asked(consultation)["kind"]
        page_client.post(f"{home}1/", {f"q{kind.id}": kind.choices[0].id}, by=cast.vera)
        page_client.post(f"{home}check/", by=cast.vera)
        assert page_client.post(begin, by=cast.vera).response["Location"] == public(consultation)
        assert "You have sent your answer already." in page_client.get(public(consultation), by=cast.vera).text
        assert SurveyResponse.objects.count() == 1

    def test_a_wrong_secret_leads_nowhere(self, page_client, consultation):
        _, secret = a_begun_answer(consultation)
        other = an_open_one_beside(consultation)
        for path in (f"{public(consultation)}answer/guessed/", f"{public(other)}answer/{secret}/"):
            for step in ("", "1/", "check/"):
                page_client.get(f"{path}{step}", expect=404)
        page_client.get(f"{public(consultation)}answer/{secret}/4/", expect=404)

    def test_it_takes_no_answer_once_it_has_closed(self, page_client, consultation):
        _, secret = a_begun_answer(consultation)
        home = f"{public(consultation)}answer/{secret}/"
        with time_machine.travel(LATER, tick=False):
            assert "No answer is taken any more." in page_client.get(public(consultation)).text
            assert "your answer was not sent" in page_client.get(home).text
            page_client.post(f"{home}check/")
            assert "This consultation closed on 31 July 2018." in page_client.get(f"{home}check/").text
            page_client.post(f"{public(consultation)}begin/")
        assert not answers.sent(consultation).exists()

    def test_by_invitation_it_is_no_secret_to_those_invited_alone(self, page_client, cast):
        consultation = an_open_one(cast, access="invited")
        page_client.get(public(consultation), expect=404)
        page_client.post(f"{public(consultation)}begin/", expect=404)
        consultation.invitations.create(
            email="jo@example.org", secret_digest=answers.digest_of("hush"), invited_on=date(2018, 7, 2)
        )
        home = f"{public(consultation)}answer/hush/"
        assert "Your link is yours alone" in page_client.get(home).text
        page_client.post(home)
        assert page_client.get(home).h1 == "Your answer"


def an_open_one_beside(consultation: Consultation) -> Consultation:
    return Consultation.objects.create(
        reference="CON-OTHER", commission=consultation.commission, title="Other", introduction="Other.",
        opens_on=consultation.opens_on, closes_on=consultation.closes_on, status="released",
    )  # fmt: skip


class TestFinding:
    """From what people said to what is published."""

    @pytest.fixture
    def said(self, cast, consultation) -> Consultation:
        for number in range(7):
            a_sent_answer(consultation, say=f"We cannot find trustees, {number} left.", ease=1 + number % 5)
        a_sent_answer(consultation, say="Ring Jo on 01632 960001.")
        return consultation

    @pytest.fixture
    def base(self, said) -> str:
        return f"/commissions/{said.commission.reference}/findings/"

    def test_texts_are_coded_one_after_another_and_nothing_is_ticked_by_the_machine(
        self, page_client, cast, said, base
    ):
        page_client.post(f"{base}themes/new/", {"name": "Trustees", "description": "Finding trustees"}, by=cast.carol)
        first = page_client.get(f"{base}coding/", by=cast.carol, expect=302).response["Location"]
        page = page_client.get(first, by=cast.carol)
        assert "Suggested:" in page.text and not page.find_all("input[type=checkbox][checked]")
        theme = said.commission.themes.get()
        following = page_client.post(first, {"themes": [theme.pk]}, by=cast.carol).response["Location"]
        assert following != first
        assert theme.codings.get().was_suggested
        assert "7 answers and notes have no theme yet." in page_client.get(base, by=cast.carol).text
        page_client.get(f"{base}coding/answer/999/", by=cast.carol, expect=404)

    def test_without_a_theme_one_is_sent_to_add_the_first(self, page_client, cast, said, base):
        text = answers.texts(said)[0]
        for where in ("coding/", f"coding/answer/{text.pk}/"):
            assert page_client.get(f"{base}{where}", by=cast.carol, expect=302).response["Location"].endswith("new/")
        assert "There is no theme yet." in page_client.get(f"{base}themes/new/", by=cast.carol).text

    def test_a_finding_is_stated_quoted_and_told(self, page_client, cast, said, base):
        theme = themes.name_theme(commission=said.commission, name="Trustees", by=cast.carol)
        texts = list(answers.texts(said))
        for text in texts:
            themes.code_text(commission=said.commission, text=text, themes=[theme], by=cast.carol)
        refused = page_client.post(f"{base}statements/new/", {"statement": "So."}, by=cast.carol, expect=200)
        assert "There is a problem" in refused.source
        where = page_client.post(
            f"{base}statements/new/", {"statement": "Trustees are hard to find.", "themes": [theme.pk]}, by=cast.carol
        ).response["Location"]
        assert "8 people of 8" in page_client.get(where, by=cast.carol).text
        quote = f"{where}quotes/answer/{texts[-1].pk}/"
        page = page_client.post(
            quote, {"words": "Ring Jo on 01632 960001.", "is_safe": "on"}, by=cast.carol, expect=200
        )
        assert "There is a telephone number in it." in page.text
        unread = page_client.post(quote, {"words": "Ring us."}, by=cast.carol, expect=200)
        assert "Read it again, then tick the box" in unread.text
        page_client.post(quote, {"words": "Ring us.", "is_safe": "on"}, by=cast.carol)
        chosen = Finding.objects.get().quotes.get()
        self.tell(page_client, cast, said, theme)
        page = page_client.get(f"{public(said)}you-said/")
        assert "8 people said this." in page.text and "“Ring us.”" in page.text and "We train them." in page.text
        assert "01632" not in page.source
        page_client.post(f"{where}quotes/{chosen.pk}/drop/", by=cast.carol)
        assert "Ring us" not in page_client.get(f"{public(said)}you-said/").source

    def tell(self, page_client, cast, said, theme) -> None:
        page_client.post(f"{room(said)}tell/", by=cast.carol)
        assert "Close the consultation first" in page_client.get(f"{room(said)}replies/", by=cast.carol).text
        Consultation.objects.filter(pk=said.pk).update(closes_on=date(2018, 7, 1))
        page_client.post(f"{room(said)}move/close/", by=cast.carol)
        page_client.post(f"{room(said)}tell/", by=cast.carol)
        assert "Say what you did about “Trustees”." in page_client.get(f"{room(said)}replies/", by=cast.carol).text
        page_client.get(f"{public(said)}you-said/", expect=404)
        page_client.post(f"{room(said)}replies/{theme.pk}/", {"words": "We train them."}, by=cast.carol)
        page_client.post(f"{room(said)}tell/", by=cast.carol)

    def test_published_figures_withhold_small_numbers_and_officers_see_them(self, page_client, cast, said):
        Consultation.objects.filter(pk=said.pk).update(status="told")
        public_page = page_client.get(f"{public(said)}you-said/")
        assert "Withheld" in public_page.text
        officers_page = page_client.get(f"{room(said)}analysis/", by=cast.carol)
        assert "Withheld" not in officers_page.text

    def test_figures_are_narrowed_and_downloaded_without_anything_that_people_wrote(self, page_client, cast, said):
        a_sent_answer(said, kind="A resident")
        resident = asked(said)["kind"].choices[2].id
        path = f"{room(said)}analysis/"
        assert "9 answers." in page_client.get(path, by=cast.carol).text
        assert "1 answer." in page_client.get(path, {"choice": resident}, by=cast.carol).text
        assert "0 answers." in page_client.get(path, {"came": "file"}, by=cast.carol).text
        assert "9 answers." in page_client.get(path, {"choice": "nonsense"}, by=cast.carol).text
        file = page_client.get(path, {"format": "csv"}, by=cast.carol).response.getvalue().decode()
        assert "What are you?,,A resident,1" in file and "trustees" not in file

    def test_texts_are_read_page_by_page_and_never_downloaded(self, page_client, cast, said):
        path = f"{room(said)}texts/{asked(said)['say'].id}/"
        page = page_client.get(path, {"format": "csv"}, by=cast.carol)
        assert "We cannot find trustees" in page.text
        assert page.response["Content-Type"].startswith("text/html") and "Download" not in page.text

    def test_notes_and_themes_are_kept_on_pages(self, page_client, cast, base):
        note = {
            "kind": "interview", "held_on-day": "1", "held_on-month": "7", "held_on-year": "2018", "who": "Managers",
            "people": "2", "text": "Trustees are hard to find.",
        }  # fmt: skip
        page_client.post(f"{base}notes/new/", note, by=cast.carol)
        page = page_client.get(base, by=cast.carol)
        path = page.href("Managers")
        refused = page_client.post(path, note | {"held_on-year": "2019"}, by=cast.carol, expect=200)
        assert "That day has not come yet." in refused.text
        page_client.post(path, note | {"who": "Managers of centres"}, by=cast.carol)
        page_client.post(f"{base}themes/new/", {"name": "Trustees"}, by=cast.carol)
        again = page_client.post(f"{base}themes/new/", {"name": "Trustees"}, by=cast.carol, expect=200)
        assert "There is a theme called “Trustees” already" in again.text
        theme = page_client.get(base, by=cast.carol).href("Trustees")
        page_client.post(theme, {"name": "Boards", "description": ""}, by=cast.carol)
        page_client.post(f"{theme}drop/", by=cast.carol)
        page = page_client.get(base, by=cast.carol)
        assert "Managers of centres" in page.text and "Boards" not in page.text

    def test_the_thread_of_the_commission_shows_how_findings_stand(self, page_client, cast, said):
        page = page_client.get(f"/commissions/{said.commission.reference}/", by=cast.carol)
        assert "0 findings from 8 answers" in page.text
        assert page.href("Findings") == f"/commissions/{said.commission.reference}/findings/"

    def test_illustrative_answers_are_marked_wherever_they_are_shown(self, page_client, cast, said):
        Consultation.objects.filter(pk=said.pk).update(status="told", is_illustrative=True)
        for path in (public(said), f"{public(said)}you-said/"):
            assert "These answers are illustrative" in page_client.get(path).text
        for path in (room(said), f"{room(said)}analysis/", f"{room(said)}replies/"):
            assert "These answers are illustrative" in page_client.get(path, by=cast.carol).text
