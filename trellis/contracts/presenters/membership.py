"""The words and rows of a membership's page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts import moving, queries
from trellis.contracts.models import Contract, Membership, MembershipCheck
from trellis.contracts.presenters import members as members_presenters
from trellis.contracts.queries import members as members_queries
from trellis.contracts.queries import membership as membership_queries
from trellis.contracts.rules import membership as rules
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.web.pieces import Event
from trellis.web.table import Column, Table
from trellis.web.words import counted, day

COLOURS = {
    rules.INVITED: "blue",
    rules.DUE_DILIGENCE: "yellow",
    rules.ADMITTED: "teal",
    rules.ACTIVE: "green",
    rules.LEAVING: "orange",
    rules.REMEDY: "orange",
}
ON_PAPER = (
    "A proposal that admits an organisation is carried out by itself. Do this for what every member agreed to on "
    "paper. From that quarter on, the shares of the money add up to 100%, and so do those of the work. What was before "
    "stays as it was."
)
CARRIED = (
    "Do this to carry out what was agreed, and name what says so. From that quarter on, the shares of the money add up "
    "to 100%, and so do those of the work. What was before stays as it was."
)
EXCLUDED = (
    "A proposal that excludes a partner is carried out by itself. Do this for what every other member agreed to on "
    "paper, after the remedy plan has had its time. The partner has no "
    "position on this itself. The shares of the others add up to 100% from that quarter on."
)
# What the contract manager, and what the partner itself, can do from a status: the transition, the address, the words.
MANAGER_ACTS = (
    ("admit", "admit_partner", "Enter an admission agreed on paper"),
    ("check", "record_grounds", "Say what an admission on paper rests on"),
    ("accept", "accept_leaving", "Settle the shares without it"),
    ("conclude_remedy", "conclude_remedy", "It is put right"),
    ("exclude", "exclude_partner", "Enter an exclusion agreed on paper"),
    ("plan_remedy", "plan_remedy", "Agree a remedy plan"),
    ("withdraw", "withdraw_membership", "It does not join"),
)
OWN_ACTS = (
    ("give_notice", "give_notice", "Leave the alliance"),
    ("take_notice_back", "take_notice_back", "Stay after all"),
)


def address_of(membership: Membership) -> str:
    """The address of its page."""
    return reverse("membership", args=[membership.contract.reference, membership.organisation.reference])


def tag(membership: Membership) -> tuple[str, str]:
    """Its state in words and colour."""
    return membership.get_status_display(), COLOURS.get(membership.status, "grey")


def step(membership: Membership, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing about a membership."""
    here = address_of(membership)
    contract, name = membership.contract, membership.organisation.name
    breadcrumbs = members_presenters.trail(contract, ("Members", members_presenters.room(contract)), (name, here))
    return {"title": title, "button": button, "cancel": here, "breadcrumbs": breadcrumbs, **more}


def invitation(contract: Contract) -> dict[str, Any]:
    """The frame of the page that invites."""
    intro = "It is checked next, and joins when every member agrees and the change is lawful. Inviting binds nobody."
    return members_presenters.step(contract, "Invite an organisation", "Invite it", intro=intro)


def _earliest(contract: Contract) -> date | None:
    return rules.earliest_leaving(
        notice_on=clock.today(),
        months=contract.leaving_notice_months,
        quarter_ends=[quarter.ends_on for quarter in queries.quarters(contract)],
    )


def days_to_leave(membership: Membership) -> list[date]:
    """The last days that notice given today may name: quarters go on after them."""
    earliest = _earliest(membership.contract)
    ends = members_queries.ends_to_come(membership.contract, clock.today())
    return [end for end in ends if earliest and end >= earliest]


def notice_words(membership: Membership) -> str:
    """When a partner that gives notice today can leave at the earliest."""
    contract = membership.contract
    months, earliest = contract.leaving_notice_months, _earliest(contract)
    asks = f"asks for {counted(months, 'month')} of notice" if months else "asks for no months of notice"
    when = f"Given today, that is {day(earliest)}." if earliest else "The contract ends before notice has run out."
    if earliest and not days_to_leave(membership):
        when += " The contract ends with that day, so there is nothing to leave before."
    return f"The agreement {asks}, and a partner leaves at the end of a quarter. {when}"


def membership_page(request: HttpRequest, membership: Membership, *, can_manage: bool) -> dict[str, Any]:
    """Where an organisation is, what can be done, what was checked, and how it came there."""
    is_own = isinstance(request.user, User) and membership.organisation_id in request.user.organisation_ids(
        Permission.ALLIANCE_POSITION
    )
    checks = list(membership_queries.checks(membership.contract).filter(membership=membership))
    lists = [_checks(request, membership, kind, checks, can_manage, is_own) for kind in MembershipCheck.Kind]
    contract = membership.contract
    return {
        "membership": membership,
        "contract": contract,
        "status": tag(membership),
        "summary": _summary(membership),
        "acts": [
            *_acts(membership, MANAGER_ACTS if can_manage else ()),
            *_acts(membership, OWN_ACTS if is_own else ()),
        ],
        "can_start": can_manage and rules.can(membership.status, "start_due_diligence"),
        "has_handover": (can_manage or is_own) and _has_handover(membership),
        "tables": [table for table in lists if table],
        "to_verify": _to_verify(request, checks),
        "history": history(membership),
        "breadcrumbs": members_presenters.trail(contract, ("Members", members_presenters.room(contract))),
    }


def _acts(membership: Membership, acts: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """The words and addresses of what its status allows."""
    here = [membership.contract.reference, membership.organisation.reference]
    barred = _barred(membership)
    return [
        (words, reverse(name, args=here))
        for action, name, words in acts
        if action not in barred and rules.can(membership.status, action)
    ]


def _barred(membership: Membership) -> set[str]:
    """What its status allows and its rules do not yet, or no more."""
    barred = set()
    if membership.partner is not None and membership.partner.left_on is not None:
        barred |= {"accept", "take_notice_back"}
    checks = moving.as_checks(membership, MembershipCheck.Kind.DUE_DILIGENCE)
    if not rules.can_admit(checks=checks, proposal=membership.proposal, variation=membership.variation):
        barred.add("admit")
    if membership.remedy_review_on is None or clock.today() < membership.remedy_review_on:
        barred.add("exclude")
    return barred


def _has_handover(membership: Membership) -> bool:
    """Whether it is on its way out with a last day, so that there is a handover to see to."""
    return rules.can(membership.status, "leave") and membership.partner is not None and bool(membership.partner.left_on)


def _summary(membership: Membership) -> list[dict[str, Any]]:
    partner = membership.partner
    lines = [
        ("Invited", membership.invited_on and day(membership.invited_on)),
        ("Agreed by", membership.proposal),
        ("Lawful by", membership.variation),
        ("Partner from", partner and day(partner.joined_on)),
        ("Notice given", membership.notice_on and day(membership.notice_on)),
        ("Leaves on", membership.leaves_on and day(membership.leaves_on)),
        ("Partner until", partner and partner.left_on and day(partner.left_on)),
        ("Why it leaves", membership.leaving_reason),
        ("Its leaving agreed by", membership.leaving_proposal),
        ("To be put right", membership.remedy),
        ("Looked at again", membership.remedy_review_on and day(membership.remedy_review_on)),
    ]
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in lines if value]


def _checks(
    request: HttpRequest,
    membership: Membership,
    kind: MembershipCheck.Kind,
    checks: list[MembershipCheck],
    can_manage: bool,
    is_own: bool,
) -> Table | None:
    rows = [check for check in checks if check.kind == kind]
    if not rows:
        return None
    is_handover = kind == MembershipCheck.Kind.HANDOVER
    may_answer = (can_manage or (is_own and is_handover)) and rules.can(
        membership.status, "hand_over" if is_handover else "check"
    )
    here = [membership.contract.reference, membership.organisation.reference]

    def answer(row: MembershipCheck) -> str:
        return reverse("answer_check", args=[*here, row.pk]) if may_answer else ""

    verified = [Column("verified", "Verified by", value=lambda row: row.verified_by and row.verified_by.name)]
    return Table(
        request,
        rows,
        columns=[
            Column("question", "Question", link=answer),
            Column("status", "Answer", tag=check_tag),
            Column("note", "What it rests on"),
            Column("answered", "Answered by", value=lambda row: row.answered_by and row.answered_by.name),
            *([] if is_handover else verified),
        ],
        caption=f"{kind.label}: {sum(1 for row in rows if row.outcome)} of {len(rows)} answered",
        name=f"checks-{kind.value}",
        prefix=f"{kind.value}-",
    )


def check_tag(check: MembershipCheck) -> tuple[str, str]:
    """An answer in words and colour: open, yes or no, and whether a second person has looked."""
    if not check.outcome:
        return "Open", "grey"
    if check.outcome == MembershipCheck.Outcome.NOT_MET:
        return "No", "red"
    if check.kind == MembershipCheck.Kind.DUE_DILIGENCE and not check.verified_by_id:
        return "Yes, to verify", "yellow"
    return "Yes", "green"


def _to_verify(request: HttpRequest, checks: list[MembershipCheck]) -> list[tuple[str, str]]:
    """What this person can confirm now: the question, and where its button leads."""
    user = request.user
    if not (isinstance(user, User) and user.can(Permission.ALLIANCE_POSITION)):
        return []
    return [
        (
            check.question,
            reverse(
                "verify_check",
                args=[check.membership.contract.reference, check.membership.organisation.reference, check.pk],
            ),
        )
        for check in checks
        if check.kind == MembershipCheck.Kind.DUE_DILIGENCE
        and rules.can(check.membership.status, "check")
        and check.outcome
        and not check.verified_by_id
        and check.answered_by_id != user.pk
    ]


def history(membership: Membership) -> list[Event]:
    """What became of it, the newest first."""
    rows = list(membership.history.order_by("-id"))
    names = audit.names_of({row.by for row in rows})
    return [Event(row.get_status_display(), row.at, names.get(row.by, ""), row.note) for row in rows]
