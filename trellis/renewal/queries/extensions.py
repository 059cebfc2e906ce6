"""Whether an extension can be applied now, and by when its decision has to be on its way."""

from dataclasses import dataclass
from datetime import date

from trellis.contracts.models import Contract
from trellis.core import clock, rulebook
from trellis.core.errors import RuleBroken
from trellis.decisions.models import Decision
from trellis.decisions.queries import records as decisions
from trellis.renewal.models import Dossier, DossierVersion, Extension
from trellis.renewal.queries import dossiers as queries
from trellis.renewal.rules import countdown
from trellis.renewal.rules import dossiers as rules

NOTICE = "provision.notice_months"


def check_can_apply(dossier: Dossier, *, is_weighed: bool) -> tuple[DossierVersion, Decision]:
    """Refuse unless the decision carries the extension today; else the version that was decided on, and the decision.

    `is_weighed`: somebody has said whether it changes anything that figures have moved. RuleBroken as rules.dossiers
    and decisions.rules.records say it.
    """
    version, decision, today = queries.standing_version(dossier), dossier.decision, clock.today()
    rules.check_is_decided(has_decision=decision is not None, decided=dossier.decided)
    assert version is not None and decision is not None, "what is decided was submitted and has a decision"
    rules.check_can_apply(
        moved=[one.label for one in queries.moved_since(version)],
        is_weighed=is_weighed,
        ends_on=dossier.contract.ends_on,
        today=today,
        extension=dossier.extension,
        applied=queries.applied(dossier.contract),
        optional=queries.optional_years(dossier.contract),
    )
    rules.check_not_called_in(is_called_in=decision.status == Decision.Status.CALLED_IN)
    decisions.check_can_act(decision, on=today)
    rules.check_no_condition([one.text for one in decisions.open_conditions(decision)])
    return version, decision


def why_not_yet(dossier: Dossier) -> str:
    """The sentence with which applying it by hand now would be refused; empty when it would not.

    By hand, one says whether it changes anything that figures have moved, so that alone is no refusal here.
    """
    try:
        check_can_apply(dossier, is_weighed=True)
    except RuleBroken as refusal:
        return refusal.sentence
    return ""


def extension_of(dossier: Dossier) -> Extension | None:
    """What came of a dossier, once it is applied."""
    return Extension.objects.filter(dossier=dossier).first()


@dataclass(frozen=True)
class Countdown:
    """By when each step has to be done: `by_law` at the very latest, `in_time` so that partners have their notice.

    `months` is that notice, as guidance has it (rulebook).
    """

    extension: int
    ends_on: date
    months: int
    by_law: tuple[countdown.LastDay, ...]
    in_time: tuple[countdown.LastDay, ...]

    @property
    def notice_by(self) -> date:
        """The last day for notice on the forward plan that leaves partners their time."""
        return self.in_time[0].on


def countdown_of(contract: Contract) -> Countdown | None:
    """The days up to the end of the term; None when no optional year follows, or bank holidays are not known."""
    extension, today = queries.next_extension(contract), clock.today()
    if extension is None or today > contract.ends_on:
        return None
    months = int(rulebook.value(NOTICE, on=today))
    try:
        by_law = countdown.last_days(contract.ends_on)
        in_time = countdown.last_days(contract.ends_on, months=months)
    except RuleBroken:
        return None
    return Countdown(extension, contract.ends_on, months, by_law, in_time)
