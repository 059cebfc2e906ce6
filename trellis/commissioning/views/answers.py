"""Consultations as people find and answer them: no account is needed, and a secret link leads back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trellis.accounts.models import User
from trellis.commissioning.commands import answers as commands
from trellis.commissioning.forms.answers import SectionForm
from trellis.commissioning.models import Consultation, SurveyResponse
from trellis.commissioning.presenters import answers as figures
from trellis.commissioning.queries import answers as queries
from trellis.commissioning.queries import answers_analysis, findings, surveys
from trellis.commissioning.rules.answers import Asked, Section, sections, words_of
from trellis.core import clock
from trellis.core.actors import VISITOR, Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import public
from trellis.web.acts import press


@public
def consultations(request: HttpRequest) -> HttpResponse:
    """Those that are open, and those of before with what became of them."""
    today = clock.today()
    known = list(surveys.public_consultations(today))
    context = {
        "open_now": [one for one in known if surveys.is_open(one, today)],
        "past": [one for one in known if not surveys.is_open(one, today)],
    }
    return render(request, "commissioning/findings/consultations.html", context)


@public
def consultation(request: HttpRequest, consultation: str) -> HttpResponse:
    """What it is about, until when, what “one answer each” means, and the way in."""
    found = _known(consultation)
    context = {
        "consultation": found,
        "is_open": surveys.is_open(found, clock.today()),
        "pages": sections(surveys.asked(found)),
        "breadcrumbs": _trail(),
    }
    return render(request, "commissioning/findings/consultation.html", context)


@public
@require_POST
def begin_answer(request: HttpRequest, consultation: str) -> HttpResponse:
    """Begin, or go on with one's own; the secret link is on the page that follows."""
    found = _known(consultation)
    person = request.user if isinstance(request.user, User) else None
    try:
        secret = commands.begin_answer(consultation=found, person=person, by=_actor(request))
    except RuleBroken as refusal:
        messages.error(request, refusal.sentence)
        return redirect("consultation", consultation=found.reference)
    return redirect("answer", consultation=found.reference, secret=secret)


@public
@never_cache
def answer(request: HttpRequest, consultation: str, secret: str) -> HttpResponse:
    """Where an answer stands: what is done, what is left; of an invitation not used yet, the way in."""
    found = get_object_or_404(surveys.opened_consultations(clock.today()), reference=consultation)
    response = queries.response_by_secret(found, secret)
    here = reverse("answer", args=[found.reference, secret])
    if response is None:
        invitation = queries.invitation_by_secret(found, secret)
        if invitation is None:
            raise Http404
        if request.method == "POST":
            begin = partial(commands.begin_invited_answer, invitation=invitation, by=_actor(request))
            return press(request, begin, done="Your answer is begun.", then=here)
        context = {"consultation": found, "is_open": surveys.is_open(found, clock.today())}
        return _unlisted(render(request, "commissioning/findings/invited.html", context))
    questions = surveys.asked(found)
    values = queries.values(response, questions)
    context = {
        "consultation": found,
        "response": response,
        "is_open": surveys.is_open(found, clock.today()),
        "secret": secret,
        "link": request.build_absolute_uri(here),
        "pages": [(one, any(question.id in values for question in one.questions)) for one in sections(questions)],
        "has_begun": bool(values),
        "breadcrumbs": _trail(),
    }
    return _unlisted(render(request, "commissioning/findings/answer.html", context))


@public
@never_cache
def answer_section(request: HttpRequest, consultation: str, secret: str, page: int) -> HttpResponse:
    """One page of questions: go on, or save it for later."""
    response, pages = _mine(consultation, secret)
    if request.method == "GET" and response.status == SurveyResponse.Status.SENT:
        return redirect("answer", consultation=consultation, secret=secret)
    if not 1 <= page <= len(pages):
        raise Http404
    for_later = "later" in request.POST
    section = pages[page - 1]
    values = queries.values(response, section.questions)
    sent = request.POST if request.method == "POST" else None
    form = SectionForm(sent, section=section, values=values, may_wait=for_later)
    if form.is_valid():
        try:
            commands.save_answer(response=response, questions=section.questions, values=form.values, by=_actor(request))
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(_after(consultation, secret, page, pages, for_later=for_later))
    context = {
        "consultation": response.consultation,
        "section": section,
        "form": form,
        "caption": f"Page {page} of {len(pages)}",
        "back": _page_url(consultation, secret, page - 1),
    }
    return _unlisted(render(request, "commissioning/findings/answer_section.html", context))


@public
@never_cache
def check_answer(request: HttpRequest, consultation: str, secret: str) -> HttpResponse:
    """All that was answered, to be checked; POST sends it."""
    response, pages = _mine(consultation, secret)
    home = reverse("answer", args=[consultation, secret])
    if request.method == "POST":
        try:
            commands.send_answer(response=response, by=_actor(request))
        except RuleBroken as refusal:
            messages.error(request, refusal.sentence)
            return redirect("check_answer", consultation=consultation, secret=secret)
        return redirect(home)
    if response.status == SurveyResponse.Status.SENT:
        return redirect(home)
    values = queries.values(response, tuple(question for section in pages for question in section.questions))
    context = {
        "consultation": response.consultation,
        "secret": secret,
        "pages": [
            (
                section,
                [(question.wording, words_of(question, values.get(question.id))) for question in section.questions],
            )
            for section in pages
        ],
        "breadcrumbs": [*_trail(), (response.consultation.title, home)],
    }
    return _unlisted(render(request, "commissioning/findings/check_answer.html", context))


@public
def you_said(request: HttpRequest, consultation: str) -> HttpResponse:
    """“You said, we did”, and the figures, small numbers withheld."""
    today = clock.today()
    found = get_object_or_404(surveys.public_consultations(today), reference=consultation, status="told")
    result = answers_analysis.published(found, today)
    context = {
        "consultation": found,
        "said": findings.you_said(found, today),
        "total": result.total,
        "shown": figures.shown(result),
        "threshold": findings.threshold(today),
        "breadcrumbs": _trail(),
    }
    return render(request, "commissioning/findings/you_said.html", context)


def _known(consultation: str) -> Consultation:
    return get_object_or_404(surveys.public_consultations(clock.today()), reference=consultation)


def _mine(consultation: str, secret: str) -> tuple[SurveyResponse, tuple[Section, ...]]:
    """The answer behind a secret and the pages of its questions; 404 for a secret that is none."""
    found = get_object_or_404(surveys.opened_consultations(clock.today()), reference=consultation)
    response = queries.response_by_secret(found, secret)
    if response is None:
        raise Http404
    return response, sections(surveys.asked(found))


def _said(question: Asked, values: dict[int, Any]) -> tuple[str, list[str]]:
    return question.wording, words_of(question, values.get(question.id))


def _after(consultation: str, secret: str, page: int, pages: tuple[Section, ...], *, for_later: bool) -> str:
    if for_later:
        return reverse("answer", args=[consultation, secret])
    if page == len(pages):
        return reverse("check_answer", args=[consultation, secret])
    return _page_url(consultation, secret, page + 1)


def _page_url(consultation: str, secret: str, page: int) -> str:
    """A page of the questions; before the first is where the answer stands."""
    if page < 1:
        return reverse("answer", args=[consultation, secret])
    return reverse("answer_section", args=[consultation, secret, page])


def _actor(request: HttpRequest) -> Actor:
    return request.user if isinstance(request.user, User) else VISITOR


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine keeps a page whose address is a secret."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _trail() -> list[tuple[str, str]]:
    return [("Have your say", reverse("consultations"))]
