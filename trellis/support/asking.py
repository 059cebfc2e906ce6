"""Asking for support: one question a page, kept in the session until it is sent."""

from dataclasses import dataclass

from django.http import HttpRequest

from trellis.accounts.models import User
from trellis.accounts.requests import Request
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation
from trellis.support import queries
from trellis.support.models import SupportTopic

KEY = "asking for support"
STEPS = ("organisation", "topic", "need", "who", "conflict", "check")


@dataclass(frozen=True)
class Asking:
    """What has been answered so far, looked up; None where there is no answer yet."""

    contract: Contract | None
    organisations: list[Organisation]
    organisation: Organisation | None
    topic: SupportTopic | None
    need: str
    partners: list[Partner]
    conflicted: set[int]
    chosen_partner: Partner | None
    shut_out: list[Partner]
    conflict_accepted: bool
    answered: frozenset[str]

    @property
    def must_be_told(self) -> bool:
        """Whether the chosen partner competes with the organisation."""
        return self.chosen_partner is not None and self.chosen_partner.organisation_id in self.conflicted

    def next_step(self) -> str:
        """The first question without an answer."""
        if self.organisation is None:
            return "organisation"
        for step, is_answered in (
            ("topic", self.topic is not None),
            ("need", bool(self.need)),
            ("who", "who" in self.answered),
            ("conflict", self.conflict_accepted or not self.must_be_told),
        ):
            if not is_answered:
                return step
        return "check"


def answers(request: HttpRequest) -> dict:
    """The raw answers in this person's session."""
    return request.session.get(KEY, {})


def keep(request: HttpRequest, step: str, given: dict) -> None:
    """Keep the answers of a step; choosing anew who helps forgets that a conflict was accepted."""
    kept = answers(request) | given | {f"{step}_answered": True}
    if step in ("who", "organisation"):
        kept.pop("conflict_accepted", None)
    request.session[KEY] = kept


def forget(request: HttpRequest) -> None:
    """Start afresh, once it is sent."""
    request.session.pop(KEY, None)


def so_far(request: Request) -> Asking:
    """The answers looked up, each one checked again against what this person may choose."""
    given = answers(request)
    today = clock.today()
    contract = contracts.current_contract(today)
    organisations = _speaks_for(request.user)
    organisation = _one(organisations, given.get("organisation"), "reference") or (
        organisations[0] if len(organisations) == 1 else None
    )
    partners = list(contracts.partners(contract, today)) if contract else []
    named = {str(partner.pk): partner for partner in partners}
    return Asking(
        contract=contract,
        organisations=organisations,
        organisation=organisation,
        topic=_one(list(queries.topics()), given.get("topic"), "code"),
        need=given.get("need", ""),
        partners=partners,
        conflicted=contracts.conflicted_partner_organisation_ids(organisation, today) if organisation else set(),
        chosen_partner=named.get(given.get("chosen_partner", "")),
        shut_out=[named[key] for key in given.get("shut_out", []) if key in named],
        conflict_accepted=bool(given.get("conflict_accepted")),
        answered=frozenset(step for step in STEPS if given.get(f"{step}_answered")),
    )


def _speaks_for(user: User) -> list[Organisation]:
    return user.organisations_for(Permission.CASE_REQUEST)


def _one(rows: list, value: str | None, attribute: str):
    return next((row for row in rows if getattr(row, attribute) == value), None)
