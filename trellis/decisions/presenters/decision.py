"""The page of one decision: what it is, whether it may be taken, what was recorded, what has happened."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.decisions.models import Decision, DecisionStatus, PathwayStep, Record, RecordDraft
from trellis.decisions.presenters.lists import standing
from trellis.decisions.queries import pathway as queries
from trellis.decisions.queries import records, reports
from trellis.decisions.queries.next_step import next_steps
from trellis.decisions.rules import guards, pathway
from trellis.decisions.rules.deadlines import deadline
from trellis.decisions.rules.records import citation_words
from trellis.web.pieces import Event
from trellis.web.words import day, lower_first

GOOD, CHANGED, SEEN, PUT_OFF = "green", "yellow", "blue", "orange"
OUTCOME_COLOURS = {"endorsed": GOOD, "recommended": GOOD, "amended": CHANGED, "noted": SEEN, "deferred": PUT_OFF}
DRAFT, RECORD = Permission.DECISION_DRAFT, Permission.DECISION_RECORD
# What somebody of the authority can do next: (rule, permission, words, view, parts); the first is the main one.
NEXT: tuple[tuple[str, Permission, str, str, tuple[str, ...]], ...] = (
    ("take", RECORD, "Record that it was taken", "take_decision", ()),
    ("publish", RECORD, "Publish the record", "publish_record", ()),
    ("call_in", RECORD, "Record a call-in", "call_in", ()),
    ("no-comment", RECORD, "Record what scrutiny resolved", "conclude_call_in", ()),
    ("draft", DRAFT, "Write the record", "draft_record", ()),
    ("implement", DRAFT, "Record what was done", "record_implementation", ()),
    ("correct", RECORD, "Publish a corrected version", "correct_record", ()),
)
TO_PREPARE: tuple[tuple[Permission, str, str, tuple[str, ...]], ...] = (
    (DRAFT, "Describe it differently", "describe_decision", ()),
    (DRAFT, "Say who takes it, and whom it affects", "name_decision_maker", ()),
    (DRAFT, "Add a body to the pathway", "add_step", ()),
    (DRAFT, "Add a document", "add_document", ()),
    (DRAFT, "Record that a division was asked", "record_consultation", ()),
    (RECORD, "Publish it on the forward plan", "publish_notice", ("forward-plan",)),
    (RECORD, "Publish a general exception", "publish_notice", ("general-exception",)),
    (RECORD, "Publish a special urgency", "publish_notice", ("special-urgency",)),
    (RECORD, "Withdraw it", "withdraw_decision", ()),
)
FOR_A_BODY: tuple[tuple[Permission, str, str, tuple[str, ...]], ...] = (
    (RECORD, "Publish the agenda of the meeting that decides", "publish_agenda", ()),
)
FOR_A_PRIVATE_BODY: tuple[tuple[Permission, str, str, tuple[str, ...]], ...] = (
    (RECORD, "Publish the first notice of the private meeting", "publish_notice", ("private",)),
    (RECORD, "Publish the second notice of the private meeting", "publish_notice", ("private-again",)),
)


def decision_page(decision: Any, user: User | AnonymousUser) -> dict[str, Any]:
    """Everything that somebody may see of a decision, which has the annotations of queries.register.with_standing."""
    today, inside = clock.today(), queries.is_inside(user, decision)
    record = records.current_record(decision)
    return {
        "decision": decision,
        "inside": inside,
        "caption": f"Decision {decision.reference}",
        "status": standing(decision, today),
        "breadcrumbs": trail(),
        "facts": _facts(decision, record),
        "next": _next(decision, user) if inside else None,
        "actions": _actions(decision, user) if inside else [],
        "preparing": _preparing(decision, user) if inside else [],
        "guards": guards_of(decision, today) if inside and pathway.can(decision.status, "take") else None,
        "steps": [_step(decision, row, user) for row in decision.steps.all() if inside or _is_public(decision, row)],
        "notices": list(decision.notices.select_related("step")),
        "report": _report(decision, user),
        "documents": list(decision.documents.all()),
        "consultations": list(decision.consultations.all()),
        "record": record_page(decision, record, inside=inside) if record else None,
        "call_ins": list(decision.call_ins.prefetch_related("members")),
        "irregularities": list(decision.irregularities.all()),
        "may_cure": inside and isinstance(user, User) and user.can(RECORD),
        "implementation": list(decision.implementation.select_related("delegation")),
        "events": _events(decision, inside=inside),
    }


def trail() -> list[tuple[str, str]]:
    """Where every decision is found."""
    return [("Decisions", reverse("decisions"))]


def page(decision: Decision, title: str, button: str, *, intro: str = "") -> dict[str, Any]:
    """A page that does one thing with a decision."""
    here = reverse("decision", args=[decision.slug])
    return {
        "title": title,
        "button": button,
        "intro": intro,
        "cancel": here,
        "caption": f"{decision.reference}, {decision.title}",
        "breadcrumbs": [*trail(), (decision.reference, here)],
    }


def _facts(decision: Decision, record: Record | None) -> list[tuple[str, str]]:
    facts = _named(decision) if decision.is_described else []
    if decision.restriction != Decision.Restriction.OPEN:
        facts.append(("Restriction", f"{decision.get_restriction_display()}. {_exempt_words(decision)}"))
    since = records.effective_on(decision)
    if record:
        facts.append(("Decided", day(record.decided_on)))
        facts.append(("Published", day(decision.records.order_by("version")[0].published_on)))
        if record.call_in_ends_on:
            facts.append(("Last day to call it in", day(record.call_in_ends_on)))
    if since:
        is_irregular = records.is_irregular(decision, clock.today())
        facts.append(("In effect from", "Not until what was irregular is put right" if is_irregular else day(since)))
    return facts


def _named(decision: Decision) -> list[tuple[str, str]]:
    return [
        ("Taken by", decision.maker),
        ("Key decision", f"{'Yes' if decision.is_key else 'No'}: {lower_first(decision.key_reason)}"),
        ("Open to call-in", "Yes" if decision.is_subject_to_call_in else "No"),
        ("Divisions", ", ".join(line.strip() for line in decision.divisions.splitlines() if line.strip())),
        ("Department", decision.department),
        ("Lead officer", ", ".join(filter(None, [decision.lead_officer, decision.contact]))),
    ]


def _next(decision: Decision, user: User | AnonymousUser) -> dict[str, Any] | None:
    """What it needs next of others, if it does, and what of the visitor."""
    steps = list(next_steps(decision, clock.today()))
    theirs = next((step for step in steps if _may(user, step.permission)), None)
    return {"others": steps[0] if steps[0] is not theirs else None, "theirs": theirs} if steps else None


def _exempt_words(decision: Decision) -> str:
    return f"Schedule 12A, paragraph {decision.get_exemption_display()}. {decision.public_interest}"


def _actions(decision: Decision, user: User | AnonymousUser) -> list[dict[str, str]]:
    """The buttons; the commands refuse by the same table. What may not be done yet comes last."""
    found = [
        (action, {"text": words, "href": reverse(view, args=[decision.slug, *parts])})
        for action, permission, words, view, parts in NEXT
        if pathway.can(decision.status, action) and _may(user, permission) and not _is_pointless(decision, action)
    ]
    too_soon = pathway.can(decision.status, "take") and not guards_of(decision, clock.today())["may"]
    return [button for _, button in sorted(found, key=lambda one: too_soon and one[0] == "take")]


def _is_pointless(decision: Decision, action: str) -> bool:
    """What the rules would refuse whatever is filled in."""
    if action == "call_in":
        record = records.current_record(decision)
        ends_on = record.call_in_ends_on if record else None
        return ends_on is None or clock.today() > ends_on or decision.call_ins.exists()
    return False


def _preparing(decision: Decision, user: User | AnonymousUser) -> list[tuple[str, str]]:
    """What can be done to prepare it, while it can be prepared."""
    if not pathway.can(decision.status, "plan"):
        return []
    kinds = list(TO_PREPARE)
    if not decision.is_key:
        kinds = [one for one in kinds if one[3] not in (("general-exception",), ("special-urgency",))]
    if decision.maker_kind == Decision.Maker.BODY:
        kinds += FOR_A_PRIVATE_BODY if decision.meets_in_private else FOR_A_BODY
    if not pathway.can(decision.status, "withdraw"):
        kinds = [one for one in kinds if one[2] != "withdraw_decision"]
    found = [
        (words, reverse(view, args=[decision.slug, *parts])) for may, words, view, parts in kinds if _may(user, may)
    ]
    return [*found, ("Check its timetable", reverse("timetable", args=[decision.slug]))]


def _may(user: User | AnonymousUser, permission: Permission) -> bool:
    return isinstance(user, User) and user.can(permission)


def guards_of(decision: Decision, on: date) -> dict[str, Any]:
    """Whether it may be taken on a day: each guard with its working, and the first lawful day."""
    facts = queries.guard_facts(decision)
    first, found = guards.first_lawful_day(facts), guards.guards(facts)
    return {
        "on": on,
        "rows": [(guard, *_guard_tag(guard, on)) for guard in found],
        "may": not guards.unmet(facts, on),
        "first": first if first and first > date.min else None,
        "not_before": max((one.allows_from for one in found if one.allows_from and one.allows_from > on), default=None),
    }


def _guard_tag(guard: guards.Guard, on: date) -> tuple[str, str]:
    if guard.is_met(on):
        return "Met", "green"
    if not guard.binds:
        return "Warning", "yellow"
    return (f"From {day(guard.allows_from)}", "orange") if guard.allows_from else ("Not met", "red")


def _step(decision: Decision, row: PathwayStep, user: User | AnonymousUser) -> dict[str, Any]:
    links = []
    if not row.outcome and pathway.can(decision.status, "plan") and queries.is_inside(user, decision):
        if row.needs_agenda and _may(user, RECORD):
            links.append(
                (f"Publish the agenda of {row.body}", reverse("publish_step_agenda", args=[decision.slug, row.pk]))
            )
        if _may(user, DRAFT):
            links.append((f"Record what {row.body} said", reverse("record_outcome", args=[decision.slug, row.pk])))
            links.append((f"Change the day of {row.body}", reverse("plan_step", args=[decision.slug, row.pk])))
    tag = (row.get_outcome_display(), OUTCOME_COLOURS[row.outcome]) if row.outcome else ("Not heard yet", "grey")
    return {"row": row, "on": row.held_on or row.planned_on, "tag": tag, "links": links}


def _report(decision: Decision, user: User | AnonymousUser) -> tuple[str, str, bool] | None:
    """Its committee report: words, address, and whether a button begins it. The public sees it once published."""
    where = reverse("report", args=[decision.slug])
    if reports.published_report(decision):
        return "Read the committee report", where, False
    if not queries.is_inside(user, decision):
        return None
    if reports.report_on(decision):
        return "The committee report, not published yet", where, False
    may_begin = _may(user, DRAFT) and decision.commission_id and pathway.can(decision.status, "plan")
    return ("Begin the committee report", reverse("open_report", args=[decision.slug]), True) if may_begin else None


def _is_public(decision: Decision, row: PathwayStep) -> bool:
    """Meetings in public are announced; what officers said shows once the decision is recorded."""
    return row.needs_agenda or decision.status in queries.RECORDED


def record_page(decision: Decision, record: Record, *, inside: bool) -> dict[str, Any]:
    """One version of the record: what a fully exempt decision says is for those inside."""
    is_hidden = decision.restriction == Decision.Restriction.FULLY and not inside
    sections = [
        ("The decision", record.text),
        ("Reasons", record.reasons),
        ("Alternatives considered and rejected", record.alternatives),
        ("Conflicts of interest", record.interests),
        *_cited(record),
    ]
    if record.dispensation:
        sections.append(("Dispensation", record.dispensation))
    if record.urgency_reasons:
        words = f"{record.urgency_reasons}\nAgreed by {record.urgency_agreed_by}."
        sections.append(("Why it could not wait for call-in", words))
    met = {one.number: one for one in decision.conditions_met.all()}
    return {
        "record": record,
        "hidden": _exempt_words(decision) if is_hidden else "",
        "sections": [] if is_hidden else sections,
        "delegations": [] if is_hidden else list(record.delegations.order_by("number")),
        "conditions": [] if is_hidden else [(one, met.get(one.number)) for one in record.conditions.order_by("number")],
        "versions": list(decision.records.order_by("-version")),
    }


def record_preview(decision: Decision, today: date) -> dict[str, Any]:
    """The record as it would be published today, and from when it would hold."""
    draft = decision.draft
    sections = [
        ("The decision", draft.text),
        ("Reasons", draft.reasons),
        ("Alternatives considered and rejected", draft.alternatives),
        ("Conflicts of interest", draft.interests),
        *_cited(draft),
    ]
    opens = decision.is_subject_to_call_in and not draft.is_urgent and not decision.records.exists()
    return {
        "decision": decision,
        "draft": draft,
        "sections": sections,
        "call_in": deadline("call-in", today) if opens else None,
    }


def _cited(record: Record | RecordDraft) -> list[tuple[str, str]]:
    """The commitments that it follows, if it names any."""
    return [("What it follows from", "\n".join(citation_words(row) for row in record.cites))] if record.cites else []


def _events(decision: Decision, *, inside: bool) -> list[Event]:
    """What has happened, the newest first. The public reads what was published, and not who did it.

    A row that changes the status is named by it; one that does not is named by its note.
    """
    rows = list(decision.history.order_by("id"))
    names = audit.names_of({row.by for row in rows}) if inside else {}
    before, found = "", []
    for row in rows:
        what, note = (row.note, "") if row.status == before and row.note else (_status_words(row), row.note)
        if inside or row.status not in (Decision.Status.DRAFT, Decision.Status.TAKEN) or "published" in row.note:
            found.append(Event(what, row.at, names.get(row.by, ""), note))
        before = row.status
    return found[::-1]


def _status_words(row: DecisionStatus) -> str:
    return "Opened" if row.status == Decision.Status.DRAFT else row.get_status_display()
