"""Answering whether two organisations are the same."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from trellis.core.actors import person
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, requires
from trellis.organisations import commands, forms, rules
from trellis.organisations.models import LinkQuestion
from trellis.organisations.presenters import links as presenters
from trellis.organisations.queries import links as queries
from trellis.web.acts import press


@requires(Permission.REGISTER_LINK)
def link_questions(request: HttpRequest) -> HttpResponseBase:
    """Every question that waits, and how far the machine can be trusted with the rest."""
    page = presenters.queue(request, person(request))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "organisations/links/questions.html", page)


@requires(Permission.REGISTER_LINK)
def link_answers(request: HttpRequest) -> HttpResponseBase:
    """What people have answered."""
    table = presenters.answers_table(request)
    if table.wants_csv:
        return table.csv_response()
    return render(request, "organisations/links/answers.html", {"table": table})


@requires(Permission.REGISTER_LINK)
@require_POST
def find_links(request: HttpRequest) -> HttpResponse:
    """Look through the register for doubles, in the background."""
    try:
        run = commands.start_finding(by=person(request))
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
        return redirect("link_questions")
    return redirect("link_run", reference=run.reference)


@requires(Permission.REGISTER_LINK)
def link_run(request: HttpRequest, reference: str) -> HttpResponse:
    """How far a look through the register has come, and what it found."""
    run = get_object_or_404(queries.runs(), reference=reference)
    return render(request, "organisations/links/run.html", presenters.running(run))


@requires(Permission.REGISTER_LINK)
@require_POST
def next_question(request: HttpRequest) -> HttpResponse:
    """Take the most valuable question that nobody looks at."""
    return _to_next(request)


@requires(Permission.REGISTER_LINK)
def link_question(request: HttpRequest, question: int) -> HttpResponse:
    """One question: both records, the evidence, the answer; then the next one."""
    found = get_object_or_404(queries.questions(), pk=question)
    form = forms.BelongsForm(
        request.POST if request.POST.get("answer") == rules.BRANCH else None,
        names=presenters.names_apart(found.first.standing, found.second.standing),
    )  # fmt: skip
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            _answer(request, found, form)
            return _to_next(request)
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
            return redirect("link_question", question=question)
    return render(request, "organisations/links/question.html", presenters.question(found, person(request), form))


@requires(Permission.REGISTER_LINK)
@require_POST
def undo_answer(request: HttpRequest, question: int) -> HttpResponse:
    """Take an answer back, and ask again."""
    found = get_object_or_404(queries.questions(), pk=question)
    undo = partial(commands.undo_answer, question=found, by=person(request))
    return press(request, undo, done="The answer is taken back.", then=request.path.removesuffix("undo/"))


def _answer(request: HttpRequest, question: LinkQuestion, form: forms.BelongsForm) -> None:
    answer = request.POST.get("answer", "")
    if answer == "skip":
        commands.skip_question(question=question, by=person(request))
        return
    belongs = {}
    if form.is_bound:
        is_first = form.cleaned_data["parent"] == question.first.standing.reference
        belongs = {"parent": question.first if is_first else question.second, "kind": form.cleaned_data["kind"]}
    commands.answer_question(question=question, answer=answer, by=person(request), **belongs)


def _to_next(request: HttpRequest) -> HttpResponse:
    question = commands.claim_question(by=person(request))
    if question:
        return redirect("link_question", question=question.pk)
    messages.success(request, "No question waits that somebody else is not looking at.")
    return redirect("link_questions")
