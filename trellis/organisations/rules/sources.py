"""When a list may be read, and what must be said of it before: pure."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from trellis.core.errors import RuleBroken
from trellis.organisations.models import SourceList
from trellis.web.words import day

Basis, Terms = SourceList.Basis, SourceList.Terms
SAY_FIRST = (
    "Say first whose list this is, what lets you have it, and whether there is a legal basis for its personal contacts."
)
FILE_DELETED = (
    "There is no legal basis any more for the personal contacts in this list. Its file held them, so it was deleted. "
    "Send the file again to bring its rows in: they then come in without contacts."
)
SAID_PART, UNREADABLE, LOOKS_PART, LOOKS_PART_OF_REGISTER = "said-part", "unreadable", "looks-part", "looks-part-too"
NONE_IS_GONE = {
    SAID_PART: "It is a part of the list, as you said: rows that are not in it are not taken for gone.",
    LOOKS_PART: "More than half of the rows that we have of this list are not in the file, so we take it for a part of "
    "the list, and none for gone. If it is the whole list, say so under “Read it differently”.",
    LOOKS_PART_OF_REGISTER: "More than a tenth of what we have of this register is not in the file, so we take it for "
    "a part of the register, and none for gone. If it is the whole register, say so: under “Read it differently”, or "
    "with --whole on the command line.",
    UNREADABLE: "Some of its lines cannot be read at all, so we cannot tell which rows are gone from the list. "
    "Mend them and send it again.",
}
FEW = 5  # rows: a register of which we have little may lose as many as these at once
MOST_DAYS, MOST_RANK = 400, 99


def check_source(values: Mapping[str, Any]) -> None:
    """Raise RuleBroken, at the field, unless all is said that must be before a list is read."""
    for field, sentence in (
        ("name", "Enter the name of the list."),
        ("owner", "Enter whose list it is."),
        ("terms", "Say what lets you have this list."),
        ("contact_basis", "Say on what legal basis you keep its personal contacts, or choose “No basis”."),
    ):
        if not str(values.get(field) or "").strip():
            raise RuleBroken(sentence, field=field)
    _check_choices(values)
    _check_terms(values)
    if values["contact_basis"] != Basis.NONE and not str(values.get("contact_basis_words") or "").strip():
        raise RuleBroken("Say in a sentence why that basis holds.", field="contact_basis_words")
    _check_times(values)


def check_may_be_read(source: SourceList, on: date) -> None:
    """Raise RuleBroken unless a list's owner, basis and terms are on record and its agreement is in force."""
    if source.recorded_at is None:
        raise RuleBroken(SAY_FIRST)
    if source.agreed_on and source.agreed_on > on:
        raise RuleBroken(
            f"The sharing agreement for this list begins on {day(source.agreed_on)}. It cannot come in before."
        )
    if source.agreed_until and source.agreed_until < on:
        raise RuleBroken(
            f"The sharing agreement for this list ended on {day(source.agreed_until)}. Record the new one first."
        )


def is_withdrawal(before: str, after: str) -> bool:
    """Whether a list's contacts lose the legal basis that they had, by its code before and after."""
    return before not in ("", Basis.NONE) and after in ("", Basis.NONE)


def check_can_change_basis(*, withdraws: bool, knows: bool, is_under_way: bool) -> None:
    """Raise RuleBroken when contacts of the list are still being taken out, or are to go and nobody said they know."""
    if is_under_way:
        raise RuleBroken(
            "Its personal contacts are being taken out. Wait until that has ended, then change this.",
            field="contact_basis",
        )
    if withdraws and not knows:
        raise RuleBroken(
            "Without a legal basis, the personal contacts that came with this list go. Say that you know.",
            field="takes_out",
        )


def why_none_is_gone(*, extent: str, held: int, missing: int, unreadable: int, is_register: bool = False) -> str:
    """Why rows that a file does not have are not taken for gone: a key of NONE_IS_GONE; empty where they are.

    `extent` is what a person said of it (reading.WHOLE, PART); `held` the rows that we have of the list, `missing`
    those of them that the file lacks, `unreadable` its lines of which nobody can tell what they are. A public register
    loses few at a time: one that lacks many is more likely the answer to a search of it.
    """
    if extent == "part":
        return SAID_PART
    if not missing:
        return ""
    if unreadable:
        return UNREADABLE
    if extent:
        return ""
    if missing * 2 > held:
        return LOOKS_PART_OF_REGISTER if is_register else LOOKS_PART
    return LOOKS_PART_OF_REGISTER if is_register and missing > max(FEW, held / 10) else ""


def may_be_read(source: SourceList, on: date) -> bool:
    """Whether it may."""
    try:
        check_may_be_read(source, on)
    except RuleBroken:
        return False
    return True


def _check_choices(values: Mapping[str, Any]) -> None:
    for field, choices in (("terms", Terms), ("contact_basis", Basis), ("kind", SourceList.Kind)):
        if values.get(field) and values[field] not in choices.values:
            raise RuleBroken(f"“{values[field]}” is none of {', '.join(choices.values)}.", field=field)
    rank = values.get("rank")
    if rank is not None and not 1 <= rank <= MOST_RANK:
        raise RuleBroken(f"Its rank must be from 1 to {MOST_RANK}.", field="rank")


def _check_terms(values: Mapping[str, Any]) -> None:
    reference = str(values.get("agreement_reference") or "").strip()
    if values["terms"] == Terms.AGREEMENT and not reference:
        raise RuleBroken("Enter the reference of the sharing agreement.", field="agreement_reference")
    if values["terms"] == Terms.LICENCE and not reference:
        raise RuleBroken("Enter the name of the licence.", field="agreement_reference")
    if values["terms"] == Terms.AGREEMENT and not values.get("agreed_on"):
        raise RuleBroken("Enter the day from which the sharing agreement holds.", field="agreed_on")
    begins, ends = values.get("agreed_on"), values.get("agreed_until")
    if begins and ends and ends < begins:
        raise RuleBroken("The agreement cannot end before it begins.", field="agreed_until")


def _check_times(values: Mapping[str, Any]) -> None:
    every = values.get("every_days")
    if every is not None and not 1 <= every <= MOST_DAYS:
        raise RuleBroken(f"Enter a number of days from 1 to {MOST_DAYS}.", field="every_days")
    path = PurePosixPath(str(values.get("watched_file") or ""))
    if path.is_absolute() or ".." in path.parts or "\\" in str(path):
        raise RuleBroken("Enter the name of a file in the folder of lists, such as groups.csv.", field="watched_file")
