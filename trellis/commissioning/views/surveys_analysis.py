"""What came in: files of answers, figures, texts, and what is said back."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from trellis.accounts.requests import Request
from trellis.commissioning.commands import answers_files
from trellis.commissioning.commands import findings as commands
from trellis.commissioning.forms.answers_analysis import NarrowForm
from trellis.commissioning.forms.findings import ReplyForm
from trellis.commissioning.forms.surveys import AnswersFileForm
from trellis.commissioning.models import AnswerFile, Consultation
from trellis.commissioning.presenters import answers as figures
from trellis.commissioning.presenters import findings as presenters
from trellis.commissioning.queries import answers, answers_analysis, surveys, themes
from trellis.commissioning.queries import findings as queries
from trellis.commissioning.views.commissions import may_edit, visible
from trellis.commissioning.views.surveys import consultation_of
from trellis.core.permissions import Permission, requires
from trellis.web.acts import ask_and_do, press
from trellis.web.csv_files import csv_response


@requires(Permission.COMMISSION_EDIT)
def read_answers(request: Request, reference: str, consultation: str) -> HttpResponse:
    """Read answers in from a file."""
    found = consultation_of(request, reference, consultation)

    def read(file) -> AnswerFile:
        return answers_files.read_answers(
            consultation=found, content=file.read(), name=file.name or "file", by=request.user
        )

    return ask_and_do(
        request,
        AnswersFileForm(request.POST or None, request.FILES or None),
        read,
        done="The file is read.",
        then=lambda made: reverse("answer_file", args=[reference, consultation, made.pk]),
        page=presenters.consultation_page(
            found, "Read answers from a file", "Read the file", questions=surveys.asked(found)
        ),
        template="commissioning/findings/read_answers.html",
    )


@requires(Permission.COMMISSION_EDIT)
def answer_file(request: Request, reference: str, consultation: str, file: int) -> HttpResponse:
    """What a file brought, and what was refused, line by line."""
    found = consultation_of(request, reference, consultation)
    context = {
        "file": get_object_or_404(answers.files(found), pk=file),
        "consultation": found,
        "breadcrumbs": presenters.below_consultation(found),
    }
    return render(request, "commissioning/findings/answer_file.html", context)


@requires(Permission.COMMISSION_VIEW)
def analysis(request: Request, reference: str, consultation: str) -> HttpResponseBase:
    """Every question in figures and charts, for all or for those who chose something."""
    found = _seen(request, reference, consultation)
    asked = surveys.asked(found)
    form = NarrowForm(request.GET or None, questions=asked)
    result = answers_analysis.analysis(found, form.narrowed())
    if request.GET.get("format") == "csv":
        return csv_response(figures.csv_rows(result), f"{found.reference}-figures")
    context = {
        "consultation": found,
        "narrow": form,
        "total": result.total,
        "shown": figures.shown(result),
        "query": request.GET.urlencode(),
        "breadcrumbs": presenters.below_consultation(found),
    }
    return render(request, "commissioning/findings/analysis.html", context)


@requires(Permission.COMMISSION_EDIT)
def texts(request: Request, reference: str, consultation: str, question: int) -> HttpResponse:
    """What people wrote to one question, page by page; personal, so there is no file of it."""
    found = consultation_of(request, reference, consultation)
    asked = get_object_or_404(surveys.questions(found), pk=question, kind="text")
    rows = themes.answers(found.commission).filter(question=asked)
    context = {
        "question": asked,
        "table": figures.texts_table(request, found, rows),
        "breadcrumbs": presenters.below_consultation(found),
    }
    return render(request, "commissioning/findings/texts.html", context)


@requires(Permission.COMMISSION_VIEW)
def replies(request: Request, reference: str, consultation: str) -> HttpResponse:
    """What people said, theme by theme, and what is said back."""
    found = _seen(request, reference, consultation)
    context = {
        "consultation": found,
        "said": queries.themes_of(found),
        "total": queries.sent_count(found),
        "can_edit": may_edit(request, found.commission),
        "status": presenters.status_of(found),
        "breadcrumbs": presenters.below_consultation(found),
    }
    return render(request, "commissioning/findings/replies.html", context)


@requires(Permission.COMMISSION_EDIT)
def reply_to_theme(request: Request, reference: str, consultation: str, theme: int) -> HttpResponse:
    """Say what was done about a theme."""
    found = consultation_of(request, reference, consultation)
    about = get_object_or_404(themes.themes(found.commission), pk=theme)
    before = found.replies.filter(theme=about).first()
    return ask_and_do(
        request,
        ReplyForm(request.POST or None, initial={"words": before.words if before else ""}),
        partial(commands.reply_to_theme, consultation=found, theme=about, by=request.user),
        done="Saved.",
        then=_replies(found),
        page=presenters.consultation_page(found, about.name, "Save", caption="What we did", cancel=_replies(found)),
    )


@requires(Permission.COMMISSION_EDIT)
@require_POST
def tell_what_became(request: Request, reference: str, consultation: str) -> HttpResponse:
    """Publish “You said, we did”."""
    found = consultation_of(request, reference, consultation)
    tell = partial(commands.tell_what_became, consultation=found, by=request.user)
    return press(request, tell, done="It is published for everyone.", then=_replies(found))


def _seen(request: Request, reference: str, consultation: str) -> Consultation:
    return get_object_or_404(surveys.consultations(visible(request, reference)), reference=consultation)


def _replies(consultation: Consultation) -> str:
    return reverse("replies", args=[consultation.commission.reference, consultation.reference])
