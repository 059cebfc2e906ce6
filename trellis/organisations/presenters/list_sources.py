"""Words and rows of the pages about whose lists they are."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.core import clock
from trellis.organisations.imports.registers import Register
from trellis.organisations.models import ContactWithdrawal, ImportRun, SourceList
from trellis.organisations.queries import imports as queries
from trellis.organisations.rules.sources import may_be_read
from trellis.web.pieces import Step
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

KEPT = (
    "name", "owner", "kind", "terms", "agreement_reference", "agreed_on", "agreed_until", "contact_basis",
    "contact_basis_words", "rank", "every_days", "watched_file",
)  # fmt: skip
AS_LAST_TIME = ("kind", "terms", "agreed_on", "agreed_until", "contact_basis_words")
Terms = SourceList.Terms
LOOK_AGAIN = 3  # seconds


def sources_table(request: HttpRequest) -> Table:
    """Every list, with its owner, its terms and its basis."""
    return Table(
        request,
        queries.sources_with_readings(),
        columns=[
            Column("name", "List", link=lambda one: reverse("edit_source", args=[one.code]), sort="name"),
            Column("owner", "Owner", sort="owner"),
            Column("terms", "What lets us have it", value=terms_words),
            Column("contact_basis", "Basis for contacts", value=basis_words),
            Column("rank", "Rank", numeric=True, sort="rank"),
            Column("last_read", "Last came in", sort="last_read", value=_last_read),
            Column("state", "State", tag=_state),
        ],
        caption="Lists and whose they are",
        empty="No list is on record yet. Begin with “Record a list”, or send one.",
        name="sources",
        stacks=True,
        page_size=50,
    )


def terms_words(source: SourceList) -> str:
    """An agreement with its reference and last day, a licence with its name."""
    if not source.terms:
        return "Not said yet"
    if source.terms == Terms.OWN:
        return "Our own list"
    until = f", until {day(source.agreed_until)}" if source.agreed_until else ""
    kind = "Agreement" if source.terms == Terms.AGREEMENT else "Licence"
    return f"{kind}: {source.agreement_reference}{until}"


def basis_words(source: SourceList) -> str:
    """The basis, or that contacts are left out."""
    if not source.contact_basis:
        return "Not said yet"
    return source.get_contact_basis_display() if source.keeps_contacts else "No basis: left out"


def begun(source: SourceList | None, latest: SourceList | None) -> dict[str, Any]:
    """What the form on a list begins with: what is on record, else the terms of the list before, and no contacts.

    The basis for contacts is chosen list by list; only the words on why it holds are there already.
    """
    if source and source.recorded_at:
        return {name: getattr(source, name) for name in KEPT}
    start: dict[str, Any] = {"contact_basis": SourceList.Basis.NONE, "kind": SourceList.Kind.LIST}
    if latest and latest.kind == SourceList.Kind.LIST:
        start |= {name: getattr(latest, name) for name in AS_LAST_TIME}
    if source:
        start |= {name: value for name in KEPT if (value := getattr(source, name)) and name != "rank"}
        start |= {"rank": source.rank}
    return start


def what_would_go(source: SourceList) -> str:
    """What the end of its basis would take out; empty where a list has no contacts here."""
    rows = source.rows.count()
    if not source.keeps_contacts or not rows:
        return ""
    shown = counted(queries.with_contacts_from(source), "organisation")
    return (
        f"Email addresses, telephone numbers and people’s names are then taken out of the {counted(rows, 'row')} that "
        f"came with it, and out of the profiles that show them: {shown} at most. The addresses of groups that are in "
        "no register go too. Where another list knows how to reach a group, that is shown next. Files of the list "
        "that were sent and are not all in hold them too, and are deleted. It cannot be undone: only another file, "
        "with a basis, brings them back."
    )


def withdrawn(source: SourceList, withdrawal: ContactWithdrawal) -> dict[str, Any]:
    """The page on contacts that go, or that have gone."""
    has_ended = withdrawal.finished_at is not None
    return {
        "source": source,
        "withdrawal": withdrawal,
        "files": queries.deleted_files(withdrawal),
        "has_ended": has_ended,
        "steps": [Step("Basis withdrawn", "done"), Step("Taking contacts out", "done" if has_ended else "now")],
        "done": withdrawal.rows_total if has_ended else withdrawal.rows_done,
        "total": max(withdrawal.rows_total, 1),
        "unit": "rows",
        "refresh": 0 if has_ended else LOOK_AGAIN,
        "breadcrumbs": [("Lists", reverse("import_lists")), ("Whose they are", reverse("sources"))],
    }


def told(run: ImportRun) -> dict[str, Any]:
    """Whether the columns are those of a public register."""
    register: Register | None = queries.register_of(queries.sheet(run))
    return {"register": register.name if register else "", "has_sources": bool(queries.sources())}


def _last_read(source: SourceList) -> str:
    at = source.last_read  # type: ignore[attr-defined]  # the query adds it
    if not at:
        return "Not yet"
    every = f", every {source.every_days} days" if source.every_days else ""
    return f"{day(at)}{every}"


def _state(source: SourceList) -> tuple[str, str]:
    if source.recorded_at is None:
        return "Not on record", "yellow"
    if source.is_losing_contacts:  # type: ignore[attr-defined]  # the query adds it
        return "Contacts are being taken out", "blue"
    if not may_be_read(source, clock.today()):
        return "Agreement not in force", "red"
    return ("Due again", "yellow") if _is_due(source) else ("In order", "green")


def _is_due(source: SourceList) -> bool:
    at = source.last_read  # type: ignore[attr-defined]  # the query adds it
    return bool(source.every_days and at and (clock.now() - at).days >= source.every_days)
