"""What is handed on of the money: statements with their lines, payments, books, terms, settled years, the ledger."""

from trellis.contracts.models import Contract
from trellis.payments.models import (
    BookReturn,
    CommercialTerms,
    CostLine,
    Payment,
    Settlement,
    SettlementPart,
    Statement,
    StatementLine,
    UnsharedYear,
)
from trellis.payments.queries import disputes, ledger
from trellis.renewal.export.columns import PARTNER, REFERENCE, STATUS, Col, ExportTable, day_of, text

BOOKS = "Only members and the authority read each other's books: not for whoever might bid against them."


def _books(contract: Contract):
    found = BookReturn.objects.filter(partner__contract=contract).order_by("quarter", "pk")
    return found.select_related("partner__organisation")


TABLES: tuple[ExportTable, ...] = (
    ExportTable("statements", "What was due, quarter by quarter.", (
        REFERENCE, Col("quarter", "The quarter of its report.", "report.quarter"), Col("amount", "Pounds."), STATUS,
        Col("drawn_up_on", "When it was drawn up.", day_of("drawn_up_at")),
        Col("certified_on", "When it was certified.", day_of("certified_at")), Col("due_on", "The last day to pay."),
        Col("authorised_on", "When it was authorised.", day_of("authorised_at")),
    ), lambda contract: Statement.objects.filter(report__contract=contract).select_related("report").order_by("pk")),
    ExportTable("statement_lines", "Each line of each statement.", (
        Col("statement", "Its reference.", "statement.reference"), Col("number", "Its place, from 1."),
        Col("kind", "Base, credit, share, adjustment or interest."), PARTNER,
        Col("share", "The partner's share, as a fraction."), Col("amount", "Pounds; below nought it is taken off."),
        Col("funding_source", "Which budget pays."), Col("quarter", "What it pays for."),
        text("reason", "Why it is there."),
    ), lambda contract: StatementLine.objects.filter(statement__report__contract=contract).select_related(
        "statement", "partner__organisation").order_by("statement_id", "number")),
    ExportTable("payments", "What was sent to each partner, and when it arrived.", (
        REFERENCE, Col("batch", "The batch's reference.", "batch.reference"), PARTNER,
        Col("amount", "Pounds without VAT."), Col("vat", "Pounds of VAT."),
        Col("sent_on", "When it was sent.", "batch.exported_on"), Col("paid_on", "When it arrived."),
    ), lambda contract: Payment.objects.filter(batch__contract=contract).select_related(
        "batch", "partner__organisation").order_by("pk")),
    ExportTable("disputes", "Lines that were in dispute.", (
        Col("statement", "Its reference.", "line.statement.reference"),
        Col("line", "The line's number.", "line.number"), STATUS,
        text("reason", "What was wrong."), text("outcome", "What was agreed."),
    ), disputes.disputes),
    ExportTable("adjustments", "What later statements put right, and late interest.", (
        REFERENCE, Col("kind", "Adjustment or interest."),
        Col("partner", "The partner's reference; empty: all of them.", "partner.organisation.reference"),
        Col("amount", "Pounds."), text("reason", "What it puts right."),
        Col("statement", "The statement that has it.", "statement.reference"),
    ), disputes.adjustments),
    ExportTable("books", "Each partner's open-book return of each quarter.", (
        PARTNER, Col("quarter", "The quarter."), Col("version", "From 1."), STATUS,
        Col("charges", "Pounds that users paid."), Col("other_income", "Pounds brought in otherwise."),
        Col("free_reserves", "Pounds, of the whole organisation."), text("reason", "Why it was corrected."),
    ), _books, care=BOOKS),
    ExportTable("book_lines", "The costs in each return.", (
        Col("partner", "The partner's reference.", "book.partner.organisation.reference"),
        Col("quarter", "The quarter.", "book.quarter"), Col("version", "The return's version.", "book.version"),
        Col("category", "The category's code.", "category_id"), text("description", "What it was for."),
        Col("amount", "Pounds."),
    ), lambda contract: CostLine.objects.filter(book__partner__contract=contract).select_related(
        "book__partner__organisation").order_by("book_id", "pk"), care=BOOKS),
    ExportTable("commercial_terms", "Who bears a gain or a loss, by contract year.", (
        Col("year", "From which contract year."), Col("version", "From 1."), Col("target_cost", "Pounds."),
        Col("gate", "The score below which no gain is paid."), Col("overshoot", "How far above 1 a measure counts."),
        Col("gain_ratio", "The partners' part of a gain."), Col("pain_ratio", "The partners' part of a loss."),
        Col("reinvest", "Whether a gain goes back into the service."), Col("proposal", "What they rest on."),
    ), lambda contract: CommercialTerms.objects.filter(contract=contract).order_by("year", "version")),
    ExportTable("settled_years", "What each year's gain or loss came to.", (
        Col("year", "The contract year."), Col("difference", "Target less actual cost, pounds."),
        Col("pool", "The partners' part before caps, pounds."), Col("commissioner", "The authority's part, pounds."),
        Col("pays_in", "The quarter whose statement has it."),
    ), lambda contract: Settlement.objects.filter(contract=contract).order_by("year")),
    ExportTable("settled_parts", "Each partner's part of it.", (
        Col("year", "The contract year.", "settlement.year"), PARTNER, Col("fair", "By its share alone, pounds."),
        Col("amount", "After its cap, pounds."),
    ), lambda contract: SettlementPart.objects.filter(settlement__contract=contract).select_related(
        "settlement", "partner__organisation").order_by("settlement__year", "pk")),
    ExportTable("unshared_years", "Years that could not be settled and were left as they are.", (
        Col("year", "The contract year."), text("reason", "Why."), Col("decided_on", "When.", day_of("decided_at")),
    ), lambda contract: UnsharedYear.objects.filter(contract=contract).order_by("year")),
    ExportTable("ledger", "Every entry of the double-entry ledger.", (
        Col("posted_on", "The day of the deed."), Col("debit", "Where the money goes."),
        Col("credit", "Where it comes from."), Col("amount", "Pounds."),
        Col("partner", "The partner's reference, where it has one.", "partner.organisation.reference"),
        Col("quarter", "The quarter, where it has one."), Col("source", "What it was posted for."),
    ), lambda contract: ledger.entries(contract).select_related("partner__organisation").order_by("pk")),
)  # fmt: skip
