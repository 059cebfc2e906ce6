"""Reading facts: those that stand, those behind a figure, all of them as Arrow, and one with its corrections."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from trellis.audit.chain import in_batches
from trellis.core.permissions import Permission
from trellis.evidence.models import Evidence
from trellis.organisations.models import Organisation, stands_for
from trellis.places.models import District

if TYPE_CHECKING:
    import pyarrow

BATCH = 20_000
COLUMNS = {
    "id": "pk", "kind": "kind", "occurred_on": "occurred_on", "contract": "contract", "partner": "partner_id",
    "organisation": "stands", "district": "district_id", "quantity": "quantity", "unit": "unit",
    "source": "source", "corrects": "corrects_id", "retracts": "retracts",
}  # fmt: skip


def current_facts(*, kind: str | None = None, contract: str | None = None, up_to: int | None = None) -> QuerySet:
    """Facts that stand, neither corrected nor retracted, as at a sequence number (None: as at this moment).

    A fact's sequence number is its place in the chain; `sealing.sealed_up_to()` gives the last one.
    """
    facts = Evidence.objects.standing(up_to)
    if kind is not None:
        facts = facts.filter(kind=kind)
    return facts if contract is None else facts.filter(contract=contract)


def facts_behind(
    *,
    contract: str,
    kind: str,
    starts_on: date,
    ends_on: date,
    up_to: int | None = None,
    district: District | None = None,
    partner: Organisation | None = None,
) -> QuerySet:
    """The rows under a figure: one kind of a contract's facts that occurred in a period, both days included.

    In the order in which they occurred; of one district or partner, if given.
    """
    facts = current_facts(kind=kind, contract=contract, up_to=up_to).filter(occurred_on__range=(starts_on, ends_on))
    if district is not None:
        facts = facts.filter(district=district)
    if partner is not None:
        facts = facts.filter(partner=partner)
    return facts.select_related("partner", "organisation", "district").order_by("occurred_on", "pk")


def facts_visible_to(user) -> QuerySet:
    """The facts that a person may open: the council's people all, a partner's those of its own delivery.

    A partner may not read another's facts: they name the organisation helped, which it may have a conflict with.
    """
    facts = Evidence.objects.select_related("partner", "organisation", "district", "link")
    if not user.can(Permission.PERFORMANCE_VIEW):
        return facts.none()
    if user.can(Permission.EVIDENCE_VIEW_ALL):
        return facts
    return facts.filter(partner__in=user.organisation_ids(Permission.PERFORMANCE_VIEW))


def corrections_of(fact: Evidence) -> list[Evidence]:
    """A fact's whole story, from what was first recorded to what stands now; at least the fact itself."""
    story = [fact]
    while earlier := story[0].corrects:
        story.insert(0, earlier)
    while following := Evidence.objects.filter(corrects=story[-1]).first():
        story.append(following)
    return story


def as_arrow(*, contract: str, up_to: int | None = None, columns: Sequence[str] = tuple(COLUMNS)) -> "pyarrow.Table":
    """All of a contract's facts up to a sequence number as an Arrow table, corrected ones and corrections included.

    `columns` are those wanted, of COLUMNS, in that order. Read in batches, so that memory holds the table and little
    else. An organisation that was merged is the one that stands for it now: each is counted once. Ids are int64, the
    district its code, the quantity decimal(14, 2), what is empty null.
    """
    import pyarrow  # takes a while to load, and few processes need it

    types = {
        "id": pyarrow.int64(), "kind": pyarrow.string(), "occurred_on": pyarrow.date32(), "contract": pyarrow.string(),
        "partner": pyarrow.int64(), "organisation": pyarrow.int64(), "district": pyarrow.string(),
        "quantity": pyarrow.decimal128(14, 2), "unit": pyarrow.string(), "source": pyarrow.string(),
        "corrects": pyarrow.int64(), "retracts": pyarrow.bool_(),
    }  # fmt: skip
    schema = pyarrow.schema([(name, types[name]) for name in columns])
    facts = Evidence.objects.up_to(up_to).filter(contract=contract).order_by("pk").annotate(stands=stands_for())
    rows: Iterable[tuple] = facts.values_list(*(COLUMNS[name] for name in columns)).iterator(chunk_size=BATCH)
    batches = [
        pyarrow.record_batch([list(column) for column in zip(*batch, strict=True)], schema=schema)
        for batch in in_batches(rows, BATCH)
    ]
    return pyarrow.Table.from_batches(batches, schema=schema)
