"""Writing the dossier on an optional year, submitting it, and saying which decision it goes with."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import forward_plan
from trellis.decisions.commands import pathway as decisions
from trellis.decisions.models import Decision, Document
from trellis.decisions.report import keeping
from trellis.evidence import sealing
from trellis.renewal.dossier.assembly import SECTIONS
from trellis.renewal.models import Dossier, DossierAssessment, DossierVersion
from trellis.renewal.moving import move, record, tell
from trellis.renewal.queries import dossiers as queries
from trellis.renewal.rules import dossiers as rules


@transaction.atomic
def begin_dossier(*, contract: Contract, by: Actor) -> Dossier:
    """Begin the dossier on the next optional year. RuleBroken when there is none, or the term is over."""
    rules.check_term_runs(ends_on=contract.ends_on, today=clock.today())
    applied = queries.applied(contract)
    rules.check_is_next(extension=applied + 1, applied=applied, optional=queries.optional_years(contract))
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(contract=contract, extension=applied + 1, opened_by=by.actor_name)
    except IntegrityError as error:
        raise RuleBroken("There is already a dossier on this optional year.") from error
    tell(dossier, by=by)
    record(dossier, "begin_dossier", by)
    return dossier


@transaction.atomic
def assess_section(*, dossier: Dossier, section: str, text: str, by: Actor) -> None:
    """Say what the figures of a section mean for the decision. `section` is one of assembly.SECTIONS."""
    if section not in SECTIONS:
        raise RuleBroken("The dossier has no such section.")
    rules.check_assessment(text)
    move(dossier, "write", by=by)
    written = {"text": _as_kept(text), "written_at": clock.now(), "written_by": by.actor_name}
    DossierAssessment.objects.update_or_create(dossier=dossier, section=section, defaults=written)
    record(dossier, "assess_section", by, section=section)


@transaction.atomic
def recommend(*, dossier: Dossier, recommendation: str, reasons: str, by: Actor) -> None:
    """Recommend to extend or not (Dossier.Answer), with the reasons."""
    rules.check_recommendation(recommendation=recommendation, reasons=reasons)
    move(dossier, "write", by=by, recommendation=recommendation, reasons=_as_kept(reasons))
    record(dossier, "recommend", by, recommendation=recommendation)


@transaction.atomic
def submit_dossier(*, dossier: Dossier, note: str = "", by: Actor) -> DossierVersion:
    """Keep the dossier as it stands now, with its digest and the place in the evidence chain that it looked up to.

    A later version needs a `note` that says what is new: it is asked for when the data have moved behind the one
    before. RuleBroken while anything is missing, and once the decision is taken.
    """
    rules.next_status(dossier.status, "submit")
    rules.check_not_taken(decided_on=_decided_on(dossier))
    up_to = sealing.sealed_up_to()
    basis = queries.basis_of(dossier, up_to)
    content = keeping.kept(paper := queries.live_paper(dossier, up_to))
    digest, before = keeping.digest(content), queries.latest_version(dossier)
    rules.check_can_submit(
        missing=paper.missing,
        is_first=before is None,
        is_same=before is not None and before.digest == digest,
        note=note,
    )
    move(dossier, "submit", by=by, note=note.strip() or "Submitted")
    made = DossierVersion.objects.create(
        dossier=dossier,
        number=before.number + 1 if before else 1,
        note=note.strip(),
        content=content,
        digest=digest,
        quarter=str(basis.quarter),
        evidence_up_to=up_to,
        made_by=by.actor_name,
    )
    record(dossier, "submit_dossier", by, version=made.number, digest=digest, evidence_up_to=up_to)
    return made


@transaction.atomic
def reopen_dossier(*, dossier: Dossier, reason: str, by: Actor) -> None:
    """Write in a submitted dossier again, as long as nothing was decided on it. What was submitted stays kept.

    Its decision is linked again with what is submitted next: it may be taken meanwhile, on the version before.
    """
    if not reason.strip():
        raise RuleBroken("Say why it is opened again.", field="reason")
    rules.check_not_taken(decided_on=_decided_on(dossier))
    decision = dossier.decision.reference if dossier.decision else ""
    move(dossier, "reopen", by=by, note=reason.strip(), decision=None)
    record(dossier, "reopen_dossier", by, reason=reason.strip(), decision=decision)


@transaction.atomic
def withdraw_dossier(*, dossier: Dossier, reason: str, by: Actor) -> None:
    """Give a dossier up; another can be begun. Its decision, if it has one, goes its own way."""
    if not reason.strip():
        raise RuleBroken("Say why it is withdrawn.", field="reason")
    decision = dossier.decision.reference if dossier.decision else ""
    move(dossier, "withdraw", by=by, note=reason.strip(), decision=None, decided="")
    record(dossier, "withdraw_dossier", by, reason=reason.strip(), decision=decision)


@transaction.atomic
def link_decision(*, dossier: Dossier, decision: Decision, by: Actor) -> None:
    """Say which decision the dossier goes with. Until what was decided is recorded, another can take its place."""
    version = queries.versions(dossier).last()
    if version is None:
        raise RuleBroken("Submit the dossier first.")
    rules.check_can_link(
        is_same_authority=decision.authority_id == dossier.contract.authority_id,
        is_withdrawn=decision.status == Decision.Status.WITHDRAWN,
        is_taken_by_another=Dossier.objects.filter(decision=decision).exclude(pk=dossier.pk).exists(),
        decided_on=decision.decided_on,
        submitted_on=queries.made_on(version),
        is_current_decided=bool(dossier.decided),
    )
    move(dossier, "link", by=by, note=f"Goes with decision {decision.reference}", decision=decision)
    record(dossier, "link_decision", by, decision=decision.reference)


@transaction.atomic
def open_decision(*, dossier: Dossier, by: Actor, **said: Any) -> Decision:
    """Open a decision that the dossier goes with; the dossier is its report.

    `said` is what decisions.commands.pathway.open_decision asks for, without the authority.
    """
    decision = decisions.open_decision(authority=dossier.contract.authority, by=by, **said)
    link_decision(dossier=dossier, decision=decision, by=by)
    version = queries.latest_version(dossier)
    assert version is not None, "a dossier that was linked was submitted"
    title = f"Dossier on extension {dossier.extension} of {dossier.contract.reference}, version {version.number}"
    forward_plan.add_document(decision=decision, kind=Document.Kind.REPORT, title=title, by=by)
    return decision


@transaction.atomic
def record_decided(*, dossier: Dossier, decided: str, by: Actor) -> None:
    """Say what the decision is, as its record has it: to extend, or not (Dossier.Answer). Not to extend closes it."""
    decision = dossier.decision
    rules.check_can_record(
        has_decision=decision is not None,
        decided_on=decision.decided_on if decision else None,
        decided=dossier.decided,
    )
    note = f"Decided: {Dossier.Answer(decided).label.lower()}"
    move(dossier, f"record_{decided}", by=by, note=note, decided=decided)
    record(dossier, "record_decided", by, decided=decided, decision=decision.reference if decision else "")


def _decided_on(dossier: Dossier) -> date | None:
    """The day on which its decision was taken, as it is now: it may have been taken since the dossier was read."""
    if dossier.decision is None:
        return None
    return Decision.objects.values_list("decided_on", flat=True).get(pk=dossier.decision.pk)


def _as_kept(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
