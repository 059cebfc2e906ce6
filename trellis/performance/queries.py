"""Reads of performance: who may see which report, what was frozen, and the evidence under a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from trellis.accounts.models import User
from trellis.commissioning.queries import outcomes as commissioning
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock, rulebook, working_days
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.evidence import queries as evidence
from trellis.evidence.models import Evidence
from trellis.performance import rules
from trellis.performance.models import QuarterReport, Reading, ReadingRequest, Signature
from trellis.performance.report import QuarterlyReport, digest, from_json
from trellis.support import queries as support

if TYPE_CHECKING:
    import pyarrow

Person = User | AnonymousUser
EVIDENCE_COLUMNS = ("id", "kind", "occurred_on", "organisation", "district", "quantity", "corrects", "retracts")


def reports_visible_to(user: Person) -> QuerySet[QuarterReport]:
    """Every report that is signed or closed; one that is not yet only for the authority and the alliance's partners."""
    visible = Q(status__in=rules.FINAL)
    if user.is_authenticated:
        organisations = user.organisation_ids(Permission.PERFORMANCE_VIEW)
        visible |= Q(contract__authority_id__in=organisations)
        visible |= Q(Exists(contracts.partnerships(organisations, clock.today()).filter(contract=OuterRef("contract"))))
    return QuarterReport.objects.filter(visible).select_related("contract", "contract__authority")


def is_inside(user: Person, contract: Contract) -> bool:
    """Whether somebody sees performance from within: for the authority, or for a partner of the alliance."""
    if not user.is_authenticated:
        return False
    organisations = user.organisation_ids(Permission.PERFORMANCE_VIEW)
    return (
        contract.authority_id in organisations
        or contracts.partnerships(organisations, clock.today()).filter(contract=contract).exists()
    )


def is_of_authority(user: Person | Actor, contract: Contract, permission: Permission) -> bool:
    """Whether a person (never a service) holds the permission for the very authority whose contract it is."""
    return isinstance(user, User) and contract.authority_id in user.organisation_ids(permission)


def report_row(contract: Contract, quarter: Quarter) -> QuarterReport | None:
    """The stored report of a quarter, in whatever state, if there is one. Not scoped: for commands."""
    return QuarterReport.objects.filter(contract=contract, quarter=str(quarter)).first()


def quarterly_report(contract: Contract, quarter: Quarter) -> QuarterlyReport:
    """The frozen report of a quarter: what the page, its files and the statement of payment are all made from.

    Raises QuarterReport.DoesNotExist when none was prepared, and RuleBroken when what is stored is not what was frozen.
    """
    return frozen(QuarterReport.objects.get(contract=contract, quarter=str(quarter)))


def frozen(row: QuarterReport) -> QuarterlyReport:
    """The report in a row, checked against its digest. Raises RuleBroken when somebody has changed it."""
    if digest(row.content) != row.digest:
        raise RuleBroken(f"The stored report of {row.quarter} is not the one that was frozen. Nothing is made from it.")
    return from_json(row.content)


def signatures(report: QuarterReport) -> QuerySet[Signature]:
    """Who has signed, in the order of signing."""
    return report.signatures.select_related("partner__organisation")


def last_day_to_sign(report: QuarterReport) -> working_days.Deadline:
    """Until when the partners can sign, with its working: so many working days (rulebook) after it was prepared."""
    prepared_on = timezone.localtime(report.prepared_at).date()
    return working_days.add(prepared_on, int(rulebook.value("performance.days_to_sign", on=prepared_on)))


def unsigned(report: QuarterReport) -> list[str]:
    """The names of the partners that the report counts and that have not signed it, in its order."""
    signed = set(report.signatures.values_list("partner__organisation__reference", flat=True))
    return [share["name"] for share in report.content["shares"] if share["organisation"] not in signed]


def reports_to_close(on: date) -> list[QuarterReport]:
    """The reports that wait for a signature although the time to sign has run out."""
    waiting = QuarterReport.objects.filter(status=QuarterReport.Status.PREPARED).select_related("contract")
    return [report for report in waiting if last_day_to_sign(report).on < on]


def unsigned_partners_led_by(user: Person, report: QuarterReport) -> list[Partner]:
    """The partners that a person can still sign this report for."""
    if not user.is_authenticated or report.status != QuarterReport.Status.PREPARED:
        return []
    led = user.organisation_ids(Permission.PERFORMANCE_SIGN)
    names = [share["organisation"] for share in report.content["shares"]]
    return list(
        Partner.objects.filter(contract=report.contract_id, organisation_id__in=led, organisation__reference__in=names)
        .exclude(pk__in=report.signatures.values("partner"))
        .select_related("organisation")
    )


# --- Evidence: the only rows that figures are worked out from


def facts_up_to(contract: Contract, up_to: int) -> "pyarrow.Table":
    """A contract's facts up to a sequence number, corrected ones and corrections too, as the engine takes them."""
    return evidence.as_arrow(contract=contract.reference, up_to=up_to, columns=EVIDENCE_COLUMNS)


def income_limits(days: Iterable[date]) -> dict[date, Decimal]:
    """The income limit in force on each day, in pounds (rulebook)."""
    return {day: Decimal(rulebook.value("support.income_limit", on=day)) for day in sorted(set(days))}


def fewest_cases(quarter: Quarter) -> int:
    """The fewest cases on which a district's middle value is published or compared (rulebook)."""
    return int(rulebook.value("performance.fewest_cases", on=quarter.start))


def facts_under(
    contract: Contract, starts_on: date, ends_on: date, indicator: str, up_to: int | None
) -> QuerySet[Evidence]:
    """The facts that stand under an indicator's figure, as they were when it was worked out.

    None under one that has no measure.
    """
    if indicator not in rules.EVIDENCE_KINDS:
        return Evidence.objects.none()
    return evidence.facts_behind(
        contract=contract.reference,
        kind=rules.EVIDENCE_KINDS[indicator],
        starts_on=starts_on,
        ends_on=ends_on,
        up_to=up_to,
    )


@dataclass(frozen=True)
class EvidenceSeen:
    """The facts under a figure that somebody may see, and how many there are in all."""

    facts: list[Evidence]
    number: int


def evidence_seen_by(user: User, report: QuarterlyReport, contract: Contract, indicator: str) -> EvidenceSeen:
    """The facts under a figure: all for the authority; for a partner those of the cases that it may see.

    The conflict firewall holds here too: a partner reads in the report that a fact exists, never whose it is.
    """
    facts = facts_under(contract, report.starts_on, report.ends_on, indicator, report.evidence_up_to)
    rows = list(facts)
    if is_of_authority(user, contract, Permission.PERFORMANCE_VIEW):
        return EvidenceSeen(rows, len(rows))
    cases = set(support.cases_visible_to(user).values_list("reference", flat=True))
    return EvidenceSeen([fact for fact in rows if case_of(fact) in cases], len(rows))


def case_of(fact: Evidence) -> str:
    """The case that a fact comes from: `case CASE-7K2M completed` is CASE-7K2M; empty for any other source."""
    source = (evidence.corrections_of(fact)[0] if fact.corrects_id else fact).source
    words = source.split()
    return words[1] if len(words) > 1 and words[0] == "case" else ""


# --- Readings, and the jobs that compute them


def latest_reading(contract: Contract, quarter: Quarter) -> int | None:
    """Up to which evidence the quarter was last worked out; None when it never was."""
    found = Reading.objects.filter(contract=contract, period_start=quarter.start, district__isnull=True)
    return found.aggregate(last=Max("evidence_up_to"))["last"]


def readings(contract: Contract, up_to: int) -> QuerySet[Reading]:
    """Everything that was worked out from evidence up to a number."""
    return Reading.objects.filter(contract=contract, evidence_up_to=up_to)


def reading_request(contract: Contract, quarter: Quarter) -> ReadingRequest | None:
    """The last job that was asked to work the quarter out."""
    return ReadingRequest.objects.filter(contract=contract, quarter=str(quarter)).first()


def measured_indicators() -> list[str]:
    """The codes of the indicators that are both defined and worked out here, in the order of the work."""
    defined = commissioning.defined_among(rules.EVIDENCE_KINDS)
    return [code for code in rules.EVIDENCE_KINDS if code in defined]


def quarters_to(contract: Contract, quarter: Quarter) -> list[Quarter]:
    """The contract's quarters from its first to this one. Raises RuleBroken when this one is not of the contract."""
    found = [Quarter.of(row.starts_on) for row in contracts.quarters(contract)]
    if quarter not in found:
        raise RuleBroken(f"{contract.title} has no quarter {quarter.words}.")
    return [one for one in found if one <= quarter]
