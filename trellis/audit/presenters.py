"""The words and rows of the audit's pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.audit import chain, queries
from trellis.audit.forms import LogFilters
from trellis.audit.models import AuditEntry
from trellis.web import words
from trellis.web.table import Column, Table, address

FILTERS = {"subject": "done to", "actor": "by", "action": "action", "starts_on": "from", "ends_on": "to"}
DATES = ("starts_on", "ends_on")


def log_table(request: HttpRequest, form: LogFilters) -> Table:
    """The entries that the filters leave, newest first."""
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    return Table(
        request,
        queries.entries(**chosen),
        columns=[
            Column("pk", "Entry", link=lambda row: reverse("audit_entry", kwargs={"number": row.pk})),
            Column("recorded_at", "When"),
            Column("actor", "Who", sort="actor"),
            Column("action", "Action", sort="action"),
            Column("subject", "Done to", sort="subject"),
            Column("origin", "From where", sort="origin"),
            Column("reason", "Why"),
        ],
        caption="Log",
        empty="Nothing matches. Clear a filter to see more.",
        name="audit",
        filters=[_filter(request, name, value) for name, value in chosen.items()],
    )


def is_narrowed(form: LogFilters) -> bool:
    """Whether more than the object was asked for, or asked for wrongly: then the further questions stand open."""
    return bool(form.errors) or any(form.cleaned_data[name] for name in FILTERS if name != "subject")


def _filter(request: HttpRequest, name: str, value: Any) -> tuple[str, str]:
    parts = [f"{name}-{part}" for part in ("day", "month", "year")] if name in DATES else [name]
    shown = words.day(value) if name in DATES else value
    return f"{FILTERS[name]} {shown}", address(request, **dict.fromkeys([*parts, "page"]))


def entry_page(entry: AuditEntry) -> dict[str, Any]:
    """One entry: what was done, its facts and detail, and its place in the chain."""
    link = getattr(entry, "link", None)
    name = queries.names_of({entry.actor}).get(entry.actor)
    fields = {name: getattr(entry, name) for name in AuditEntry.digested}
    return {
        "entry": entry,
        "breadcrumbs": [("Audit", reverse("audit_log"))],
        "caption": f"Entry {entry.pk}",
        "deed": rows(
            {
                "When": words.day_and_time(entry.recorded_at),
                "Who": f"{entry.actor} (now {name})" if name else entry.actor,
                "Done to": entry.subject,
                "From where": entry.origin,
                "Why": entry.reason or "No reason given",
            }
        ),
        "facts": rows(told(entry.facts)),
        "detail_state": _detail_state(entry),
        "detail": rows(told(_detail(entry))),
        "place": rows(
            {
                "Place in the chain": f"{link.position:,}" if link else "Not sealed yet",
                "Digest": entry.digest,
                "Hash of the link": link.hash if link else "–",
            }
        ),
        "is_as_written": chain.digest_of(fields) == entry.digest == (link.digest if link else entry.digest),
    }


def rows(values: dict[str, str]) -> list[dict]:
    """What govukSummaryList takes."""
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in values.items()]


def _detail(entry: AuditEntry) -> dict[str, Any]:
    return entry.detail.detail if hasattr(entry, "detail") else {}


def _detail_state(entry: AuditEntry) -> str:
    if not entry.detail_digest:
        return "This entry was written without personal detail."
    if hasattr(entry, "detail"):
        return "Personal detail, kept apart so that it can be purged:"
    return "There was personal detail. It has been purged, and the entry still verifies."


def told(values: dict[str, Any]) -> dict[str, str]:
    """JSON values in words, each under its name as people read it: `evidence_up_to` is "Evidence up to"."""
    return {name[:1].upper() + name[1:].replace("_", " "): in_words(value) for name, value in values.items()}


def in_words(value: Any) -> str:
    """A JSON value as people read it; a list within a list is a run of numbers, as a purge writes them."""
    if value is None or value in ("", [], {}):
        return "None"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(" to ".join(map(str, one)) if isinstance(one, list) else in_words(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {words_of}" for name, words_of in told(value).items())
    return str(value)
