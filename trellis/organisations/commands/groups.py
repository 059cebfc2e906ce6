"""Groups that no register names: added by a person, checked by an adviser."""

from typing import Any

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import clock, rulebook
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.core.references import create_with_reference
from trellis.organisations import conflicts, provenance, search
from trellis.organisations.commands.profile import ITSELF
from trellis.organisations.models import AddedGroup, Organisation
from trellis.organisations.queries import groups as queries
from trellis.organisations.queries.keeping import speaks_for
from trellis.organisations.rules import check_postcode, check_profile
from trellis.organisations.rules import groups as rules
from trellis.places import postcodes
from trellis.places import queries as places

TEXTS = ("name", "activities", "address", "email", "phone")


@transaction.atomic
def add_group(*, values: dict[str, Any], none_of_these: bool = False, by: Actor) -> Organisation:
    """Add a group that is in no register; it shows at once, marked as not yet checked.

    `values` holds name, activities, address, email, phone, postcode, district (its code) and address_is_private (true
    unless said). `none_of_these`: whoever adds it has looked at those with names like it. Raises RuleBroken, at the
    field.
    """
    texts: dict[str, Any] = {field: str(values.get(field) or "").strip() for field in TEXTS}
    place = _place(str(values.get("postcode") or ""), str(values.get("district") or ""))
    check_profile(texts)
    rules.check_can_add(
        has_place=place["district_id"] is not None,
        alike=len(queries.alike(texts["name"])),
        none_of_these=none_of_these,
        waiting=queries.unchecked().filter(added_by=by.actor_name).count(),
        most=rulebook.value("organisations.unchecked_groups_most", on=clock.today()),
    )
    today = clock.today()
    group = create_with_reference(
        Organisation, "ORG", **texts, **place, legal_form=Organisation.LegalForm.ASSOCIATION,
        address_is_private=values.get("address_is_private", True), confirmed_on=today,
        provenance=provenance.of(ITSELF, today.isoformat()),
    )  # fmt: skip
    AddedGroup.objects.create(organisation=group, added_at=clock.now(), added_by=by.actor_name)
    search.index([group.pk])
    audit.record(by=by, action="organisations.add_group", subject=f"organisation {group.reference}")
    return group


@transaction.atomic
def check_group(*, group: AddedGroup, how_known: str, by: Actor) -> None:
    """An adviser says that a group is there, and how they know. Raises RuleBroken when it is not theirs to say."""
    rules.check_can_check(
        may_vouch=by.can(Permission.ORGANISATION_VOUCH),
        is_own=group.added_by == by.actor_name or speaks_for(group.organisation, by),
        competes=conflicts.competes(by, group.organisation, clock.today()),
        is_checked=group.checked_at is not None,
        how_known=how_known,
    )
    unchecked = AddedGroup.objects.filter(pk=group.pk, checked_at__isnull=True)
    if not unchecked.update(checked_at=clock.now(), checked_by=by.actor_name, how_known=how_known.strip()):
        raise RuleBroken(rules.ALREADY_CHECKED)
    audit.record(by=by, action="organisations.check_group", subject=f"organisation {group.organisation.reference}")


def _place(postcode: str, district: str) -> dict[str, Any]:
    """Where it is: by its postcode, or else by the district that was chosen."""
    served = {one.code for one in places.districts_served()}
    chosen = district if district in served else None
    if not postcode.strip():
        return {"postcode": "", "district_id": chosen}
    check_postcode(postcode)
    written = postcodes.written(postcodes.normalised(postcode) or "")
    found = places.district_for(written)
    return {
        "postcode": written,
        "district_id": found.district.pk if found and found.district else chosen,
        "district_is_guess": bool(found and not found.exact),
    }
