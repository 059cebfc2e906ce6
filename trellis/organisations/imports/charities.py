"""What a row of the register's main table says. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from trellis.organisations import identifiers
from trellis.organisations.imports import values
from trellis.organisations.imports.tables import CHARITY
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import Organisation
from trellis.places import postcodes

Form, Status = Organisation.LegalForm, Organisation.Status
FORMS = {
    "Charitable company": Form.CHARITABLE_COMPANY.value,
    "CIO": Form.CIO.value,
    "Trust": Form.TRUST.value,
    "Unincorporated association": Form.ASSOCIATION.value,
}
STATUSES = {"Registered": Status.ACTIVE.value, "Removed": Status.REMOVED.value}
MOST = 10**12 - 1  # the register's own numbers have seven digits
AT = {column: place for place, column in enumerate(CHARITY.columns)}
ADDRESS = slice(AT["charity_contact_address1"], AT["charity_contact_address5"] + 1)


class Charity(NamedTuple):
    """A charity in our words: dates as YYYY-MM-DD, money in pence, None where the register does not say."""

    number: str
    company: str
    expenditure: int | None
    name: str
    legal_form: str
    status: str
    address: str
    postcode: str
    website: str
    email: str
    phone: str
    activities: str
    latest_income: int | None
    latest_year_end: str | None
    registered_on: str | None
    removed_on: str | None


FIELDS = Charity._fields[3:]  # those that are fields of an organisation too, the rest being about its number and years


def charity(row: Sequence[str]) -> Charity:
    """A charity from the values of a row, in the order of the table's columns. Raises Refused with the reason."""
    values.whole_number(row[AT["organisation_number"]], "organisation_number", most=MOST)
    return Charity(
        number=_number(row),
        company=_company(row[AT["charity_company_registration_number"]]),
        expenditure=values.pence(row[AT["latest_expenditure"]], "latest_expenditure"),
        name=values.name(row[AT["charity_name"]], "charity_name"),
        legal_form=_form(row),
        status=_status(row[AT["charity_registration_status"]]),
        address=", ".join([tidy for part in row[ADDRESS] if part and (tidy := " ".join(part.split()).strip(","))])[
            :400
        ],
        postcode=_postcode(row[AT["charity_contact_postcode"]]),
        website=values.website(row[AT["charity_contact_web"]]),
        email=values.short(row[AT["charity_contact_email"]], 255),
        phone=values.short(row[AT["charity_contact_phone"]], 40),
        activities=row[AT["charity_activities"]].strip(),
        latest_income=values.pence(row[AT["latest_income"]], "latest_income"),
        latest_year_end=values.day(row[AT["latest_acc_fin_period_end_date"]], "latest_acc_fin_period_end_date"),
        registered_on=values.day(row[AT["date_of_registration"]], "date_of_registration"),
        removed_on=values.day(row[AT["date_of_removal"]], "date_of_removal"),
    )


def _line(text: str) -> str:
    return " ".join(text.split()).strip(",")


def _status(text: str) -> str:
    found = STATUSES.get(text.strip())
    if not found:
        raise Refused(f"“{text[:40]}” is neither Registered nor Removed (charity_registration_status).")
    return found


def _number(row: Sequence[str]) -> str:
    """The register's own number is right by definition, so its length is not checked."""
    registered = values.whole_number(row[AT["registered_charity_number"]], "registered_charity_number", most=MOST)
    if not registered:
        raise Refused("Its number is 0 (registered_charity_number).")
    linked = values.whole_number(row[AT["linked_charity_number"]] or "0", "linked_charity_number", most=99_999)
    return identifiers.charity_number(registered, linked)


def _company(text: str) -> str:
    """The company's number where it is one; the register holds some that are not."""
    try:
        return identifiers.normalised("GB-COH", text) if text else ""
    except ValueError:
        return ""


def _form(row: Sequence[str]) -> str:
    named = FORMS.get(row[AT["charity_type"]].strip())
    return named or (Form.CIO.value if row[AT["charity_is_cio"]] == "True" else Form.OTHER.value)


def _postcode(text: str) -> str:
    found = postcodes.normalised(text) if text else None
    return postcodes.written(found) if found else ""
