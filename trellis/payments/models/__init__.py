"""Tables of what is due and what was paid."""

from trellis.payments.models.batches import Batch, Payment, PaymentLine
from trellis.payments.models.disputes import Adjustment, Dispute
from trellis.payments.models.ledger import Account, LedgerEntry, LedgerLink
from trellis.payments.models.statements import Statement, StatementLine, StatementStatus
from trellis.payments.models.terms import AuthorisationLimit, FundingShare, PaymentTerms, VatTreatment

__all__ = [
    "Account",
    "Adjustment",
    "AuthorisationLimit",
    "Batch",
    "Dispute",
    "FundingShare",
    "LedgerEntry",
    "LedgerLink",
    "Payment",
    "PaymentLine",
    "PaymentTerms",
    "Statement",
    "StatementLine",
    "StatementStatus",
    "VatTreatment",
]
