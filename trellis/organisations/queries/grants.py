"""What an organisation was granted, as published lists of grants have it, and what kinds of service that speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Q

from trellis.organisations.imports.mapping import folded_column
from trellis.organisations.models import Organisation, ServiceType, SourceRow
from trellis.organisations.rules import service_words
from trellis.organisations.search import wordings


@dataclass(frozen=True)
class GrantReceived:
    """A grant to an organisation, or to one that was merged into it, as a list has it.

    `amount` is in pounds unless `currency` says otherwise; `ends_on` is the last planned day, None where the list has
    none. `kinds` are the codes of the kinds of service that its title, purpose and programme speak of.
    """

    funder: str
    title: str
    purpose: str
    amount: Decimal
    currency: str
    awarded_on: date
    ends_on: date | None
    source: str
    kinds: tuple[str, ...]


def grants_to(of: Organisation) -> list[GrantReceived]:
    """The grants that lists have of an organisation and of those merged into it, the latest first.

    A row is a grant that has an amount and a day of award, whatever its list was recorded as. One that its list has no
    more is left out.
    """
    stands = of.standing
    rows = SourceRow.objects.filter(Q(organisation=stands) | Q(organisation__merged_into=stands)).exclude(digest="")
    known = _vocabulary()
    found = [_grant(row, known) for row in rows.select_related("source", "organisation")]
    return sorted((one for one in found if one), key=lambda one: (one.awarded_on, one.funder), reverse=True)


def kinds_named(text: str, *, apart_from: Sequence[str] = ()) -> tuple[str, ...]:
    """The codes of the kinds of service that a text speaks of, apart from what stands in these names."""
    return service_words.kinds_named(text, _vocabulary(), apart_from=apart_from)


def _vocabulary() -> service_words.Vocabulary:
    kinds = dict(ServiceType.objects.values_list("code", "name"))
    return service_words.vocabulary(kinds, wordings.narrower)


def _grant(row: SourceRow, known: service_words.Vocabulary) -> GrantReceived | None:
    said = {folded_column(column): str(value) for column, value in row.data.items()}
    amount, awarded_on = _amount(said.get("amountawarded", "")), _day(said.get("awarddate", ""))
    if amount is None or awarded_on is None:
        return None
    names = [said.get("recipientorgname", ""), row.organisation.name if row.organisation else ""]
    words = [said.get(column, "") for column in ("title", "description", "grantprogrammetitle")]
    return GrantReceived(
        funder=said.get("fundingorgname", ""),
        title=words[0],
        purpose=words[1],
        amount=amount,
        currency=said.get("currency", "") or "GBP",
        awarded_on=awarded_on,
        ends_on=_day(said.get("planneddatesenddate", "")),
        source=row.source.name,
        kinds=service_words.kinds_named(". ".join(words), known, apart_from=names),
    )


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").lstrip("£"))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _day(text: str) -> date | None:
    """2018-07-02, whatever time comes after it, or 02/07/2018."""
    if british := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        text = f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}"
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
