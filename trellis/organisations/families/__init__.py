"""Organisations that were found to be one: who stands for whom, what each says for itself, and what is shown.

A merge repoints nothing. Each organisation keeps its own values; while others are merged into it, its row shows what
follows from all of them (`rules.survivorship`) and its own values stand in OwnValues. So an undo only works that out
again, whatever was edited or imported in between: those write own values, and call `settle`.
"""

from trellis.organisations.families.joining import (
    join,
    keep_apart,
    merge_between_numbers,
    part,
    questions_between,
    show_joined,
    told_apart,
)
from trellis.organisations.families.own import as_own, own_values, rows, shows_others, write_own
from trellis.organisations.families.shown import LISTS, list_of, picks_of, settle, stand_alone, stand_for_others
from trellis.organisations.families.tree import (
    Uses,
    all_of,
    branch_of,
    locked,
    members,
    numbers_of,
    roots_of,
    standing,
    uses_of,
)

__all__ = [
    "LISTS",
    "Uses",
    "all_of",
    "as_own",
    "branch_of",
    "join",
    "keep_apart",
    "list_of",
    "locked",
    "members",
    "merge_between_numbers",
    "numbers_of",
    "own_values",
    "part",
    "picks_of",
    "questions_between",
    "roots_of",
    "rows",
    "settle",
    "show_joined",
    "shows_others",
    "stand_alone",
    "stand_for_others",
    "standing",
    "told_apart",
    "uses_of",
    "write_own",
]
