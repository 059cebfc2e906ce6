"""What is handed on of the contract itself, and of what its members keep together."""

from collections.abc import Iterable
from typing import Any

from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.contracts.queries import plans, presence, risks, subcontracts, variations
from trellis.renewal.export.columns import DISTRICT, ENDS, NAME, ORGANISATION, PARTNER, STARTS, Col, ExportTable, text


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
        Col("reference", "What it is called by."), PARTNER, ORGANISATION, NAME, text("services", "What it does."),
        Col("districts", "Where, by codes.", _districts), Col("value", "Pounds over its whole term."), STARTS,
        Col("ends_on", "Its last day."), Col("days_to_pay", "Days in which its invoices are paid."),
        Col("status", "Where it is."),
    ), subcontracts.subcontracts),
    ExportTable("variations", "Changes of the contract, with their grounds in law.", (
        Col("reference", "What it is called by."), text("title", "What changes."), text("reason", "Why."),
        Col("ground", "The code of its ground."), text("clause", "Where the contract provides for it."),
        Col("effective_on", "From which day."), text("scope_before", "The scope as it was."),
        text("scope_after", "The scope as it is to be."), Col("ends_before", "The last day before."),
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
        Col("reference", "What it is called by."), Col("kind", "Risk or issue."), text("title", "What it is."),
        text("causes", "What leads to it."), text("effects", "What it would do."),
        text("controls", "What keeps it small."),
        Col("owner", "The member that sees to it, by its reference.", "owner.reference"),
        Col("likelihood_before", "1 to 5, without controls."), Col("impact_before", "1 to 5, without controls."),
        Col("likelihood_after", "1 to 5, with controls."), Col("impact_after", "1 to 5, with controls."),
        Col("review_on", "When it is looked at again."), text("lessons", "What was learned."),
        Col("closed_on", "When it was closed.", lambda row: row.closed_at and row.closed_at.date()),
    ), risks.risks),
    ExportTable("actions", "What is done about risks.", (
        Col("risk", "The risk's reference.", "risk.reference"), text("what", "What is to be done."),
        Col("owner", "The member that sees to it, by its reference.", "owner.reference"), Col("due_on", "By when."),
        text("how", "What was done."), Col("done", "Whether it was done.", lambda row: row.done_at is not None),
        Col("verified", "Whether somebody else saw it done.", lambda row: row.verified_at is not None),
    ), risks.actions),
    ExportTable("presence_promises", "How much partners promised to be there, face to face.", (
        PARTNER, DISTRICT, Col("hours", "Hours a month."), Col("days", "Days a month."), STARTS, ENDS,
    ), presence.promises),
    ExportTable("presence_months", "How much they were there.", (
        PARTNER, DISTRICT, Col("month", "The first day of the month."), Col("hours", "Hours."), Col("days", "Days."),
        text("note", "Why less."),
    ), presence.recorded),
    ExportTable("dependence_plan", "The part of income that may come from the contract.", (
        Col("year", "The contract year."), Col("fraction", "A fraction of all income."),
    ), presence.planned_years),
    ExportTable("plan_tasks", "Mobilisation and exit, task by task.", (
        Col("plan", "Which plan.", "task.plan.kind"), Col("code", "The task's code.", "task.code"),
        Col("title", "What is to be done.", "task.title"), Col("due_on", "By when.", _due_on),
        Col("status", "Where it is.", "task.status"), text("note", "A note.", "task.note"),
    ), lambda contract: [due for plan in plans.plans(contract) for due in plans.tasks(plan)]),
)  # fmt: skip
