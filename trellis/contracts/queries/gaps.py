"""What the register and lists of grants suggest that a partner also delivers, and it has not declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trellis.commissioning.queries import provision
from trellis.contracts.models import GapAnswer, Partner
from trellis.contracts.queries.interests import standing
from trellis.contracts.rules import gaps as rules
from trellis.contracts.rules.gaps import GRANT, REGISTER, Hint
from trellis.core.money import whole_pounds
from trellis.organisations import queries as organisations
from trellis.organisations.models import Organisation, ServiceType
from trellis.organisations.queries import GrantReceived
from trellis.web.words import day

LONGEST = 200  # letters of what a grant is for


@dataclass(frozen=True)
class Gap:
    """A kind of service that something points at, and what does."""

    service_type: ServiceType
    hints: tuple[Hint, ...]


def gaps(partner: Partner, on: date) -> list[Gap]:
    """What suggests that a partner runs a service which it has neither declared nor said why not, by its name.

    Where the register does not know its district, a declaration in any district will do.
    """
    declared = partner.interests.filter(standing(on))
    stands = partner.organisation.standing
    here = declared.filter(district=stands.district_id) if stands.district_id else declared
    found = rules.open_questions(
        [*_of_the_register(stands), *_of_grants(stands, on), *_of_the_council(partner, on)],
        declared_here=set(here.values_list("service_type", flat=True)),
        declared=set(declared.values_list("service_type", flat=True)),
        answered=set(GapAnswer.objects.filter(partner=partner).values_list("service_type", flat=True)),
    )
    return [Gap(one, tuple(found[one.code])) for one in ServiceType.objects.filter(code__in=found)]


def _of_the_register(stands: Organisation) -> Iterator[Hint]:
    family = Organisation.objects.same_as([stands.pk])
    for one in ServiceType.objects.filter(organisation__in=family).distinct():
        yield Hint(one.code, REGISTER, "The register says that you run it.")


def _of_grants(stands: Organisation, on: date) -> Iterator[Hint]:
    for one in organisations.grants_to(stands):
        if rules.still_pays(awarded_on=one.awarded_on, ends_on=one.ends_on, on=on):
            yield from (Hint(kind, GRANT, _words(one)) for kind in one.kinds)


def _words(one: GrantReceived) -> str:
    """From whom, how much, when and for what, and which list says so."""
    amount = whole_pounds(one.amount) if one.currency == "GBP" else f"{one.amount:,.0f} {one.currency}"
    purpose = one.purpose if len(one.purpose) <= LONGEST else f"{one.purpose[:LONGEST].rsplit(' ', 1)[0]} …"
    what = ". ".join(text.rstrip(".") for text in dict.fromkeys((one.title, purpose)) if text)
    return f"{one.funder or 'A funder'} granted you {amount} on {day(one.awarded_on)}: “{what}” ({one.source})."


def _of_the_council(partner: Partner, on: date) -> Iterator[Hint]:
    """The grants of the authority's own that are on the map of who is funded; what they are for is the body's kind."""
    family = Organisation.objects.same_as([partner.organisation.standing.pk])
    for body in provision.funded_of(partner.contract.authority_id, family):
        if body.award_starts_on <= on <= body.award_ends_on:
            kind, yearly = body.get_kind_display(), sum(grant.yearly for grant in body.grants.all())
            words = f"The council grants you {whole_pounds(Decimal(yearly))} a year until {day(body.award_ends_on)}"
            yield from (Hint(code, GRANT, f"{words}: “{kind}”.") for code in organisations.kinds_named(kind))
