"""Eighteen months of support, written through the same commands as people use, in the order in which they happened.

Deterministic by seed. Each case is a little story with its own days; the stories are told side by side, so that at any
moment the county looks as it would have looked: some waiting, some in progress, most completed.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, groupby
from random import Random

from django.db import transaction
from django.utils import timezone

from trellis.accounts.models import User
from trellis.contracts.models import Contract
from trellis.core import clock, references, rulebook, working_days
from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.demo.names import read
from trellis.organisations.models import Organisation
from trellis.support import commands as support
from trellis.support import queries
from trellis.support.models import Case, CaseActivity, SupportTopic

CASES_A_MONTH = 62
OFFICE_HOURS = (9, 17)
# A story yields the next moment at which something happens, and then makes it happen.
Story = Generator[datetime, None, None]


@dataclass
class County:
    """What the stories draw from."""

    contract: Contract
    organisations: list[Organisation]
    advisers: dict[int, list[User]]  # by the organisation that they advise for
    topics: list[SupportTopic]
    random: Random
    stories: dict[str, dict[str, list[str]]] = field(default_factory=lambda: read("stories"))
    # How slow the first contact is, in working days, by district: support differs from place to place.
    slowness: dict[str, float] = field(default_factory=lambda: defaultdict(lambda: 3.0))


def deliver(
    county: County,
    *,
    until: datetime,
    scale: float = 1.0,
    beside: Iterable[Story] = (),
    tell: Callable[[int], None] = lambda done: None,
) -> None:
    """Tell all stories up to a moment, those `beside` too; `tell` is called with the number of steps done on each day.

    `scale` multiplies the number of cases. One transaction a day: the demo must load within a minute.
    """
    with clock.moved_to(_at(county.contract.starts_on, county.random)):
        for _, moments in groupby(_moments(county, until, scale, beside), key=lambda moment: moment[0].date()):
            with transaction.atomic():
                done = 0
                for at, happen in moments:
                    with clock.moved_to(at):
                        happen()
                    done += 1
            tell(done)


@contextmanager
def the_same_references(random: Random):
    """References come from the seed, so that the demo is the same each time."""
    token = references.choose.set(random.choice)
    try:
        yield
    finally:
        references.choose.reset(token)


def _moments(
    county: County, until: datetime, scale: float, beside: Iterable[Story]
) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """Every step of every story, in order of time."""
    order = count()
    waiting: list[tuple[datetime, int, Story]] = []
    for story in [*beside, *(_case(county, start) for start in _starts(county, until, scale))]:
        heapq.heappush(waiting, (next(story), next(order), story))
    while waiting:
        at, _, story = heapq.heappop(waiting)
        if at > until:
            continue

        def happen(story: Story = story) -> None:
            for following in story:
                heapq.heappush(waiting, (following, next(order), story))
                return

        yield at, happen


def _starts(county: County, until: datetime, scale: float) -> Iterable[datetime]:
    """When organisations ask: on working days, a few more each quarter as the service becomes known."""
    day, last = county.contract.starts_on, until.date()
    while day <= last:
        if working_days.is_working_day(day):
            months = (day.year - county.contract.starts_on.year) * 12 + day.month - county.contract.starts_on.month
            expected = CASES_A_MONTH / 21 * scale * (0.55 + min(months, 15) * 0.03)
            for _ in range(int(expected) + (county.random.random() < expected % 1)):
                yield _at(day, county.random)
        day += timedelta(days=1)


def _case(county: County, asked_at: datetime) -> Story:
    """One case: asked for, triaged, taken, worked on, completed; a few are withdrawn or handed back."""
    random = county.random
    organisation = _asker(county)
    topic = random.choice(county.topics)
    words = county.stories[topic.code]
    yield asked_at
    case = support.request_support(
        organisation=organisation,
        contract=county.contract,
        topic=topic,
        need=random.choice(words["needs"]),
        by=SIMULATOR,
    )
    wait = _first_contact_days(county, organisation)
    yield _later(asked_at, random, at_least=0, at_most=max(0, wait - 2))
    if case.held_by_id is None:
        support.triage_case(case=case, urgency=_urgency(random), note="", by=SIMULATOR)
        if random.random() < 0.02:
            yield _later(clock.now(), random, at_least=1, at_most=4)
            support.withdraw_case(case=case, reason="", by=SIMULATOR)
            return
    taken_at = working_days.add(clock.today(), 1).on if wait > 1 else clock.today()
    yield _at_or_after(taken_at, clock.now(), random)
    adviser = _take(county, case)
    if adviser is None:
        return
    contact_on = working_days.add(case.requested_on, wait).on if wait else case.requested_on
    yield _at_or_after(max(contact_on, clock.today()), clock.now(), random)
    _help(case, adviser, words, random)
    for _ in range(random.choice((1, 1, 2, 3))):
        yield _later(clock.now(), random, at_least=3, at_most=14)
        _help(case, adviser, words, random)
    yield _later(clock.now(), random, at_least=1, at_most=10)
    outcome = random.choices(("met", "partly", "referred", "not-met"), weights=(68, 20, 8, 4))[0]
    support.complete_case(
        case=case, outcome=outcome, note=random.choice(words["ends"]), completed_on=clock.today(), by=adviser
    )


def _asker(county: County) -> Organisation:
    """Smaller groups ask more often; some come back."""
    while True:
        organisation = county.random.choice(county.organisations)
        income = organisation.latest_income
        limit = rulebook.value("support.income_limit", on=clock.today())
        if income is None or income < limit or county.random.random() < 0.3:
            return organisation


def _first_contact_days(county: County, organisation: Organisation) -> int:
    """Slower in some districts at first; the alliance evens it out as it learns."""
    months = (clock.today() - county.contract.starts_on).days / 30
    local = county.slowness[organisation.district_id or ""]
    middle = 3 + (local - 3) * max(0.25, 1 - months / 16)
    return max(0, round(county.random.gauss(middle, 1.4)))


def _urgency(random: Random) -> str:
    return random.choices(("routine", "soon", "urgent"), weights=(70, 22, 8))[0]


def _take(county: County, case: Case) -> User | None:
    """An adviser of a partner that may have the case; most often one based in its district."""
    if case.held_by_id is not None:
        holders = [case.held_by_id]
    else:
        eligible = [partner.organisation for partner in queries.free_for(case)]
        local = [row.pk for row in eligible if row.district_id == case.organisation.district_id]
        holders = local if local and county.random.random() < 0.8 else [row.pk for row in eligible]
    advisers = county.advisers[county.random.choice(holders)]
    adviser = county.random.choice(advisers)
    try:
        support.take_case(case=case, by=adviser)
    except RuleBroken:
        return None
    return adviser


def _help(case: Case, adviser: User, words: dict[str, list[str]], random: Random) -> None:
    support.record_activity(
        case=case,
        kind=random.choice(CaseActivity.Kind.values),
        occurred_on=clock.today(),
        minutes=random.choice((20, 30, 45, 60, 60, 90, 120)),
        note=random.choice(words["help"]),
        by=adviser,
    )


def _at(day: date, random: Random) -> datetime:
    """Some minute of the office hours of a day."""
    moment = time(random.randint(OFFICE_HOURS[0], OFFICE_HOURS[1] - 1), random.randint(0, 59))
    return timezone.make_aware(datetime.combine(day, moment))


def _later(now: datetime, random: Random, *, at_least: int, at_most: int) -> datetime:
    """A moment so many working days later; the same day moves on by some minutes."""
    days = random.randint(at_least, max(at_least, at_most))
    if days == 0:
        return now + timedelta(minutes=random.randint(10, 55))
    return _at(working_days.add(timezone.localtime(now).date(), days).on, random)


def _at_or_after(day: date, now: datetime, random: Random) -> datetime:
    moment = _at(day, random)
    return moment if moment > now else now + timedelta(minutes=random.randint(5, 40))
