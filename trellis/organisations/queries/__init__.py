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
from trellis.organisations.queries.endings import Ending, ending
from trellis.organisations.queries.facets import Facets, facets, found_by_text
from trellis.organisations.queries.grants import GrantReceived, grants_to, kinds_named
from trellis.organisations.queries.keeping import due_on, is_due, is_stale, may_see
from trellis.organisations.queries.profiles import (
    Surroundings,
    edited_by,
    organisation,
    organisations_by_id,
    profile_changes,
    source_names,
    source_rows,
    surroundings,
)
from trellis.organisations.queries.suggestions import Suggestions, suggestions

__all__ = [
    "Criteria",
    "EITHER",
    "Ending",
    "Facets",
    "GrantReceived",
    "Matches",
    "Suggestions",
    "Surroundings",
    "UNDER_LIMIT",
    "causes",
    "counts_by_district",
    "due_on",
    "edited_by",
    "ending",
    "facets",
    "found_by_text",
    "grants_to",
    "is_due",
    "is_stale",
    "kinds_named",
    "matches",
    "may_see",
    "number_listed",
    "numbers_by_district",
    "organisation",
    "organisations_by_id",
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
    "surroundings",
]
