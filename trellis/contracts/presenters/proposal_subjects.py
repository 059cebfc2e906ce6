"""Whom a proposal can admit or exclude, why nobody, and the form that asks for the shares of everybody from then."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from trellis.contracts import moving
from trellis.contracts import queries as contracts
from trellis.contracts.forms import proposals as forms
from trellis.contracts.models import Contract, Matter, Membership, MembershipCheck
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.presenters.proposals import matters_decided
from trellis.contracts.queries import basis, members
from trellis.contracts.queries import membership as queries
from trellis.contracts.rules import membership as rules
from trellis.core import clock
from trellis.organisations.models import Organisation
from trellis.web.words import percent


def _ready_to_join(contract: Contract, today: date) -> list[Membership]:
    checked = queries.memberships(contract).filter(status=rules.DUE_DILIGENCE)
    kind = MembershipCheck.Kind.DUE_DILIGENCE
    return [one for one in checked if rules.is_checked(moving.as_checks(one, kind))]


def _out_of_time(contract: Contract, today: date) -> list[Membership]:
    return list(queries.memberships_to_exclude(contract, today))


# Matters that are about one organisation: which they can be about, and what is said when there is none.
ABOUT = {
    Matter.ADMISSION: (
        _ready_to_join,
        "Nobody can be admitted now: there is no organisation of which every check is met and verified.",
    ),
    Matter.EXCLUSION: (
        _out_of_time,
        "Nobody can be excluded now: there is no partner whose remedy plan has had its time.",
    ),
}
ENDS = "The last quarter of the contract has begun, so nobody joins or is excluded any more."


def matters_to_propose(contract: Contract, today: date) -> dict[str, tuple[str, str]]:
    """What can be proposed today: its name, and who decides it.

    By its code; where it is about an organisation, "admission:ORG-1" for each that it can be about.
    """
    found = {}
    for code, (name, who) in matters_decided(contract, today).items():
        if code not in ABOUT:
            found[code] = name, who
        for one in _subjects(contract, code, today):
            found[f"{code}:{one.organisation.reference}"] = f"{name}: {one.organisation}", who
    return found


def _subjects(contract: Contract, matter: str, today: date) -> list[Membership]:
    if matter not in ABOUT or not members.starts_to_come(contract, today):
        return []
    find, _ = ABOUT[Matter(matter)]
    return find(contract, today)


def why_not(contract: Contract, today: date) -> str:
    """Why a matter that the agreement knows is not among them."""
    decided = [matter for matter in ABOUT if matter.value in matters_decided(contract, today)]
    if decided and not members.starts_to_come(contract, today):
        return ENDS
    return " ".join(ABOUT[matter][1] for matter in decided if not _subjects(contract, matter, today))


def where_to_propose(contract: Contract, chosen: str) -> str:
    """The address at which what was chosen is written."""
    matter, _, about = chosen.partition(":")
    here = reverse("propose_matter", args=[contract.reference, matter])
    return f"{here}?about={about}" if about else here


def membership_form(
    data: QueryDict | None,
    contract: Contract,
    matter: str,
    *,
    concerned: Organisation,
    words: ProposalWords | None,
    amends: bool,
) -> forms.ExclusionForm:
    """The shares of everybody from then: with the organisation that joins, without the one that is excluded."""
    joins = matter == Matter.ADMISSION
    starts = members.starts_to_come(contract, clock.today())
    then = _members_then(contract, starts, concerned, joins=joins)
    initial = {f"share_{reference}": percent(share).rstrip("%") for reference, share in _shares(then, contract, words)}
    if words:
        initial |= {name: getattr(words, name) for name in forms.WORDS}
        initial["effective_on"] = words.effective_on.isoformat()
    asked: dict[str, Any] = {"partners": {one.reference: one.name for one in then}, "quarters": starts}
    if joins:
        asked["lawful"] = basis.lawful_changes(contract)
        initial["variation"] = words.payload["variation"] if words else _variation(contract, concerned)
    kind = forms.AdmissionForm if joins else forms.ExclusionForm
    return kind(data, initial=initial, amends=amends, **asked)


def _members_then(
    contract: Contract, starts: list[date], concerned: Organisation, *, joins: bool
) -> list[Organisation]:
    """The partners of the first quarter to come or later, by name."""
    partners = members.partners_to_come(contract, starts[0]) if starts else []
    others = [one.organisation for one in partners if one.organisation != concerned]
    return sorted([*others, concerned] if joins else others, key=lambda one: one.name)


def _shares(then: list[Organisation], contract: Contract, words: ProposalWords | None) -> list[tuple[str, Decimal]]:
    """As the words have them, else as they are today; nothing for whoever has none yet."""
    today = {one.organisation_id: share for one, share in contracts.shares(contract, clock.today()).items()}
    wanted = words.payload["shares"] if words else {}
    return [(one.reference, Decimal(wanted.get(one.reference, today.get(one.pk, 0)))) for one in then]


def _variation(contract: Contract, concerned: Organisation) -> str:
    """As it was recorded with the checks, if it was."""
    membership = queries.latest_membership(contract, concerned.reference).first()
    return membership.variation if membership else ""
