"""Writes to the register. Imports write in `imports`."""

from trellis.organisations.commands.finding import find_links, start_finding
from trellis.organisations.commands.keeping import (
    confirm_profile,
    list_organisation_again,
    say_where_it_went,
    unlist_organisation,
)
from trellis.organisations.commands.links import answer_question, claim_question, skip_question, undo_answer
from trellis.organisations.commands.merges import check_merge, choose_value, merge_organisations, undo_merge
from trellis.organisations.commands.profile import KEEPERS, change_profile, undo_profile_change
from trellis.organisations.commands.sources import record_source
from trellis.organisations.provenance import ITSELF

__all__ = [
    "ITSELF",
    "KEEPERS",
    "answer_question",
    "change_profile",
    "check_merge",
    "choose_value",
    "claim_question",
    "confirm_profile",
    "find_links",
    "list_organisation_again",
    "merge_organisations",
    "record_source",
    "say_where_it_went",
    "skip_question",
    "start_finding",
    "undo_answer",
    "undo_merge",
    "undo_profile_change",
    "unlist_organisation",
]
