"""The pages of extensions and of one dossier: how it stands, what can be done, what it says, what moved."""

from typing import Any

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.decisions.presenters.reports import shown
from trellis.decisions.queries import pathway
from trellis.decisions.report.layout import laid_out
from trellis.renewal.dossier.assembly import MEANS, SECTIONS
from trellis.renewal.models import Dossier, DossierVersion
from trellis.renewal.queries import dossiers as queries
from trellis.renewal.queries import extensions
from trellis.web.pieces import Event
from trellis.web.words import day

Status = Dossier.Status
TAGS = {
    Status.DRAFT: "grey",
    Status.SUBMITTED: "blue",
    Status.APPLIED: "green",
    Status.CLOSED: "grey",
    Status.WITHDRAWN: "grey",
}
FILES = {"pdf": "PDF, tagged for screen readers", "csv": "CSV, every figure and row", "json": "JSON, with the digest"}


def trail(contract: Contract, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of an extension is."""
    return [
        (contract.title, reverse("contract", args=[contract.reference])),
        ("Extensions", reverse("extensions", args=[contract.reference])),
        *more,
    ]


def home_of(dossier: Dossier) -> str:
    """The dossier's own page."""
    return reverse("dossier", args=[dossier.contract.reference, dossier.extension])


def extensions_page(contract: Contract, user: User) -> dict[str, Any]:
    """The optional years of a contract, and by when a decision on the next has to be on its way."""
    found = list(queries.dossiers(contract))
    seen = set(queries.dossiers_seen_by(user, contract))
    following = queries.next_extension(contract)
    here = any(one.extension == following for one in found)
    may_begin = following is not None and not here and contract.ends_on >= clock.today()
    return {
        "contract": contract,
        "dossiers": [(one, home_of(one) if one in seen else "", tag(one)) for one in found],
        "optional": queries.optional_years(contract),
        "applied": queries.applied(contract),
        "following": following,
        "countdown": extensions.countdown_of(contract),
        "may_begin": may_begin and manages(user, contract),
        "breadcrumbs": trail(contract)[:1],
    }


def manages(user: User, contract: Contract) -> bool:
    """Whether somebody writes the contract's dossiers."""
    return contract.authority_id in user.organisation_ids(Permission.CONTRACT_MANAGE)


def tag(dossier: Dossier) -> tuple[str, str]:
    """Its state as a tag."""
    return dossier.get_status_display(), TAGS[Status(dossier.status)]


def dossier_page(dossier: Dossier, user: User) -> dict[str, Any]:
    """One dossier: while it is written, as the data have it now; else as it was submitted, and what moved."""
    contract, version = dossier.contract, queries.standing_version(dossier)
    is_draft = dossier.status == Status.DRAFT
    may = manages(user, contract)
    may_write = may and queries.can(dossier, "write")
    paper = queries.live_paper(dossier) if is_draft or version is None else queries.kept_paper(version)
    is_open = dossier.status == Status.SUBMITTED
    return shown(laid_out(paper, drafting=may_write), inside=True) | {
        "edit": _edit_addresses(dossier) if may_write else None,
        "dossier": dossier,
        "contract": contract,
        "is_draft": is_draft,
        "version": version,
        "versions": list(queries.versions(dossier)),
        "files": files(version) if version and not is_draft else [],
        "moved": queries.moved_since(version) if version and is_open else (),
        "newer": queries.newer_quarter(version) if version and is_open else None,
        "facts": _facts(dossier),
        "actions": _actions(dossier, user) if may else _decision_actions(dossier, user),
        "waits_for": extensions.why_not_yet(dossier) if is_open else "",
        "may_apply": may and is_open,
        "is_taken": bool(dossier.decision and dossier.decision.decided_on),
        "events": events(dossier),
        "status": tag(dossier),
        "caption": f"Extension {dossier.extension} of {contract.reference}",
        "breadcrumbs": trail(contract),
    }


def _edit_addresses(dossier: Dossier) -> dict[str, str]:
    here = [dossier.contract.reference, dossier.extension]
    found = {f"{code}-{MEANS}": reverse("assess_section", args=[*here, code]) for code in SECTIONS}
    return found | {f"recommendation-{MEANS}": reverse("recommend", args=here)}


def files(version: DossierVersion) -> list[tuple[str, str]]:
    """The files of a version: address and words."""
    dossier = version.dossier
    here = [dossier.contract.reference, dossier.extension, version.number]
    return [(reverse("dossier_file", args=[*here, kind]), words) for kind, words in FILES.items()]


def _facts(dossier: Dossier) -> list[tuple[str, str, str]]:
    """What stands above: what, in words, and where it leads."""
    extension, decision = extensions.extension_of(dossier), dossier.decision
    rows = [("Recommended", dossier.get_recommendation_display() or "Not said yet", "")]
    if decision:
        words = f"{decision.reference}, {decision.get_status_display().lower()}"
        rows.append(("Decision", words, reverse("decision", args=[decision.slug])))
    else:
        rows.append(("Decision", "None goes with it yet", ""))
    rows.append(("Decided", dossier.get_decided_display() or "Not recorded yet", ""))
    if extension:
        rows.append(("Term", f"Now to {day(extension.ends_on)}; before, to {day(extension.ended_on)}", ""))
    return rows


def _actions(dossier: Dossier, user: User) -> list[tuple[str, str]]:
    """What the contract manager can do now: words and address, the main one first."""
    here = [dossier.contract.reference, dossier.extension]
    decision, actions = dossier.decision, []
    if dossier.status == Status.DRAFT and queries.is_complete(dossier):
        actions.append(("Submit the dossier", "submit_dossier"))
    elif dossier.status == Status.DRAFT and set(SECTIONS) <= queries.words_of(dossier).assessments.keys():
        actions.append(("Say what you recommend", "recommend"))
    if dossier.status == Status.SUBMITTED and not dossier.decided:
        if decision and decision.decided_on:
            actions.append(("Record what was decided", "record_decided"))
        actions.append(("Link a decision" if not decision else "Link another decision", "link_decision"))
    if dossier.status == Status.SUBMITTED and not (decision and decision.decided_on):
        actions += [("Submit it again", "submit_dossier"), ("Write in it again", "reopen_dossier")]
    if queries.can(dossier, "withdraw"):
        actions.append(("Withdraw it", "withdraw_dossier"))
    first = _next_section(dossier) if dossier.status == Status.DRAFT else []
    return [*first, *((words, reverse(name, args=here)) for words, name in actions), *_decision_actions(dossier, user)]


def _next_section(dossier: Dossier) -> list[tuple[str, str]]:
    """The first section that nobody has said anything on yet."""
    written = queries.words_of(dossier).assessments
    code = next((one for one in SECTIONS if one not in written), None)
    here = [dossier.contract.reference, dossier.extension]
    return [("Write the next section", reverse("assess_section", args=[*here, code]))] if code else []


def _decision_actions(dossier: Dossier, user: User) -> list[tuple[str, str]]:
    """For whoever prepares decisions: open one on it."""
    drafts = dossier.contract.authority_id in user.organisation_ids(Permission.DECISION_DRAFT)
    if not drafts or dossier.status != Status.SUBMITTED or dossier.decision:
        return []
    return [("Open a decision on it", reverse("decide_dossier", args=[dossier.contract.reference, dossier.extension]))]


def events(dossier: Dossier) -> list[Event]:
    """Its history, the latest first."""
    return [Event(row.get_status_display(), row.at, note=row.note) for row in dossier.history.order_by("-pk")]


def step(dossier: Dossier, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to a dossier."""
    words = (f"Extension {dossier.extension}", home_of(dossier))
    return {
        "title": title, "button": button, "cancel": home_of(dossier),
        "breadcrumbs": trail(dossier.contract, words), **more,
    }  # fmt: skip


def version_page(version: DossierVersion) -> dict[str, Any]:
    """A version as it was submitted, for good."""
    dossier = version.dossier
    return shown(laid_out(queries.kept_paper(version)), inside=True) | {
        "version": version,
        "dossier": dossier,
        "state": state_of(version),
        "files": files(version),
        "caption": f"Extension {dossier.extension} of {dossier.contract.reference}",
        "breadcrumbs": trail(dossier.contract, (f"Extension {dossier.extension}", home_of(dossier))),
    }


def state_of(version: DossierVersion) -> str:
    """version 2, submitted on 4 July 2018"""
    return f"version {version.number}, submitted on {day(version.made_at)}"


def offered(dossier: Dossier) -> dict[str, Any]:
    """What the form of a new decision offers: title and purpose from the dossier, the next reference, the usual way."""
    contract, figures = dossier.contract, queries.live_paper(dossier).figures
    ways = list(pathway.pathways(contract.authority))
    matter = (
        f"Whether to extend the contract “{contract.title}” ({contract.reference}) by its optional year "
        f"{dossier.extension}, {figures['extension_period'].words}, at {figures['extension_cost'].words}. "
        f"The contract manager recommends: {dossier.get_recommendation_display().lower()}."
    )
    return {
        "title": f"Extension {dossier.extension} of {contract.title}"[:200],
        "matter": matter,
        "reference": pathway.next_reference(contract.authority, clock.today().year),
        "pathway": str(ways[0].pk) if len(ways) == 1 else "",
    }
