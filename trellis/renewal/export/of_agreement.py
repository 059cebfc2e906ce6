"""What is handed on of how the members agreed: memberships, proposals, positions, promises, documents."""

from collections.abc import Iterable
from typing import Any

from trellis.contracts.models import Contract
from trellis.contracts.queries import documents, membership, promises
from trellis.renewal.export.columns import (
    NAME,
    ORGANISATION,
    REFERENCE,
    STARTS,
    STATUS,
    Col,
    ExportTable,
    day_of,
    text,
)

MEMBERS = "What members said to each other: for the members and the authority."


def opened_proposals(contract: Contract) -> Iterable[Any]:
    """Every proposal that was put before the members, the oldest first: a draft is its member's own."""
    found = contract.proposals.filter(opened_on__isnull=False).order_by("pk")
    return found.select_related("proposer", "concerned", "effect").prefetch_related("versions")


def _versions(contract: Contract) -> Iterable[Any]:
    return [version for one in opened_proposals(contract) for version in one.versions.all()]


def _positions(contract: Contract) -> Iterable[Any]:
    found = [one for version in _versions(contract) for one in version.positions.select_related("organisation")]
    return sorted(found, key=lambda one: one.pk)


def _effects(contract: Contract) -> Iterable[Any]:
    return [one.effect for one in opened_proposals(contract) if hasattr(one, "effect")]


def _document_versions(contract: Contract) -> Iterable[Any]:
    return [version for one in documents.documents(contract) for version in one.versions.all()]


TABLES: tuple[ExportTable, ...] = (
    ExportTable("memberships", "How each organisation joined and left.", (
        ORGANISATION, NAME, STATUS, Col("invited_on", "When it was invited; empty: it signed at the start."),
        Col("proposal", "What admitted it: a proposal or a document."),
        Col("variation", "What shows that this was lawful."), Col("notice_on", "When it gave notice."),
        Col("leaves_on", "The last day that its notice asks for."),
        Col("leaving_proposal", "What settled its leaving."), text("leaving_reason", "Why it leaves."),
    ), membership.memberships),
    ExportTable("agreement", "Who decides what, from a day on.", (
        Col("code", "The class's code."), Col("name", "Its name."), STARTS,
        Col("matters", "What it covers, by codes.", lambda row: " ".join(row.matters)),
        Col("decides", "Who decides."), Col("quorum", "The least number of members."),
        Col("discussion_days", "Working days of discussion."),
        Col("facilitation_days", "Working days with a facilitator."),
        Col("expert_days", "Working days for an expert's opinion."),
    ), lambda contract: contract.agreement_classes.order_by("starts_on", "code")),
    ExportTable("proposals", "What members put before each other.", (
        REFERENCE, text("title", "As its latest words have it."), Col("matter", "What it is about, by its code."),
        STATUS, Col("proposer", "The member that proposed it.", "proposer.reference"),
        Col("concerned", "The member that it is about, if any.", "concerned.reference"),
        Col("opened_on", "When it was opened."), Col("closed_on", "When it was decided, or lapsed."),
    ), opened_proposals, care=MEMBERS),
    ExportTable("proposal_versions", "The words of each proposal, version by version.", (
        Col("proposal", "Its reference.", "proposal.reference"), Col("number", "From 1."),
        text("text", "What is proposed."), text("best_for_service", "Why that is best for the service."),
        Col("effective_on", "From which day."), text("note", "What is different from the version before."),
    ), _versions, care=MEMBERS),
    ExportTable("positions", "What each member said of each version; its highest number is what stood.", (
        Col("proposal", "Its reference.", "version.proposal.reference"),
        Col("version", "The version's number.", "version.number"), ORGANISATION,
        Col("number", "The member's first, second and so on."), Col("stance", "Support, accept, object or recuse."),
        text("reason", "Why."), text("interest", "For which interest it stood aside."),
        Col("said_on", "When.", day_of("said_at")),
    ), _positions, care=MEMBERS),
    ExportTable("proposal_effects", "What carried proposals changed.", (
        Col("proposal", "Its reference.", "proposal.reference"), text("what", "What it changed."),
        Col("carried_out_on", "When.", day_of("carried_out_at")),
    ), _effects),
    ExportTable("promises", "What the bid promised, and what came of it.", (
        Col("partner", "The partner's reference; empty: the alliance.", "partner.organisation.reference"),
        text("words", "What was promised."), Col("due_on", "By when."), text("evidence", "How one would see it."),
        STATUS, Col("settled_on", "When it was kept or broken."), text("outcome", "What shows it, or why not."),
    ), promises.promises),
    ExportTable("documents", "The contract's documents; the files themselves are handed on apart.", (
        text("title", "Its title."), Col("kind", "What it is."), Col("is_public", "Whether anybody may read it."),
        Col("ground", "The section of the law under which it is withheld."),
        text("withheld_reason", "Why it is withheld."),
    ), documents.documents),
    ExportTable("document_versions", "Each version of a document, with the digest of its file.", (
        Col("document", "The document's title.", "document.title"), Col("number", "From 1."),
        Col("file_name", "As it was called."), Col("size", "Bytes."), Col("sha256", "The digest of the file."),
        text("note", "What is different."),
    ), _document_versions),
)  # fmt: skip
