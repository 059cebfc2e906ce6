"""Tables of what is due and what was paid."""

from trellis.payments.models.statements import Statement, StatementLine, StatementStatus

__all__ = ["Statement", "StatementLine", "StatementStatus"]
