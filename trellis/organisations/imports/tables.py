"""The tables of the Charity Commission's public register extract that are read, with their columns.

Source: the register's data definition, register-of-charities.charitycommission.gov.uk, "Full register download". The
trustees' table names people and is left alone.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ID = "organisation_number"
DAY = "date_of_extract"
KEYS = (DAY, ID, "registered_charity_number", "linked_charity_number")
EXTRACTED, ORGANISATION = 0, 1  # places of the columns that every table begins with


@dataclass(frozen=True)
class Table:
    """One table. `needed` tells it from the others; `key` names a row of it, given its values."""

    name: str
    columns: tuple[str, ...]
    needed: frozenset[str]
    key: Callable[[Sequence[str]], str]


def _by(*places: int) -> Callable[[Sequence[str]], str]:
    """A key of the charity's number and other columns: those that are words are shortened to a digest."""

    def key(values: Sequence[str]) -> str:
        rest = "\t".join(values[place] for place in places)
        if len(rest) > 40:
            rest = hashlib.blake2b(rest.encode(), digest_size=10).hexdigest()
        return f"{values[ORGANISATION]}:{rest}"

    return key


def _table(name: str, columns: tuple[str, ...], needed: set[str], key: Callable[[Sequence[str]], str]) -> Table:
    return Table(name, columns, frozenset(needed | {ID}), key)


CHARITY = _table(
    "charity",
    (
        *KEYS, "charity_name", "charity_type", "charity_registration_status", "date_of_registration", "date_of_removal",
        "charity_reporting_status", "latest_acc_fin_period_start_date", "latest_acc_fin_period_end_date",
        "latest_income", "latest_expenditure", "charity_contact_address1", "charity_contact_address2",
        "charity_contact_address3",
        "charity_contact_address4", "charity_contact_address5", "charity_contact_postcode", "charity_contact_phone",
        "charity_contact_email", "charity_contact_web", "charity_company_registration_number", "charity_insolvent",
        "charity_in_administration", "charity_previously_excepted", "charity_is_cdf_or_cif", "charity_is_cio",
        "cio_is_dissolved", "date_cio_dissolution_notice", "charity_activities", "charity_gift_aid", "charity_has_land",
    ),
    {"registered_charity_number", "charity_name", "charity_registration_status"},
    lambda values: values[ORGANISATION],
)  # fmt: skip
RETURNS = _table(
    "charity_annual_return_history",
    (
        DAY, ID, "registered_charity_number", "fin_period_start_date", "fin_period_end_date",
        "ar_cycle_reference", "reporting_due_date", "date_annual_return_received", "date_accounts_received",
        "total_gross_income", "total_gross_expenditure", "accounts_qualified", "suppression_ind", "suppression_type",
    ),
    {"fin_period_end_date", "date_annual_return_received"},
    _by(4, 5),
)  # fmt: skip
NAMES = _table(
    "charity_other_names",
    (*KEYS, "charity_name_id", "charity_name_type", "charity_name"),
    {"charity_name_id", "charity_name"},
    _by(4),
)
CLASSES = _table(
    "charity_classification",
    (*KEYS, "classification_code", "classification_type", "classification_description"),
    {"classification_code", "classification_type"},
    _by(4),
)
AREAS = _table(
    "charity_area_of_operation",
    (
        *KEYS, "geographic_area_type", "geographic_area_description", "parent_geographic_area_type",
        "parent_geographic_area_description", "welsh_ind",
    ),
    {"geographic_area_type", "geographic_area_description"},
    _by(4, 5),
)  # fmt: skip
DOCUMENTS = _table(
    "charity_governing_document",
    (*KEYS, "governing_document_description", "charitable_objects", "area_of_benefit"),
    {"governing_document_description", "charitable_objects"},
    lambda values: values[ORGANISATION],
)
TABLES = {table.name: table for table in (CHARITY, RETURNS, NAMES, CLASSES, AREAS, DOCUMENTS)}
