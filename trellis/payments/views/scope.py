"""What somebody may see of a contract's money; what they may not is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.permissions import Permission
from trellis.payments.models import StatementLine
from trellis.payments.queries import batches, money, statements


def contract_seen(request: Request, reference: str) -> Contract:
    """A contract whose money they see."""
    found = contracts.contract(reference)
    if found is None or not statements.may_see(request.user, found):
        raise Http404
    return found


def contract_of(request: Request, reference: str, permission: Permission) -> Contract:
    """A contract of the authority for which they hold a permission."""
    found = contract_seen(request, reference)
    if not batches.may(request.user, found, permission):
        raise Http404
    return found


def line_seen(request: Request, reference: str, quarter: str, number: int) -> StatementLine:
    """A line of a statement that they see."""
    lines = money.lines(contract_seen(request, reference)).select_related("statement__report__contract__authority")
    return get_object_or_404(lines, statement__report__quarter=quarter, number=number)
