"""Words and rows of the questions whether two organisations are the same."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.organisations import families, forms, rules
from trellis.organisations.models import LinkQuestion, LinkRun, Organisation
from trellis.organisations.presenters import records
from trellis.organisations.queries import links as queries
from trellis.web.pieces import Step
from trellis.web.table import Column, Table
from trellis.web.words import counted, day_and_time

Status, State = LinkRun.Status, LinkQuestion.State
RELATED = {LinkQuestion.Relation.BRANCH.value: "a branch", LinkQuestion.Relation.TRADING_ARM.value: "a trading arm"}
LOOK_AGAIN = 3  # seconds
COLOURS: dict[str, str] = {
    Status.WAITING: "blue", Status.RUNNING: "blue", Status.FINISHED: "green", Status.FAILED: "red",
}  # fmt: skip
ANSWERS: dict[str, tuple[str, str]] = {
    State.WAITING: ("Waiting for an answer", "yellow"),
    State.SAME: ("The same", "green"),
    State.DIFFERENT: ("Not the same", "grey"),
    State.BRANCH: ("One belongs to the other", "blue"),
    State.WITHDRAWN: ("No longer a question", "grey"),
}


def queue(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """The page of all questions: how many wait, how far the machine is trusted, what ran last."""
    waiting, answered = queries.waiting().count(), queries.answered().count()
    return {
        "table": _questions_table(request, by),
        "waiting": waiting,
        "answered": answered,
        "progress": _progress_words(waiting, answered),
        "trust": trust_words(),
        "run": queries.runs().first(),
        "active": queries.runs().filter(status__in=[Status.WAITING, Status.RUNNING]).first(),
        **_last(by),
        "breadcrumbs": [("Lists", reverse("import_lists"))],
    }


def answers_table(request: HttpRequest) -> Table:
    """What people have answered."""
    return Table(
        request,
        queries.answered(),
        columns=[
            Column("pair", "Organisations", value=pair_as_asked, link=_address),
            Column("state", "Answer", tag=lambda one: ANSWERS[one.state], sort="state"),
            Column("chance", "Likely the same", value=lambda one: records.chance_words(one.chance), sort="chance"),
            Column("decided_at", "Answered", sort="decided_at"),
        ],
        caption="Questions that people have answered",
        empty="Nobody has answered a question yet.",
        name="answers",
        stacks=True,
    )  # fmt: skip


def question(found: LinkQuestion, by: Actor, form: forms.BelongsForm) -> dict[str, Any]:
    """One question: both records, the evidence, and what this person can do."""
    first, second = found.first.standing, found.second.standing
    held = found.held_until and found.held_until > clock.now() and found.held_by != by.actor_name
    return {
        "question": found,
        "first": first,
        "second": second,
        "names": list(names_apart(first, second).values()),
        "lines": records.compared(first, second),
        "chart": records.waterfall(found.evidence, found.probability, found.chance),
        "status": ANSWERS[found.state],
        "caption": _suggestion(found),
        "form": form,
        "is_open": found.state == State.WAITING and not held,
        "both_in_use": all(sum(families.uses_of(families.members(one.pk)).values()) for one in (first, second)),
        "is_held": found.state == State.WAITING and held,
        "is_answered": found.state in rules.ANSWERS,
        "waiting": queries.waiting().count(),
        **_last(by),
        "breadcrumbs": [("Lists", reverse("import_lists")), ("Same or not", reverse("link_questions"))],
    }


def trust_words() -> list[str]:
    """How many of the merges that nobody was asked about are wrong, as far as anybody can know."""
    trust = queries.trust()
    said = []
    if trust.threshold is not None:
        said.append(f"Pairs are merged unasked from {records.chance_words(trust.threshold)} upwards.")
    if trust.expected_precision is not None:
        wrong = round(100 * (1 - trust.expected_precision), 1)
        words = f"{wrong:g}" if wrong >= 1 else "fewer than 1"
        said.append(f"By the model’s own reckoning, {words} of 100 such merges are wrong.")
    if not trust.automatic:
        return [*said, "Nothing has been merged unasked yet."]
    if not trust.looked_at:
        return [*said, f"Nobody has looked at any of the {trust.automatic:,} yet."]
    low, high = rules.interval(trust.wrong, trust.looked_at)
    found = counted(trust.wrong, "was", "were") + " wrong"
    said.append(
        f"People have looked at {trust.looked_at:,} of {trust.automatic:,}, and {found}: of 100, between "
        f"{100 * low:.0f} and {100 * high:.0f} are likely to be wrong."
    )
    return said


def running(run: LinkRun) -> dict[str, Any]:
    """How far a run has come."""
    parts = list(LinkRun.Part)
    at = 0 if run.status == Status.WAITING else parts.index(LinkRun.Part(run.part))
    notes = {
        LinkRun.Part.COMPARING: counted(run.records, "organisation"),
        LinkRun.Part.KEEPING: counted(run.pairs, "pair"),
        LinkRun.Part.MERGING: f"{run.done:,} of {run.certain:,}",
    }
    ended = run.status in (Status.FINISHED, Status.FAILED)

    def state(place: int) -> str:
        if run.status == Status.WAITING:
            return "next"
        if place < at or run.status == Status.FINISHED:
            return "done"
        return "next" if place > at else "failed" if run.status == Status.FAILED else "now"

    return {
        "run": run,
        "steps": [
            Step(part.label, state(place), notes.get(part, "") if place <= at and state(place) != "next" else "")
            for place, part in enumerate(parts)
        ],
        "done": len(parts) if run.status == Status.FINISHED else at,
        "total": len(parts),
        "unit": "parts",
        "asked_from": round(100 * float(rulebook.value("organisations.links_asked_from", on=clock.today()))),
        "refresh": 0 if ended else LOOK_AGAIN,
        "status": (run.get_status_display(), COLOURS[run.status]),
        "caption": f"{run.reference}, {day_and_time(run.started_at)}",
        "breadcrumbs": [("Lists", reverse("import_lists")), ("Same or not", reverse("link_questions"))],
    }


def _questions_table(request: HttpRequest, by: Actor) -> Table:
    return Table(
        request,
        queries.waiting(),
        columns=[
            Column("pair", "Organisations", value=_pair, link=_address),
            Column("chance", "Likely the same", value=_likely, sort="chance"),
            Column("why", "Strongest reason", value=_strongest),
            Column("held", "Now", value=lambda one: _at_it(one, by), absent="Free"),
        ],
        caption="Questions that wait, the most valuable first",
        empty="No question waits. When lists have come in, choose “Look for doubles”.",
        name="questions",
        stacks=True,
    )  # fmt: skip


def _at_it(question: LinkQuestion, by: Actor) -> str:
    if not _is_held(question):
        return ""
    return "You were at it last" if question.held_by == by.actor_name else "Somebody is at it"


def _last(by: Actor) -> dict[str, Any]:
    last = queries.last_answer(by.actor_name)
    return {"last": last, "last_pair": pair_as_asked(last) if last else ""}


def _is_held(question: LinkQuestion) -> bool:
    return bool(question.held_until and question.held_until > clock.now())


def names_apart(one: Organisation, other: Organisation) -> dict[str, str]:
    """Two organisations by their references: their names; where those are the same, with what tells them apart."""
    names = {each.reference: each.name for each in (one, other)}
    if one.name.casefold() != other.name.casefold():
        return names
    places = [each.district.name if each.district else "" for each in (one, other)]
    marks = places if all(places) and places[0] != places[1] else list(names)
    return {reference: f"{name} ({mark})" for (reference, name), mark in zip(names.items(), marks, strict=True)}


def pair_as_asked(question: LinkQuestion) -> str:
    """The two that a question was about, each by a name of its own even where they are one by now."""
    return " and ".join(names_apart(question.first, question.second).values())


def _pair(question: LinkQuestion) -> str:
    return " and ".join(names_apart(question.first.standing, question.second.standing).values())


def _address(question: LinkQuestion) -> str:
    return reverse("link_question", args=[question.pk])


def _strongest(question: LinkQuestion) -> str:
    return max(question.evidence, key=lambda each: abs(each["weight"]), default={"words": ""})["words"]


def _suggestion(question: LinkQuestion) -> str:
    if question.relation == LinkQuestion.Relation.SAME:
        return f"Likely the same: {records.chance_words(question.chance)}"
    return f"One may be {RELATED[question.relation]} of the other"


def _likely(question: LinkQuestion) -> str:
    likely = records.chance_words(question.chance)
    return f"{likely}; perhaps {RELATED[question.relation]}" if question.relation in RELATED else likely


def _progress_words(waiting: int, answered: int) -> str:
    if not waiting + answered:
        return ""
    return f"{answered:,} of {counted(waiting + answered, 'question')} answered"
