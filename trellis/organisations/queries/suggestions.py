"""What somebody may mean by what they have typed so far."""

from dataclasses import dataclass

from trellis.organisations import search
from trellis.organisations.models import Cause, Organisation, ServiceType
from trellis.places import queries as places
from trellis.places.queries import Spot

FEWEST_LETTERS = 2
MOST_ORGANISATIONS = 6
MOST_RANKED = 40  # of those that match, how many are put in order
MOST_OTHER = 2  # places, causes, services: of each


@dataclass(frozen=True)
class Suggestions:
    """Organisations, best first, and what else begins like the text: places, causes, kinds of service."""

    organisations: list[Organisation]
    places: list[Spot]
    causes: list[Cause]
    services: list[ServiceType]


def suggestions(text: str) -> Suggestions:
    """A few things that somebody may mean; nothing for a single letter."""
    text = " ".join(text.replace("\0", " ").split())
    if len(text) < FEWEST_LETTERS:
        return Suggestions([], [], [], [])
    ids = search.answer(text, among=Organisation.objects.public(), most=MOST_RANKED).ids[:MOST_ORGANISATIONS]
    found = Organisation.objects.select_related("district").in_bulk(ids)
    return Suggestions(
        [found[pk] for pk in ids if pk in found],
        places.spots_beginning(text)[:MOST_OTHER],
        list(Cause.objects.filter(name__icontains=text)[:MOST_OTHER]),
        list(ServiceType.objects.filter(name__icontains=text)[:MOST_OTHER]),
    )
