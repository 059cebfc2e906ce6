"""Under which law a contract was awarded: it stays with the contract for its whole life. Pure."""

from datetime import date

from trellis.core import rulebook

PCR2015, PA2023 = "pcr2015", "pa2023"
NAMES = {PCR2015: "the Public Contracts Regulations 2015", PA2023: "the Procurement Act 2023"}


def regime(awarded_on: date) -> str:
    """PCR2015 or PA2023, by the day of the award."""
    return rulebook.value("contracts.regime", on=awarded_on)


def awarded_on(*, award_signed_on: date | None, starts_on: date) -> date:
    """The day that decides: that of the award, or the first of the term where no award is written down."""
    return award_signed_on or starts_on
