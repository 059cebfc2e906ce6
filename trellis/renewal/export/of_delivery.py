"""What is handed on of the delivery: published quarters, readings, and for the authority alone cases and facts."""

from trellis.contracts.models import Contract
from trellis.evidence.models import Evidence
from trellis.performance.models import QuarterReport, Reading
from trellis.renewal.export.columns import DISTRICT, NAME, ORGANISATION, REFERENCE, STATUS, Col, ExportTable, text
from trellis.support.models import Case, CaseActivity

FIREWALL = "A partner never sees the case of a group that it competes with: for whoever takes the cases over alone."


def _facts(contract: Contract):
    return Evidence.objects.filter(contract=contract.reference).select_related("partner", "organisation").order_by("pk")


TABLES: tuple[ExportTable, ...] = (
    ExportTable("reports", "The quarterly reports: their state, and the digest that was signed.", (
        Col("quarter", "The quarter."), STATUS, Col("digest", "SHA-256 of its content."),
    ), lambda contract: QuarterReport.objects.filter(contract=contract).order_by("quarter")),
    ExportTable("readings", "What each indicator came to, as it was worked out each time.", (
        Col("indicator", "The indicator's code.", "indicator_id"), Col("period_start", "The first day."),
        Col("period_end", "The last day."), DISTRICT, Col("value", "Empty: nothing to measure."),
        Col("counted", "How many it rests on."), Col("unknown", "How many could not be counted."),
        Col("evidence_up_to", "The last fact that was looked at."),
    ), lambda contract: Reading.objects.filter(contract=contract).order_by("pk")),
    ExportTable("evidence", "Every fact, those that were corrected too; people are pseudonyms and left out.", (
        Col("id", "Its number."), Col("kind", "What happened."), Col("occurred_on", "When."),
        Col("partner", "Whose doing it was.", "partner.reference"), ORGANISATION, DISTRICT,
        Col("quantity", "How much."), Col("unit", "Of what."), Col("source", "What it was recorded for."),
        Col("corrects", "The fact that it corrects.", "corrects_id"),
        Col("retracts", "Whether it says that this did not happen."),
    ), _facts, care=FIREWALL, for_members=False),
    ExportTable("cases", "Each case of support; who works on it is left out.", (
        REFERENCE, ORGANISATION, NAME, Col("topic", "What it is about, by its code.", "topic_id"),
        text("need", "What the group asked for, in its words."), STATUS, Col("urgency", "How urgent it is."),
        Col("requested_on", "When it was asked for."), Col("held_by", "Who has it.", "held_by.reference"),
        Col("first_contact_on", "When it was first helped."), Col("outcome", "How it ended."),
        text("outcome_note", "What came of it."), Col("completed_on", "When it was completed."),
    ), lambda contract: Case.objects.filter(contract=contract).select_related("organisation", "held_by").order_by("pk"),
        care=FIREWALL, for_members=False),
    ExportTable("case_activities", "What was done in each case; notes stay behind.", (
        Col("case", "The case's reference.", "case.reference"), Col("kind", "What was done."),
        Col("occurred_on", "When."), Col("minutes", "How long."),
    ), lambda contract: CaseActivity.objects.filter(case__contract=contract).select_related("case").order_by("pk"),
        care=FIREWALL, for_members=False),
)  # fmt: skip
