"""Reads of current provision: one frozen object that the page, the file and the letters share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from trellis.commissioning.models import Commission, EndingPlan, FundedBody, FundingSource, Milestone
from trellis.commissioning.queries.commissions import Progress
from trellis.commissioning.rules import provision as rules
from trellis.core import clock, money, rulebook
from trellis.core.money import whole_pounds
from trellis.organisations.models import Organisation
from trellis.places.models import District
from trellis.web.words import counted

NOTICE = "provision.notice_months"


@dataclass(frozen=True)
class Notice:
    """The months of notice that a body is owed, where that stands, and whether somebody has checked it there."""

    months: int
    source: str
    is_verified: bool


@dataclass(frozen=True)
class Ending:
    """A planned ending with what it means. `stops_on` is the first day without the grant.

    `overlap` is against the contract's start, None while no start is planned; `award_on` is when notice may be served
    from, None while no award is planned; `too_late` says that the notice is due before then, and `allowed_on` is the
    first day without the grant that notice served at the award would leave.
    """

    plan: EndingPlan
    stops_on: date
    notice_by: date
    overlap: rules.Overlap | None
    award_on: date | None
    allowed_on: date | None
    served_on: date | None

    @property
    def too_late(self) -> bool:
        """Whether notice would be due before it may be served."""
        return self.served_on is None and self.award_on is not None and self.notice_by < self.award_on


@dataclass(frozen=True)
class Funded:
    """A body funded today. `yearly` is pounds a year by the name of the source, and `total` their sum."""

    body: FundedBody
    name: str
    kind: str
    districts: tuple[District, ...]
    yearly: dict[str, Decimal]
    total: Decimal
    notice: Notice
    ending: Ending | None

    @property
    def area(self) -> str:
        """Where it works, in words."""
        return ", ".join(one.name for one in self.districts) or "The whole area"


@dataclass(frozen=True)
class Total:
    """Pounds a year of a group of bodies, and how many they are. A body of two sources or districts counts in both."""

    name: str
    bodies: int
    yearly: Decimal


@dataclass(frozen=True)
class Provision:
    """All bodies funded today, and their money by source, kind and district: each sums to `total`."""

    bodies: tuple[Funded, ...]
    total: Decimal
    sources: tuple[str, ...]
    by_source: tuple[Total, ...]
    by_kind: tuple[Total, ...]
    by_district: tuple[Total, ...]
    districts: tuple[District, ...]
    starts_on: date | None
    award_on: date | None
    is_illustrative: bool

    @property
    def endings(self) -> tuple[Ending, ...]:
        """The endings that are planned."""
        return tuple(one.ending for one in self.bodies if one.ending)

    @property
    def overlap_cost(self) -> Decimal:
        """What the grants still cost once the contract runs, as planned."""
        return sum((one.overlap.cost for one in self.endings if one.overlap), Decimal("0.00"))


def provision(commission: Commission) -> Provision:
    """Everything that is known of a commission's current provision. Six queries, however many bodies."""
    planned = _planned(commission)
    default = _default_notice()
    bodies = tuple(_funded(body, default, planned) for body in funded_bodies(commission))
    sources = tuple(source.name for source in funding_sources(commission))
    return Provision(
        bodies=bodies,
        total=sum((one.total for one in bodies), Decimal("0.00")),
        sources=sources,
        by_source=_by_source(bodies, sources),
        by_kind=_by_kind(bodies),
        by_district=_by_district(bodies),
        districts=tuple(sorted({one for body in bodies for one in body.districts}, key=lambda one: one.name)),
        starts_on=planned.get(Milestone.Kind.START),
        award_on=planned.get(Milestone.Kind.AWARD),
        is_illustrative=any(one.body.is_illustrative for one in bodies),
    )


def funded_bodies(commission: Commission) -> QuerySet[FundedBody]:
    """The bodies funded today, by name."""
    rows = commission.funded_bodies.select_related("commission__authority", "organisation", "ending")
    return rows.prefetch_related("districts", "grants__source")


def funding_sources(commission: Commission) -> QuerySet[FundingSource]:
    """The budgets that grants are paid from, in the order in which they were named."""
    return commission.funding_sources.select_related("commission")


def ending_plans(commission: Commission) -> QuerySet[EndingPlan]:
    """The endings that are planned."""
    return EndingPlan.objects.filter(body__commission=commission).select_related("body__commission")


def endings_of(authority_id: int) -> QuerySet[EndingPlan]:
    """The endings that an authority plans, in whichever commission, for the contract that carries them out."""
    rows = EndingPlan.objects.filter(body__commission__authority_id=authority_id)
    return rows.select_related("body__commission__authority", "body__organisation").prefetch_related("body__grants")


def funded_of(authority_id: int, organisations: QuerySet[Organisation]) -> QuerySet[FundedBody]:
    """The bodies among these organisations that an authority funds, with their grants."""
    rows = FundedBody.objects.filter(commission__authority_id=authority_id, organisation__in=organisations)
    return rows.prefetch_related("grants")


def notice_of(body: FundedBody) -> Notice:
    """The notice that a body is owed: its award's own, else the rulebook's."""
    return _notice(body, _default_notice())


def last_body(commission: Commission) -> FundedBody | None:
    """The body that was set down last."""
    return commission.funded_bodies.order_by("-pk").first()


def progress(commission: Commission) -> Progress:
    """Whether it is known who is funded today, and when that is planned to end."""
    rows = list(commission.funded_bodies.prefetch_related("grants"))
    yearly = sum((grant.yearly for body in rows for grant in body.grants.all()), Decimal(0))
    planned = EndingPlan.objects.filter(body__commission=commission).count()
    words = f"{counted(len(rows), 'body', 'bodies')} funded, {whole_pounds(yearly)} a year." if rows else ""
    missing = (
        "Nobody is named who is funded today." if not rows else
        f"{counted(len(rows) - planned, 'ending')} not planned." if planned < len(rows) else ""
    )  # fmt: skip
    return Progress("provision", "Current provision", "analyse", bool(rows), words, missing)


def _planned(commission: Commission) -> dict[str, date]:
    """The dates of the timetable that matter here: as they came, else as they are planned."""
    rows = commission.milestones.filter(kind__in=[Milestone.Kind.START, Milestone.Kind.AWARD])
    return {row.kind: row.happened_on or row.planned_on for row in rows}


def _default_notice() -> Notice:
    parameter = rulebook.parameter(NOTICE, on=clock.today())
    return Notice(parameter.value, parameter.source, parameter.verified)


def _notice(body: FundedBody, default: Notice) -> Notice:
    return default if body.notice_months is None else Notice(body.notice_months, body.terms, True)


def _funded(body: FundedBody, default: Notice, planned: dict[str, date]) -> Funded:
    yearly = {grant.source.name: grant.yearly for grant in body.grants.all()}
    total, notice = sum(yearly.values(), Decimal("0.00")), _notice(body, default)
    plan = getattr(body, "ending", None)
    return Funded(
        body=body,
        name=body.name,
        kind=body.get_kind_display(),
        districts=tuple(body.districts.all()),
        yearly=yearly,
        total=total,
        notice=notice,
        ending=_ending(plan, total, notice.months, planned) if plan else None,
    )


def _ending(plan: EndingPlan, yearly: Decimal, months: int, planned: dict[str, date]) -> Ending:
    starts_on, award_on = planned.get(Milestone.Kind.START), planned.get(Milestone.Kind.AWARD)
    return Ending(
        plan=plan,
        stops_on=plan.stops_on,
        notice_by=rules.notice_by(stops_on=plan.stops_on, months=months),
        overlap=rules.overlap(yearly=yearly, stops_on=plan.stops_on, starts_on=starts_on) if starts_on else None,
        award_on=award_on,
        allowed_on=rules.earliest_stop(served_on=award_on, months=months) if award_on else None,
        served_on=plan.notice_served_on,
    )


def _by_source(bodies: Iterable[Funded], sources: Iterable[str]) -> tuple[Total, ...]:
    paid = {name: [one.yearly[name] for one in bodies if name in one.yearly] for name in sources}
    return tuple(Total(name, len(amounts), sum(amounts, Decimal("0.00"))) for name, amounts in paid.items())


def _by_kind(bodies: Iterable[Funded]) -> tuple[Total, ...]:
    return _totals((one.kind, one.total) for one in bodies)


def _by_district(bodies: Iterable[Funded]) -> tuple[Total, ...]:
    """A body's money is shared equally among its districts, to the penny: the awards say nothing nearer."""
    shares: list[tuple[str, Decimal]] = []
    for one in bodies:
        names = [district.name for district in one.districts] or ["The whole area"]
        shares.extend(zip(names, money.split(one.total, [1] * len(names)), strict=True))
    return tuple(sorted(_totals(shares), key=lambda total: total.name))


def _totals(paid: Iterable[tuple[str, Decimal]]) -> tuple[Total, ...]:
    groups: dict[str, list[Decimal]] = defaultdict(list)
    for name, amount in paid:
        groups[name].append(amount)
    return tuple(Total(name, len(amounts), sum(amounts, Decimal("0.00"))) for name, amounts in groups.items())
