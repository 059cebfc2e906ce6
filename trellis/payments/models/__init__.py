"""Tables of what is due and what was paid, of the partners' open books, and of the terms that they share by."""

from trellis.payments.models.batches import Batch, Payment, PaymentLine
from trellis.payments.models.books import BookReturn, CostCategory, CostLine, ReturnFile, ReturnQuery, ReturnStatus
from trellis.payments.models.commercial import (
    CommercialTerms,
    CreditTerm,
    Settlement,
    SettlementPart,
    TermsBudget,
    TermsMeasure,
    TermsPartner,
    UnsharedYear,
)
from trellis.payments.models.disputes import Adjustment, Dispute
from trellis.payments.models.ledger import Account, LedgerEntry, LedgerLink
from trellis.payments.models.statements import Statement, StatementLine, StatementStatus
from trellis.payments.models.terms import AuthorisationLimit, PaymentTerms, VatTreatment

__all__ = [
    "Account",
    "Adjustment",
    "AuthorisationLimit",
    "Batch",
    "BookReturn",
    "CommercialTerms",
    "CostCategory",
    "CostLine",
    "CreditTerm",
    "Dispute",
    "LedgerEntry",
    "LedgerLink",
    "Payment",
    "PaymentLine",
    "PaymentTerms",
    "ReturnFile",
    "ReturnQuery",
    "ReturnStatus",
    "Settlement",
    "SettlementPart",
    "Statement",
    "StatementLine",
    "StatementStatus",
    "TermsBudget",
    "TermsMeasure",
    "TermsPartner",
    "UnsharedYear",
    "VatTreatment",
]
