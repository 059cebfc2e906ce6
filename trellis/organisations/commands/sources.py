"""Writes about the lists that the register is made from: whose each is, and on what terms we have it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations.models import SourceList
from trellis.organisations.rules import sources as rules

FIELDS = (
    "name", "owner", "kind", "rank", "contact_basis", "contact_basis_words", "terms", "agreement_reference",
    "agreed_on", "agreed_until", "every_days", "watched_file",
)  # fmt: skip


@transaction.atomic
def record_source(*, values: Mapping[str, Any], by: Actor, source: SourceList | None = None) -> SourceList:
    """Record whose a list is, what lets us have it and on what basis we hold its contacts; a new one, or one there is.

    `values` holds FIELDS by name, and for a new list perhaps its `code`; fields left out stay. A basis that is
    withdrawn takes the contacts out that came with the list, and wants `takes_out` among the values. Raises RuleBroken,
    at the field.
    """
    if not by.can(Permission.REGISTER_IMPORT):
        raise RuleBroken("You may not record lists.")
    held = {field: getattr(source, field) for field in FIELDS} if source else {}
    wanted = held | {field: _tidy(value) for field, value in values.items() if field in FIELDS}
    rules.check_source(wanted)
    if wanted["contact_basis"] == SourceList.Basis.NONE:
        wanted["contact_basis_words"] = ""  # they say why a basis holds: the form may still have those of another list
    withdraws = _withdraws_basis(source, wanted["contact_basis"], knows=bool(values.get("takes_out")))
    before = held if source and source.recorded_at else {}
    recorded = source or SourceList(code=_new_code(values))
    for field, value in wanted.items():
        setattr(recorded, field, value)
    recorded.recorded_at, recorded.recorded_by = clock.now(), by.actor_name
    try:
        with transaction.atomic():
            recorded.save()
    except IntegrityError as error:
        raise RuleBroken("There is a list of that name already.", field="name") from error
    _audit(recorded, {field: value for field, value in wanted.items() if before.get(field) != value}, by)
    if withdraws:
        from trellis.organisations.imports import withdrawal  # it writes through our merges, so it imports us

        withdrawal.begin_withdrawal(source=recorded, by=by)
    return recorded


def _withdraws_basis(source: SourceList | None, basis: str, *, knows: bool) -> bool:
    """Whether a list loses the basis for its contacts. Raises RuleBroken where it may not, at the field."""
    if source is None or basis == source.contact_basis:
        return False
    withdraws = rules.is_withdrawal(source.contact_basis, basis)
    rules.check_can_change_basis(
        withdraws=withdraws and source.rows.exists(), knows=knows,
        is_under_way=source.withdrawals.filter(finished_at__isnull=True).exists(),
    )  # fmt: skip
    return withdraws


def _tidy(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _new_code(values: Mapping[str, Any]) -> str:
    return slugify(str(values.get("code") or values["name"]))[:40] or "list"


def _audit(source: SourceList, changed: Mapping[str, Any], by: Actor) -> None:
    audit.record(
        by=by,
        action="organisations.record_source",
        subject=f"list {source.code}",
        facts={
            name: value if isinstance(value, str | int | None) else value.isoformat() for name, value in changed.items()
        },
    )
