"""The register: each organisation once, each field with its source, each source row kept as it came."""

from trellis.organisations.models.imports import ImportRefusal, ImportRun, SourceList, SourceRow
from trellis.organisations.models.register import (
    Cause,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationQuerySet,
    ProfileChange,
    ServiceType,
    YearEnd,
)
from trellis.organisations.models.reports import ErrorReport
from trellis.organisations.models.search import SearchEntry, SearchPosting, SearchToken, SearchTrigram

__all__ = [
    "Cause",
    "ErrorReport",
    "Identifier",
    "ImportRefusal",
    "ImportRun",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "ProfileChange",
    "SearchEntry",
    "SearchPosting",
    "SearchToken",
    "SearchTrigram",
    "ServiceType",
    "SourceList",
    "SourceRow",
    "YearEnd",
]
