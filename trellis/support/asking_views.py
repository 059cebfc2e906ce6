"""The pages of asking for support, and of deciding who may see the case."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Partner
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission, public, requires
from trellis.support import asking, commands, forms, presenters, queries
from trellis.support.models import Case
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent


@public
def support_topics(request: HttpRequest) -> HttpResponse:
    """What groups can ask for, and for whom the council pays towards it."""
    limit = rulebook.value("support.income_limit", clock.today())
    return render(request, "support/topics.html", {"topics": queries.topics(), "limit": limit})


@requires(Permission.CASE_REQUEST)
def request_support(request: Request) -> HttpResponse:
    """Where asking starts, and where it goes on after a pause."""
    so_far = asking.so_far(request)
    if so_far.contract is None:
        return render(request, "support/nothing_on_offer.html")
    return redirect("request_support_step", step=so_far.next_step())


@requires(Permission.CASE_REQUEST)
def request_support_step(request: Request, step: str) -> HttpResponse:
    """One question; the last page shows all the answers before they are sent."""
    so_far = asking.so_far(request)
    if step not in asking.STEPS:
        raise Http404
    if so_far.contract is None:
        return redirect("request_support")
    first_open = so_far.next_step()
    if asking.STEPS.index(step) > asking.STEPS.index(first_open):
        return redirect("request_support_step", step=first_open)
    return _check_answers(request, so_far) if step == "check" else _question(request, step, so_far)


def _question(request: HttpRequest, step: str, so_far: asking.Asking) -> HttpResponse:
    form = _form(request, step, so_far)
    if request.method == "POST" and form.is_valid():
        asking.keep(request, step, form.cleaned_data)
        return redirect("request_support")
    return render(request, "support/question.html", presenters.question(step, form, so_far))


def _form(request: HttpRequest, step: str, so_far: asking.Asking) -> forms.Form:
    data = sent(request)
    initial = {"chosen_partner": forms.ANYONE} | asking.answers(request)
    if step == "organisation":
        return forms.OrganisationForm(data, initial=initial, organisations=so_far.organisations)
    if step == "topic":
        return forms.TopicForm(data, initial=initial, topics=list(queries.topics()))
    if step == "need":
        return forms.NeedForm(data, initial=initial)
    if step == "who":
        return forms.WhoForm(data, initial=initial, partners=so_far.partners, conflicted=so_far.conflicted)
    return forms.ConflictForm(data, initial=initial)


def _check_answers(request: Request, so_far: asking.Asking) -> HttpResponse:
    assert so_far.organisation and so_far.contract and so_far.topic, "next_step() lets nobody here without them"
    send = partial(
        commands.request_support,
        organisation=so_far.organisation,
        contract=so_far.contract,
        topic=so_far.topic,
        need=so_far.need,
        chosen_partner=so_far.chosen_partner,
        conflict_accepted=so_far.conflict_accepted,
        shut_out=so_far.shut_out,
        by=request.user,
    )

    def leads_to(case: Case) -> str:
        asking.forget(request)
        return reverse("case", args=[case.reference])

    return ask_and_do(
        request, forms.Form(sent(request)), send, done=lambda case: f"Sent. Your case is {case.reference}.",
        then=leads_to, page=presenters.check_answers(so_far), template="support/check_answers.html",
    )  # fmt: skip


@requires(Permission.CASE_REQUEST)
def case_partners(request: Request, reference: str) -> HttpResponse:
    """Which partners may see this case: shut one out, or let it in again."""
    mine = queries.cases_visible_to(request.user).filter(
        organisation_id__in=request.user.organisation_ids(Permission.CASE_REQUEST)
    )
    case = get_object_or_404(mine, reference=reference)
    form = forms.Form(sent(request))
    if request.method == "POST" and form.is_valid():
        partner = _partner(case, request.POST.get("partner", ""))
        change = commands.readmit_partner if "readmit" in request.POST else commands.shut_out_partner
        try:
            change(case=case, partner=partner, by=request.user)
        except RuleBroken as error:
            form.refuse(error)
        else:
            return redirect("case_partners", reference=reference)
    return render(request, "support/case_partners.html", presenters.case_partners(case, form))


def _partner(case: Case, key: str) -> Partner:
    named = {str(partner.pk): partner for partner in contracts.partners(case.contract, clock.today())}
    if key not in named:
        raise Http404
    return named[key]
