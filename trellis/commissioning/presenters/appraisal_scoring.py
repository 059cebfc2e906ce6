"""Scoring in words and rows: the officer's view of every score, and a scorer's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.commissioning.models import Appraisal, Criterion, Option, Scorer
from trellis.commissioning.presenters.appraisal import address, crumbs, plain, status
from trellis.commissioning.queries import appraisal as queries
from trellis.web.pieces import Task
from trellis.web.table import Column, Table
from trellis.web.words import counted


@dataclass(frozen=True)
class ScoreRow:
    """One score: somebody's, or the one agreed."""

    criterion: str
    option: str
    who: str
    score: str
    reason: str


def frame(appraisal: Appraisal, **more: Any) -> dict[str, Any]:
    """What every page of an appraisal shows about it."""
    return {
        "appraisal": appraisal,
        "status": status(appraisal),
        "caption": f"{appraisal.commission.title}, version {appraisal.version}",
        "breadcrumbs": crumbs(appraisal),
        **more,
    }


def scores_table(request: HttpRequest, appraisal: Appraisal) -> Table:
    """Every score with its reason: what was agreed, then each scorer's own."""
    return Table(
        request,
        list(_score_rows(appraisal)),
        columns=[
            Column("criterion", "Criterion"),
            Column("option", "Option"),
            Column("who", "Whose"),
            Column("score", "Score", numeric=True),
            Column("reason", "Why"),
        ],
        caption="Scores",
        empty="Nobody has scored yet.",
        name="scores",
        page_size=60,
    )


def _score_rows(appraisal: Appraisal) -> list[ScoreRow]:
    agreed, options = queries.agreed_scores(appraisal), list(queries.short_list(appraisal))
    rows = []
    for criterion in queries.leaves(appraisal):
        given = queries.scores_on(criterion)
        for option in options:
            found = agreed.get((criterion.pk, option.pk))
            if found:
                why = found.reason
                if found.dissent:
                    who = " and ".join(str(scorer.user) for scorer in found.dissenters.all())
                    why += f" Dissent of {who}: {found.dissent}"
                rows.append(ScoreRow(criterion.name, option.name, "Agreed", plain(found.score), why))
            rows += [
                ScoreRow(criterion.name, option.name, str(score.scorer.user), plain(score.score), score.reason)
                for score in given
                if score.option_id == option.pk
            ]
    return rows


def scores_given(criterion: Criterion, options: Sequence[Option]) -> dict[int, list[str]]:
    """By option: what each scorer gave it on a criterion, and why."""
    found: dict[int, list[str]] = {option.pk: [] for option in options}
    for score in queries.scores_on(criterion):
        if score.option_id in found:
            found[score.option_id].append(f"{score.scorer.user}: {plain(score.score)}. {score.reason}")
    return found


def agreed_so_far(appraisal: Appraisal, criterion: Criterion, options: Sequence[Option]) -> dict[str, Any]:
    """What the form of agreement begins with: what was agreed, or the middle of the scores given, and the reasons."""
    agreed, given = queries.agreed_scores(appraisal), list(queries.scores_on(criterion))
    initial: dict[str, Any] = {}
    for option in options:
        found = agreed.get((criterion.pk, option.pk))
        scores = [score for score in given if score.option_id == option.pk]
        if found:
            initial |= {
                f"score_{option.pk}": plain(found.score),
                f"reason_{option.pk}": found.reason,
                f"dissenters_{option.pk}": [str(each.pk) for each in found.dissenters.all()],
                f"dissent_{option.pk}": found.dissent,
            }
        elif scores:
            reasons = dict.fromkeys(score.reason for score in scores)
            initial |= {
                f"score_{option.pk}": plain(median(score.score for score in scores)),
                f"reason_{option.pk}": "\n".join(reasons),
            }
    return initial


def own_frame(scorer: Scorer, title: str, button: str) -> dict[str, Any]:
    """The frame of a page on which a scorer does one thing."""
    home = address("scoring", scorer.appraisal)
    return {
        "title": title,
        "button": button,
        "cancel": home,
        "breadcrumbs": [("Scoring", home)],
        "caption": scorer.appraisal.commission.title,
    }


def own_scores(scorer: Scorer, criterion: Criterion) -> dict[str, Any]:
    """What a scorer gave on a criterion, for the form."""
    initial: dict[str, Any] = {}
    for score in queries.scores_on(criterion):
        if score.scorer_id == scorer.pk:
            initial |= {f"score_{score.option_id}": plain(score.score), f"reason_{score.option_id}": score.reason}
    return initial


def own_page(scorer: Scorer) -> dict[str, Any]:
    """What a scorer has to do: declare first, then score each criterion."""
    appraisal = scorer.appraisal
    options, agreed = list(queries.short_list(appraisal)), queries.agreed_scores(appraisal)
    tasks = (
        [_own_task(scorer, criterion, options) for criterion in queries.leaves(appraisal)] if scorer.may_score else []
    )
    rows = [row for row in _score_rows(appraisal) if row.who == "Agreed"] if agreed else []
    return {
        "scorer": scorer,
        "appraisal": appraisal,
        "tasks": tasks,
        "options": options,
        "agreed": rows,
        "caption": appraisal.commission.title,
        "status": status(appraisal),
        "breadcrumbs": [("Home", reverse("home"))],
    }


def _own_task(scorer: Scorer, criterion: Criterion, options: Sequence[Option]) -> Task:
    ids = {option.pk for option in options}
    given = sum(score.scorer_id == scorer.pk and score.option_id in ids for score in queries.scores_on(criterion))
    done = given == len(options) > 0
    return Task(
        criterion.name,
        "Done" if done else "To score",
        address("score_options", scorer.appraisal, number=criterion.pk)
        if scorer.appraisal.is_draft and options
        else None,
        f"{criterion.question} {given} of {counted(len(options), 'option')} scored.",
        "" if done else "blue",
    )
