"""Every story of the alliance's table."""

from trellis.contracts.models import Contract
from trellis.demo.alliance import interests, plans, presence, proposals, risks, subcontracts, variations
from trellis.demo.alliance.table import lay
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff

TOPICS = (subcontracts.stories, variations.stories, interests.stories, risks.stories, presence.stories, plans.stories)


def stories(contract: Contract, staff: Staff) -> list[Story]:
    """What members did beside the cases, each story on its own days."""
    table = lay(contract, staff)
    return [*proposals.stories(contract, staff), *(story for topic in TOPICS for story in topic(table))]
