"""The forms of a proposal with their choices and what stands beside them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.forms import proposals as forms
from trellis.contracts.forms.positions import PositionForm
from trellis.contracts.models import Contract, Matter, Proposal, Subcontract, Variation
from trellis.contracts.models.proposals import ProposalWords
from trellis.contracts.presenters.agreement import clock_words
from trellis.contracts.presenters.proposal import step
from trellis.contracts.presenters.proposal_changes import changes
from trellis.contracts.presenters.proposal_subjects import ABOUT, membership_form
from trellis.contracts.presenters.proposals import trail
from trellis.contracts.queries import agreement
from trellis.contracts.queries import proposals as queries
from trellis.contracts.queries.subcontracts import subcontracts
from trellis.contracts.queries.variations import variations
from trellis.core import clock
from trellis.organisations.models import Organisation
from trellis.web.words import day, percent


def form_of(
    data: QueryDict | None,
    contract: Contract,
    matter: str,
    *,
    concerned: Organisation | None = None,
    words: ProposalWords | None = None,
    amends: bool = False,
) -> forms.ProposalForm:
    """The form that a matter asks for, filled in with the words that stand, or with what holds today.

    `concerned` is whom a proposal admits or excludes.
    """
    today = clock.today()
    if concerned is not None and matter in ABOUT:
        return membership_form(data, contract, matter, concerned=concerned, words=words, amends=amends)
    if matter == Matter.SHARES:
        return _shares_form(data, contract, today, words, amends)
    if matter == Matter.TARGET:
        return _target_form(data, contract, today, words, amends)
    if matter in PREPARED:
        prepared, hint = PREPARED[matter]
        initial = _initial(words) | ({"which": words.payload["reference"]} if words else {})
        return forms.ReferenceForm(data, initial=initial, prepared=prepared(contract), hint=hint, amends=amends)
    return forms.ProposalForm(data, initial=_initial(words), amends=amends)


def _subcontracts(contract: Contract) -> dict[str, str]:
    checked = subcontracts(contract).filter(status=Subcontract.Status.CHECKED)
    return {one.reference: f"{one.reference}: {one.organisation}, for {one.partner}" for one in checked}


def _variations(contract: Contract) -> dict[str, str]:
    drafted = variations(contract).filter(status=Variation.Status.DRAFTED)
    return {one.reference: f"{one.reference}: {one.title}" for one in drafted}


# What is prepared elsewhere before the members can agree to it: those there are, and what is not offered.
PREPARED: dict[str, tuple[Callable[[Contract], dict[str, str]], str]] = {
    Matter.SUBCONTRACT: (
        _subcontracts,
        "Those that are checked. Others are prepared under the contract’s subcontracts.",
    ),
    Matter.VARIATION: (_variations, "Those that are drafted. They are drafted under the contract’s variations."),
}


def _initial(words: ProposalWords | None) -> dict[str, Any]:
    return {name: getattr(words, name) for name in forms.WORDS} if words else {}


def _shares_form(
    data: QueryDict | None, contract: Contract, today: date, words: ProposalWords | None, amends: bool
) -> forms.SharesForm:
    now = contracts.shares(contract, today)
    wanted: Mapping[str, str] = words.payload["shares"] if words else {}
    shares = {
        f"share_{one.organisation.reference}": _figure(wanted.get(one.organisation.reference, share))
        for one, share in now.items()
    }
    coming = [one.starts_on for one in contracts.quarters(contract) if one.starts_on > today]
    initial = _initial(words) | shares
    if words:
        initial["effective_on"] = words.effective_on.isoformat()
    partners = {one.organisation.reference: str(one) for one in now}
    return forms.SharesForm(data, initial=initial, partners=partners, quarters=coming, amends=amends)


def _figure(share: Decimal | str) -> str:
    return percent(Decimal(share)).rstrip("%")


def _target_form(
    data: QueryDict | None, contract: Contract, today: date, words: ProposalWords | None, amends: bool
) -> forms.TargetForm:
    now = contracts.targets(contract, today)
    indicators = {
        code: f"{row.indicator.name} (now {_plain(row.target)}, floor {_plain(row.floor)})" for code, row in now.items()
    }
    initial = _initial(words) | (words.payload if words else {})
    return forms.TargetForm(data, initial=initial, indicators=indicators, amends=amends)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def new_page(contract: Contract, matter: str, concerned: Organisation | None) -> dict[str, Any]:
    """The page on which a proposal is written."""
    about = f"It is about {concerned.name}. " if concerned else ""
    return {
        "title": f"Propose: {str(Matter(matter).label).lower()}",
        "button": "Save the draft",
        "intro": f"{about}Only your organisation sees it until you open it to the members.",
        "cancel": reverse("proposals", args=[contract.reference]),
        "caption": contract.title,
        "breadcrumbs": trail(contract),
    }


def opening_words(proposal: Proposal, today: date) -> str:
    """What opening it means."""
    terms = agreement.class_of(proposal.contract, proposal.matter, today)
    if terms is None:
        return "The alliance agreement does not say who decides this, so it cannot be opened."
    return f"Its words stand from now on. {terms.get_decides_display()} decides. There are {clock_words(terms)}"


def amending_words(proposal: Proposal) -> str:
    """What amending it means."""
    if proposal.refusal:
        anew = "Every member takes a position again, and the clock starts anew."
        return f"It could not be carried out: {proposal.refusal} {anew}"
    end = f" The clock runs on, to {day(proposal.clock_ends_on)}." if proposal.clock_ends_on else ""
    return f"Positions on version {proposal.version} stay to be read, and every member takes a position again.{end}"


def carrying_words(proposal: Proposal) -> str:
    """What carrying it out means."""
    changed = {
        Matter.SHARES: "The new shares are entered. They hold from the day agreed, and what was paid stays as it was.",
        Matter.SUBCONTRACT: "The subcontract is agreed, and can be started.",
        Matter.VARIATION: "The variation becomes part of the contract, if the law still allows it.",
        Matter.ADMISSION: "The organisation is admitted, and is a partner from the day agreed, with the shares agreed.",
        Matter.EXCLUSION: "The member is excluded. It stays a partner until the day before the one agreed.",
        Matter.TARGET: "The new target is entered. It holds from the day agreed.",
    }
    return changed.get(Matter(proposal.matter), "It changes no figure: the record says that the words hold.")


def position_form(data: QueryDict | None, proposal: Proposal, user: User, today: date) -> PositionForm:
    """What a member is asked. A deputy is asked why they act, and declared interests stand beside the question."""
    speaks = queries.mandate(user, proposal.contract, today)
    holder = str(speaks.seat.holder) if speaks and speaks.is_deputy else ""
    declared = contracts.interests(proposal.contract, today)
    mine = declared.filter(partner__organisation=speaks.organisation) if speaks else declared.none()
    interests = "; ".join(f"{one.service_type} in {one.district}" for one in mine)
    return PositionForm(data, initial={"version": proposal.version}, holder=holder, interests=interests)


def position_page(request: HttpRequest, user: User, proposal: Proposal) -> dict[str, Any]:
    """The words that a position is taken on stand on the page where it is taken."""
    speaks = queries.mandate(user, proposal.contract, clock.today())
    words = queries.words_of(proposal)
    return {
        **step(proposal, "Take your position", "Record the position"),
        "words": words,
        "version": proposal.version,
        "changes": changes(request, proposal, words),
        "member": speaks.organisation.name if speaks else "",
    }
