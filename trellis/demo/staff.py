"""The people of the demo, with their accounts: those one can sign in as, and the advisers and leads beside them."""

from dataclasses import dataclass

from trellis.accounts import commands as accounts
from trellis.accounts import roles
from trellis.accounts.models import User
from trellis.contracts import queries
from trellis.contracts.models import Contract, Partner
from trellis.core.actors import SIMULATOR
from trellis.demo import people
from trellis.organisations.models import Organisation

ADVISERS_A_PARTNER = 3
GIVEN = (
    "Ben", "Cerys", "Dinesh", "Ella", "Farid", "Grace", "Hugh", "Ines", "Jonas", "Kemi", "Liam", "Maya", "Noor",
    "Owen", "Rosa", "Sam", "Tess", "Umar", "Vik", "Wanda", "Yusuf", "Zoe", "Arlo", "Bea", "Colm", "Dita", "Evan", "Flo",
    "Gwen", "Hana", "Ivo", "Amara",
)  # fmt: skip
FAMILY = ("Archer", "Byrne", "Chowdhury", "Drummond", "Ellis", "Fagan", "Goddard", "Hussain")


@dataclass
class Staff:
    """Who does what in the demo's story. Advisers are by the organisation that they advise for."""

    advisers: dict[int, list[User]]
    leads: dict[Partner, User]
    deputies: dict[Partner, User]
    contract_manager: User
    finance: User


def employ_council(council: Organisation) -> dict[str, User]:
    """Give the council's people their accounts; by the code of their role."""
    here = [one for one in people.PEOPLE if one.organisation == people.COUNCIL]
    return {one.role_code: _join(one.name, one.email, council, one.role) for one in here}


def employ(
    contract: Contract, by_key: dict[str, Organisation], group: Organisation, officers: dict[str, User]
) -> Staff:
    """Give everybody else an account and their role. `officers` are the council's people, by the code of their role."""
    partners = list(contract.partners.select_related("organisation").order_by("pk"))
    shares = queries.shares(contract, contract.starts_on)
    smallest = min(partners, key=lambda partner: shares[partner])
    places = {
        people.FIRST_PARTNER: partners[0].organisation,
        people.SECOND_PARTNER: partners[1].organisation,
        people.SMALLEST_PARTNER: smallest.organisation,
        people.INDEPENDENT_ROUTE: contract.independent_route,
        people.GROUP: group,
    }
    by_role = {
        (one.organisation, one.role_code): _join(one.name, one.email, places[one.organisation], one.role)
        for one in people.PEOPLE
        if one.organisation in places
    }
    staff = Staff(
        advisers={
            contract.independent_route.pk: [by_role[people.INDEPENDENT_ROUTE, "adviser"]],
            partners[0].organisation_id: [by_role[people.FIRST_PARTNER, "adviser"]],
            partners[1].organisation_id: [by_role[people.SECOND_PARTNER, "adviser"]],
        },
        leads={
            partners[0]: by_role[people.FIRST_PARTNER, "partner-lead"],
            partners[1]: by_role[people.SECOND_PARTNER, "partner-lead"],
            smallest: by_role[people.SMALLEST_PARTNER, "partner-lead"],
        },
        deputies={partners[0]: _hire(GIVEN[3], FAMILY[0], partners[0].organisation, roles.PARTNER_LEAD)},
        contract_manager=officers["contract-manager"],
        finance=officers["finance"],
    )
    for number, partner in enumerate(partners):
        _staff_partner(staff, number, partner)
    return staff


def _staff_partner(staff: Staff, number: int, partner: Partner) -> None:
    """Fill a partner's team: its lead if it has none yet, and its advisers."""
    names = iter(GIVEN[number * 4 : number * 4 + 4])
    advisers = staff.advisers.setdefault(partner.organisation_id, [])
    while len(advisers) < ADVISERS_A_PARTNER:
        advisers.append(_hire(next(names), FAMILY[number], partner.organisation, roles.ADVISER))
    if partner not in staff.leads:
        staff.leads[partner] = _hire(next(names), FAMILY[number], partner.organisation, roles.PARTNER_LEAD)


def _hire(given: str, family: str, organisation: Organisation, role: roles.Role) -> User:
    return _join(f"{given} {family}", f"{given}.{family}@example.org".lower(), organisation, role)


def _join(name: str, email: str, organisation: Organisation, role: roles.Role) -> User:
    user = accounts.add_person(email=email, name=name, by=SIMULATOR, is_demo=True)
    accounts.add_membership(user=user, organisation=organisation, role=role, by=SIMULATOR)
    return user
