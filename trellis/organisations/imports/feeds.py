"""Lists that are JSON: grants as 360Giving publishes them, services as Open Referral UK does, or rows with names.

Each becomes a sheet with a heading, the grants with the titles that the standard gives its spreadsheet, so that the
rest of an import need not know. Only a piece of the file is in memory. Sources: 360Giving Data Standard 1.4;
Open Referral UK 3.0 (HSDS).
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import rows
from trellis.organisations.imports.rows import RawRow

Opener = Callable[[], IO[bytes]]
START = 1 << 20  # bytes in which the array is sought
ARRAYS = ("grants", "contents", "organizations", "organisations", "services")
ARRAY = re.compile(rf'"({"|".join(ARRAYS)})"\s*:\s*(?=\[)'.encode())
GRANTS, SERVICES, ROWS = "a 360Giving file", "an Open Referral UK feed", "JSON"
GRANT_HEADING = (
    "Identifier", "Title", "Description", "Grant Programme:Title", "Currency", "Amount Awarded", "Award Date",
    "Planned Dates:End Date", "Funding Org:Identifier", "Funding Org:Name",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Recipient Org:Company Number",
    "Recipient Org:Street Address", "Recipient Org:City", "Recipient Org:Postal Code", "Recipient Org:Web Address",
)  # fmt: skip
SERVICE_HEADING = (
    "organization.id", "organization.name", "organization.alternate_name", "organization.description",
    "organization.email", "organization.website", "organization.identifier", "organization.legal_status",
    "address.address_1", "address.city", "address.postal_code", "phone.number", "services",
)  # fmt: skip


def looks_like_one(opened: Opener) -> bool:
    """Whether the file begins as JSON does."""
    with opened() as file:
        return file.read(200).removeprefix(rows.BOM).lstrip()[:1] in (b"[", b"{")


def kind_of(opened: Opener) -> str:
    """What it holds, in words. Raises RuleBroken when it has no objects."""
    for item in items(opened):
        if isinstance(item, dict):
            return _kind(item)
    raise RuleBroken("This JSON file has no organisations in it.")


def heading(opened: Opener, kind: str) -> tuple[str, ...]:
    """The names of its columns."""
    if kind == ROWS:
        first = next((item for item in items(opened) if isinstance(item, dict)), {})
        return tuple(name for name, value in first.items() if not isinstance(value, dict | list))
    return GRANT_HEADING if kind == GRANTS else SERVICE_HEADING


def sheet_rows(opened: Opener, kind: str) -> Iterator[RawRow]:
    """Its rows by their place in the array, the heading being line 0; a bad one says why."""
    if kind == GRANTS:
        yield from _rows(items(opened), _grant)
    elif kind == SERVICES:
        yield from _once(_rows(items(opened), _service))
    else:
        columns = heading(opened, kind)
        yield from _rows(items(opened), lambda item: [_word(item.get(column)) for column in columns])


def items(opened: Opener) -> Iterator[dict | str]:
    """Each object of the file, or why it cannot be read."""
    with opened() as file:
        start = file.read(START).removeprefix(rows.BOM)
        if start.lstrip().startswith(b"["):
            yield from rows.objects(_Joined(start, file))
            return
        whole = _whole(start) if len(start) < START else None
        if whole is not None:
            yield from _listed(whole)
            return
        found = ARRAY.search(start)
        if not found:
            raise RuleBroken("This JSON file cannot be read: it has no list of grants, organisations or services.")
        yield from rows.objects(_Joined(start[found.end() :], file))


def _whole(text: bytes) -> dict | None:
    """A small file as one object; None where it is broken: then its entries are read one by one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else {}


def _listed(whole: dict) -> Iterator[dict | str]:
    """The entries of an object's list; an organisation with a list of its services is one entry."""
    given = next((whole[name] for name in ARRAYS if isinstance(whole.get(name), list)), None)
    if given is None or {"id", "name"} <= whole.keys():
        yield whole
        return
    for item in given:
        yield item if isinstance(item, dict) else "It is not an object."


class _Joined(io.BytesIO):
    """What was read already, and then the rest."""

    def __init__(self, start: bytes, rest: IO[bytes]):
        super().__init__(start)
        self._rest = rest

    def read(self, size: int | None = -1) -> bytes:
        """As files do."""
        return super().read(size) or self._rest.read(-1 if size is None else size)


def _kind(item: dict) -> str:
    if item.keys() & {"taxonomy_terms", "term_uri"} or {"id", "name", "uri", "version"} <= item.keys():
        raise RuleBroken(
            "This is a taxonomy of Open Referral UK: it has words for services, and no organisations. Send the feed of "
            "services or of organisations."
        )
    if "recipientOrganization" in item or "fundingOrganization" in item or "awardDate" in item:
        return GRANTS
    is_service = isinstance(item.get("organization"), dict) or "organization_identifiers" in item
    return SERVICES if is_service or {"id", "name", "description"} <= item.keys() else ROWS


def _rows(found: Iterator[dict | str], cells: Callable[[dict], list[str]]) -> Iterator[RawRow]:
    for number, item in enumerate(found, 1):
        if isinstance(item, str):
            yield RawRow(number, [], item)
            continue
        try:
            yield RawRow(number, [_clean(cell) for cell in cells(item)])
        except _Bad as bad:
            yield RawRow(number, [], str(bad))


class _Bad(Exception):
    """Why an object is of no use, in a sentence."""


def _grant(grant: dict) -> list[str]:
    """A grant: who had how much from whom, when, for what, and until when."""
    recipient, funder = _first(grant.get("recipientOrganization")), _first(grant.get("fundingOrganization"))
    if not grant.get("id"):
        raise _Bad("The grant has no identifier (id).")
    if not recipient:
        raise _Bad("The grant names no organisation that received it (recipientOrganization).")
    if not funder:
        raise _Bad("The grant names no funder (fundingOrganization).")
    if not isinstance(grant.get("amountAwarded"), int | float):
        raise _Bad("The grant’s amount is not a number (amountAwarded).")
    if not re.match(r"\d{4}-\d\d-\d\d", str(grant.get("awardDate", ""))):
        raise _Bad("The grant’s date is not a date such as 2018-07-02 (awardDate).")
    until = _word(_first(grant.get("plannedDates")).get("endDate"))[:10]
    said = (
        grant["id"], grant.get("title"), grant.get("description"), _first(grant.get("grantProgramme")).get("title"),
        grant.get("currency"), grant["amountAwarded"], str(grant["awardDate"])[:10], until,
        funder.get("id"), funder.get("name"), recipient.get("id"), recipient.get("name"),
        recipient.get("charityNumber"), recipient.get("companyNumber"), recipient.get("streetAddress"),
        recipient.get("addressLocality"), recipient.get("postalCode"), recipient.get("url"),
    )  # fmt: skip
    return [_word(value) for value in said]


def _service(item: dict) -> list[str]:
    """An organisation, by itself or as the one that gives a service."""
    one = _dict(item.get("organization")) or item
    if not one.get("id"):
        raise _Bad("The organisation has no identifier (id).")
    places = item.get("service_at_locations") or item.get("locations") or one.get("locations")
    place = _first(places)
    address = _first((_dict(place.get("location")) or place).get("addresses"))
    phone = _first(one.get("phones")) or _first(item.get("phones"))
    named = [item] if one is not item else one.get("services")
    services = [_word(service.get("name")) for service in named or () if isinstance(service, dict)]
    said = (
        one["id"], one.get("name"), one.get("alternate_name"), one.get("description"), one.get("email"),
        one.get("website") or one.get("url"), _identifier(one), one.get("legal_status"), address.get("address_1"),
        address.get("city"), address.get("postal_code"), phone.get("number"), "; ".join(services),
    )  # fmt: skip
    return [_word(value) for value in said]


def _once(found: Iterator[RawRow]) -> Iterator[RawRow]:
    """An organisation once, however many services it gives."""
    met: set[str] = set()
    for row in found:
        if row.reason or row.values[0] not in met:
            yield row
        if not row.reason:
            met.add(row.values[0])


def _identifier(one: dict) -> str:
    """Its first number in a register, as an org-id."""
    given = _first(one.get("organization_identifiers"))
    scheme, number = _word(given.get("identifier_scheme")), _word(given.get("identifier"))
    return f"{scheme}-{number}" if scheme and number else ""


def _first(value: Any) -> dict:
    """The first object of a list, or an empty one."""
    return _dict(value[0]) if isinstance(value, list) and value else {}


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _word(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _clean(text: str) -> str:
    """Without what no database keeps: a NUL, half a letter."""
    tidy = text.strip()
    if tidy.isascii() and "\0" not in tidy:
        return tidy
    return tidy.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
