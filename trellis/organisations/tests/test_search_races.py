"""Two who index at once lose no word and never wait for each other in a ring."""

import pytest
from django.db import transaction

from tests.races import at_once, losers
from trellis.organisations import search
from trellis.organisations.models import Organisation, SearchPosting, SearchToken

BATCHES, SIZE = 4, 60


def names_of(number: int) -> list[str]:
    """Each batch shares its words with the others, in another order."""
    words = [f"{start}{end}" for start in ("ash", "oak", "elm") for end in ("ford", "ham", "ley", "stead", "worth")]
    return [
        f"{words[(place * (number + 2) + number) % 15]} {words[(place + number) % 15]} Club" for place in range(SIZE)
    ]


@pytest.mark.real_time
def test_indexing_at_once_keeps_every_word_of_every_name(committed_db):
    batches = []
    for number in range(BATCHES):
        rows = [
            Organisation(reference=f"ORG-{number}-{place}", name=name) for place, name in enumerate(names_of(number))
        ]
        batches.append([row.pk for row in Organisation.objects.bulk_create(rows)])

    def indexing(ids: list[int]):
        def deed() -> None:
            with transaction.atomic():
                search.index(ids)

        return deed

    assert losers(at_once(*(indexing(ids) for ids in batches))) == []
    assert SearchToken.objects.count() == 16
    for name in names_of(0):
        assert search.find(name).ids
    assert set(SearchPosting.objects.values_list("organisation_id", flat=True)) == {pk for ids in batches for pk in ids}
