"""What falls when in the life of a contract: from the contract's own rows. Areas above add theirs (home.timeline)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from trellis.contracts.models import Contract, PartnerShare, WorkShare
from trellis.contracts.queries import grants
from trellis.contracts.queries.contract import extension_options
from trellis.contracts.queries.membership import memberships
from trellis.contracts.queries.partners import ever_partners
from trellis.contracts.queries.promises import promises
from trellis.contracts.queries.resharing import reshared
from trellis.contracts.rules import promises as promise_rules
from trellis.core.periods import ONE_DAY

TERM, MEMBERS, GRANTS, PROMISES = "Term", "Members and shares", "Grants before it", "Promises of the bid"
MANAGER = "The contract manager"


@dataclass(frozen=True)
class Moment:
    """Something that falls on a day: `kind` is its lane, `who` whom it is due from, `is_done` whether it happened.

    What is not done and is not `is_due` from anybody, such as the end of the term, simply comes. Without `can_be_late`,
    no rule says by when it must be done: it waits from that day on.
    """

    on: date
    what: str
    kind: str
    who: str = ""
    is_done: bool = False
    is_due: bool = False
    url: str = ""
    can_be_late: bool = True


def term_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """The award, the start, the extensions and the end."""
    if contract.award_signed_on:
        yield Moment(contract.award_signed_on, "The award was signed", TERM, MANAGER, is_done=True)
    start = contract.began_on or contract.starts_on
    yield Moment(start, "The support starts", TERM, is_done=start <= today)
    for option in extension_options(contract):
        if option.applied_at is not None:
            words = f"Extension {option.number} starts, decided by {option.decision}"
            yield Moment(option.starts_on, words, TERM, is_done=option.starts_on <= today)
        else:
            words = f"Last day to have extension {option.number} decided and applied"
            yield Moment(option.starts_on - ONE_DAY, words, TERM, contract.authority.name, is_due=True)
    words = "The term ends, unless it is extended" if _may_be_extended(contract) else "The term ends"
    yield Moment(contract.ends_on, words, TERM, is_done=contract.ends_on < today)


def _may_be_extended(contract: Contract) -> bool:
    return any(option.applied_at is None for option in extension_options(contract))


def grant_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """When the grants before it stop, those that stop on one day together."""
    stops = [grants.stops_on(ending) for ending in grants.grant_endings(contract)]
    for on in sorted(set(stops)):
        number = stops.count(on)
        words = "A grant before it stops" if number == 1 else f"{number} grants before it stop"
        yield Moment(on, words, GRANTS, is_done=on <= today)


def share_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """When the shares of the money change, those of the work, or both."""
    money, work = ({one.on for one in reshared(kind, contract)} for kind in (PartnerShare, WorkShare))
    for on in sorted(money | work):
        which = [name for name, days in (("of the money", money), ("of the work", work)) if on in days]
        yield Moment(on, f"The partners’ shares {' and '.join(which)} change", MEMBERS, is_done=on <= today)


def member_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """Who joins and leaves; for members also who is invited, leaving, or looks at a remedy plan again."""
    for partner in ever_partners(contract):
        if partner.joined_on > contract.starts_on:
            yield Moment(partner.joined_on, f"{partner} joins", MEMBERS, is_done=partner.joined_on <= today)
        if partner.left_on:
            words = f"Last day of {partner} as a partner"
            yield Moment(partner.left_on, words, MEMBERS, is_done=partner.left_on < today)
    if is_member:
        yield from _on_the_way(contract)


def _on_the_way(contract: Contract) -> Iterator[Moment]:
    for one in memberships(contract):
        url = reverse("membership", args=[contract.reference, one.organisation.reference])
        name = one.organisation.name
        if one.invited_on:
            yield Moment(one.invited_on, f"{name} was invited", MEMBERS, is_done=True, url=url)
        if one.leaves_on and not (one.partner and one.partner.left_on):
            words = f"{name} leaves, by its notice"
            yield Moment(one.leaves_on, words, MEMBERS, "Every other member", is_due=True, url=url)
        if one.remedy_review_on and one.remedy:
            words = f"The remedy plan of {name} is looked at again"
            yield Moment(one.remedy_review_on, words, MEMBERS, "Every member", is_due=True, url=url)


def promise_moments(contract: Contract, today: date, is_member: bool) -> Iterator[Moment]:
    """When each promise of the bid is due, for members."""
    if not is_member:
        return
    url = reverse("promises", args=[contract.reference])
    for one in promises(contract):
        settled = one.status != promise_rules.PROMISED
        words = f"{one.words} ({one.get_status_display().lower()})" if settled else one.words
        who = str(one.partner or "The alliance together")
        yield Moment(one.due_on, words, PROMISES, who, is_done=settled, is_due=not settled, url=url)
