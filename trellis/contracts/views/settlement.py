"""The form by which a changed membership settles everybody's shares."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from trellis.accounts.requests import Request
from trellis.contracts import queries
from trellis.contracts.forms.membership import SettlementForm
from trellis.contracts.models import Membership, Partner
from trellis.contracts.queries import basis
from trellis.contracts.queries import members as members_queries
from trellis.core import clock
from trellis.organisations.models import Organisation


def settlement_form(
    request: Request, membership: Membership, *, joins: bool, matters: Iterable[str] = (), **options: Any
) -> SettlementForm:
    """Shares of whoever is a member then: with the organisation that joins, without the one that leaves.

    It can rest on a document, or on a carried proposal about one of the `matters`.
    """
    contract, today = membership.contract, clock.today()
    partners = [one for one in members_queries.partners_to_come(contract, today) if one != membership.partner]
    organisations = [one.organisation for one in partners] + ([membership.organisation] if joins else [])
    return SettlementForm(
        request.POST or None,
        starts=members_queries.starts_to_come(contract, today),
        money=_by_organisation(organisations, queries.shares(contract, today)),
        work=_by_organisation(organisations, queries.work_shares(contract, today)),
        agreements=basis.agreements(contract, matters),
        **options,
    )


def by_partner(membership: Membership, shares: dict[Organisation, Decimal]) -> dict[Partner, Decimal]:
    """The same shares by partner."""
    partners = {one.organisation_id: one for one in queries.ever_partners(membership.contract)}
    return {partners[organisation.pk]: share for organisation, share in shares.items()}


def _by_organisation(organisations: list[Organisation], shares: dict[Partner, Decimal]) -> dict[Organisation, Decimal]:
    found = {partner.organisation_id: share for partner, share in shares.items()}
    return {organisation: found.get(organisation.pk, Decimal(0)) for organisation in organisations}
