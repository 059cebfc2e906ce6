"""The people of the demo: one or more for every role, so that anybody can see the service through all eyes.

`organisation` is the key by which the county names the organisation that they belong to; it makes them, with their
accounts (`is_demo`), when it loads.
"""

from dataclasses import dataclass

from trellis.accounts.roles import BY_CODE, Role

COUNCIL, FIRST_PARTNER, SECOND_PARTNER, SMALLEST_PARTNER, INDEPENDENT_ROUTE, GROUP = (
    "council",
    "first-partner",
    "second-partner",
    "smallest-partner",
    "independent-route",
    "group",
)


@dataclass(frozen=True)
class Person:
    """Somebody in the demo: `look_at` says what to see through their eyes."""

    name: str
    email: str
    role_code: str
    organisation: str
    look_at: str

    @property
    def role(self) -> Role:
        """Their role."""
        return BY_CODE[self.role_code]


def person(name: str, role_code: str, organisation: str, look_at: str) -> Person:
    """Somebody whose address is made from their name. example.org receives nothing (RFC 2606)."""
    return Person(name, f"{name.lower().replace(' ', '.')}@example.org", role_code, organisation, look_at)


PEOPLE = (
    person("Vera Okafor", "volunteer", GROUP, "Gives time to a group. The volunteering pages come later."),
    person("Dora Mills", "organisation", GROUP, "Speaks for a small group: asks for support and follows it."),
    person("Alice Ashby", "adviser", FIRST_PARTNER, "Takes cases that are offered to her partner, and completes them."),
    person("Anna Marsh", "partner-lead", FIRST_PARTNER, "Declares interests, signs the quarter, invites advisers."),
    person("Bob Hartley", "adviser", SECOND_PARTNER, "Advises for another partner, and sees other cases than Alice."),
    person("Bella Quinn", "partner-lead", SECOND_PARTNER, "Signs the quarter for the other partner."),
    person(
        "Amara Hussain", "partner-lead", SMALLEST_PARTNER, "Leads the smallest partner: as much voice as any other."
    ),
    person("Ivy Penrose", "adviser", INDEPENDENT_ROUTE, "Takes the cases that no partner can: all have an interest."),
    person("Carol Denning", "commissioning-officer", COUNCIL, "Takes a commission from findings to a report."),
    person("Priya Nair", "procurement-officer", COUNCIL, "Reads what was decided. The tender comes later."),
    person("Edwin Foss", "evaluator", COUNCIL, "Scores bids. The evaluation pages come later."),
    person("Olive Grant", "contract-manager", COUNCIL, "Prepares the quarter's report and certifies what is due."),
    person("Fred Baxter", "finance", COUNCIL, "Authorises what the contract manager has certified."),
    person("Daphne Lowe", "democratic-services", COUNCIL, "Keeps the forward plan, the record and call-in."),
    person("Dev Acharya", "data-protection-officer", COUNCIL, "Reads who did what; checks that the record is whole."),
    person(
        "Ada Whitlock",
        "administrator",
        COUNCIL,
        "Invites people, imports lists, merges what is the same.",
    ),
)
BY_EMAIL = {one.email: one for one in PEOPLE}
