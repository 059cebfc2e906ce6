"""Writes by an organisation to its own profile, and by those who keep the register. Imports write in `imports`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations import families, provenance, rules, search
from trellis.organisations.families import LISTS
from trellis.organisations.imports.contacts import without_contacts
from trellis.organisations.models import Organisation, ProfileChange, YearEnd
from trellis.organisations.provenance import ITSELF, KEEPERS
from trellis.organisations.queries.keeping import keeps_register, speaks_for
from trellis.places import postcodes
from trellis.places import queries as places

TEXTS = ("name", "website", "phone", "email", "activities", "address", "postcode")
FLAGS = ("address_is_private",)
CONFIRMED = "confirmed_on"
MOVED_ON = "This profile was changed a moment ago. Look at it again before you change it."


@transaction.atomic
def change_profile(*, organisation: Organisation, values: Mapping[str, Any], by: Actor) -> ProfileChange | None:
    """Change an organisation's profile, in the words of those who speak for it, or of those who keep the register.

    `values` holds fields by name, those left out stay: the texts (name, website, phone, email, activities, address,
    postcode), address_is_private, lists of codes (causes, service_types), and latest_income (pounds) with
    latest_year_end (a date). Its own people have then confirmed it too. Returns what was changed, or None when nothing
    differs. Raises RuleBroken, at the field.
    """
    source = _source(organisation, by)
    wanted = _tidied(organisation, values)
    shown, own = _shown(organisation, wanted), families.as_own(organisation)
    after = {field: value for field, value in wanted.items() if value != shown[field]}
    if not after:
        return None
    before = _held(own, after) | {"provenance": dict(own.provenance)}
    if source == ITSELF:
        before[CONFIRMED] = _iso(organisation.confirmed_on)
    today = clock.today().isoformat()
    noted = dict(own.provenance) | {_noted_as(field, after): [source, today] for field in after}
    _write(organisation, after, noted, confirmed_on=clock.today() if source == ITSELF else organisation.confirmed_on)
    change = ProfileChange.objects.create(
        organisation=organisation, before=before, after=after, source=source,
        changed_at=clock.now(), changed_by=by.actor_name,
    )  # fmt: skip
    _audit("change_profile", organisation, before, after, by)
    return change


@transaction.atomic
def undo_profile_change(*, change: ProfileChange, by: Actor) -> None:
    """Put back what stood before a change, if it is the last and nothing has altered its fields since.

    Raises RuleBroken with what is in the way.
    """
    organisation = Organisation.objects.get(pk=change.organisation_id)
    _source(organisation, by)
    standing = organisation.profile_changes.filter(undone_at__isnull=True).first()
    rules.check_can_undo(
        is_latest=standing is None or standing.pk == change.pk,
        is_undone=change.undone_at is not None,
        has_moved_on=_held(families.as_own(organisation), change.after) != change.after,
    )
    still = ProfileChange.objects.filter(pk=change.pk, undone_at__isnull=True)
    if not still.update(undone_at=clock.now(), undone_by=by.actor_name):
        raise RuleBroken("That change has been undone already.")
    before = {field: change.before[field] for field in change.before if field not in ("provenance", CONFIRMED)}
    confirmed_on = _confirmed_before(change, organisation)
    _write(organisation, before, change.before["provenance"], confirmed_on=confirmed_on)
    _audit("undo_profile_change", organisation, change.after, before, by, confirmed_on=_iso(confirmed_on))


def _confirmed_before(change: ProfileChange, organisation: Organisation) -> date | None:
    """The confirmation that stands once a change is undone: the one before it, unless there was another since."""
    by_the_change = organisation.confirmed_on == timezone.localtime(change.changed_at).date()
    if not by_the_change or CONFIRMED not in change.before:
        return organisation.confirmed_on
    return parse_date(change.before[CONFIRMED] or "")


def _source(organisation: Organisation, by: Actor) -> str:
    """On whose word it will be changed. Raises RuleBroken when it is not theirs to change."""
    own = speaks_for(organisation, by)
    rules.check_can_change_profile(may_edit=own or keeps_register(by), is_listed=organisation.merged_into_id is None)
    return ITSELF if own else KEEPERS


def _tidied(organisation: Organisation, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they will be stored, each as JSON can hold it."""
    tidy = {field: str(values[field]).strip() for field in TEXTS if field in values}
    # what a list gave and they leave as it is, is not theirs to mend
    rules.check_profile({field: text for field, text in tidy.items() if text != getattr(organisation, field)})
    if whole := postcodes.normalised(tidy.get("postcode", "")):
        tidy["postcode"] = postcodes.written(whole)
    flags = {field: bool(values[field]) for field in FLAGS if field in values}
    lists = {field: sorted(str(code) for code in values[field]) for field in LISTS if field in values}
    return (
        tidy | flags | lists | _declared_year(organisation, values.get("latest_income"), values.get("latest_year_end"))
    )


def _declared_year(organisation: Organisation, income: Decimal | None, ends_on: date | None) -> dict[str, Any]:
    """A declared income as fields to write: the year's own row, and the latest year when it is no earlier."""
    if (ends_on, income) == (organisation.latest_year_end, organisation.latest_income):
        return {}  # as the register has it, even if that has an income and no year
    rules.check_income(income, ends_on, clock.today())
    if income is None or ends_on is None:
        return {}
    held = _income_of(organisation, ends_on.isoformat())
    noted = families.as_own(organisation).provenance.get(f"year {ends_on}")
    if held is not None and Decimal(held) != income and (not noted or noted[0] != ITSELF):
        raise RuleBroken(
            "Your register has another income for that year. Ask it to put that right.", field="latest_income"
        )
    year = {"year": {"ends_on": ends_on.isoformat(), "income": _written(income)}}
    if organisation.latest_year_end and ends_on < organisation.latest_year_end:
        return year
    return year | {"latest_income": _written(income), "latest_year_end": ends_on.isoformat()}


def _income_of(organisation: Organisation, ends_on: str) -> str | None:
    row = organisation.years.filter(ends_on=ends_on).first()
    return None if row is None else _written(row.income)


def _held(organisation: Organisation, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the named fields now, as JSON can hold it."""
    held: dict[str, Any] = {field: getattr(organisation, field) for field in fields if field in TEXTS + FLAGS}
    held |= {
        field: sorted(getattr(organisation, field).values_list("pk", flat=True)) for field in LISTS if field in fields
    }
    if "year" in fields:
        ends_on = fields["year"]["ends_on"]
        held["year"] = {"ends_on": ends_on, "income": _income_of(organisation, ends_on)}
    if "latest_income" in fields:
        ends_on = organisation.latest_year_end
        held["latest_income"] = _written(organisation.latest_income)
        held["latest_year_end"] = _iso(ends_on)
    return held


def _iso(on: date | None) -> str | None:
    """A day as JSON keeps it."""
    return None if on is None else on.isoformat()


def _shown(organisation: Organisation, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What everybody sees in the named fields: of those merged into it too."""
    lists = {field: families.list_of(organisation, field) for field in LISTS if field in fields}
    return _held(organisation, fields) | lists


def _written(pounds: Decimal | None) -> str | None:
    """An amount as JSON keeps it: always to the penny, so that equal amounts are equal texts."""
    return None if pounds is None else f"{pounds:.2f}"


def _noted_as(field: str, values: Mapping[str, Any]) -> str:
    """The name under which the provenance keeps a field: each year by its end."""
    return f"year {values['year']['ends_on']}" if field == "year" else field


def _write(
    organisation: Organisation,
    values: Mapping[str, Any],
    noted: provenance.Provenance,
    *,
    confirmed_on: date | None,
) -> None:
    """Store values, provided that nobody has changed the organisation since it was read."""
    columns: dict[str, Any] = {field: value for field, value in values.items() if field in TEXTS + FLAGS}
    if "postcode" in values:
        place = places.district_for(values["postcode"])
        district = place.district if place else None
        columns |= {"district_id": district and district.pk, "district_is_guess": bool(place and not place.exact)}
    if "latest_income" in values:
        income, ends_on = values["latest_income"], values["latest_year_end"]
        columns["latest_income"] = None if income is None else Decimal(income)
        columns["latest_year_end"] = None if ends_on is None else date.fromisoformat(ends_on)
    as_read = Organisation.objects.filter(pk=organisation.pk, changed_at=organisation.changed_at)
    if not as_read.update(changed_at=clock.now(), confirmed_on=confirmed_on):
        raise RuleBroken(MOVED_ON)
    if families.shows_others([organisation.pk]):
        families.write_own(organisation.pk, columns, noted)
    else:
        Organisation.objects.filter(pk=organisation.pk).update(**columns, provenance=noted)
    for field in LISTS:
        if field in values:
            getattr(organisation, field).set(values[field])
    if "year" in values:
        _write_year(organisation, values["year"])
    families.settle([organisation.pk])
    organisation.refresh_from_db()
    if "name" in values:
        search.index([organisation.pk])


def _write_year(organisation: Organisation, year: Mapping[str, Any]) -> None:
    """One year's income, as declared; a year that was not there before is taken out again by an undo."""
    income = year["income"]
    if income is None:
        YearEnd.objects.filter(organisation=organisation, ends_on=year["ends_on"], expenditure__isnull=True).delete()
        return
    YearEnd.objects.update_or_create(
        organisation=organisation, ends_on=year["ends_on"], defaults={"income": Decimal(income)}
    )


def _audit(
    verb: str, organisation: Organisation, before: Mapping, after: Mapping, by: Actor, **facts: str | None
) -> None:
    """Which fields, for good; what stood in them, apart, but for contacts: a telephone may be somebody's own.

    Those stand with the change alone, where the end of a list's basis takes them out.
    """
    sides = {"before": {field: before[field] for field in after}, "after": after}
    detail = {side: left for side, values in sides.items() if (left := without_contacts(values))}
    audit.record(
        by=by,
        action=f"organisations.{verb}",
        subject=f"organisation {organisation.reference}",
        facts={"fields": sorted(after)} | facts,
        detail=detail,
    )
