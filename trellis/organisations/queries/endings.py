"""How an organisation that is no longer active came to be so: by its register's word, or by whose."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date

from trellis.organisations import provenance
from trellis.organisations.models import Organisation, SourceList

OUR_KEEPERS = "Those who keep this register"


@dataclass(frozen=True)
class Ending:
    """Whether somebody said that it is closed, who and when (None: not known); else its register removed it.

    `on`: the day since which it is gone, where that is known.
    """

    is_closed: bool
    said_by: str
    said_on: date | None
    on: date | None


def ending(organisation: Organisation) -> Ending | None:
    """How it ended; None of one that is active."""
    if organisation.status != Organisation.Status.REMOVED:
        return None
    code, day = provenance.source_of(organisation.provenance, "status") or ("", "")
    on = organisation.removed_on
    if code == provenance.KEEPERS:
        return Ending(is_closed=True, said_by=OUR_KEEPERS, said_on=parse_date(day), on=on)
    source = SourceList.objects.filter(code=code).exclude(kind=SourceList.Kind.REGISTER).first()
    if source:
        return Ending(is_closed=True, said_by=source.name, said_on=parse_date(day), on=on)
    return Ending(is_closed=False, said_by="", said_on=None, on=on)
