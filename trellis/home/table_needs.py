"""What the alliance's table waits for, by whom: for the list of what needs somebody today."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts.models import Contract, InterestChallenge, Partner, Risk, Subcontract, Variation
from trellis.contracts.queries import challenges, gaps, plans, presence, risks, rooms, subcontracts, variations
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation
from trellis.web.pieces import Task
from trellis.web.words import counted, day

Needs = Iterator[Task]
FEW = 5  # of a kind; the rest are a link away


def table_needs(user: User) -> Needs:
    """What waits for a person at each table where they work, topic by topic."""
    for contract in rooms.alliances_of(user, Permission.ALLIANCE_WORK):
        yield from _subcontracts(contract, user)
        yield from _variations(contract, user)
        yield from _gaps(contract, user)
        yield from _risks(contract, user)
        yield from _presence(contract, user)
        yield from _plans(contract, user)
    yield from _challenges(user)


def _subcontracts(contract: Contract, user: User) -> Needs:
    """A partner's own to check and to start; for the contract manager those that wait to be agreed."""
    status, waiting = Subcontract.Status, subcontracts.subcontracts(contract)
    if rooms.manages(user, contract):
        for found in waiting.filter(status=status.CHECKED)[:FEW]:
            yield _subcontract(found, "Bring to the alliance", "Checked", "blue")
        return
    mine = waiting.filter(partner=rooms.partner_for(user, contract))
    for found in mine.filter(status=status.PROPOSED)[:FEW]:
        yield _subcontract(found, "Check", "To do", "orange")
    for found in mine.filter(status=status.AGREED)[:FEW]:
        yield _subcontract(found, "Sign and start", "Agreed", "blue")


def _subcontract(found: Subcontract, verb: str, status: str, colour: str) -> Task:
    url = reverse("subcontract", args=[found.contract.reference, found.reference])
    return Task(f"{verb}: the subcontract with {found.organisation.name}", status, url, found.reference, colour)


def _variations(contract: Contract, user: User) -> Needs:
    """What is drafted waits for the contract manager."""
    if rooms.manages(user, contract):
        for found in variations.variations(contract).filter(status=Variation.Status.DRAFTED)[:FEW]:
            url = reverse("variation", args=[contract.reference, found.reference])
            yield Task(f"Bring to the alliance: {found.title}", "Drafted", url, found.reference, "blue")


def _gaps(contract: Contract, user: User) -> Needs:
    """What the register or a grant suggests that the partner runs, and it has not declared."""
    partner = rooms.partner_for(user, contract)
    found = gaps.gaps(partner, clock.today()) if partner else []
    if found:
        hint = "The register or a grant speaks of it. Declare it, or say why it is no interest."
        words = f"Do you also run {counted(len(found), 'other service')}?"
        yield Task(words, "To answer", reverse("interests"), hint, "orange")


def _challenges(user: User) -> Needs:
    """Those that wait for the partner's answer, or for the contract manager's decision."""
    status, found = InterestChallenge.Status, challenges.challenges_visible_to(user)
    for one in found.filter(challenges.answerable(user), status=status.RAISED)[:FEW]:
        yield _challenge(one, "Answer a challenge of what you declared", "Your answer")
    for one in found.filter(challenges.settleable(user), status=status.DISPUTED)[:FEW]:
        yield _challenge(one, f"Decide a challenge about {one.partner.organisation.name}", "Your decision")


def _challenge(found: InterestChallenge, words: str, status: str) -> Task:
    return Task(words, status, reverse("interest_challenge", args=[found.reference]), found.reference, "orange")


def _risks(contract: Contract, user: User) -> Needs:
    """A member's own actions and reviews that are overdue, and how many done actions nobody has verified."""
    today, mine = clock.today(), _member(contract, user)
    for action in risks.overdue_actions(contract, today).filter(owner=mine)[:FEW]:
        yield Task(action.what, "Overdue", _risk(action.risk), f"It was due by {day(action.due_on)}.", "red")
    for risk in risks.overdue_reviews(contract, today).filter(owner=mine)[:FEW]:
        hint = f"It was due on {day(risk.review_on)}."
        yield Task(f"Look again at a risk: {risk.title}", "Overdue", _risk(risk), hint, "red")
    done = risks.actions(contract).filter(done_at__isnull=False, verified_at__isnull=True)
    others = done.exclude(done_by=user.actor_name).count()
    if others:
        url = reverse("risks", args=[contract.reference])
        yield Task(f"{counted(others, 'action')} done and not verified", "To verify", url, "Not by who did it.", "blue")


def _risk(risk: Risk) -> str:
    return reverse("risk", args=[risk.contract.reference, risk.reference])


def _member(contract: Contract, user: User) -> Organisation:
    """Whom a person works for at this table."""
    partner: Partner | None = rooms.partner_for(user, contract)
    return partner.organisation if partner else contract.authority


def _presence(contract: Contract, user: User) -> Needs:
    """The last month, where a partner has not said how much it was there."""
    partner, month = rooms.partner_for(user, contract), presence.last_full_month(clock.today())
    missing = presence.unrecorded(partner, month) if partner and month >= contract.starts_on.replace(day=1) else []
    if missing:
        url = reverse("record_presence", args=[contract.reference, f"{month:%Y-%m}"])
        hint = f"You promised to be in {counted(len(missing), 'district')}."
        yield Task(f"Record your face-to-face hours in {month:%B %Y}", "To do", url, hint, "orange")


def _plans(contract: Contract, user: User) -> Needs:
    """What is late in a plan: a member's own, and what every partner does its part of."""
    mine, partner = _member(contract, user), rooms.partner_for(user, contract)
    for late in plans.late_tasks(contract)[: FEW * 2]:
        if late.task.owner == mine or (late.task.owner is None and partner):
            url = reverse("set_task", args=[contract.reference, late.task.pk])
            hint = f"It was due by {day(late.on)}." if late.on else ""
            yield Task(late.task.title, "Late", url, hint, "red")
