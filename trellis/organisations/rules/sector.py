"""Sums of the sector pictures. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

# Years since registration from which each band begins.
AGES = {"Under 5 years": 0, "5 to 9 years": 5, "10 to 19 years": 10, "20 to 39 years": 20, "40 years or more": 40}
HALF, SOME, NONE = WARD_KINDS = ("Half or more", "Some, fewer than half", "None of them")
FEWEST_FOR_A_MIDDLE = 5  # organisations; the middle of fewer says more of them than of the sector


@dataclass(frozen=True)
class Change:
    """What became of incomes from one year to the next: of those known in both, how many rose, fell or stayed."""

    rose: int
    fell: int
    same: int

    @property
    def known(self) -> int:
        """How many are known in both."""
        return self.rose + self.fell + self.same


def ages(by_year: Mapping[int, int], this_year: int) -> dict[str, int]:
    """How many organisations are of each age, given how many were registered in each year."""
    counts = dict.fromkeys(AGES, 0)
    for year, number in by_year.items():
        age = max(this_year - year, 0)
        counts[max((start, name) for name, start in AGES.items() if start <= age)[1]] += number
    return counts


def middle_age(by_year: Mapping[int, int], this_year: int) -> int | None:
    """The age that half of them have reached, in years; None when no age is known."""
    half, seen = sum(by_year.values()) / 2, 0
    for year in sorted(by_year):
        seen += by_year[year]
        if seen >= half:
            return max(this_year - year, 0)
    return None


def middle(incomes: Iterable[Decimal]) -> Decimal | None:
    """The income in the middle, in pounds; None for too few."""
    known = list(incomes)
    return Decimal(median(known)) if len(known) >= FEWEST_FOR_A_MIDDLE else None


def change(before: Mapping[int, Decimal], after: Mapping[int, Decimal]) -> Change:
    """What became of incomes (pounds, by organisation) from one year to the next."""
    both = before.keys() & after.keys()
    rose, fell = sum(after[one] > before[one] for one in both), sum(after[one] < before[one] for one in both)
    return Change(rose, fell, len(both) - rose - fell)


def per_thousand(number: int, people: int) -> Decimal | None:
    """Organisations for every 1,000 people, to one place; None where nobody was counted."""
    return (Decimal(1000) * number / people).quantize(Decimal("0.1")) if people else None


def is_cold(here: int, people: int, everywhere: int, all_people: int, *, share: Decimal, fewest: int) -> bool:
    """Whether a district has far fewer organisations of a kind than its people would lead one to expect.

    Expected is what the district would have if those of everywhere were spread evenly over the people. Cold is less
    than `share` of that, where at least `fewest` are expected.
    """
    if not all_people:
        return False
    expected = Decimal(everywhere) * people / all_people
    return expected >= fewest and here < share * expected


@dataclass(frozen=True)
class Wards:
    """Wards of one kind together: how many, how many small areas they have, and how many organisations."""

    name: str
    wards: int
    areas: int
    organisations: int

    @property
    def per_ten_areas(self) -> Decimal:
        """Organisations for every 10 small areas, to one place."""
        return (Decimal(10 * self.organisations) / self.areas).quantize(Decimal("0.1"))


def by_deprivation(wards: Mapping[str, tuple[int, int]], here: Mapping[str, int]) -> list[Wards]:
    """Wards by how many of their small areas are among the most deprived fifth, the most deprived first.

    `wards` gives each ward its small areas and how many of them those are, `here` its organisations. Kinds without a
    ward are left out.
    """
    kinds: dict[str, list[str]] = {name: [] for name in WARD_KINDS}
    for ward, (areas, worst) in wards.items():
        kinds[HALF if worst * 2 >= areas else SOME if worst else NONE].append(ward)
    return [
        Wards(name, len(codes), sum(wards[code][0] for code in codes), sum(here.get(code, 0) for code in codes))
        for name, codes in kinds.items()
        if codes
    ]
