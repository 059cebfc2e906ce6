"""The demo county before anything is delivered: its places, its register and its alliance."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from trellis.commissioning.commands import outcomes as commissioning
from trellis.commissioning.models import Indicator, Outcome
from trellis.contracts import commands as contracts
from trellis.contracts.models import Contract
from trellis.core.actors import SIMULATOR
from trellis.decisions.models import Decision
from trellis.demo.alliance import members
from trellis.demo.names import read
from trellis.demo.register import add_organisation
from trellis.organisations.models import Cause, Organisation, ServiceType
from trellis.places.models import Deprivation, District, Outcode, Population, Town
from trellis.support import commands as support
from trellis.support.models import SupportTopic

CENSUS: dict[str, Any] = {"counted_on": date(2021, 3, 21), "source": "Census 2021, Office for National Statistics"}
INDEX: dict[str, Any] = {"published_on": date(2019, 9, 26), "source": "English indices of deprivation 2019"}


@transaction.atomic
def lay_out() -> None:
    """Districts, outward codes, and the words that the register and the requests are in."""
    districts, taxonomy, alliance = read("districts")["district"], read("taxonomy"), read("alliance")
    District.objects.bulk_create(_district(row) for row in districts)
    Outcode.objects.bulk_create(
        Outcode(outcode=outcode, district_id=row["code"], latitude=row["latitude"], longitude=row["longitude"])
        for row in districts
        for outcode in row["outcodes"]
    )
    _know_the_people(districts)
    Town.objects.bulk_create(
        Town(outcode=outcode, name=name, latitude=latitude, longitude=longitude)
        for outcode, name, latitude, longitude in read("towns")["town"]
    )
    Cause.objects.bulk_create(Cause(code=row["code"], name=row["name"]) for row in taxonomy["cause"])
    ServiceType.objects.bulk_create(ServiceType(code=row["code"], name=row["name"]) for row in taxonomy["service_type"])
    SupportTopic.objects.bulk_create(
        SupportTopic(order=order, **row) for order, row in enumerate(alliance["topic"], start=1)
    )
    for row in alliance["outcome"]:
        commissioning.define_outcome(**row, by=SIMULATOR)
    for row in alliance["indicator"]:
        commissioning.define_indicator(
            outcome=Outcome.objects.get(code=row["outcome"]),
            by=SIMULATOR,
            **{name: row[name] for name in INDICATOR_FIELDS},
        )


INDICATOR_FIELDS = ("code", "name", "definition", "unit", "decimals", "polarity")


def _know_the_people(districts: list[dict]) -> None:
    """How many people live in each district, and how deprived it is, as the publishers of both say."""
    Population.objects.bulk_create(
        Population(district_id=row["code"], people=row["population"], **CENSUS) for row in districts
    )
    Deprivation.objects.bulk_create(
        Deprivation(district_id=row["code"], areas=row["areas"], most_deprived=row["most_deprived"], **INDEX)
        for row in districts
    )


def _district(row: dict) -> District:
    return District(
        code=row["code"],
        name=row["name"],
        population=row["population"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        tile_column=row["tile"][0],
        tile_row=row["tile"][1],
        is_served=row["served"],
    )


@transaction.atomic
def add_authority() -> Organisation:
    """The council whose demo it is."""
    row = read("alliance")["authority"]
    return add_organisation(row["name"], row["district"])


@transaction.atomic
def form_alliance(
    authority: Organisation, decision: Decision | None = None
) -> tuple[Contract, dict[str, Organisation]]:
    """The partners and the authority's contract with them all, made on `decision`; organisations by their key."""
    data = read("alliance")
    partners = {row["key"]: add_organisation(row["name"], row["district"], row["income"]) for row in data["partner"]}
    route = data["independent_route"]
    by_key = partners | {
        data["authority"]["key"]: authority,
        route["key"]: add_organisation(route["name"], route["district"]),
    }
    terms = data["contract"]
    contract = contracts.create_contract(
        reference=terms["reference"],
        title=terms["title"],
        authority=authority,
        starts_on=terms["starts_on"],
        years=terms["years"],
        baseline=Decimal(terms["baseline"]),
        step_down=Decimal(terms["step_down"]),
        shares={partners[row["key"]]: Decimal(row["share"]) for row in data["partner"]},
        independent_route=by_key[route["key"]],
        decision=decision,
        **members.terms(),
        by=SIMULATOR,
    )
    _agree_targets(contract, data["indicator"])
    _declare_interests(contract, data["partner"])
    return contract, by_key


def _agree_targets(contract: Contract, rows: list[dict]) -> None:
    for row in rows:
        contracts.set_target(
            contract=contract,
            indicator=Indicator.objects.get(code=row["code"]),
            starts_on=contract.starts_on,
            target=Decimal(row["target"]),
            floor=Decimal(row["floor"]),
            by=SIMULATOR,
        )


def _declare_interests(contract: Contract, rows: list[dict]) -> None:
    members = {partner.organisation.name: partner for partner in contract.partners.select_related("organisation")}
    for row in rows:
        for service_type, district in row["interests"]:
            support.declare_interest(
                partner=members[row["name"]],
                service_type=ServiceType.objects.get(code=service_type),
                district=District.objects.get(code=district),
                starts_on=contract.starts_on,
                by=SIMULATOR,
            )
