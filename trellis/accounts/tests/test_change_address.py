"""Changing one's address, through a real mail server: the new one is checked before it counts, the old one told."""

import pytest
import time_machine
from django.urls import reverse

from tests.cast import PASSWORD, person
from trellis.accounts.models import User
from trellis.audit.models import AuditEntry

PAGE = reverse("account_email")
NEW = "dora.lane@example.org"


@pytest.fixture
def dora(cast, client):
    """Her browser, just signed in."""
    client.post(reverse("account_login"), {"login": cast.dora.email, "password": PASSWORD})
    return client


def ask(client, email=NEW):
    return client.post(PAGE, {"action_add": "yes", "email": email})


def address_of(user) -> str:
    return User.objects.get(pk=user.pk).email


def audited(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"accounts.{verb}").count()


def sign_in(client, email) -> bool:
    client.logout()
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD}).status_code == 302


def test_a_new_address_counts_once_its_link_was_opened_and_the_old_one_is_told(cast, dora, inbox):
    ask(dora)
    assert address_of(cast.dora) == cast.dora.email
    assert audited("ask_for_address") == 1

    answer = dora.post(inbox.link(NEW), follow=True)

    assert address_of(cast.dora) == NEW
    assert "Your email address is confirmed." in answer.content.decode()
    assert inbox.last(cast.dora.email)["Subject"] == "Your email address was changed"
    assert NEW in inbox.last(cast.dora.email).get_content()
    assert audited("change_address") == 1 and not audited("verify_address")
    assert not sign_in(dora, cast.dora.email)
    assert sign_in(dora, NEW)


def test_the_account_leads_there_and_the_page_says_what_waits(page_client, cast, dora):
    page = page_client.get(reverse("your_account"), by=cast.dora)
    assert page.find(f"a[href='{PAGE}']").text_content().split() == ["Change", "your", "email", "address"]

    ask(dora)
    page = page_client.get(PAGE, by=cast.dora)
    assert page.h1 == "Change your email address"
    assert f"You sign in with {cast.dora.email}" in page.text
    assert f"We have sent a link to {NEW}" in page.text


def test_they_may_leave_it_as_it_was(cast, dora, inbox):
    ask(dora)
    link = inbox.link(NEW)
    answer = dora.post(PAGE, {"action_remove": "yes", "email": NEW}, follow=True)

    assert "Your address stays as it is." in answer.content.decode()
    assert inbox.last(cast.dora.email)["Subject"] == "Your email address stays as it is"
    assert audited("leave_address") == 1
    assert dora.post(link).status_code == 404
    assert address_of(cast.dora) == cast.dora.email


def test_the_link_alone_does_not_take_the_account_over(cast, dora, inbox, page_client):
    """She mistyped it, and a stranger reads that mailbox."""
    ask(dora, "stranger@example.org")
    answer = page_client.post(inbox.link("stranger@example.org"))
    assert answer.response.url == reverse("account_login")
    assert "Sign in to your account first" in page_client.get(reverse("account_login")).text

    page_client.post(reverse("account_reset_password"), {"email": "stranger@example.org"})
    assert inbox.last("stranger@example.org")["Subject"] == "There is no account with this address"
    assert address_of(cast.dora) == cast.dora.email


def test_an_address_of_another_account_is_not_told_and_not_taken(cast, dora, inbox):
    assert ask(dora, cast.erin.email).url == PAGE
    assert dora.post(inbox.link(cast.erin.email)).status_code == 302
    assert address_of(cast.dora) == cast.dora.email

    squatter = User.objects.create_user("squat@example.org", PASSWORD)
    ask(dora, squatter.email)
    answer = dora.post(inbox.link(squatter.email), follow=True)
    assert "That address could not be confirmed: another account uses it." in answer.content.decode()
    assert address_of(cast.dora) == cast.dora.email and not audited("change_address")


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Enter your new email address"),
        ("dora", "Enter an email address in full"),
        ("Dora@example.org", "This is your address already. Enter another one"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(page_client, cast, email, words):
    page = page_client.post(PAGE, {"action_add": "yes", "email": email}, by=cast.dora, expect=200)
    assert page.title.startswith("Error: ")
    assert page.find("#id_email-error").text_content().count(words) == 1
    assert not audited("ask_for_address")


def test_only_the_one_address_can_be_had(cast, dora, inbox):
    ask(dora)
    dora.post(PAGE, {"action_primary": "yes", "email": NEW})
    answer = dora.post(PAGE, {"action_remove": "yes", "email": cast.dora.email}, follow=True)
    assert "it cannot be taken away" in answer.content.decode()
    assert address_of(cast.dora) == cast.dora.email


def test_the_password_is_asked_again_after_5_minutes(cast, dora, inbox):
    with time_machine.travel("2018-07-02T09:06:00Z", tick=False):
        assert ask(dora).url.startswith(reverse("account_reauthenticate"))
    assert not inbox.messages


def test_people_of_the_demo_keep_theirs(page_client, cast):
    one = person("Demo", cast.pantry, "organisation")
    User.objects.filter(pk=one.pk).update(is_demo=True)
    page = page_client.post(PAGE, {"action_add": "yes", "email": NEW}, by=User.objects.get(pk=one.pk), expect=200)
    assert "People of the demonstration keep their address." in page.text
