"""The page that lists 10,000 proposals with their positions, against the database's bare query of the same rows.

    python -m benchmarks.proposals [--proposals 10000] [--keep FOLDER]
    script/with-postgresql python -m benchmarks.proposals      on PostgreSQL

One run: an alliance of nine members in a scratch database, so many proposals with two versions each, and a position of
most members on every version. Then, in turns: one bare SQL statement that counts the positions which stand on the first
25; the same figures as the list reads them; the page; the last page; the page of what waits for a member; one proposal
with its positions; and all of them as a file. Prints the median of each and its ratio to the bare statement.
"""

import argparse
import random
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from benchmarks._register import served_from
from benchmarks.survey import compare

PARTNERS, VERSIONS = 8, 2
STANCES = ("support", "support", "accept", "accept", "object", "recuse")
BARE = """
    SELECT p.id, COUNT(CASE WHEN s.stance IN ('support', 'accept') THEN 1 END),
           COUNT(CASE WHEN s.stance = 'object' THEN 1 END), COUNT(CASE WHEN s.stance = 'recuse' THEN 1 END)
    FROM (SELECT * FROM contracts_proposal WHERE contract_id = %s ORDER BY opened_on DESC, id DESC LIMIT 25) p
    LEFT JOIN contracts_proposalversion v ON v.proposal_id = p.id AND v.number = p.version
    LEFT JOIN contracts_position s ON s.version_id = v.id AND NOT EXISTS (
        SELECT 1 FROM contracts_position n
        WHERE n.version_id = s.version_id AND n.organisation_id = s.organisation_id AND n.number > s.number)
    GROUP BY p.id
"""


def build(number: int):
    """A lead, and an alliance with so many proposals; those that a folder holds already, if it does."""
    from trellis.accounts.models import User
    from trellis.contracts.models import Contract, Proposal

    if not Proposal.objects.exists():
        contract, members = alliance()
        propose(contract, members, number)
    return User.objects.get(), Contract.objects.get()


def alliance():
    """Nine members, and the lead of one of them with its seat."""
    from trellis.accounts.models import Membership, User
    from trellis.contracts import commands as contracts
    from trellis.contracts.commands import agreement
    from trellis.core.actors import SIMULATOR
    from trellis.organisations.models import Organisation
    from trellis.places.models import District

    district = District.objects.create(code="E1", name="A district", latitude=51.2, longitude=0.5)
    members = [
        Organisation.objects.create(reference=f"ORG-{place}", name=f"Member {place}", district=district)
        for place in range(PARTNERS + 2)
    ]
    council, route, *partners = members
    today = date.today()
    contract = contracts.create_contract(
        reference="C", title="An alliance", authority=council, starts_on=date(today.year - 1, 1, 1), years=3,
        baseline=Decimal(100000), step_down=Decimal("0.1"), independent_route=route,
        shares=dict.fromkeys(partners, Decimal(1) / PARTNERS), by=SIMULATOR,
    )  # fmt: skip
    lead = User.objects.create_user("lead@example.org", "", name="Lead")
    Membership.objects.create(user=lead, organisation=partners[0], role="partner-lead")
    contracts.name_seat(
        contract=contract,
        organisation=partners[0],
        holder=lead,
        deputy=None,
        starts_on=contract.starts_on,
        by=SIMULATOR,
    )
    agreement.set_class(
        contract=contract, code="all", name="Every member", starts_on=contract.starts_on, matters=["text"],
        decides="every-member", discussion_days=10, facilitation_days=10, expert_days=10, by=SIMULATOR,
    )  # fmt: skip
    return contract, [council, *partners]


def propose(contract, members, number: int) -> None:
    """So many proposals, the same ones each time: one in ten still open."""
    from django.db import connection, transaction

    from trellis.contracts.models import Position, Proposal, ProposalVersion

    chance, today, terms = random.Random(20180702), date.today(), contract.agreement_classes.get()
    with transaction.atomic():
        proposals = Proposal.objects.bulk_create(
            [proposal(contract, terms, place, chance, members, today) for place in range(number)], 2000
        )
        versions = ProposalVersion.objects.bulk_create(
            [
                ProposalVersion(
                    proposal=one, number=place, title=one.title, text="We do it.", best_for_service="It helps.",
                    effective_on=today, note="Other words." if place > 1 else "", written_by="person:1",
                )
                for one in proposals
                for place in range(1, VERSIONS + 1)
            ],
            2000,
        )  # fmt: skip
        rows = [
            Position(
                version=version, organisation=member, number=1, stance=chance.choice(STANCES), reason="Because.",
                interest="An interest.", said_by="person:1",
            )
            for version in versions
            for member in members
            if chance.random() < 0.9
        ]  # fmt: skip
        Position.objects.bulk_create(rows, 5000)
    print(f"{number:,} proposals with {len(rows):,} positions")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def proposal(contract, terms, place: int, chance: random.Random, members, today: date):
    """One proposal, opened at some day of the last year."""
    from trellis.contracts.models import Proposal

    opened_on = today - timedelta(days=chance.randint(0, 360))
    status = "open" if chance.random() < 0.1 else chance.choice(("carried-out", "lapsed", "withdrawn"))
    return Proposal(
        contract=contract, reference=f"PROP-{place}", title=f"Proposal {place}", matter="text", status=status,
        version=VERSIONS, proposer=chance.choice(members), terms=terms, stage="discussion", opened_on=opened_on,
        discussion_ends_on=opened_on + timedelta(days=14), facilitation_ends_on=opened_on + timedelta(days=28),
        clock_ends_on=opened_on + timedelta(days=42),
        closed_on=None if status == "open" else min(today, opened_on + timedelta(days=20)),
    )  # fmt: skip


def main() -> None:
    """Build, unless the folder holds proposals already, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--proposals", type=int, default=10_000)
    parser.add_argument("--keep", help="a folder for the database, kept and used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        served_from(options.keep or scratch)
        from django.db import connection
        from django.test import Client

        from tests.page_client import pass_second_factor
        from trellis.contracts.models import Proposal
        from trellis.contracts.queries import proposals as queries
        from trellis.organisations.models import Organisation

        lead, contract = build(options.proposals)
        client = Client()
        client.force_login(lead)
        pass_second_factor(client)
        mine = Organisation.objects.get(reference="ORG-2")
        last = -(-Proposal.objects.count() // 25)

        def bare() -> None:
            with connection.cursor() as cursor:
                cursor.execute(BARE, [contract.pk])
                cursor.fetchall()

        def read() -> None:
            visible = queries.for_a_list(queries.proposals_visible_to(lead, contract, date.today()))
            queries.counts(list(queries.with_need(visible, mine).order_by("-needs_mine", "-opened_on", "-pk")[:25]))

        def page(path: str) -> Callable[[], None]:
            def fetch() -> None:
                answer = client.get(f"/contracts/C/proposals/{path}")
                assert answer.status_code == 200, answer.status_code
                b"".join(answer.streaming_content) if answer.streaming else answer.content

            return fetch

        compare(
            {
                "bare counts of 25 in SQL": bare,
                "the same as the list reads them": read,
                "the page": page(""),
                "the last page": page(f"?page={last}"),
                "what waits for a member": page("?state=mine"),
                "by title": page("?sort=title"),
                "one proposal and its positions": page("PROP-7/"),
                "all as a file": page("?format=csv"),
            }
        )


if __name__ == "__main__":
    main()
