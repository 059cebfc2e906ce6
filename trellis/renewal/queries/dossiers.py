"""Reads of dossiers: who may see which, the paper as the data have it, and what moved since it was submitted."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.decisions.models import Decision
from trellis.decisions.report.keeping import restored
from trellis.decisions.report.pieces import Paper
from trellis.decisions.report.staleness import Moved, moved
from trellis.renewal.dossier.assembly import Words, assembled
from trellis.renewal.dossier.basis import Basis, last_final_quarter
from trellis.renewal.models import Dossier, DossierVersion, Extension
from trellis.renewal.rules import dossiers as rules


def contracts_seen_by(user: User) -> QuerySet[Contract]:
    """The contracts whose dossiers somebody may read: of the authority, or of a partner that is a member today."""
    return contracts.alliances_of(user, Permission.DOSSIER_VIEW, clock.today())


def reads_drafts(user: User, contract: Contract) -> bool:
    """Whether somebody also reads what is still being written: the authority's people, for it is theirs to say."""
    return contract.authority_id in user.organisation_ids(Permission.DOSSIER_VIEW)


def dossiers_seen_by(user: User, contract: Contract) -> QuerySet[Dossier]:
    """Those that somebody may open: a partner's lead, once one was submitted."""
    rows = dossiers(contract)
    return rows if reads_drafts(user, contract) else rows.filter(versions__isnull=False).distinct()


def contracts_decided_by(user: User) -> QuerySet[Contract]:
    """The contracts on which somebody may prepare a decision."""
    mine = user.organisation_ids(Permission.DECISION_DRAFT)
    return Contract.objects.filter(authority_id__in=mine).select_related("authority")


def dossiers(contract: Contract) -> QuerySet[Dossier]:
    """Those of a contract that were not withdrawn, the first optional year first."""
    rows = Dossier.objects.filter(contract=contract).exclude(status=Dossier.Status.WITHDRAWN)
    return rows.select_related("contract__authority", "decision").order_by("extension")


def applied(contract: Contract) -> int:
    """How many optional years were added so far."""
    return Extension.objects.filter(contract=contract).count()


def optional_years(contract: Contract) -> int:
    """By how many years the contract can be extended in all, those that were added too."""
    return len(contracts.extension_options(contract))


def next_extension(contract: Contract) -> int | None:
    """The number of the optional year that comes next; None when there is none."""
    number = applied(contract) + 1
    return number if number <= optional_years(contract) else None


def waiting_to_apply() -> QuerySet[Dossier]:
    """The dossiers on which it was decided to extend, and that are not applied yet: what the nightly service asks."""
    rows = Dossier.objects.filter(status=Dossier.Status.SUBMITTED, decided=Dossier.Answer.EXTEND)
    return rows.select_related("contract__authority", "decision").order_by("contract__reference", "extension")


def versions(dossier: Dossier) -> QuerySet[DossierVersion]:
    """What was submitted, the latest first."""
    return dossier.versions.order_by("-number")


def latest_version(dossier: Dossier) -> DossierVersion | None:
    """What was submitted last."""
    return versions(dossier).first()


def standing_version(dossier: Dossier) -> DossierVersion | None:
    """What its decision rested on: the version that was there when it was taken; before that, the latest."""
    rows = versions(dossier)
    if dossier.decision and dossier.decision.decided_on:
        rows = rows.filter(made_at__date__lte=dossier.decision.decided_on)
    return rows.first()


def kept_paper(version: DossierVersion) -> Paper:
    """The dossier as it was submitted."""
    return restored(version.content)


def words_of(dossier: Dossier) -> Words:
    """What was written in it by hand."""
    return Words(
        dict(dossier.assessments.values_list("section", "text")),
        f"{dossier.get_recommendation_display()} the contract" if dossier.recommendation else "",
        dossier.reasons,
    )


def live_paper(dossier: Dossier, evidence_up_to: int | None = None) -> Paper:
    """The dossier as the data have it now."""
    basis = basis_of(dossier, evidence_up_to)
    return assembled(basis, words_of(dossier))


def basis_of(dossier: Dossier, evidence_up_to: int | None = None) -> Basis:
    """What a dossier would be made from today."""
    contract = dossier.contract
    return Basis(contract, dossier.extension, last_final_quarter(contract), clock.today(), evidence_up_to)


def moved_since(version: DossierVersion) -> tuple[Moved, ...]:
    """What the data now say differently of the very days that a version tells of. Later days are not its business."""
    dossier = version.dossier
    basis = Basis(dossier.contract, dossier.extension, Quarter.parse(version.quarter), made_on(version))
    return moved(kept_paper(version), assembled(basis, words_of(dossier)))


def newer_quarter(version: DossierVersion) -> Quarter | None:
    """A quarter that was closed since and that a version does not count yet."""
    latest = last_final_quarter(version.dossier.contract)
    return latest if latest and latest > Quarter.parse(version.quarter) else None


def made_on(version: DossierVersion) -> date:
    """The day on which a version was submitted."""
    return timezone.localtime(version.made_at).date()


def linkable_decisions(dossier: Dossier) -> QuerySet[Decision]:
    """The decisions that the dossier may go with: the authority's, not withdrawn, and not another dossier's."""
    version = versions(dossier).order_by("number").first()
    found = Decision.objects.filter(authority=dossier.contract.authority).exclude(status=Decision.Status.WITHDRAWN)
    taken = Dossier.objects.filter(decision__isnull=False).exclude(pk=dossier.pk).values("decision")
    found = found.exclude(pk__in=taken)
    if version:
        found = found.exclude(decided_on__lt=made_on(version))
    return found.order_by("-reference")


def is_complete(dossier: Dossier) -> bool:
    """Whether nothing is missing in it."""
    return not live_paper(dossier).missing


def can(dossier: Dossier, action: str) -> bool:
    """Whether the table of rules lets something be done now."""
    return rules.can(dossier.status, action)
