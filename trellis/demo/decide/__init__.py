"""How the council of the demo came to its decision, topic by topic, through the commands that people use."""

from datetime import datetime
from random import Random

from django.utils import timezone

from trellis.accounts.models import User
from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Commission
from trellis.commissioning.queries import commissions as queries
from trellis.core import clock
from trellis.demo.names import read
from trellis.organisations.models import Organisation


def decide(council: Organisation, officers: dict[str, User], random: Random) -> Commission:
    """Go the whole road, from what people say is wrong to a decision that stands.

    `officers` are the council's people by the code of their role; `random` is the demo's own, so that each load is the
    same.
    """
    story = read("commission")
    officer = officers["commissioning-officer"]
    with on(story["opened_on"]):
        commission = commissions.open_commission(
            title=story["title"], purpose=story["purpose"], authority=council, owner=officer, by=officer
        )
        for row in story["milestone"]:
            commissions.plan_milestone(commission=commission, **row, by=officer)
    for row in story["stage"]:
        with on(row["came_on"]):
            commissions.move_to_stage(commission=commission, stage=row["stage"], by=officer)
    for row in story["happened"]:
        with on(row["on"]):
            milestone = queries.milestones(commission).get(kind=row["kind"])
            commissions.reach_milestone(milestone=milestone, happened_on=row["on"], by=officer)
    return commission


def on(day):
    """That morning, for as long as the block lasts."""
    return clock.moved_to(timezone.make_aware(datetime(day.year, day.month, day.day, 9, 30)))
