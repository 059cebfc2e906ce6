"""Analysing a survey of 10,000 answers against the database's bare counts of the same rows.

    python -m benchmarks.survey [--answers 10000] [--keep FOLDER]
    script/with-postgresql .venv/bin/python -m benchmarks.survey      on PostgreSQL

One run: answers a survey of ten questions in a scratch database, then times, in turns, one bare SQL statement that
counts every row by question, choice, row and number; our analysis; and the whole page with its charts. Prints the
median of each and their ratio to the bare counts.
"""

import argparse
import random
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from benchmarks._register import served_from

TIMES = 15
KINDS = ("one", "one", "many", "scale", "scale", "rank", "matrix", "matrix", "text", "text")
CHOICES = tuple(f"Choice {number}" for number in range(1, 6))
ROWS = tuple(f"Thing {number}" for number in range(1, 5))
BARE = """
    SELECT a.question_id, a.choice_id, a.row_id, a.number, COUNT(*)
    FROM commissioning_surveyanswer a JOIN commissioning_surveyresponse r ON r.id = a.response_id
    WHERE r.consultation_id = %s AND r.status = 'sent'
    GROUP BY a.question_id, a.choice_id, a.row_id, a.number
"""


def build(number: int):
    """An officer, and a consultation with so many answers; the one that a folder holds already, if it does."""
    from trellis.accounts.models import Membership, User
    from trellis.commissioning.commands import commissions, surveys
    from trellis.commissioning.models import Consultation
    from trellis.core.actors import SIMULATOR
    from trellis.organisations.models import Organisation
    from trellis.places.models import District

    if Consultation.objects.exists():
        return User.objects.get(), Consultation.objects.get()
    district = District.objects.create(code="E1", name="A district", latitude=51.2, longitude=0.5)
    council = Organisation.objects.create(reference="ORG-1", name="A council", district=district)
    officer = User.objects.create_user("officer@example.org", "", name="Officer")
    Membership.objects.create(user=officer, organisation=council, role="commissioning-officer")
    commission = commissions.open_commission(
        title="Survey", purpose="Measure.", authority=council, owner=officer, by=SIMULATOR
    )
    today = date.today()
    consultation = surveys.plan_consultation(
        commission=commission, title="Survey", introduction="Tell us.", access="public",
        opens_on=today, closes_on=today + timedelta(days=30), by=SIMULATOR,
    )  # fmt: skip
    for place, kind in enumerate(KINDS, 1):
        surveys.ask_question(
            consultation=consultation, kind=kind, wording=f"Question {place}?", section="Page", choices=CHOICES,
            rows=ROWS, lowest=1, highest=5, by=SIMULATOR,
        )  # fmt: skip
    surveys.release_consultation(consultation=consultation, by=SIMULATOR)
    answer(consultation, number)
    return officer, consultation


def answer(consultation, number: int) -> None:
    """So many people's answers, the same ones each time."""
    from django.db import connection, transaction

    from trellis.commissioning.models import SurveyAnswer, SurveyResponse
    from trellis.commissioning.queries import answers, surveys
    from trellis.commissioning.rules.answers import parts_of

    chance, today = random.Random(20160712), date.today()
    questions = surveys.asked(consultation)
    with transaction.atomic():
        responses = SurveyResponse.objects.bulk_create(
            [
                SurveyResponse(consultation=consultation, status="sent", begun_on=today, sent_on=today)
                for _ in range(number)
            ],
            2000,
        )
        rows = [
            answers.row_of(response, question.id, part)
            for response in responses
            for question in questions
            for part in parts_of(question, value(question, chance))
        ]
        SurveyAnswer.objects.bulk_create(rows, 5000)
    print(f"{number:,} answers in {len(rows):,} rows")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def value(question, chance: random.Random):
    """What somebody answers; one in ten leaves a question out."""
    if chance.random() < 0.1:
        return None
    ids = [one.id for one in question.choices]
    return {
        "text": lambda: "Words that somebody wrote about the help there is.",
        "one": lambda: chance.choice(ids),
        "many": lambda: tuple(chance.sample(ids, 2)),
        "scale": lambda: chance.randint(1, 5),
        "rank": lambda: {one: place for place, one in enumerate(chance.sample(ids, 3), 1)},
        "matrix": lambda: {row.id: chance.choice(ids) for row in question.rows},
    }[question.kind]()


def compare(deeds: dict[str, Callable[[], object]]) -> None:
    """Do all in turns, so that a busy moment falls on all of them, and print a line for each."""
    spent: dict[str, list[float]] = {name: [] for name in deeds}
    for _ in range(TIMES):
        for name, deed in deeds.items():
            began = perf_counter()
            deed()
            spent[name].append((perf_counter() - began) * 1000)
    bare = median(next(iter(spent.values())))
    print(f"{'what':36}{'median, ms':>12}{'ratio':>8}")
    for name, times in spent.items():
        print(f"{name:36}{median(times):12.1f}{median(times) / bare:8.2f}")


def main() -> None:
    """Build, unless the folder holds a survey already, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--keep", help="a folder for the database, kept and used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        served_from(options.keep or scratch)
        from django.db import connection
        from django.test import Client

        from tests.page_client import pass_second_factor
        from trellis.commissioning.queries import answers_analysis

        officer, consultation = build(options.answers)
        client = Client()
        client.force_login(officer)
        pass_second_factor(client)
        room = f"/commissions/{consultation.commission.reference}/findings/consultations/{consultation.reference}"
        text = consultation.questions.filter(kind="text").first().pk

        def bare() -> None:
            with connection.cursor() as cursor:
                cursor.execute(BARE, [consultation.pk])
                cursor.fetchall()

        def page(path: str) -> None:
            answer = client.get(f"{room}/{path}/")
            assert answer.status_code == 200, answer.status_code

        compare(
            {
                "bare counts in SQL": bare,
                "our analysis, all questions": lambda: answers_analysis.analysis(consultation),
                "as published, small ones withheld": lambda: answers_analysis.published(consultation, date.today()),
                "the page with its charts": lambda: page("analysis"),
                "a page of what people wrote": lambda: page(f"texts/{text}"),
            }
        )


if __name__ == "__main__":
    main()
