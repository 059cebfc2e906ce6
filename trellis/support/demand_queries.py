"""What was asked for under a contract up to the end of a day, and what had become of it by then."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q
from django.utils import timezone

from trellis.contracts.models import Contract
from trellis.support.models import Case

NOWHERE = "District not known"
Outcome = Case.Outcome


@dataclass
class Demand:
    """Requests of one kind. `unmet` are those whose need was not met, or only partly, and those still waiting."""

    name: str
    asked: int = 0
    met: int = 0
    elsewhere: int = 0
    partly: int = 0
    not_met: int = 0
    withdrawn: int = 0
    waiting: int = 0

    @property
    def unmet(self) -> int:
        """How many needs were not met, or not yet."""
        return self.partly + self.not_met + self.waiting


@dataclass(frozen=True)
class Demands:
    """The same requests told apart in two ways."""

    whole: Demand
    by_topic: tuple[Demand, ...]
    by_district: tuple[Demand, ...]


def demands(contract: Contract, to: date) -> Demands:
    """What was asked for up to the end of a day, as it stood then: asked again later, the answer is the same."""
    whole, topics, districts = Demand("All requests"), _tally(), _tally()
    for topic, district, became in _requests(contract, to):
        for one in (whole, topics[topic], districts[district or NOWHERE]):
            one.asked += 1
            setattr(one, became, getattr(one, became) + 1)
    return Demands(whole, _named(topics), _named(districts))


def _requests(contract: Contract, to: date) -> Iterator[tuple[str, str | None, str]]:
    """The topic and district of each, and what it had become."""
    withdrawn = Max("history__at", filter=Q(history__status=Case.Status.WITHDRAWN))
    found = Case.objects.filter(contract=contract, requested_on__lte=to).annotate(withdrawn_at=withdrawn).order_by()
    rows = found.values_list("topic__name", "organisation__district__name", "outcome", "completed_on", "withdrawn_at")
    for topic, district, outcome, completed_on, withdrawn_at in rows.iterator():
        yield topic, district, _became(outcome, completed_on, withdrawn_at, to)


def _became(outcome: str, completed_on: date | None, withdrawn_at: datetime | None, to: date) -> str:
    if completed_on is not None and completed_on <= to:
        return BECAME[outcome]
    if withdrawn_at is not None and timezone.localtime(withdrawn_at).date() <= to:
        return "withdrawn"
    return "waiting"


def _tally() -> defaultdict[str, Demand]:
    return defaultdict(lambda: Demand(""))


def _named(found: defaultdict[str, Demand]) -> tuple[Demand, ...]:
    for name, one in found.items():
        one.name = name
    return tuple(found[name] for name in sorted(found))


BECAME: dict[str, str] = {
    Outcome.MET: "met", Outcome.PARTLY: "partly", Outcome.REFERRED: "elsewhere", Outcome.NOT_MET: "not_met",
}  # fmt: skip
