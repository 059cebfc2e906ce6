"""A register of made-up organisations, the same ones each time, for what is measured at its full size."""

import os
import random
from collections.abc import Callable, Iterator
from time import perf_counter

BATCH = 2_000
DISTRICTS, CAUSES, OUTCODES = 12, 17, 99
COMMON = (
    "Trust Church Community Association School Village Hall Friends Foundation Fund Centre Society Club Parish Scout "
    "Group Methodist Baptist Youth Women Institute Memorial Hospice Housing Arts Theatre Music Sports Welfare Relief "
    "Education Playgroup Nursery Parents Teachers Museum Heritage Wildlife Animal Rescue Cricket Football Residents"
).split()  # fmt: skip
FIRST, LAST = "Ash Bram Chil Dun East Fen Gold Har King Lang Mar Nor Oak Pem Rad Sand Thorn Up Wal York".split(), (
    "bourne bury combe den field ford gate ham hurst ingham ley minster more mouth ness stead ton wick worth".split()
)  # fmt: skip
MIDDLE = "a al ber bring che del e ene fer gar ing ka ling mer nor o per ri sing ter u ver wen".split()


def places(chance: random.Random, number: int) -> list[str]:
    """Made-up words as rare as the names of places and people are."""
    return list(
        {chance.choice(FIRST) + "".join(chance.choices(MIDDLE, k=chance.randint(0, 2))) + chance.choice(LAST): None
         for _ in range(number)}
    )  # fmt: skip


def names(number: int) -> Iterator[str]:
    """Names of organisations, the same ones each time: two or three common words and one or two rare ones."""
    chance = random.Random(20180702)
    rare = places(chance, 300_000)
    weights = [1 / (place + 1) for place in range(len(COMMON))]
    for _ in range(number):
        word = rare[min(int(chance.paretovariate(0.35)), len(rare)) - 1]
        words = [word, *dict.fromkeys(chance.choices(COMMON, weights, k=chance.randint(1, 3)))]
        if chance.random() < 0.3:
            words.insert(0, "The")
        if chance.random() < 0.3:
            words.append("of " + chance.choice(rare))
        yield " ".join(words)


def served_from(folder: str) -> None:
    """Let Django use a folder's database, or the one that DATABASE_URL names, and make its tables."""
    os.environ |= {"TRELLIS_ENV": "demo", "TRELLIS_VAR": folder}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def build(number: int) -> float:
    """Fill the register, unless it is filled, and index its names; the seconds that indexing took (0: was filled)."""
    from django.db import connection, transaction

    from trellis.organisations import search
    from trellis.organisations.models import Organisation

    if Organisation.objects.exists():
        return 0.0
    places_and_causes()
    chance = random.Random(20180702)
    all_names = names(number)
    spent = 0.0
    for start in range(1, number + 1, BATCH):
        rows = [organisation(place, next(all_names), chance) for place in range(start, min(start + BATCH, number + 1))]
        causes = [
            Organisation.causes.through(organisation_id=row.id, cause_id=f"C{chance.randrange(CAUSES)}") for row in rows
        ]
        with transaction.atomic():
            Organisation.objects.bulk_create(rows)
            Organisation.causes.through.objects.bulk_create(causes)
            spent += seconds(lambda ids: search.index(ids), [row.id for row in rows])
    spent += seconds(search.recount)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as it does by itself soon after an import
    return spent


def seconds(deed: Callable, *given: object) -> float:
    """How long it takes to do something."""
    began = perf_counter()
    deed(*given)
    return perf_counter() - began


def places_and_causes() -> None:
    """Districts on a map, and causes."""
    from trellis.organisations.models import Cause
    from trellis.places.models import District, Outcode

    for number in range(DISTRICTS):
        District.objects.create(
            code=f"E{number:08}", name=f"District {number}", latitude=51.2, longitude=0.5, tile_column=number
        )
    Outcode.objects.bulk_create(
        Outcode(outcode=f"B{n}", district_id=f"E{n % DISTRICTS:08}", latitude=50.5 + n % 10 / 5, longitude=n // 10 / 5)
        for n in range(1, OUTCODES + 1)
    )
    Cause.objects.bulk_create(Cause(code=f"C{number}", name=f"Cause {number}") for number in range(CAUSES))


def organisation(place: int, name: str, chance: random.Random):
    """One of nine tenths that are active and nine tenths below half a million pounds; some have no known income."""
    from trellis.organisations.models import Organisation

    income = round(min(10 ** chance.gauss(4.2, 1.1), 900_000_000))
    return Organisation(
        id=place,
        reference=f"ORG-{place}",
        name=name,
        status=Organisation.Status.ACTIVE if chance.random() < 0.9 else Organisation.Status.REMOVED,
        district_id=f"E{chance.randrange(DISTRICTS):08}",
        postcode=f"B{place % OUTCODES + 1} {place % 9}AA",
        latest_income=income if chance.random() < 0.9 else None,
    )
