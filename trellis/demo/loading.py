"""The whole demo, from an empty database to the morning of 2 July 2018."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.conf import settings
from django.utils import timezone

from trellis.audit import commands as audit
from trellis.contracts.models import Contract
from trellis.core import clock
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.decisions.queries.progress import decision_of
from trellis.demo import announced, county, doubles, grants, kept, lists, money, quarters, register, simulator
from trellis.demo.alliance import books, members, proposals, renewal
from trellis.demo.alliance.stories import stories
from trellis.demo.decide import road
from trellis.demo.names import invented, the_group
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff, employ, employ_council
from trellis.organisations.models import Organisation
from trellis.support.models import SupportTopic

OPENS = datetime(2015, 9, 1, 9, 0)  # when the council began to ask what is wrong
SIGNED = datetime(2016, 10, 14, 9, 0)
TODAY = datetime(2018, 7, 2, 8, 30)
ORGANISATIONS = 3300
# Where support was slow at first, in working days: what the alliance has to even out.
SLOW = {"E07000114": 8.0, "E07000112": 6.5, "E07000113": 6.0, "E07000107": 5.0}
LEADS_WHO_HAVE_NOT_SIGNED = 2  # the first two of those whom one can sign in as


def load(*, seed: int, scale: float, tell: Callable[[str, int], None]) -> None:
    """Fill an empty database with the demo county.

    `scale` multiplies organisations and cases, for load tests. `tell` hears what is being done, and how many steps of
    it. Raises RuleBroken in production, and where there is data already.
    """
    check_can_load(is_production=settings.IN_PRODUCTION, has_data=Organisation.objects.exists())
    random = Random(seed)  # noqa: S311 nothing secret is drawn from it
    token = audit.origin.set("simulator")
    try:
        with simulator.the_same_references(random):
            contract, staff, organisations, told = _set_up(random, scale, tell)
            _deliver(contract, staff, organisations, told, random, scale, tell)
    finally:
        audit.origin.reset(token)


def check_can_load(*, is_production: bool, has_data: bool) -> None:
    """Refuse where invented facts would stand among real ones."""
    if is_production:
        raise RuleBroken("The demo cannot be loaded in production.")
    if has_data:
        raise RuleBroken("There are organisations here already. Load the demo into an empty database.")


def _set_up(random: Random, scale: float, tell) -> tuple[Contract, Staff, list[Organisation], list[Story]]:
    """The county and its register, the road to the decision, and the alliance that came of it."""
    with clock.moved_to(_at(OPENS)):
        county.lay_out()
        organisations = register.add_register([the_group(), *invented(round(ORGANISATIONS * scale) - 1, random)])
        tell("organisations", len(organisations))
        council = county.add_authority()
        officers = employ_council(council)
    commission = road.decide(council, officers, random)
    with clock.moved_to(_at(SIGNED)):
        contract, by_key = county.form_alliance(council, decision_of(commission))
        staff = employ(contract, by_key, organisations[0], officers)
        proposals.set_table(contract, staff)
        members.say_where_they_work(contract, by_key, staff)
        members.name_documents(contract, staff)
        money.set_terms(contract, by_key)
        books.agree_first(contract, staff)
    road.follow_up(commission, contract, officers)
    told = [*members.stories(contract, by_key, staff, organisations), *stories(contract, staff)]
    told += books.stories(contract, staff, until=TODAY.date())
    told += kept.stories(organisations[0], organisations[1])
    told += announced.stories(organisations[0])
    return contract, staff, organisations, told


def _deliver(
    contract: Contract, staff: Staff, organisations, told: list[Story], random: Random, scale: float, tell
) -> None:
    place = simulator.County(
        contract=contract,
        organisations=organisations,
        advisers=staff.advisers,
        topics=list(SupportTopic.objects.all()),
        random=random,
    )
    place.slowness.update(SLOW)
    today = _at(TODAY)
    this_quarter = Quarter.of(today.date()).previous()
    told = [*quarters.closings(contract, staff, last=this_quarter.previous()), *told]
    simulator.deliver(place, until=today, scale=scale, beside=told, tell=lambda done: tell("deliveries", done))
    with clock.moved_to(today):
        lists.keep_lists(organisations)
        report = quarters.prepare(contract, this_quarter, staff)
        quarters.sign(report, staff, list(staff.leads)[LEADS_WHO_HAVE_NOT_SIGNED:])
        renewal.begin_dossier(contract, staff)
        doubles.bring_in(organisations)
        grants.bring_in(contract)


def _at(moment: datetime) -> datetime:
    return timezone.make_aware(moment)
