import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from trellis.accounts import commands, demo_session, roles
from trellis.accounts.models import Membership
from trellis.audit.models import AuditEntry
from trellis.core.actors import SIMULATOR
from trellis.demo.people import BY_EMAIL, PEOPLE

ADDRESS = "/demo/sign-in/"


@pytest.fixture
def demo(settings, cast):
    """The demo, with Alice Ashby and Dora Mills in it."""
    settings.TRELLIS_ENV = "demo"
    for email, organisation in (("alice.ashby@example.org", cast.ash_vale), ("dora.mills@example.org", cast.pantry)):
        person = BY_EMAIL[email]
        user = commands.add_person(email=email, name=person.name, by=SIMULATOR, is_demo=True)
        Membership.objects.create(user=user, organisation=organisation, role=person.role_code)
    return cast


def test_the_demo_has_somebody_for_every_role():
    assert {person.role_code for person in PEOPLE} == set(roles.BY_CODE)
    assert len(BY_EMAIL) == len(PEOPLE)
    assert len({person.organisation for person in PEOPLE if person.role.of == roles.PARTNER}) == 4


@pytest.mark.parametrize("environment", ["test", "production"])
def test_there_is_no_such_page_elsewhere(page_client, cast, settings, environment):
    settings.TRELLIS_ENV = environment
    page_client.get(ADDRESS, expect=404)
    page_client.post(ADDRESS, {"person": "alice.ashby@example.org"}, expect=404)


def test_one_click_signs_in_and_the_gate_yields(page_client, demo):
    page = page_client.get(ADDRESS)
    assert page.h1 == "Try it as somebody"
    assert len(page.find_all("button.govuk-button")) == len(PEOPLE)

    page_client.post(ADDRESS, {"person": "alice.ashby@example.org"})

    assert "Adviser, Ash Vale CVS" in page_client.get(reverse("your_account")).text
    assert AuditEntry.objects.get(action="accounts.sign_in").facts == {"how": ["demo"]}


def test_the_leads_of_the_other_partners_can_be_chosen_too(page_client, demo):
    wanda = commands.add_person(email="wanda.ellis@example.org", name="Wanda Ellis", by=SIMULATOR, is_demo=True)
    Membership.objects.create(user=wanda, organisation=demo.bramble, role=roles.PARTNER_LEAD.code)
    assert "Partner lead Bramble Volunteering Sign in as Wanda Ellis" in page_client.get(ADDRESS).text

    page_client.post(ADDRESS, {"person": wanda.email})

    assert "Partner lead, Bramble Volunteering" in page_client.get(reverse("your_account")).text


def test_looking_signs_nobody_in(demo):
    client = Client()
    client.get(ADDRESS + "?person=alice.ashby@example.org")

    assert "_auth_user_id" not in client.session


def test_one_person_after_the_other_leaves_nothing_behind(demo):
    client = Client()
    client.post(ADDRESS, {"person": "alice.ashby@example.org"})
    before = client.session.session_key
    client.post(ADDRESS, {"person": "dora.mills@example.org"})

    assert client.session.session_key != before
    assert "Dora Mills" in client.get(reverse("your_account")).content.decode()


@pytest.mark.parametrize("person", ["", "ada.whitlock@example.org", "anna@example.org", "nobody@example.org"])
def test_only_people_of_the_demo_can_be_chosen(page_client, demo, person):
    page_client.post(ADDRESS, {"person": person}, expect=404)


def test_a_session_of_the_demo_begins_nowhere_else_and_for_nobody_else(demo, settings, rf):
    with pytest.raises(PermissionDenied):
        demo_session.begin(rf.post(ADDRESS), demo.anna)
    settings.TRELLIS_ENV = "production"
    demo.anna.is_demo = True
    with pytest.raises(PermissionDenied):
        demo_session.begin(rf.post(ADDRESS), demo.anna)


def test_the_click_is_protected_against_other_sites(demo):
    client = Client(enforce_csrf_checks=True)

    assert client.post(ADDRESS, {"person": "alice.ashby@example.org"}).status_code == 403


def test_the_command_line_lists_the_sign_ins_of_the_demo_alone(settings, capsys):
    settings.TRELLIS_ENV = "demo"
    call_command("demo_sign_ins")
    assert "alice.ashby@example.org" in capsys.readouterr().out

    settings.TRELLIS_ENV = "production"
    with pytest.raises(CommandError, match="in the demo only"):
        call_command("demo_sign_ins")
