"""What a row of a list says. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from trellis.organisations import identifiers
from trellis.organisations.imports import values
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import Organisation
from trellis.places import postcodes

Status = Organisation.Status
STATUSES = {
    **dict.fromkeys(("true", "yes", "y", "1", "active", "registered", "open"), Status.ACTIVE.value),
    **dict.fromkeys(("false", "no", "n", "0", "removed", "closed", "dissolved", "inactive"), Status.REMOVED.value),
}
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
SCOTTISH, NORTHERN_IRISH = re.compile(r"SC\s*\d+", re.I), re.compile(r"NIC?\s*\d+", re.I)


@dataclass
class Listed:
    """One organisation as a list has it. `fields` holds only what the list says (pence, ISO dates)."""

    fields: dict[str, Any]
    numbers: list[tuple[str, str]] = field(default_factory=list)
    other_name: str = ""
    year: tuple[str, int | None, int | None] | None = None


def organisation(row: Mapping[str, Sequence[str]]) -> Listed:
    """An organisation from the values of a row by field (a field may have several columns). Raises Refused."""
    said = {field: [value for value in given if value] for field, given in row.items()}
    one = {field: given[0] for field, given in said.items() if given}
    if any("\ufffd" in value for value in one.values()):
        raise Refused("It holds a letter that could not be read: save the list again as UTF-8.")
    fields: dict[str, Any] = {"name": values.name(one.get("name", ""), "name")}
    postcode = postcodes.normalised(one.get("postcode", ""))
    if postcode:  # lists put towns and foreign codes there too: the source row keeps them
        fields["postcode"] = postcodes.written(postcode)
    if said.get("address"):
        fields["address"] = ", ".join(said["address"])[:400]
    fields |= _contacts(one)
    income, spent, ends_on = _money(one, "income"), _money(one, "expenditure"), _day(one, "year_end")
    fields |= {key: found for key, found in (
        ("latest_income", income), ("latest_year_end", ends_on),
        ("registered_on", _day(one, "registered_on")), ("removed_on", _day(one, "removed_on")),
    ) if found is not None}  # fmt: skip
    if "active" in one:
        fields["status"] = _status(one["active"])
    year = (ends_on, income, spent) if ends_on and (income is not None or spent is not None) else None
    return Listed(fields, _numbers(one), " ".join(one.get("other_name", "").split())[:255], year)


def _contacts(one: Mapping[str, str]) -> dict[str, str]:
    found = {
        "website": values.website(one.get("website", "")),
        "email": values.short(one.get("email", ""), 255),
        "phone": values.short(one.get("phone", ""), 40),
        "activities": one.get("activities", ""),
    }
    return {key: value for key, value in found.items() if value}


def _numbers(one: Mapping[str, str]) -> list[tuple[str, str]]:
    """Scheme and number of every identifier, each once."""
    found: dict[str, str] = {}
    try:
        if "org_id" in one:
            scheme, number = identifiers.parsed(one["org_id"])
            found[scheme] = number
        if "charity_number" in one:
            scheme = _charity_scheme(one["charity_number"])
            found.setdefault(scheme, identifiers.normalised(scheme, one["charity_number"]))
    except ValueError as error:
        raise Refused(str(error)) from None
    try:
        if "company_number" in one:
            found.setdefault("GB-COH", identifiers.normalised("GB-COH", one["company_number"]))
    except ValueError as error:
        if not found:  # else it has a better number to be known by
            raise Refused(str(error)) from None
    return list(found.items())


def _charity_scheme(number: str) -> str:
    if SCOTTISH.match(number):
        return "GB-SC"
    return "GB-NIC" if NORTHERN_IRISH.match(number) else "GB-CHC"


def _status(text: str) -> str:
    found = STATUSES.get(text.lower())
    if not found:
        raise Refused(f"“{text[:40]}” does not say whether it is active: yes or no.")
    return found


def _money(one: Mapping[str, str], column: str) -> int | None:
    return values.pence(one.get(column, "").replace(" ", ""), column)


def _day(one: Mapping[str, str], column: str) -> str | None:
    text = one.get(column, "").strip()
    if not text:
        return None
    for form in DAY_FORMATS:
        try:
            found: date = datetime.strptime(text.removesuffix(" 00:00:00"), form).date()
        except ValueError:
            continue
        return found.isoformat()
    raise Refused(f"“{text[:40]}” is not a date such as 2018-07-02 or 2/7/2018 ({column}).")
