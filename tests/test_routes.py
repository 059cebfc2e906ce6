"""Every route says who may reach it, answers each role as the reviewed matrix says, and does not vanish in silence."""

import logging
import os

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from tests import access_matrix
from tests.access_matrix import HEADINGS, Scene
from tests.cast import person
from tests.routes import routes
from trellis.accounts import commands as accounts
from trellis.accounts import roles
from trellis.accounts.models import Invitation
from trellis.accounts.rules import digest_of
from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import commissions
from trellis.commissioning.tests import appraisals, budget_scenes, equality_scenes, rooms, surveys
from trellis.contracts.tests import membership_scenes, papers_scenes, proposal_scenes, room_scenes
from trellis.core import clock
from trellis.core.actors import VISITOR
from trellis.decisions.models import Irregularity, PathwayStep
from trellis.decisions.tests import report_scenes
from trellis.decisions.tests import scenes as decisions
from trellis.evidence.models import Evidence
from trellis.organisations import commands as organisations
from trellis.organisations.commands import reports
from trellis.organisations.imports import uploads
from trellis.organisations.tests import announced
from trellis.organisations.tests import lists as lists_on_record
from trellis.organisations.tests.merging import register as merging_scenes
from trellis.payments.commands import statements as payments
from trellis.payments.tests import books_scenes, quarters
from trellis.renewal.tests import scenes as renewal
from trellis.support import commands as support


def a_case_in_work(cast) -> str:
    """Mill Lane Pantry asked, Alice of Ash Vale works on it, and Bramble, a competitor, may not see it."""
    case = support.request_support(
        organisation=cast.pantry, contract=cast.contract, topic=cast.topic, need="Help with a bid.", by=cast.dora
    )
    support.triage_case(case=case, urgency="routine", note="", by=cast.alice)
    case.refresh_from_db()
    support.allocate_case(case=case, partner_organisation=cast.ash_vale, by=cast.alice)
    case.refresh_from_db()
    support.take_case(case=case, by=cast.alice)
    return case.reference


def an_open_invitation(cast) -> str:
    """Anna has asked somebody to advise for Ash Vale; the link's secret is one that we know."""
    invitation = accounts.invite_person(
        email="new@example.org", organisation=cast.ash_vale, role=roles.ADVISER, by=cast.anna
    )
    Invitation.objects.filter(pk=invitation.pk).update(secret_digest=digest_of("secret"))
    return invitation.reference


def a_published_decision(cast) -> str:
    """Announced, heard, taken and published; something about it is irregular."""
    decision = decisions.published(cast.council)
    Irregularity.objects.create(
        decision=decision, what="It came late.", reason="It was signed.", monitoring_officer="Mo Finch",
        entered_on=decisions.PUBLISHED_ON, entered_by="person:0",
    )  # fmt: skip
    return decision.slug


@pytest.fixture
def scene(cast) -> Scene:
    """Something at every address."""
    change = organisations.change_profile(organisation=cast.pantry, values={"phone": "01632 960001"}, by=cast.dora)
    statement = payments.draw_up_statement(report=quarters.a_signed_report(cast), by=cast.olive)
    upload = ContentFile(b"Name,Postcode\nMill Lane Pantry,ME14 1XQ\n", "groups.csv")
    source = lists_on_record.on_record("groups")
    run = uploads.upload_list(upload=upload, file_name="groups.csv", source=source.code, by=cast.ada)
    without_basis = lists_on_record.without_basis("nurseries")
    case = a_case_in_work(cast)
    commission = commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=cast.carol, by=cast.carol
    )
    opens = commissions.plan_milestone(
        commission=commission, kind="procurement", name="Procurement opens", planned_on=clock.today(), by=cast.carol
    )
    return Scene(
        cast,
        access_matrix.people(cast),
        {
            "account reference": cast.ash_vale.reference,
            "account invitation": an_open_invitation(cast),
            "account membership": cast.alice.memberships.get().pk,
            "account secret": "secret",
            "account claim": accounts.start_claim(
                organisation=cast.pantry, proof="vouch", role_there="Secretary", by=cast.vera
            ).reference,
            "check_group reference": accounts.add_own_group(
                name="Knit and Natter", activities="We knit.", district=cast.north.code, by=person("Nell")
            ).reference,
            "start_claim reference": cast.choir.reference,
            "account key": "no-such-key",
            "account uidb36": "1",
            "account provider_id": "council",
            "organisations reference": cast.pantry.reference,
            "organisations change": change.pk,
            "organisations report": reports.report_error(
                organisation=cast.pantry, about="name", says="It is a larder now.", by=VISITOR
            ).reference,
            "organisations picture": "sizes",
            "organisations announcement": announced.event(cast).reference,
            "announce kind": "event",
            **merging_scenes.parts_of_addresses(),
            "contracts reference": cast.contract.reference,
            "contracts organisation": cast.ash_vale.reference,
            **membership_scenes.parts_of_addresses(cast),
            **papers_scenes.parts_of_addresses(cast),
            "contracts proposal": proposal_scenes.opened(proposal_scenes.seated(cast)).reference,
            "propose_matter matter": "shares",
            "contracts quarter": "2018-Q2",
            "contracts file_format": "csv",
            "contracts indicator": "days-to-first-contact",
            **books_scenes.at_every_address(cast),
            **quarters.parts_of_addresses(cast, statement),
            "support reference": case,
            **{
                f"{name} reference": run.reference
                for name in ("import_run", "import_source", "import_reading", "confirm_list", "pause_import")
            },
            "resume_import reference": run.reference,
            "cancel_import reference": run.reference,
            "organisations code": source.code,
            "withdrawn_contacts code": without_basis.code,
            **lists_on_record.parts_of_addresses(),
            "audit number": AuditEntry.objects.filter(subject=f"case {case}").latest("pk").pk,
            "evidence number": Evidence.objects.latest("pk").pk,
            "commissions reference": commission.reference,
            **rooms.at_every_address(cast, commission),
            **appraisals.parts_of_addresses(appraisals.prepared(cast, commission)),
            **budget_scenes.parts_of_addresses(budget_scenes.proposed(cast, commission)),
            **equality_scenes.parts_of_addresses(equality_scenes.attested(cast, commission)),
            **surveys.parts_of_addresses(cast, commission),
            "milestone number": opens.pk,
            "drop_milestone number": opens.pk,
            "decisions reference": a_published_decision(cast),
            **report_scenes.parts_of_addresses(commission),
            "decisions commission": commission.reference,
            "decisions version": "1",
            "decisions number": "1",
            "publish_notice kind": "forward-plan",
            "change_pathway pathway": decisions.a_pathway(cast.council).pk,
            "plan_step step": PathwayStep.objects.get().pk,
            "record_outcome step": PathwayStep.objects.get().pk,
            "publish_step_agenda step": PathwayStep.objects.get().pk,
            "cure_irregularity irregularity": Irregularity.objects.get().pk,
            **renewal.at_every_address(cast),
            **room_scenes.parts_of_addresses(cast),
            "support step": "topic",
            "support interest": cast.bramble_partner.interests.get().pk,
        },
    )


def test_every_route_says_who_may_reach_it():
    unsaid = [route.path for route in routes() if route.access is None]
    assert unsaid == [], "Mark the view @public, @signed_in or @requires(…); allauth's are in accounts/access.py."


def test_every_route_has_a_name():
    assert [route.path for route in routes() if route.access and not route.name] == []


def test_names_of_routes_are_used_once():
    names = [route.name for route in routes() if route.name]
    assert sorted(names) == sorted(set(names))


def test_the_matrix_has_every_role(cast):
    held = {role.code for one in access_matrix.people(cast).values() if one for role in one.roles}
    assert held == {role.code for role in roles.ALL}


@pytest.mark.skipif(
    bool(os.environ.get("TRELLIS_BOTH_DATABASES")) and not settings.ON_SQLITE,
    reason="every address as everybody takes minutes: the run on SQLite asks it",
)
def test_access_matrix(scene, monkeypatch):
    # Who gets what is asked thousands of times; what they see is asked by the tests of the pages.
    monkeypatch.setattr("django.template.backends.jinja2.Template.render", lambda *args, **context: "")
    monkeypatch.setattr(logging.root.manager, "disable", logging.WARNING)  # each refusal is one
    asked = [route for route in routes() if route.access is not None]
    matrix = list(access_matrix.rows(asked, scene))
    if os.environ.get(access_matrix.WRITE):
        access_matrix.write(matrix)
    reviewed = {(row["address"], row["method"]): row for row in access_matrix.read()}
    now = {(row["address"], row["method"]): row for row in matrix}
    assert sorted(reviewed) == sorted(now), "A route came or went: script/access-matrix, and review."
    changed = [
        f"{method} {address or '/'} as {who}: {was} became {now[address, method].get(who)}"
        for (address, method), row in reviewed.items()
        for who, was in row.items()
        if was != now[address, method].get(who)
    ]
    assert changed == [], "Is that meant? script/access-matrix, and review the difference."


def test_a_permission_opens_its_pages_to_nobody_else(cast):
    """The matrix agrees with the roles: whoever lacks the permission is refused before anything is looked up."""
    holders = {
        who: {permission for role in one.roles for permission in role.permissions}
        for who, one in access_matrix.people(cast).items()
        if one
    }
    wrong = [
        f"{row['method']} {row['address']} as {who}: {row[who]}"
        for row in access_matrix.read()
        if row["access"] not in ("public", "signed in")
        for who in row
        if who not in HEADINGS
        if (row[who] == "403") != (who != "nobody" and row["access"] not in holders[who])
    ]
    assert wrong == []


def test_nobody_in_conflict_learns_that_the_case_is_there(scene):
    cases = [row for row in access_matrix.read() if row["address"].startswith("support/<slug:reference>/")]
    assert cases
    for who in ("adviser: in conflict", "partner lead: in conflict", "adviser: outside", "organisation: another's"):
        assert {row[who] for row in cases} <= {"404", "403"}, who


def test_nobody_gets_past_the_door_without_signing_in():
    doors = [row for row in access_matrix.read() if row["access"] != "public"]
    assert {row["nobody"] for row in doors} == {"sign in"}
