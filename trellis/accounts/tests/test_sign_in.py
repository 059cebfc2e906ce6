"""From sign-up to a new password through a real mail server, and what an outsider learns on the way: nothing."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from tests.cast import PASSWORD
from trellis.accounts.models import Invitation, User
from trellis.audit.models import AuditEntry

NEW_PASSWORD = "seven otters juggle quietly"


def sign_up(page_client, email="new@example.org", expect=302):
    return page_client.post(
        reverse("account_signup"), {"name": "Nora New", "email": email, "password1": NEW_PASSWORD}, expect=expect
    )


def sign_in(page_client, email, password=PASSWORD, expect=302):
    return page_client.post(reverse("account_login"), {"login": email, "password": password}, expect=expect)


def signed_in_as(page_client) -> str | None:
    page = page_client.get(reverse("home"))
    found = page.find_all(".trellis-header__name")
    return found[0].text_content().replace("Your account: ", "").strip() if found else None


def audited(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=f"accounts.{action}"))


def test_signing_up_takes_a_link_that_came_by_email(page_client, cast, inbox):
    sign_up(page_client)
    assert signed_in_as(page_client) is None
    assert page_client.get(reverse("account_email_verification_sent")).h1 == "Look at your email"

    page = page_client.get(inbox.link("new@example.org"))
    assert page.h1 == "Confirm your email address"
    page_client.post(inbox.link("new@example.org"))

    assert signed_in_as(page_client) == "Nora New"
    user = User.objects.get(email="new@example.org")
    assert user.roles == []
    assert [entry.action for entry in AuditEntry.objects.filter(subject=f"person {user.pk}")] == [
        "accounts.sign_up",
        "accounts.verify_address",
        "accounts.sign_in",
    ]
    assert {entry.origin for entry in AuditEntry.objects.filter(action__startswith="accounts.")} == {"web"}


def test_nobody_signs_in_before_the_address_is_confirmed(page_client, cast, inbox):
    sign_up(page_client)
    sign_in(page_client, "new@example.org", NEW_PASSWORD)

    assert signed_in_as(page_client) is None


def test_a_used_link_says_what_to_do(page_client, cast, inbox):
    sign_up(page_client)
    link = inbox.link("new@example.org")
    page_client.post(link)

    assert page_client.get(link).h1 == "This link does not work"


def test_sign_up_does_not_say_whether_an_address_has_an_account(page_client, cast, inbox):
    known = sign_up(page_client, cast.dora.email)
    unknown = sign_up(page_client, "nobody@example.org")

    assert known.response.url == unknown.response.url == reverse("account_email_verification_sent")
    assert inbox.last(cast.dora.email)["Subject"] == "You have an account already"
    assert inbox.last("nobody@example.org")["Subject"] == "Confirm your email address"
    assert User.objects.get(email=cast.dora.email).check_password(PASSWORD)


@pytest.mark.parametrize("email", ["dora@example.org", "nobody@example.org"])
def test_sign_up_takes_as_long_for_an_address_that_has_an_account(page_client, cast, monkeypatch, email):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))

    sign_up(page_client, email)

    assert len(hashed) == 1


def test_a_forgotten_password_is_replaced_by_a_link_and_other_sessions_end(page_client, cast, inbox, client):
    dora = cast.dora
    client.post(reverse("account_login"), {"login": dora.email, "password": PASSWORD})
    assert client.get(reverse("your_account")).status_code == 200

    page_client.post(reverse("account_reset_password"), {"email": dora.email})
    moved = page_client.get(inbox.link(dora.email), expect=302).response.url
    assert page_client.get(moved).h1 == "Choose a new password"
    page_client.post(moved, {"password1": NEW_PASSWORD})

    assert client.get(reverse("your_account")).status_code == 302, "the session of before still opens the account"
    sign_in(page_client, dora.email, NEW_PASSWORD)
    assert signed_in_as(page_client) == "Dora"
    assert len(audited("change_password")) == 1
    assert inbox.last(dora.email)["Subject"] == "Your password was changed"


def test_a_reset_link_works_once(page_client, cast, inbox):
    page_client.post(reverse("account_reset_password"), {"email": cast.dora.email})
    link = inbox.link(cast.dora.email)
    page_client.post(page_client.get(link, expect=302).response.url, {"password1": NEW_PASSWORD})

    assert page_client.get(link).h1 == "This link does not work"


def test_password_reset_does_not_say_whether_an_address_has_an_account(page_client, cast, inbox):
    known = page_client.post(reverse("account_reset_password"), {"email": cast.dora.email})
    unknown = page_client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert known.response.url == unknown.response.url == reverse("account_reset_password_done")
    assert inbox.last("nobody@example.org")["Subject"] == "There is no account with this address"


@pytest.mark.parametrize("email", ["dora@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(page_client, cast, email):
    page = sign_in(page_client, email, "not the password at all", expect=200)

    assert "The email address or the password is not right" in page.text
    assert page.title.startswith("Error: Sign in")


def test_a_failed_sign_in_is_audited_without_the_address(page_client, cast):
    sign_in(page_client, "dora@example.org", "not the password at all", expect=200)
    sign_in(page_client, "nobody@example.org", "not the password at all", expect=200)

    assert [(entry.subject, entry.facts) for entry in audited("fail_to_sign_in")] == [
        (f"person {cast.dora.pk}", {"how": "password"}),
        ("person unknown", {"how": "password"}),
    ]


def test_guessing_passwords_is_slowed_down_and_then_even_the_right_one_waits(page_client, cast):
    for _ in range(5):
        sign_in(page_client, "dora@example.org", "not the password at all", expect=200)
    page = sign_in(page_client, "dora@example.org", PASSWORD, expect=200)

    assert "There were too many attempts" in page.text
    assert sign_in(page_client, "erin@example.org").response.url == reverse("home")


def test_many_resets_from_one_place_are_refused(page_client, cast):
    for _ in range(5):
        page_client.post(reverse("account_reset_password"), {"email": "dora@example.org"})
    page = page_client.post(reverse("account_reset_password"), {"email": "dora@example.org"}, expect=429)

    assert page.h1 == "Too many attempts"


def test_signing_out_is_a_post_and_is_audited(page_client, cast):
    sign_in(page_client, "dora@example.org")
    assert page_client.get(reverse("account_logout")).h1 == "Sign out"
    assert signed_in_as(page_client) == "Dora"

    page_client.post(reverse("account_logout"))

    assert signed_in_as(page_client) is None
    assert len(audited("sign_out")) == 1


def test_a_closed_account_does_not_open(page_client, cast):
    User.objects.filter(pk=cast.dora.pk).update(is_active=False)

    assert sign_in(page_client, "dora@example.org").response.url == reverse("account_inactive")
    assert signed_in_as(page_client) is None


def test_a_person_of_the_demo_is_not_let_in_elsewhere(page_client, cast):
    User.objects.filter(pk=cast.dora.pk).update(is_demo=True)

    assert sign_in(page_client, "dora@example.org").response.url == reverse("account_inactive")
    assert signed_in_as(page_client) is None


def test_sign_in_leads_back_to_the_page_that_was_asked_for_but_never_to_another_site(page_client, cast):
    there = page_client.get(reverse("your_account"), expect=302).response.url
    assert there == f"{reverse('account_login')}?next={reverse('your_account')}"

    back = page_client.post(there, {"login": "dora@example.org", "password": PASSWORD})
    assert back.response.url == reverse("your_account")
    page_client.post(reverse("account_logout"))
    away = page_client.post(
        f"{reverse('account_login')}?next=https://evil.example/", {"login": "dora@example.org", "password": PASSWORD}
    )
    assert away.response.url == reverse("home")


def test_changing_the_password_keeps_this_session_and_ends_the_others(page_client, cast, client):
    client.post(reverse("account_login"), {"login": "dora@example.org", "password": PASSWORD})
    sign_in(page_client, "dora@example.org")

    page_client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert signed_in_as(page_client) == "Dora"
    assert client.get(reverse("your_account")).status_code == 302


@pytest.mark.parametrize(
    ("password", "said"),
    [("short", "too short"), ("password1234", "too common"), ("dora@example.org", "too similar")],
)
def test_weak_passwords_are_refused(page_client, cast, password, said):
    page = page_client.post(
        reverse("account_signup"), {"name": "Dora", "email": "dora@example.org", "password1": password}, expect=200
    )
    assert said in page.text


# --- An invitation, from the email to the role


def invite(page_client, cast, capture):
    with capture(execute=True):
        page_client.post(
            reverse("invite_person", kwargs={"reference": cast.pantry.reference}),
            {"email": "new@example.org", "role": "organisation"},
            by=cast.dora,
        )


def test_an_invitation_signs_up_joins_and_needs_no_second_email(
    page_client, cast, inbox, django_capture_on_commit_callbacks
):
    invite(page_client, cast, django_capture_on_commit_callbacks)
    link = inbox.link("new@example.org")
    assert page_client.get(link).h1 == "Join Mill Lane Pantry"

    to_sign_up = page_client.post(link).response.url
    page = page_client.get(to_sign_up)
    assert "new@example.org" in page.text and not page.find_all("input[type=email]")
    back = page_client.post(to_sign_up, {"name": "Nora New", "email": "mallory@example.org", "password1": NEW_PASSWORD})
    assert back.response.url == link
    page_client.post(link)

    user = User.objects.get(email="new@example.org")
    assert [(role.code, organisation) for role, organisation in user.held] == [("organisation", cast.pantry.pk)]
    assert not User.objects.filter(email="mallory@example.org").exists()
    assert len(inbox.messages) == 1
    assert page_client.get(link, expect=410).h1 == "This invitation no longer works"


def test_an_invitation_is_of_no_use_to_whoever_has_another_address(
    page_client, cast, inbox, django_capture_on_commit_callbacks
):
    invite(page_client, cast, django_capture_on_commit_callbacks)
    link = inbox.link("new@example.org")

    assert "another address" in page_client.get(link, by=cast.erin).text
    page_client.post(link, by=cast.erin)

    assert not Invitation.objects.get().accepted_at
    assert len(User.objects.get(pk=cast.erin.pk).held) == 1


def test_an_invitation_does_not_open_an_account_that_is_there_already(
    page_client, cast, inbox, django_capture_on_commit_callbacks
):
    """Somebody may have signed up with the invitee's address and a password of their own, and wait."""
    sign_up(page_client, "new@example.org")
    invite(page_client, cast, django_capture_on_commit_callbacks)
    page_client.post(inbox.link("new@example.org"))

    waiting = User.objects.get(email="new@example.org")
    assert not waiting.emailaddress_set.get().verified
    sign_in(page_client, "new@example.org", NEW_PASSWORD)
    assert signed_in_as(page_client) is None
