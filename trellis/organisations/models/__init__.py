"""The register: each organisation once, each field with its source, each source row kept as it came."""

from trellis.organisations.models.announcements import Announcement
from trellis.organisations.models.gone import GoneAnswer
from trellis.organisations.models.groups import AddedGroup
from trellis.organisations.models.imports import ImportLine, ImportRefusal, ImportRun, SourceList, SourceRow
from trellis.organisations.models.links import LinkQuestion, LinkRun
from trellis.organisations.models.merges import Merge, OwnValues, Relation, ValueChoice
from trellis.organisations.models.register import (
    Cause,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationQuerySet,
    ProfileChange,
    ServiceType,
    YearEnd,
    stands_for,
)
from trellis.organisations.models.reports import ErrorReport
from trellis.organisations.models.search import SearchEntry, SearchName, SearchPosting, SearchToken, SearchTrigram
from trellis.organisations.models.withdrawals import ContactWithdrawal

__all__ = [
    "AddedGroup",
    "Announcement",
    "Cause",
    "ContactWithdrawal",
    "ErrorReport",
    "GoneAnswer",
    "Identifier",
    "ImportLine",
    "ImportRefusal",
    "ImportRun",
    "LinkQuestion",
    "LinkRun",
    "Merge",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "OwnValues",
    "ProfileChange",
    "Relation",
    "SearchEntry",
    "SearchName",
    "SearchPosting",
    "SearchToken",
    "SearchTrigram",
    "ServiceType",
    "SourceList",
    "SourceRow",
    "ValueChoice",
    "YearEnd",
    "stands_for",
]
