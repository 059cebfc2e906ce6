"""Scoring: the officer's pages, and those of the scorers, who need no other right than to have been appointed."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from trellis.accounts.requests import Request
from trellis.commissioning.commands import appraisal_scoring as commands
from trellis.commissioning.forms import appraisal_scoring as forms
from trellis.commissioning.models import Scorer
from trellis.commissioning.presenters import appraisal as presenters
from trellis.commissioning.presenters import appraisal_scoring as scoring
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.views.appraisal import can_edit, editable, visible
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires, signed_in
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent


@requires(Permission.COMMISSION_VIEW)
def appraisal_scorers(request: Request, reference: str, version: int) -> HttpResponseBase:
    """Who scores, and what they declared."""
    found = visible(request, reference, version)
    may = can_edit(request, found)
    table = presenters.scorers_table(request, found, can_edit=may)
    if table.wants_csv:
        return table.csv_response()
    link = request.build_absolute_uri(presenters.address("scoring", found))
    return render(
        request, "commissioning/appraisal/scorers.html", scoring.frame(found, table=table, can_edit=may, link=link)
    )


@requires(Permission.COMMISSION_EDIT)
def appoint_scorer(request: Request, reference: str, version: int) -> HttpResponse:
    """Ask somebody to score."""
    found = editable(request, reference, version)

    def appoint(*, email: str, capacity: str) -> Scorer:
        user = queries.account(email)
        if user is None:
            raise RuleBroken(
                "Nobody has an account with that address. Ask the administrator to invite them.", field="email"
            )
        return commands.appoint_scorer(appraisal=found, user=user, capacity=capacity, by=request.user)

    return ask_and_do(
        request,
        forms.AppointForm(sent(request)),
        appoint,
        done="Appointed. Send them the address of the page for scorers.",
        then=presenters.address("appraisal_scorers", found),
        page=presenters.page(found, "Appoint a scorer", "Appoint them", back="appraisal_scorers"),
    )


@requires(Permission.COMMISSION_EDIT)
def stand_down_scorer(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Let a scorer go, with their scores."""
    found = editable(request, reference, version)
    scorer = get_object_or_404(queries.scorers(found), pk=number)
    return ask_and_do(
        request,
        forms.StandDownForm(sent(request)),
        partial(commands.stand_down_scorer, scorer=scorer, by=request.user),
        done="They no longer score.",
        then=presenters.address("appraisal_scorers", found),
        page=presenters.page(
            found, f"Stand {scorer.user} down", "Stand them down", back="appraisal_scorers",
            intro="Their scores go with them. What was agreed stays, until it is agreed anew.",
        ),
    )  # fmt: skip


@requires(Permission.COMMISSION_VIEW)
def appraisal_scores(request: Request, reference: str, version: int) -> HttpResponseBase:
    """Every score with its reason, what was agreed, and the dissent."""
    found = visible(request, reference, version)
    table = scoring.scores_table(request, found)
    if table.wants_csv:
        return table.csv_response()
    context = scoring.frame(found, table=table, can_edit=can_edit(request, found), criteria=queries.leaves(found))
    return render(request, "commissioning/appraisal/scores.html", context)


@requires(Permission.COMMISSION_EDIT)
def agree_scores(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """Set down what the scorers agreed on one criterion."""
    found = editable(request, reference, version)
    criterion = get_object_or_404(found.criteria, pk=number)
    options = list(queries.short_list(found))
    form = forms.AgreeForm(
        sent(request),
        criterion=criterion,
        options=options,
        scorers=[scorer for scorer in queries.scorers(found) if scorer.may_score],
        initial=scoring.agreed_so_far(found, criterion, options),
    )

    def agree(**_answers: Any) -> None:
        commands.agree_scores(criterion=criterion, scores=form.scores(), dissent=form.dissent(), by=request.user)

    given = scoring.scores_given(criterion, options)
    return ask_and_do(
        request, form, agree,
        done=f"The scores on “{criterion.name}” are agreed.", then=presenters.address("appraisal_scores", found),
        page=presenters.page(
            found, f"Agree the scores on “{criterion.name}”", "Save what was agreed", back="appraisal_scores",
            criterion=criterion, options=options, given=given, scale=presenters.scale_words(criterion),
        ),
        template="commissioning/appraisal/agree.html",
    )  # fmt: skip


@signed_in
def scoring_page(request: Request, reference: str, version: int) -> HttpResponseBase:
    """What a scorer has to do."""
    scorer = _own(request, reference, version)
    context = scoring.own_page(scorer)
    return render(request, "commissioning/appraisal/scoring.html", context)


@signed_in
def declare_interests(request: Request, reference: str, version: int) -> HttpResponse:
    """A scorer declares an interest, or that there is none."""
    scorer = _own(request, reference, version)
    return ask_and_do(
        request,
        forms.DeclareForm(sent(request)),
        partial(commands.declare_interests, scorer=scorer, by=request.user),
        done="Declared.",
        then=presenters.address("scoring", scorer.appraisal),
        page=scoring.own_frame(scorer, "Declare your interests", "Declare"),
    )


@signed_in
def score_options(request: Request, reference: str, version: int, number: int) -> HttpResponse:
    """A scorer scores the options on one criterion."""
    scorer = _own(request, reference, version)
    criterion = get_object_or_404(scorer.appraisal.criteria, pk=number)
    options = list(queries.short_list(scorer.appraisal))
    form = forms.ScoreForm(
        sent(request), criterion=criterion, options=options, initial=scoring.own_scores(scorer, criterion)
    )

    def score(**_answers: Any) -> None:
        commands.score_options(scorer=scorer, criterion=criterion, scores=form.scores(), by=request.user)

    frame = scoring.own_frame(scorer, f"Score the options on “{criterion.name}”", "Save your scores")
    return ask_and_do(
        request, form, score, done="Saved.", then=presenters.address("scoring", scorer.appraisal),
        page=frame | {"criterion": criterion, "options": options, "scale": presenters.scale_words(criterion)},
        template="commissioning/appraisal/score.html",
    )  # fmt: skip


def _own(request: Request, reference: str, version: int) -> Scorer:
    rows = queries.scorings_of(request.user)
    return get_object_or_404(rows, appraisal__commission__reference=reference, appraisal__version=version)
