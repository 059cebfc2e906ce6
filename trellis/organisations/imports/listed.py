"""What a row of a list says. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from trellis.organisations import identifiers
from trellis.organisations.imports import values
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import Organisation
from trellis.places import postcodes

T = TypeVar("T")
Status = Organisation.Status
STATUSES = {
    **dict.fromkeys(("true", "yes", "y", "1", "active", "registered", "open", "current", "live"), Status.ACTIVE.value),
    **dict.fromkeys(("false", "no", "n", "0", "removed", "closed", "dissolved", "inactive", "ceased", "former",
                     "deregistered", "wound up", "converted/closed"), Status.REMOVED.value),
    # the charity register of Northern Ireland says how its returns stand
    **dict.fromkeys(("up-to-date", "up to date", "received late", "in default", "overdue", "recently registered"),
                    Status.ACTIVE.value),
    # and the register of companies what is happening to one that exists
    **dict.fromkeys(("liquidation", "in administration", "receivership", "voluntary arrangement"), Status.ACTIVE.value),
}  # fmt: skip
DAY_FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%y", "%d-%b-%y",
)  # fmt: skip
MONTH_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%B %d, %Y", "%b %d, %Y", "%m/%d/%y")
TIME = re.compile(r"[ T]\d{1,2}:\d{2}.*$")
FOREIGN = re.compile(r"(?:[A-Z]{2}|360G)-[A-Za-z]{2,}-?.+|360G-.+", re.I)  # an org-id of a register not known here
Form = Organisation.LegalForm
# The first that a legal form's words contain decides.
FORMS = (
    ("community interest", Form.CIC), ("cic", Form.CIC), ("charitable incorporated", Form.CIO), ("scio", Form.CIO),
    ("cio", Form.CIO), ("registered society", Form.SOCIETY), ("provident", Form.SOCIETY), ("co-op", Form.SOCIETY),
    ("community benefit", Form.SOCIETY), ("guar", Form.GUARANTEE), ("lbg", Form.GUARANTEE),
    ("charitable company", Form.CHARITABLE_COMPANY), ("association", Form.ASSOCIATION),
    ("unincorporated", Form.ASSOCIATION), ("trust", Form.TRUST), ("compan", Form.COMPANY),
    ("limited", Form.COMPANY), ("council", Form.PUBLIC_BODY), ("statutory", Form.PUBLIC_BODY),
    ("public body", Form.PUBLIC_BODY),
)  # fmt: skip
# What people write into a cell of which they know nothing; of a name it may be the name.
NOTHING = frozenset(
    ("", "n/k", "n/a", "na", "n.a", "-", "--", "---", "–", "—", "none", "unknown", "not known", "not applicable", "tbc",
     "tba", "nil", "?", "??", "null")
)  # fmt: skip
NUMBERS = ("org_id", "charity_number", "ni_number", "company_number")
AMOUNTS, DAYS = ("income", "expenditure"), ("year_end", "registered_on", "removed_on")
SCOTTISH, NORTHERN_IRISH = re.compile(r"SC\s*\d+", re.I), re.compile(r"NIC?\s*\d+", re.I)


@dataclass
class Listed:
    """One organisation as a list has it. `fields` holds only what the list says (pence, ISO dates).

    `faults`: why values that it could do without were left out, a sentence each.
    """

    fields: dict[str, Any]
    numbers: list[tuple[str, str]] = field(default_factory=list)
    other_name: str = ""
    row_id: str = ""
    town: str = ""
    year: tuple[str, int | None, int | None] | None = None
    faults: list[str] = field(default_factory=list)


def organisation(row: Mapping[str, Sequence[str]], *, month_first: bool = False) -> Listed:
    """An organisation from the values of a row by field (a field may have several columns). Raises Refused.

    `month_first`: 3/4/2018 is in March.
    """
    said = {field: [one for one in given if one and not _is_nothing(field, one)] for field, given in row.items()}
    one = {field: given[0] for field, given in said.items() if given}
    if any("\ufffd" in value for value in one.values()):
        raise Refused("It holds a letter that could not be read: save the list again as UTF-8.")
    fields: dict[str, Any] = {"name": values.name(one.get("name", ""), "name")}
    postcode = postcodes.normalised(one.get("postcode", ""))
    if postcode:  # lists put towns and foreign codes there too: the source row keeps them
        fields["postcode"] = postcodes.written(postcode)
    elif values.is_total(fields["name"]) and not any(name in one for name in NUMBERS):
        raise Refused("This line is a total, not an organisation.")
    town = ", ".join(said.get("town", ()))[:100]
    if lines := [*said.get("address", ()), *filter(None, [town])]:
        fields["address"] = ", ".join(lines)[:400]
    faults: list[str] = []
    income, spent = (_or_not(faults, _money, one, name) for name in AMOUNTS)
    ends_on, began, ended = (_or_not(faults, _day, one, name, month_first) for name in DAYS)
    fields |= _contacts(one) | {key: found for key, found in (
        ("latest_income", income), ("latest_year_end", ends_on), ("registered_on", began), ("removed_on", ended),
        ("legal_form", form_of(one.get("legal_form", ""))), ("status", _or_not(faults, _status, one.get("active", ""))),
    ) if found is not None}  # fmt: skip
    year = (ends_on, income, spent) if ends_on and (income is not None or spent is not None) else None
    other = " ".join(one.get("other_name", "").split())[:255]
    return Listed(fields, _numbers(one, faults), other, one.get("row_id", ""), town, year, faults)


def number(field: str, value: str) -> tuple[str, str] | None:
    """Scheme and number of one of NUMBERS; None for a register that is not known here. Raises Refused."""
    try:
        if field == "org_id":
            return None if is_foreign(value) else identifiers.parsed(value)
        scheme = {"ni_number": "GB-NIC", "company_number": "GB-COH"}.get(field) or _charity_scheme(value)
        return scheme, identifiers.normalised(scheme, value)
    except ValueError as error:
        raise Refused(str(error)) from None


def is_number(field: str, value: str) -> bool:
    """Whether a cell says that the organisation is in a register."""
    return bool(value) and not _is_nothing(field, value) and _is_read(number, field, value)


def can_be(field: str, value: str) -> bool:
    """Whether a cell is a number, an amount or a date, as its column says; other fields are words."""
    if field in NUMBERS:
        return is_number(field, value)
    if field in AMOUNTS:
        return _is_read(_money, {field: value}, field)
    return field in DAYS and any(_is_read(_day, {field: value}, field, order) for order in (False, True))


def _is_read(read: Callable[..., Any], *given: Any) -> bool:
    faults: list[str] = []
    _or_not(faults, read, *given)
    return not faults


def form_of(words: str) -> str | None:
    """The legal form that words say; None when they say none that is known here."""
    folded = words.lower()
    return next((form.value for phrase, form in FORMS if phrase in folded), None) if folded else None


def status_of(words: str) -> str:
    """Whether it still exists, by the words of a list; empty when they do not say."""
    folded = words.lower().strip()
    return STATUSES.get(folded) or (Status.ACTIVE.value if folded.startswith("active") else "")


def is_foreign(org_id: str) -> bool:
    """Whether an org-id is of a register that is not known here, such as a funder's own numbers."""
    return bool(FOREIGN.fullmatch(org_id)) and not org_id.upper().startswith(
        tuple(f"{one}-" for one in identifiers.SCHEMES)
    )


def _contacts(one: Mapping[str, str]) -> dict[str, str]:
    found = {
        "website": values.website(one.get("website", "")),
        "email": values.short(one.get("email", ""), 255),
        "phone": values.phone(one.get("phone", "")),
        "activities": one.get("activities", ""),
    }
    return {key: value for key, value in found.items() if value}


def _is_nothing(field: str, value: str) -> bool:
    """Whether a cell says only that nothing is known; `GB-COH-n/a` says it of a number."""
    if field == "org_id":
        value = next((value[len(one) + 1 :] for one in identifiers.SCHEMES if value.startswith(f"{one}-")), value)
    return field != "name" and value.strip().rstrip(".").casefold() in NOTHING


def _or_not(faults: list[str], read: Callable[..., T], *given: Any) -> T | None:
    """A value that the organisation can do without: one that cannot be read is left out, and why is noted."""
    try:
        return read(*given)
    except Refused as refusal:
        faults.append(str(refusal))
        return None


def _numbers(one: Mapping[str, str], faults: list[str]) -> list[tuple[str, str]]:
    """Scheme and number of every identifier, each once."""
    found: dict[str, str] = {}
    for name in NUMBERS:
        if name in one and (pair := _or_not(faults, number, name, one[name])):
            found.setdefault(*pair)
    return list(found.items())


def _charity_scheme(number: str) -> str:
    if SCOTTISH.match(number):
        return "GB-SC"
    return "GB-NIC" if NORTHERN_IRISH.match(number) else "GB-CHC"


def _status(text: str) -> str | None:
    if not text:
        return None
    found = status_of(text)
    if not found:
        raise Refused(f"“{text[:40]}” does not say whether it is active: yes or no.")
    return found


def _money(one: Mapping[str, str], column: str) -> int | None:
    return values.pence(one.get(column, "").replace(" ", ""), column)


def _day(one: Mapping[str, str], column: str, month_first: bool) -> str | None:
    text = one.get(column, "").strip()
    if not text:
        return None
    bare = TIME.sub("", text)
    for form in MONTH_FORMATS if month_first else DAY_FORMATS:
        try:
            found: date = datetime.strptime(bare, form).date()
        except ValueError:
            continue
        return found.isoformat()
    raise Refused(
        f"“{text[:40]}” is not a date such as 2018-07-02 or {'7/2' if month_first else '2/7'}/2018 ({column})."
    )
