"""Which tables are handed on, and what each column means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.contracts.queries import plans, presence, risks, subcontracts, variations


@dataclass(frozen=True)
class ExportColumn:
    """A column: its name, what it means, and where its value is, as a path of attributes or a function."""

    name: str
    means: str
    value: str | Callable[[Any], Any] = ""

    def of(self, row: Any) -> Any:
        """The value of a row; nothing for a path that ends on the way."""
        if callable(self.value):
            return self.value(row)
        for part in (self.value or self.name).split("."):
            row = attrgetter(part)(row) if row is not None else None
        return row


@dataclass(frozen=True)
class ExportTable:
    """A table: its name (that of its files), what is in it, its columns, and its rows for a contract."""

    name: str
    means: str
    columns: tuple[ExportColumn, ...]
    rows: Callable[[Contract], Iterable[Any]]


Col = ExportColumn
ORGANISATION = Col("organisation", "Its reference in the register.", "organisation.reference")
NAME = Col("name", "The organisation's name.", "organisation.name")
PARTNER = Col("partner", "The partner's reference in the register.", "partner.organisation.reference")
DISTRICT = Col("district", "The district's code of the Office for National Statistics.", "district_id")
STARTS = Col("starts_on", "The first day, as YYYY-MM-DD.")
ENDS = Col("ends_on", "The last day, as YYYY-MM-DD; empty while it goes on.")


def _shares(contract: Contract) -> Iterable[Any]:
    return [share for partner in contract.partners.all() for share in partner.shares.select_related("partner")]


def _variation_years(contract: Contract) -> Iterable[Any]:
    return [year for one in variations.variations(contract) for year in one.years.select_related("variation")]


def _districts(subcontract: Any) -> str:
    return " ".join(sorted(one.code for one in subcontract.districts.all()))


def _due_on(row: plans.Due) -> Any:
    return row.on


TABLES: tuple[ExportTable, ...] = (
    ExportTable("contract", "The contract itself: one row.", (
        Col("reference", "What the contract is called by."), Col("title", "Its title."),
        Col("authority", "The council that commissions it, by its reference in the register.", "authority.reference"),
        STARTS, Col("ends_on", "The last day of the term."),
        Col("award_signed_on", "When the award was signed."), Col("began_on", "When the support did begin."),
        Col("baseline", "Pounds a year before the contract."),
        Col("step_down", "The fraction that comes off each year."),
    ), lambda contract: [contract]),
    ExportTable("partners", "Every partner, those that left too.", (
        ORGANISATION, NAME, Col("joined_on", "Its first day as a partner."),
        Col("left_on", "Its last day; empty while it stays."),
    ), lambda contract: contract.partners.select_related("organisation")),
    ExportTable("shares", "Each partner's share of the money from a day on.", (
        PARTNER, STARTS, Col("share", "A fraction of the whole."),
    ), _shares),
    ExportTable("values", "What each contract quarter is worth.", (
        Col("year", "The contract year, from 1."), Col("quarter", "1 to 4."), STARTS,
        Col("ends_on", "The last day of the quarter."), Col("value", "Pounds."),
    ), lambda contract: contract.quarters.all()),
    ExportTable("targets", "What was asked of each indicator from a day on.", (
        Col("indicator", "The indicator's code.", "indicator_id"), STARTS, Col("target", "What is to be reached."),
        Col("floor", "Where action is due."),
    ), lambda contract: contract.targets.all()),
    ExportTable("subcontracts", "Bodies that partners brought in.", (
        Col("reference", "What it is called by."), PARTNER, ORGANISATION, NAME, Col("services", "What it does."),
        Col("districts", "Where, by codes.", _districts), Col("value", "Pounds over its whole term."), STARTS,
        Col("ends_on", "Its last day."), Col("days_to_pay", "Days in which its invoices are paid."),
        Col("status", "Where it is."),
    ), subcontracts.subcontracts),
    ExportTable("variations", "Changes of the contract, with their grounds in law.", (
        Col("reference", "What it is called by."), Col("title", "What changes."), Col("reason", "Why."),
        Col("ground", "The code of its ground."), Col("clause", "Where the contract provides for it."),
        Col("effective_on", "From which day."), Col("scope_before", "The scope as it was."),
        Col("scope_after", "The scope as it is to be."), Col("ends_before", "The last day before."),
        Col("ends_after", "The last day after."), Col("status", "Where it is."),
    ), variations.variations),
    ExportTable("variation_years", "What each change does to the value of a year.", (
        Col("variation", "Its reference.", "variation.reference"), Col("year", "The contract year."),
        Col("before", "Pounds before."), Col("after", "Pounds after."),
    ), _variation_years),
    ExportTable("interests", "What partners also deliver or bid for.", (
        PARTNER, Col("kind", "Whether it delivers it or bids for it."),
        Col("service_type", "The kind of service, by its code.", "service_type_id"), DISTRICT, STARTS, ENDS,
    ), contracts.interests),
    ExportTable("ties", "Organisations that partners bid against or are tied to.", (
        PARTNER, ORGANISATION, NAME, Col("kind", "What stands between them."), STARTS, ENDS,
    ), contracts.ties),
    ExportTable("risks", "Risks and issues, with what was learned.", (
        Col("reference", "What it is called by."), Col("kind", "Risk or issue."), Col("title", "What it is."),
        Col("causes", "What leads to it."), Col("effects", "What it would do."),
        Col("controls", "What keeps it small."),
        Col("owner", "The member that sees to it, by its reference.", "owner.reference"),
        Col("likelihood_before", "1 to 5, without controls."), Col("impact_before", "1 to 5, without controls."),
        Col("likelihood_after", "1 to 5, with controls."), Col("impact_after", "1 to 5, with controls."),
        Col("review_on", "When it is looked at again."), Col("lessons", "What was learned."),
        Col("closed_on", "When it was closed.", lambda row: row.closed_at and row.closed_at.date()),
    ), risks.risks),
    ExportTable("actions", "What is done about risks.", (
        Col("risk", "The risk's reference.", "risk.reference"), Col("what", "What is to be done."),
        Col("owner", "The member that sees to it, by its reference.", "owner.reference"), Col("due_on", "By when."),
        Col("how", "What was done."), Col("done", "Whether it was done.", lambda row: row.done_at is not None),
        Col("verified", "Whether somebody else saw it done.", lambda row: row.verified_at is not None),
    ), risks.actions),
    ExportTable("presence_promises", "How much partners promised to be there, face to face.", (
        PARTNER, DISTRICT, Col("hours", "Hours a month."), Col("days", "Days a month."), STARTS, ENDS,
    ), presence.promises),
    ExportTable("presence_months", "How much they were there.", (
        PARTNER, DISTRICT, Col("month", "The first day of the month."), Col("hours", "Hours."), Col("days", "Days."),
        Col("note", "Why less."),
    ), presence.recorded),
    ExportTable("dependence_plan", "The part of income that may come from the contract.", (
        Col("year", "The contract year."), Col("fraction", "A fraction of all income."),
    ), presence.planned_years),
    ExportTable("plan_tasks", "Mobilisation and exit, task by task.", (
        Col("plan", "Which plan.", "task.plan.kind"), Col("code", "The task's code.", "task.code"),
        Col("title", "What is to be done.", "task.title"), Col("due_on", "By when.", _due_on),
        Col("status", "Where it is.", "task.status"), Col("note", "A note.", "task.note"),
    ), lambda contract: [due for plan in plans.plans(contract) for due in plans.tasks(plan)]),
)  # fmt: skip
