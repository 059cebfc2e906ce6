"""Which organisation of ours a row means: by number, or by name and postcode together. Never a guess."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q

from trellis.core.many import among
from trellis.organisations import families, search
from trellis.organisations.imports.values import Refused
from trellis.organisations.models import Identifier, Organisation, OrganisationName, SourceRow
from trellis.organisations.search.words import folded, plain


class Held(NamedTuple):
    """An organisation that has the number. `has_charity_row`: the register's main table has a row of it already."""

    organisation_id: int
    has_charity_row: bool


def by_charity(numbers: Sequence[tuple[str, str]]) -> dict[str, Held]:
    """Charity number → the organisation that has it, or that has the company's number and no charity number."""
    held = _owners("GB-CHC", [number for number, _ in numbers])
    companies = _owners("GB-COH", [company for number, company in numbers if company and number not in held])
    stands = families.roots_of(companies.values())
    known = families.numbers_of(set(stands.values()))
    other = {pk for pk, root in stands.items() if "GB-CHC" in known[root]}
    for number, company in numbers:
        if number not in held and company in companies and companies[company] not in other:
            held[number] = companies.pop(company)
    registered = set(
        SourceRow.objects.filter(organisation__in=among(held.values()), table="charity").values_list(
            "organisation_id", flat=True
        )
    )
    return {number: Held(pk, pk in registered) for number, pk in held.items()}


def _owners(scheme: str, values: Sequence[str]) -> dict[str, int]:
    rows = Identifier.objects.filter(scheme=scheme, value__in=among(values)) if values else Identifier.objects.none()
    return dict(rows.values_list("value", "organisation_id"))


class Candidate(NamedTuple):
    """An organisation that a row may mean, with the numbers by scheme of all that it was merged with."""

    organisation_id: int
    numbers: dict[str, set[str]]

    def contradicts(self, numbers: Sequence[tuple[str, str]]) -> bool:
        """Whether it has another number than the row in one of the row's registers."""
        return any(scheme in self.numbers and number not in self.numbers[scheme] for scheme, number in numbers)


Number = tuple[str, str]


def owner(
    numbers: Sequence[Number],
    name_and_postcode: tuple[str, str],
    by_numbers: Mapping[Number, Candidate],
    by_names: Mapping[tuple[str, str], Sequence[Candidate]],
) -> int | None:
    """The organisation that a row means; None for a new one. Raises Refused where it could be two.

    The row's first number decides; a further one, or name and postcode, only where no number of theirs contradicts.
    """
    if numbers and numbers[0] in by_numbers:
        return by_numbers[numbers[0]].organisation_id
    for number in numbers[1:]:
        if number in by_numbers and not by_numbers[number].contradicts(numbers):
            return by_numbers[number].organisation_id
    alike = [one for one in by_names.get(name_and_postcode, ()) if not one.contradicts(numbers)]
    if len(alike) > 1:
        raise Refused("More than one organisation has its name and postcode: give its number.")
    return alike[0].organisation_id if alike else None


def by_number(numbers: Sequence[Number]) -> dict[Number, Candidate]:
    """Scheme and number → the organisation that has it."""
    held: dict[Number, int] = {}
    for scheme in {scheme for scheme, _ in numbers}:
        owners = _owners(scheme, [number for other, number in numbers if other == scheme])
        held |= {(scheme, number): pk for number, pk in owners.items()}
    candidates = _candidates(set(held.values()))
    return {number: candidates[pk] for number, pk in held.items()}


def by_name_and_postcode(wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[Candidate]]:
    """Folded name and postcode → the organisations that have both, their other names included.

    Of several that are one by now, the one that stands, or else the oldest. Found by the name first: a postcode may be
    that of thousands, where an agent lends its address.
    """
    named = search.named({name for name, postcode in wanted if postcode})
    family = Q(pk__in=among(named)) | Q(merged_into__in=among(named))
    at = Organisation.objects.filter(family, postcode__in=among({postcode for _, postcode in wanted if postcode}))
    known = {pk: (name, postcode) for pk, name, postcode in at.values_list("pk", "name", "postcode")}
    others = OrganisationName.objects.filter(organisation__in=among(known)).values_list("organisation_id", "name")
    found: dict[tuple[str, str], set[int]] = {}
    for pk, name in [*((pk, name) for pk, (name, _) in known.items()), *others]:
        found.setdefault((folded_name(name), known[pk][1]), set()).add(pk)
    candidates = _candidates({pk for key in wanted for pk in found.get(key, ())})
    stands = families.roots_of(candidates.keys())
    return {key: [candidates[pk] for pk in _one_each(found[key], stands)] for key in set(wanted) if key in found}


def _one_each(pks: set[int], stands: Mapping[int, int]) -> list[int]:
    """One of each family."""
    chosen = {stands[pk]: pk for pk in sorted(pks, key=lambda pk: (pk == stands[pk], -pk))}
    return sorted(chosen.values())


def _candidates(pks: set[int]) -> dict[int, Candidate]:
    stands = families.roots_of(pks)
    numbers = families.numbers_of(set(stands.values()))
    return {pk: Candidate(pk, numbers[root]) for pk, root in stands.items()}


def folded_name(name: str) -> str:
    """A name as names are compared: small letters, no stops, "limited" as "ltd", no "the" in front."""
    return plain(folded(name))
