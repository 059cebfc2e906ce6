"""Tables of what is due and what was paid."""

from trellis.payments.models.statements import Statement, StatementLine, StatementStatus
from trellis.payments.models.terms import FundingShare, PaymentTerms, VatTreatment

__all__ = ["FundingShare", "PaymentTerms", "Statement", "StatementLine", "StatementStatus", "VatTreatment"]
