"""A small known cast: every page is tried by somebody who must be refused.

Alice advises for Ash Vale CVS and Anna leads it; Bob and Bella are the same at Bramble Volunteering; both are partners
of the alliance. Charlie advises for an organisation outside it. Ivy is at the independent route. Dora speaks for Mill
Lane Pantry, Erin for another group. Olive manages the contract, Fred is in finance, Carol commissions, Dee is in
democratic services, Percy in procurement, Ada administers, Dev protects data, Vera volunteers.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from trellis.accounts.models import Membership, User
from trellis.commissioning.models import Indicator, Outcome
from trellis.contracts.models import Contract, ContractQuarter, Interest, Partner, PartnerShare, Target
from trellis.organisations.models import Organisation, ServiceType
from trellis.places.models import District
from trellis.support.models import SupportTopic

PASSWORD = "correct horse battery staple"
QUARTERS = ((1, date(2018, 1, 1), date(2018, 3, 31)), (2, date(2018, 4, 1), date(2018, 6, 30)),
            (3, date(2018, 7, 1), date(2018, 9, 30)), (4, date(2018, 10, 1), date(2018, 12, 31)))  # fmt: skip


@dataclass
class Cast:
    """Everyone and everything that the tests know by name."""

    north: District
    south: District
    food: ServiceType
    transport: ServiceType
    council: Organisation
    ash_vale: Organisation
    bramble: Organisation
    outside: Organisation
    independent: Organisation
    pantry: Organisation
    choir: Organisation
    contract: Contract
    ash_vale_partner: Partner
    bramble_partner: Partner
    topic: SupportTopic
    alice: User
    anna: User
    bob: User
    bella: User
    charlie: User
    ivy: User
    dora: User
    erin: User
    olive: User
    fred: User
    carol: User
    dee: User
    percy: User
    ada: User
    dev: User
    vera: User


def organisation(name: str, district: District, income: str | None = None) -> Organisation:
    """An organisation whose reference is made from its name."""
    return Organisation.objects.create(
        reference="ORG-" + "".join(word[0] for word in name.upper().split()) + str(len(name)),
        name=name,
        district=district,
        latest_income=None if income is None else Decimal(income),
        latest_year_end=None if income is None else date(2017, 12, 31),
    )


def person(name: str, organisation: Organisation | None = None, role: str = "") -> User:
    """An account with a verified address, and one role."""
    return people({name: (organisation, role)})[0]


def people(places: dict[str, tuple[Organisation | None, str]]) -> list[User]:
    """The same for several, by name, at a few statements: nearly every test begins with the whole cast."""
    password = make_password(PASSWORD)
    made = [User(email=f"{name.lower()}@example.org", name=name, password=password) for name in places]
    User.objects.bulk_create(made)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, role=role)
        for user, (organisation, role) in zip(made, places.values(), strict=True)
        if organisation
    )
    return made


def assemble() -> Cast:
    """The whole cast, in the database. Bramble runs food services in North, so Mill Lane Pantry is closed to it."""
    north = District.objects.create(code="E07000901", name="North", population=100_000, latitude=51.4, longitude=0.5)
    south = District.objects.create(
        code="E07000902", name="South", population=120_000, latitude=51.1, longitude=0.6, tile_row=1
    )
    food = ServiceType.objects.create(code="food", name="Food and meals")
    transport = ServiceType.objects.create(code="transport", name="Community transport")
    council = organisation("Trellisshire Council", north)
    ash_vale = organisation("Ash Vale CVS", north, "180000")
    bramble = organisation("Bramble Volunteering", south, "240000")
    outside = organisation("Copper Beech Advice", south, "90000")
    independent = organisation("Independent Support Panel", south)
    pantry = organisation("Mill Lane Pantry", north, "24000")
    pantry.service_types.add(food)
    choir = organisation("Southdown Community Choir", south, "8000")
    contract = Contract.objects.create(
        reference="SCO", title="Strengthening Community Organisations", authority=council,
        starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31), baseline=Decimal("100000.00"),
        step_down=Decimal("0.1"), independent_route=independent,
    )  # fmt: skip
    for quarter, starts_on, ends_on in QUARTERS:
        ContractQuarter.objects.create(
            contract=contract, year=1, quarter=quarter, starts_on=starts_on, ends_on=ends_on, value=Decimal("22500.00")
        )
    partners = []
    for partner_organisation, share in ((ash_vale, "0.6"), (bramble, "0.4")):
        partner = Partner.objects.create(
            contract=contract, organisation=partner_organisation, joined_on=contract.starts_on
        )
        contract.memberships.create(organisation=partner_organisation, partner=partner, status="active")
        PartnerShare.objects.create(partner=partner, starts_on=contract.starts_on, share=Decimal(share))
        partners.append(partner)
    Interest.objects.create(
        partner=partners[1], service_type=food, district=north, starts_on=contract.starts_on, declared_by="person:0"
    )
    outcome = Outcome.objects.create(
        code="business-support", name="Business Support", statement="The sector is supported to grow.", order=1
    )
    for order, (code, name, unit, polarity, target, floor) in enumerate(INDICATORS, start=1):
        indicator = Indicator.objects.create(
            code=code, outcome=outcome, name=name, definition=name, unit=unit, polarity=polarity, order=order,
            decimals=0 if order == 1 else 1,
        )  # fmt: skip
        Target.objects.create(
            contract=contract,
            indicator=indicator,
            starts_on=contract.starts_on,
            target=Decimal(target),
            floor=Decimal(floor),
        )
    topic = SupportTopic.objects.create(code="funding", name="Finding and bidding for funding", order=1)
    return Cast(
        north, south, food, transport, council, ash_vale, bramble, outside, independent, pantry, choir, contract,
        partners[0], partners[1], topic,
        *people({
            "Alice": (ash_vale, "adviser"),
            "Anna": (ash_vale, "partner-lead"),
            "Bob": (bramble, "adviser"),
            "Bella": (bramble, "partner-lead"),
            "Charlie": (outside, "adviser"),
            "Ivy": (independent, "adviser"),
            "Dora": (pantry, "organisation"),
            "Erin": (choir, "organisation"),
            "Olive": (council, "contract-manager"),
            "Fred": (council, "finance"),
            "Carol": (council, "commissioning-officer"),
            "Dee": (council, "democratic-services"),
            "Percy": (council, "procurement-officer"),
            "Ada": (council, "administrator"),
            "Dev": (council, "data-protection-officer"),
            "Vera": (None, ""),
        }),
    )  # fmt: skip


INDICATORS = (
    (
        "eligible-organisations-reached",
        "Organisations with income under the limit reached",
        "organisations",
        "higher",
        "3",
        "1",
    ),
    ("days-to-first-contact", "Working days to first contact", "working days", "lower", "5", "10"),
    ("contact-consistency", "Difference in days to first contact between districts", "working days", "lower", "2", "4"),
)
