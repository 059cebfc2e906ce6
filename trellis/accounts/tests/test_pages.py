import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from trellis.accounts.models import Invitation, Membership, User
from trellis.accounts.presenters import browser_of
from trellis.audit.models import AuditEntry

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"


def people(organisation, rest: str = "") -> str:
    return reverse("people", kwargs={"reference": organisation.reference}) + rest


def browser(user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post(reverse("account_login"), {"login": "dora@example.org", "password": PASSWORD})
    return client


# --- People of an organisation


def test_people_lists_members_invitations_and_those_who_left(page_client, cast):
    page_client.post(people(cast.ash_vale, "invite/"), {"email": "new@example.org", "role": "adviser"}, by=cast.anna)
    page_client.post(people(cast.ash_vale, f"{cast.alice.memberships.get().pk}/end/"), by=cast.anna)
    page = page_client.get(people(cast.ash_vale), by=cast.anna)

    assert page.h1 == "People"
    now, invited, left = (part.text_content() for part in page.find_all("[role=list]"))
    assert "Anna" in now and "Alice" not in now
    assert "new@example.org" in invited and "16 July 2018" in invited
    assert "Alice" in left


@pytest.mark.parametrize(
    ("who", "where", "status"),
    [
        ("anna", "ash_vale", 200),
        ("anna", "bramble", 404),
        ("anna", "council", 404),
        ("dora", "pantry", 200),
        ("dora", "choir", 404),
        ("ada", "council", 200),
        ("ada", "pantry", 200),
        ("alice", "ash_vale", 403),
        ("olive", "council", 403),
        ("vera", "pantry", 403),
        (None, "pantry", 302),
    ],
)
def test_people_are_seen_by_whoever_may_invite_them(page_client, cast, who, where, status):
    by = getattr(cast, who) if who else None
    for rest in ("", "invite/"):
        page_client.get(people(getattr(cast, where), rest), by=by, expect=status)


def test_the_profile_leads_an_administrator_to_its_people_and_nobody_else(page_client, cast):
    profile = reverse("organisation", kwargs={"reference": cast.pantry.reference})
    assert page_client.get(profile, by=cast.ada).href("See and invite its people") == people(cast.pantry)
    for by in (None, cast.dora, cast.anna, cast.olive, cast.dev):
        assert not page_client.get(profile, by=by).has_link("See and invite its people")


def test_a_partner_lead_is_offered_advisers_and_an_administrator_every_council_role(page_client, cast):
    offered = page_client.get(people(cast.ash_vale, "invite/"), by=cast.anna).find_all("input[type=radio]")
    assert [radio.get("value") for radio in offered] == ["adviser"]
    offered = page_client.get(people(cast.council, "invite/"), by=cast.ada).find_all("input[type=radio]")
    assert "administrator" in [radio.get("value") for radio in offered]
    assert "adviser" not in [radio.get("value") for radio in offered]


@pytest.mark.parametrize("role", ["partner-lead", "administrator", "no such role", ""])
def test_a_role_that_is_not_theirs_to_give_is_refused_on_the_form(page_client, cast, role):
    page = page_client.post(
        people(cast.ash_vale, "invite/"), {"email": "new@example.org", "role": role}, by=cast.anna, expect=200
    )

    assert page.title.startswith("Error: ")
    assert not Invitation.objects.exists()


def test_a_refusal_of_the_domain_stands_at_its_field(page_client, cast):
    page = page_client.post(
        people(cast.ash_vale, "invite/"), {"email": "alice@example.org", "role": "adviser"}, by=cast.anna, expect=200
    )
    assert page.href("They already have this role here.") == "#id_email"


def test_an_invitation_can_be_sent_again_and_withdrawn(page_client, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post(
            people(cast.pantry, "invite/"), {"email": "n@example.org", "role": "organisation"}, by=cast.dora
        )
        first = Invitation.objects.get()
        page_client.post(people(cast.pantry, f"{first.reference}/again/"), by=cast.dora)
    second = Invitation.objects.get(withdrawn_at__isnull=True)
    assert second != first and len(mail.outbox) == 2

    page_client.post(people(cast.choir, f"{second.reference}/withdraw/"), by=cast.erin, expect=404)
    page_client.get(people(cast.pantry, f"{second.reference}/withdraw/"), by=cast.dora, expect=302)
    assert Invitation.objects.filter(withdrawn_at__isnull=True).exists(), "GET changes nothing"
    page_client.post(people(cast.pantry, f"{second.reference}/withdraw/"), by=cast.dora)
    assert not Invitation.objects.filter(withdrawn_at__isnull=True).exists()


def test_ending_and_undoing(page_client, cast):
    membership = cast.alice.memberships.get()
    path = people(cast.ash_vale, f"{membership.pk}/end/")
    assert "End adviser Alice" in page_client.get(path, by=cast.anna).h1
    page_client.post(path, by=cast.bella, expect=404)
    page_client.post(path, by=cast.anna)
    assert "Alice is no longer adviser here" in page_client.get(people(cast.ash_vale), by=cast.anna).text

    page_client.post(people(cast.ash_vale, f"{membership.pk}/restore/"), by=cast.anna)

    assert Membership.objects.filter(user=cast.alice, ended_at__isnull=True).count() == 1
    assert "Alice is adviser here again" in page_client.get(people(cast.ash_vale), by=cast.anna).text


def test_the_last_administrator_stays_and_is_told_why(page_client, cast):
    page_client.post(people(cast.council, f"{cast.ada.memberships.get().pk}/end/"), by=cast.ada)

    assert "There must be at least 1 administrator" in page_client.get(people(cast.council), by=cast.ada).text


# --- Your account


def test_your_account_says_what_you_are(page_client, cast):
    page = page_client.get(reverse("your_account"), by=cast.anna)

    assert "Partner lead, Ash Vale CVS" in page.text
    assert page.href("People of Ash Vale CVS") == people(cast.ash_vale)
    assert "anna@example.org" in page.text
    page_client.get(reverse("your_account"), expect=302)


def test_changing_a_name(page_client, cast):
    page_client.post(reverse("change_name"), {"name": " Dora  Mills "}, by=cast.dora)
    assert User.objects.get(pk=cast.dora.pk).name == "Dora Mills"
    page = page_client.post(reverse("change_name"), {"name": " "}, by=cast.dora, expect=200)

    assert page.title.startswith("Error: Change your name")


# --- Sessions


def test_a_session_that_is_ended_elsewhere_is_dead(cast):
    here, there = browser(FIREFOX), browser(SAFARI)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Firefox on Linux (this one)" in page and "Safari on iPhone" in page
    number = cast.dora.usersession_set.get(session_key=there.session.session_key).pk

    here.post(reverse("usersessions_list"), {"session": number})

    assert there.get(reverse("your_account")).status_code == 302
    assert here.get(reverse("your_account")).status_code == 200
    assert AuditEntry.objects.filter(action="accounts.end_session").count() == 1


def test_every_other_session_is_ended_at_once(cast):
    here, *others = [browser(agent) for agent in (FIREFOX, SAFARI, EDGE)]

    here.post(reverse("usersessions_list"), {"session": "others"})

    assert [one.get(reverse("your_account")).status_code for one in others] == [302, 302]
    assert here.get(reverse("your_account")).status_code == 200


@pytest.mark.parametrize("sent", ["", "x", "-1", "99999999", "9" * 40])
def test_nobody_ends_what_is_not_theirs(cast, page_client, sent):
    browser(FIREFOX)
    theirs = cast.dora.usersession_set.get()

    page_client.post(reverse("usersessions_list"), {"session": sent}, by=cast.erin, expect=404)
    page_client.post(reverse("usersessions_list"), {"session": theirs.pk}, by=cast.erin, expect=404)

    assert cast.dora.usersession_set.exists()


def test_the_pages_of_sessions_keep_the_rules_of_pages(cast, page_client):
    browser(FIREFOX)
    page_client.post(reverse("account_login"), {"login": "dora@example.org", "password": PASSWORD})
    assert len(page_client.get(reverse("usersessions_list")).find_all(".govuk-summary-list__key")) == 2


@pytest.mark.parametrize(
    ("said", "called"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8", "A browser that we do not know"),
        ("", "A browser that we do not know"),
    ],
)
def test_browser_of(said, called):
    assert browser_of(said) == called


# --- Pages that anyone may see, and those that are not offered


@pytest.mark.parametrize(
    ("name", "h1"),
    [
        ("account_login", "Sign in"),
        ("account_signup", "Create an account"),
        ("account_inactive", "This account is closed"),
        ("account_email_verification_sent", "Look at your email"),
        ("account_reset_password", "Choose a new password"),
        ("account_reset_password_done", "Look at your email"),
        ("account_reset_password_from_key_done", "You have a new password"),
        ("socialaccount_login_cancelled", "You are not signed in"),
    ],
)
def test_public_pages(page_client, db, name, h1):
    assert page_client.get(reverse(name)).h1 == h1


@pytest.mark.parametrize(
    "path",
    ["email/", "2fa/", "2fa/webauthn/", "phone/verify/", "login/code/", "3rdparty/", "signup/passkey/", "login/"],
)
def test_what_is_not_offered_is_not_there(page_client, cast, path):
    page_client.get(f"/account/{path}", by=cast.dora, expect=404)


def test_an_invitation_that_nobody_sent(page_client, db):
    assert page_client.get("/account/invitation/guessed/", expect=404).h1 == "This invitation no longer works"
