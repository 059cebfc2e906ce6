"""Consultations as officers build and run them."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import surveys as commands
from trellis.commissioning.commands import surveys_invitations as invitations
from trellis.commissioning.forms.answers import SectionForm
from trellis.commissioning.forms.surveys import ConsultationForm, ExtendForm, InviteForm, QuestionForm, initial_of
from trellis.commissioning.models import Consultation, SurveyQuestion
from trellis.commissioning.presenters import findings as presenters
from trellis.commissioning.queries import answers
from trellis.commissioning.queries import surveys as queries
from trellis.commissioning.rules.answers import sections
from trellis.commissioning.views.commissions import editable, may_edit, visible
from trellis.core import clock
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press


@requires(Permission.COMMISSION_VIEW)
def consultation_room(request: Request, reference: str, consultation: str) -> HttpResponse:
    """One consultation: where it stands, its questions, and what can be done now."""
    commission = visible(request, reference)
    found = get_object_or_404(queries.consultations(commission), reference=consultation)
    context = {
        "consultation": found,
        "commission": commission,
        "status": presenters.status_of(found),
        "questions": queries.questions(found),
        "kinds": SurveyQuestion.Kind.choices,
        "sent": answers.sent(found).count(),
        "begun": found.responses.filter(status="draft").count(),
        "invited": found.invitations.count(),
        "files": answers.files(found),
        "is_open": queries.is_open(found, clock.today()),
        "is_over": found.closes_on < clock.today(),
        "has_opened": queries.opened_consultations(clock.today()).filter(pk=found.pk).exists(),
        "can_edit": may_edit(request, commission),
        "breadcrumbs": presenters.below(commission),
    }
    return render(request, "commissioning/findings/consultation_room.html", context)


@requires(Permission.COMMISSION_EDIT)
def plan_consultation(request: Request, reference: str) -> HttpResponse:
    """Begin a draft."""
    commission = editable(request, reference)
    return ask_and_do(
        request,
        ConsultationForm(request.POST or None),
        partial(commands.plan_consultation, commission=commission, by=request.user),
        done="The draft is there. Add its questions.",
        then=presenters.consultation_url,
        page=presenters.page(commission, "Plan a consultation", "Plan it"),
    )


@requires(Permission.COMMISSION_EDIT)
def change_consultation(request: Request, reference: str, consultation: str) -> HttpResponse:
    """Change a draft's words and dates."""
    found = consultation_of(request, reference, consultation)
    names = ("title", "introduction", "access", "opens_on", "closes_on", "is_illustrative")
    return ask_and_do(
        request,
        ConsultationForm(request.POST or None, initial={name: getattr(found, name) for name in names}),
        partial(commands.change_consultation, consultation=found, by=request.user),
        done="Saved.",
        then=presenters.consultation_url(found),
        page=presenters.consultation_page(found, "Title, words and dates", "Save"),
    )


@requires(Permission.COMMISSION_EDIT)
def ask_question(request: Request, reference: str, consultation: str, kind: str) -> HttpResponse:
    """Add a question."""
    found = consultation_of(request, reference, consultation)
    if kind not in SurveyQuestion.Kind.values:
        raise Http404
    last = queries.questions(found).last()
    return ask_and_do(
        request,
        QuestionForm(request.POST or None, kind=kind, initial={"section": last.section} if last else {}),
        partial(commands.ask_question, consultation=found, kind=kind, by=request.user),
        done="The question is there.",
        then=presenters.consultation_url(found),
        page=presenters.consultation_page(
            found, "Add a question", "Add the question", caption=SurveyQuestion.Kind(kind).label
        ),
    )


@requires(Permission.COMMISSION_EDIT)
def change_question(request: Request, reference: str, consultation: str, question: int) -> HttpResponse:
    """Change a question of a draft."""
    found = consultation_of(request, reference, consultation)
    asked = get_object_or_404(queries.questions(found), pk=question)
    return ask_and_do(
        request,
        QuestionForm(request.POST or None, kind=asked.kind, initial=initial_of(asked)),
        partial(commands.change_question, question=asked, by=request.user),
        done="Saved.",
        then=presenters.consultation_url(found),
        page=presenters.consultation_page(found, "Change a question", "Save", caption=asked.get_kind_display()),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def move_question(request: Request, reference: str, consultation: str, question: int, way: str) -> HttpResponse:
    """Let it change places with the one before (`up`) or after it (`down`), or take it out (`drop`)."""
    found = consultation_of(request, reference, consultation)
    asked = get_object_or_404(queries.questions(found), pk=question)
    ways: dict[str, Callable[[], None]] = {
        "up": partial(commands.move_question, question=asked, up=True, by=request.user),
        "down": partial(commands.move_question, question=asked, up=False, by=request.user),
        "drop": partial(commands.drop_question, question=asked, by=request.user),
    }
    if way not in ways:
        raise Http404
    done = "The question is out." if way == "drop" else "The question has moved."
    return press(request, ways[way], done=done, then=presenters.consultation_url(found))


@requires(Permission.COMMISSION_VIEW)
def preview_consultation(request: Request, reference: str, consultation: str) -> HttpResponse:
    """As people will see it; nothing can be sent."""
    found = get_object_or_404(queries.consultations(visible(request, reference)), reference=consultation)
    forms = [SectionForm(section=section, values={}) for section in sections(queries.asked(found))]
    context = {"consultation": found, "forms": forms, "breadcrumbs": presenters.below_consultation(found)}
    return render(request, "commissioning/findings/preview.html", context)


@requires(Permission.COMMISSION_EDIT)
@require_POST
def move_consultation(request: Request, reference: str, consultation: str, way: str) -> HttpResponse:
    """Release it, take it back, or close it."""
    found = consultation_of(request, reference, consultation)
    ways: dict[str, tuple[Callable[..., None], str]] = {
        "release": (commands.release_consultation, "It is released, and opens on its day."),
        "take-back": (commands.take_back_consultation, "It is a draft again."),
        "close": (commands.close_consultation, "It is closed. No answer is taken any more."),
    }
    if way not in ways:
        raise Http404
    command, done = ways[way]
    move = partial(command, consultation=found, by=request.user)
    return press(request, move, done=done, then=presenters.consultation_url(found))


@requires(Permission.COMMISSION_EDIT)
def extend_consultation(request: Request, reference: str, consultation: str) -> HttpResponse:
    """Give people more time."""
    found = consultation_of(request, reference, consultation)
    return ask_and_do(
        request,
        ExtendForm(request.POST or None),
        partial(commands.extend_consultation, consultation=found, by=request.user),
        done="People have more time.",
        then=presenters.consultation_url(found),
        page=presenters.consultation_page(found, "Give people more time", "Give more time"),
    )


@requires(Permission.COMMISSION_EDIT)
def invite_to_answer(request: Request, reference: str, consultation: str) -> HttpResponse:
    """Ask people by email."""
    found = consultation_of(request, reference, consultation)
    return ask_and_do(
        request,
        InviteForm(request.POST or None),
        partial(invitations.invite_to_answer, consultation=found, by=request.user),
        done="The invitations are sent.",
        then=presenters.consultation_url(found),
        page=presenters.consultation_page(found, "Invite people", "Send the invitations"),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def remind_invited(request: Request, reference: str, consultation: str) -> HttpResponse:
    """Send a new link to those who have not answered."""
    found = consultation_of(request, reference, consultation)
    remind = partial(invitations.remind_invited, consultation=found, by=request.user)
    return press(request, remind, done="New links are sent.", then=presenters.consultation_url(found))


def consultation_of(request: Request, reference: str, consultation: str) -> Consultation:
    """A consultation that the visitor may change; 404 for any other."""
    return get_object_or_404(queries.consultations(editable(request, reference)), reference=consultation)
