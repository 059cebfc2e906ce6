"""What anybody may read: the forward plan, the register, one decision, and the files that programs take."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from trellis.core import clock
from trellis.core.permissions import Permission, public
from trellis.decisions.models import Decision, Notice, Record
from trellis.decisions.presenters import decision as decision_presenter
from trellis.decisions.presenters import lists
from trellis.decisions.presenters.calendar import calendar
from trellis.decisions.queries import calendar as calendar_queries
from trellis.decisions.queries import pathway as pathway_queries
from trellis.decisions.queries import register as queries

IN_A_FEED = 30


@public
def decisions(request: HttpRequest) -> HttpResponseBase:
    """The register of decisions: search, filters, CSV."""
    page = lists.register_page(request, queries.register(request.user))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    user = request.user
    may = {
        "can_open": user.is_authenticated and user.can(Permission.DECISION_DRAFT),
        "sees_pathways": user.is_authenticated and user.can(Permission.DECISION_VIEW),
    }
    return render(request, "decisions/register/register.html", {**may, **page})


@public
def forward_plan(request: HttpRequest) -> HttpResponseBase:
    """What is to be decided, and not before when."""
    page = lists.forward_plan_page(request, queries.forward_plan(request.user))
    if page["table"].wants_csv:
        return page["table"].csv_response()
    return render(request, "decisions/register/forward_plan.html", page)


@public
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision, as far as its reader may see."""
    found = _visible(request, reference)
    return render(request, "decisions/register/decision.html", decision_presenter.decision_page(found, request.user))


@public
def record_version(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """One version of its record, as it was published."""
    found = _visible(request, reference)
    record = found.records.filter(version=version).first()
    if record is None:
        raise Http404
    inside = pathway_queries.is_inside(request.user, found)
    page = decision_presenter.page(found, f"Version {version} of the record", "")
    record_page = decision_presenter.record_page(found, record, inside=inside)
    return render(request, "decisions/register/version.html", {**page, "decision": found, "record": record_page})


@public
def decisions_calendar(request: HttpRequest) -> HttpResponse:
    """Every day of the decisions that the reader may see, for a calendar program."""
    days = calendar_queries.days(request.user)
    address = settings.BASE_URL + reverse("decisions")
    made = calendar(days, name=f"Decisions, {settings.AUTHORITY_NAME}", at=clock.now(), address=address)
    return _file(made)


@public
def decision_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The days of one decision, for a calendar program."""
    found = _visible(request, reference)
    days = list(calendar_queries.days_of(found, is_inside=pathway_queries.is_inside(request.user, found)))
    address = settings.BASE_URL + reverse("decisions")
    return _file(calendar(days, name=f"Decision {found.reference}", at=clock.now(), address=address))


def _file(made: bytes) -> HttpResponse:
    return HttpResponse(made, content_type="text/calendar; charset=utf-8")


def _visible(request: HttpRequest, reference: str) -> Decision:
    visible = queries.with_standing(pathway_queries.decisions_visible_to(request.user))
    return get_object_or_404(visible, reference=reference.replace("-", "/", 1))


class DecisionsFeed(Feed):
    """The records published last."""

    feed_type = Atom1Feed
    title = f"Decisions of {settings.AUTHORITY_NAME}"
    subtitle = "Every record of decision, as it is published."

    def link(self) -> str:
        """Where the register is."""
        return reverse("decisions")

    def items(self) -> list[Record]:
        """What is in it."""
        return queries.newest_records(IN_A_FEED)

    def item_title(self, item: Record) -> str:
        """Reference and title; later versions say so."""
        version = f" (version {item.version})" if item.version > 1 else ""
        return f"{item.decision.reference} {item.title}{version}"

    def item_description(self, item: Record) -> str:
        """What was decided, unless it is exempt."""
        return "" if item.decision.restriction == Decision.Restriction.FULLY else item.text

    def item_link(self, item: Record) -> str:
        """Where that version is."""
        return reverse("record_version", args=[item.decision.slug, item.version])

    def item_pubdate(self, item: Record):
        """When it was published."""
        return item.published_at

    item_updateddate = item_pubdate


class ForwardPlanFeed(Feed):
    """The notices published last."""

    feed_type = Atom1Feed
    title = f"Forward plan of {settings.AUTHORITY_NAME}"
    subtitle = "Every notice of a decision to come, as it is published."

    def link(self) -> str:
        """Where the forward plan is."""
        return reverse("forward_plan")

    def items(self) -> list[Notice]:
        """What is in it."""
        return queries.newest_notices(IN_A_FEED)

    def item_title(self, item: Notice) -> str:
        """Which notice of which decision."""
        return f"{item.decision.reference} {item.matter.splitlines()[0]}: {item.get_kind_display()}"

    def item_description(self, item: Notice) -> str:
        """What it is about."""
        return item.matter

    def item_link(self, item: Notice) -> str:
        """Where the decision is, at the notice."""
        return f"{reverse('decision', args=[item.decision.slug])}#notice-{item.pk}"

    def item_pubdate(self, item: Notice):
        """When it was published."""
        return item.published_at

    item_updateddate = item_pubdate


@public
def decisions_feed(request: HttpRequest) -> HttpResponse:
    """The register as an Atom feed."""
    return DecisionsFeed()(request)


@public
def forward_plan_feed(request: HttpRequest) -> HttpResponse:
    """The forward plan as an Atom feed."""
    return ForwardPlanFeed()(request)
