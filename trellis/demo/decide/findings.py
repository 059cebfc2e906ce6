"""What the sector of the demo said was wrong: asked, heard, coded, stated and told. All of it is illustrative."""

import csv
import io
from itertools import cycle, islice
from random import Random
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.commands import answers, answers_files, surveys
from trellis.commissioning.commands import findings as commands
from trellis.commissioning.commands import themes as coding
from trellis.commissioning.models import Commission, Consultation, Outcome, Theme
from trellis.commissioning.queries import answers as given
from trellis.commissioning.queries import surveys as asked
from trellis.commissioning.queries import themes
from trellis.commissioning.rules.answers import Asked, Offered
from trellis.core.actors import VISITOR
from trellis.demo.decide import on
from trellis.demo.names import read

Story = dict[str, Any]
Said = dict[str, Any]  # by the question's code


def consult(commission: Commission, officer: User, random: Random) -> Consultation:
    """Ask, hear, code and state the findings, each on its day. `tell` says later what became of it."""
    story = read("findings")
    days = story["consultation"]
    with on(days["opens_on"]):
        consultation = _open(commission, story, officer)
        people = _people(story, random)
        for person in people[: days["on_our_pages"]]:
            _answer(consultation, person)
    for row in story["note"]:
        with on(row["held_on"]):
            coding.add_note(commission=commission, by=officer, **{key: row[key] for key in NOTE_FIELDS})
    with on(days["coded_on"]):
        _type_in(consultation, story, people[days["on_our_pages"] :], officer)
        surveys.close_consultation(consultation=consultation, by=officer)
        by_key = _code(commission, story, officer)
    with on(days["found_on"]):
        _state(commission, story, by_key, officer)
    return consultation


def tell(consultation: Consultation, officer: User) -> None:
    """Publish “You said, we did”, once there is something to tell."""
    story = read("findings")
    with on(story["consultation"]["told_on"]):
        for row in story["theme"]:
            theme = consultation.commission.themes.get(name=row["name"])
            commands.reply_to_theme(consultation=consultation, theme=theme, words=row["reply"], by=officer)
        commands.tell_what_became(consultation=consultation, by=officer)


NOTE_FIELDS = ("kind", "held_on", "who", "people", "text")
LIKELY = ("weights",)


def _open(commission: Commission, story: Story, officer: User) -> Consultation:
    days = story["consultation"]
    consultation = surveys.plan_consultation(
        commission=commission,
        title=days["title"],
        introduction=days["introduction"].strip(),
        access=Consultation.Access.PUBLIC,
        opens_on=days["opens_on"],
        closes_on=days["closes_on"],
        is_illustrative=True,
        by=officer,
    )
    for row in story["question"]:
        question = {name: value for name, value in row.items() if name not in LIKELY}
        surveys.ask_question(consultation=consultation, by=officer, **question)
    surveys.release_consultation(consultation=consultation, by=officer)
    return consultation


def _people(story: Story, random: Random) -> list[Said]:
    """Everybody's answers in words, by the question's code."""
    number = story["consultation"]["answers"]
    people = [{row["code"]: _choose(row, random) for row in story["question"]} for _ in range(number)]
    all_weights = sum(row["weight"] for row in story["theme"])
    texts = [text for row in story["theme"] for text in _texts(row, story["words"], random, number, all_weights)]
    random.shuffle(texts)
    for person, text in zip(people, texts, strict=False):
        person["change"] = text
    random.shuffle(people)
    return people


def _choose(question: Story, random: Random) -> Any:
    """An answer in words; None for a text, and where a question that may be left out is."""
    kind: str = question["kind"]
    weights: Any = question.get("weights")
    if kind == "text" or (not question.get("is_required") and random.random() < 0.06):
        return None
    if kind == "scale":
        return random.choices(range(question["lowest"], question["highest"] + 1), weights)[0]
    choices = question["choices"]
    if kind == "one":
        return random.choices(choices, weights)[0]
    if kind == "many":
        return [one for one, weight in zip(choices[:-1], weights, strict=False) if random.random() * 100 < weight] or [
            choices[-1]
        ]
    if kind == "rank":
        order = sorted(choices, key=lambda one: random.random() ** (40 / weights[choices.index(one)]), reverse=True)
        return order[: random.choice((3, 5))]
    return {row: random.choices(choices, weights)[0] for row in question["rows"]}


def _texts(theme: Story, words: Story, random: Random, number: int, all_weights: int) -> list[str]:
    """What people wrote about a theme: so many of them, each put together from its parts."""
    people = theme.get("people") or round(number * words["answered"] * theme["weight"] / all_weights)
    return [_sentence(said, words, random) for said in islice(cycle(theme["said"]), people)]  # each is said, and quoted


def _sentence(said: str, words: Story, random: Random) -> str:
    opening, ending = random.choice(words["openings"]), random.choice(words["endings"])
    text = f"{opening}{said}"
    return f"{text[0].upper()}{text[1:]}{ending}"


def _answer(consultation: Consultation, person: Said) -> None:
    """One person, on our pages."""
    secret = answers.begin_answer(consultation=consultation, by=VISITOR)
    response = given.response_by_secret(consultation, secret)
    if response is None:
        raise LookupError("The answer that was begun is not there.")
    questions = asked.asked(consultation)
    values = {one.id: _value(one, person[one.code]) for one in questions if person[one.code] is not None}
    answers.save_answer(response=response, questions=questions, values=values, by=VISITOR)
    answers.send_answer(response=response, by=VISITOR)


def _value(question: Asked, said: Any) -> Any:
    """An answer in words as the value that a command takes."""
    ids = _ids(question.choices)
    if question.kind == "one":
        return ids[said]
    if question.kind == "many":
        return tuple(ids[one] for one in said)
    if question.kind == "rank":
        return {ids[one]: place for place, one in enumerate(said, 1)}
    if question.kind == "matrix":
        rows = _ids(question.rows)
        return {rows[row]: ids[one] for row, one in said.items()}
    return said


def _ids(offered: tuple[Offered, ...]) -> dict[str, int]:
    return {one.words: one.id for one in offered}


def _type_in(consultation: Consultation, story: Story, people: list[Said], officer: User) -> None:
    """The printed questionnaires, typed in: a line for each answer."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Person", "Question", "Answer"])
    for number, person in enumerate(people, 1):
        for code, said in person.items():
            writer.writerows([f"sheet {number}", *cells] for cells in _cells(code, said))
    answers_files.read_answers(
        consultation=consultation,
        content=file.getvalue().encode(),
        name=story["consultation"]["file_name"],
        by=officer,
    )


def _cells(code: str, said: Any) -> list[tuple[str, str]]:
    """An answer as the lines of a file: column and words."""
    if said is None:
        return []
    if code == "used":
        return [(code, "; ".join(said))]
    if isinstance(said, list):
        return [(f"{code}: {one}", str(place)) for place, one in enumerate(said, 1)]
    if isinstance(said, dict):
        return [(f"{code}: {row}", one) for row, one in said.items()]
    return [(code, str(said))]


def _code(commission: Commission, story: Story, officer: User) -> dict[str, Theme]:
    """Every text under the theme that it was made for, as an officer would."""
    by_key = {
        row["key"]: coding.name_theme(
            commission=commission, name=row["name"], description=row["description"], by=officer
        )
        for row in story["theme"]
    }
    by_said = {said: by_key[row["key"]] for row in story["theme"] for said in row["said"]}
    for answer in themes.answers(commission):
        theme = next(theme for said, theme in by_said.items() if said[1:] in answer.text)
        coding.code_text(commission=commission, text=answer, themes=[theme], by=officer)
    by_words = {row["text"]: row["themes"] for row in story["note"]}
    for note in themes.notes(commission):
        coding.code_text(
            commission=commission, text=note, themes=[by_key[key] for key in by_words[note.text]], by=officer
        )
    return by_key


def _state(commission: Commission, story: Story, by_key: dict[str, Theme], officer: User) -> None:
    for row in story["finding"]:
        finding = commands.state_finding(
            commission=commission,
            statement=row["statement"],
            explanation=row["explanation"],
            themes=[by_key[key] for key in row["themes"]],
            outcomes=list(Outcome.objects.filter(code__in=row["outcomes"])),
            by=officer,
        )
        for words, key in zip(row["quotes"], row["quotes_of"], strict=True):
            answer = themes.answers(commission).filter(
                codings__theme=by_key[key], text__icontains=words[1:], quotes__isnull=True
            )
            commands.choose_quote(finding=finding, text=answer[0], words=words, by=officer)
