"""Reads of the register."""

from trellis.organisations.queries.directory import (
    EITHER,
    UNDER_LIMIT,
    Criteria,
    Matches,
    causes,
    counts_by_district,
    matches,
    number_listed,
    numbers_by_district,
    search_results,
    service_types,
    size_bands,
    sizes,
    sortable,
)
from trellis.organisations.queries.facets import Facets, facets
from trellis.organisations.queries.keeping import due_on, is_due, is_stale, may_see
from trellis.organisations.queries.profiles import (
    edited_by,
    organisation,
    profile_changes,
    source_names,
    source_rows,
    survivor,
)
from trellis.organisations.queries.suggestions import Suggestions, suggestions

__all__ = [
    "Criteria",
    "EITHER",
    "Facets",
    "Matches",
    "Suggestions",
    "UNDER_LIMIT",
    "causes",
    "counts_by_district",
    "due_on",
    "edited_by",
    "facets",
    "is_due",
    "is_stale",
    "matches",
    "may_see",
    "number_listed",
    "numbers_by_district",
    "organisation",
    "profile_changes",
    "search_results",
    "service_types",
    "size_bands",
    "sizes",
    "sortable",
    "source_names",
    "source_rows",
    "suggestions",
    "survivor",
]
