"""Writing a proposal, opening it to the members, amending it, and taking it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from trellis.contracts.models import Contract, Proposal, ProposalDraft, ProposalVersion
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.proposal_effects import EFFECTS, check_could_be_done
from trellis.contracts.proposal_moves import hold, mandate_of, move, record, tell
from trellis.contracts.queries import agreement
from trellis.contracts.queries.proposals import Mandate
from trellis.contracts.rules import proposal_clock
from trellis.contracts.rules import proposals as rules
from trellis.contracts.rules.agreement import no_class
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.core.references import create_with_reference
from trellis.organisations.models import Organisation


@transaction.atomic
def draft_proposal(
    *,
    contract: Contract,
    matter: str,
    title: str,
    text: str,
    best_for_service: str,
    effective_on: date,
    payload: Mapping[str, Any] | None = None,
    concerned: Organisation | None = None,
    by: Actor,
) -> Proposal:
    """Begin a proposal of the member for which somebody sits. Nobody else sees it until it is opened.

    `payload` is what it changes, as the matter's effect reads it; `concerned` whom it admits or excludes. RuleBroken
    without a seat, for a matter that has no effect here, and for what could not be carried out.
    """
    speaks = mandate_of(by, contract)
    if matter not in EFFECTS:
        raise RuleBroken("Choose what the proposal is about.", field="matter")
    rules.check_concerned(matter=matter, is_named=concerned is not None)
    words = _words(title, text, best_for_service, effective_on, payload)
    proposal = create_with_reference(
        Proposal, "PROP", contract=contract, matter=matter, title=words["title"], proposer=speaks.organisation,
        concerned=concerned,
    )  # fmt: skip
    draft = ProposalDraft.objects.create(proposal=proposal, edited_by=by.actor_name, **words)
    _check_could_be(proposal, draft, by)
    tell(proposal, by=by, note=_for_whom(speaks))
    record(proposal, "draft_proposal", by, contract=contract.reference, matter=matter)
    return proposal


@transaction.atomic
def write_proposal(
    *,
    proposal: Proposal,
    title: str,
    text: str,
    best_for_service: str,
    effective_on: date,
    payload: Mapping[str, Any] | None = None,
    by: Actor,
) -> None:
    """Change the words of a draft."""
    _check_own(proposal, by)
    hold(proposal, "write")
    words = _words(title, text, best_for_service, effective_on, payload)
    _check_could_be(proposal, ProposalDraft(**words), by)
    changes = {"edited_at": clock.now(), "edited_by": by.actor_name}
    ProposalDraft.objects.filter(proposal=proposal).update(**words, **changes)
    Proposal.objects.filter(pk=proposal.pk).update(title=words["title"])
    proposal.title = words["title"]
    record(proposal, "write_proposal", by)


@transaction.atomic
def open_proposal(*, proposal: Proposal, by: Actor) -> None:
    """Put a draft before every member: its words stand from now on, and the clock runs.

    It is decided by the class of the alliance agreement that its matter belongs to today. RuleBroken where the
    agreement has none, and for what could not be carried out.
    """
    speaks = _check_own(proposal, by)
    hold(proposal, "open")
    words = ProposalDraft.objects.get(proposal=proposal)
    _put(proposal, words, "open", by, _for_whom(speaks))
    record(proposal, "open_proposal", by, terms=proposal.terms.code if proposal.terms else "", version=1)


@transaction.atomic
def amend_proposal(
    *,
    proposal: Proposal,
    title: str,
    text: str,
    best_for_service: str,
    effective_on: date,
    payload: Mapping[str, Any] | None = None,
    note: str,
    by: Actor,
) -> None:
    """Put other words before the members: all positions start anew, and the earlier ones stay to be read.

    The clock runs on, so that nobody can put the end off by amending. It starts anew only for what was carried and
    then could not be carried out.
    """
    speaks = _check_own(proposal, by)
    rules.next_status(proposal.status, "amend")
    rules.check_can_change(status=proposal.status, refusal=proposal.refusal)
    if not note.strip():
        raise RuleBroken("Say what is different, and why.", field="note")
    if proposal.status == rules.OPEN and proposal.clock_ends_on is not None:
        proposal_clock.check_time_is_left(on=clock.today(), ends_on=proposal.clock_ends_on)
    hold(proposal, "amend")
    words = ProposalDraft(**_words(title, text, best_for_service, effective_on, payload))
    _put(proposal, words, "amend", by, f"Version {proposal.version + 1}: {note.strip()}", note=note.strip())
    record(proposal, "amend_proposal", by, version=proposal.version, member=speaks.organisation.reference)


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, reason: str, by: Actor) -> None:
    """Take a proposal back: whoever proposed it can, until it is decided."""
    _check_own(proposal, by)
    rules.check_can_change(status=proposal.status, refusal=proposal.refusal)
    if not reason.strip():
        raise RuleBroken("Say why it is withdrawn.", field="reason")
    move(proposal, "withdraw", by=by, note=reason.strip(), closed_on=clock.today())
    record(proposal, "withdraw_proposal", by)


def _check_own(proposal: Proposal, by: Actor) -> Mandate:
    speaks = mandate_of(by, proposal.contract)
    rules.check_own(is_proposer=speaks.organisation == proposal.proposer, proposer=proposal.proposer.name)
    return speaks


def _for_whom(speaks: Mandate) -> str:
    return f"By the deputy of {speaks.organisation.name}" if speaks.is_deputy else ""


def _words(
    title: str, text: str, best_for_service: str, effective_on: date, payload: Mapping[str, Any] | None
) -> dict[str, Any]:
    rules.check_words(title=title, text=text, best_for_service=best_for_service)
    return {
        "title": title.strip(),
        "text": text.strip(),
        "best_for_service": best_for_service.strip(),
        "effective_on": effective_on,
        "payload": dict(payload or {}),
    }


def _check_could_be(proposal: Proposal, words: ProposalWords, by: Actor) -> None:
    rules.check_day(effective_on=words.effective_on, today=clock.today(), ends_on=proposal.contract.ends_on)
    check_could_be_done(proposal, words, by)


def _put(proposal: Proposal, words: ProposalWords, action: str, by: Actor, told: str, *, note: str = "") -> None:
    """Make the next version of the words, and set the clock where it is not running."""
    rules.check_words(title=words.title, text=words.text, best_for_service=words.best_for_service)
    _check_could_be(proposal, words, by)
    number = proposal.version + 1
    ProposalVersion.objects.create(
        proposal=proposal, number=number, note=note, written_by=by.actor_name, title=words.title, text=words.text,
        best_for_service=words.best_for_service, effective_on=words.effective_on, payload=words.payload,
    )  # fmt: skip
    clock_from_today = {} if proposal.status == rules.OPEN else _clock(proposal, clock.today())
    move(proposal, action, by=by, note=told, title=words.title, version=number, refusal="", **clock_from_today)


def _clock(proposal: Proposal, today: date) -> dict[str, Any]:
    terms = agreement.class_of(proposal.contract, proposal.matter, today)
    if terms is None:
        raise no_class(proposal.get_matter_display(), today)
    stages = proposal_clock.stages(today, (terms.discussion_days, terms.facilitation_days, terms.expert_days))
    return {
        "terms": terms,
        "stage": proposal_clock.DISCUSSION,
        "opened_on": today,
        "closed_on": None,
        "discussion_ends_on": stages[0].ends_on,
        "facilitation_ends_on": stages[1].ends_on,
        "clock_ends_on": stages[2].ends_on,
    }
