"""Council staff come by OpenID Connect, from a provider that really runs on loopback."""

from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.urls import reverse

from tests.cast import PASSWORD
from trellis.accounts.models import User
from trellis.accounts.tests.provider import CLIENT, SECRET, Provider
from trellis.audit.models import AuditEntry

STAFF = {"sub": "staff-17", "email": "sam.staff@example.org", "email_verified": True, "name": "Sam Staff"}
START = "/account/council/council/"


@pytest.fixture
def provider(settings):
    running = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "council",
                    "name": "council account",
                    "client_id": CLIENT,
                    "secret": SECRET,
                    "settings": {"server_url": running.url},
                }
            ],
        }
    }
    yield running
    running.stop()


class StayHere(HTTPRedirectHandler):
    def redirect_request(self, *ignored):
        return None


def follow(address: str) -> str:
    """Ask the provider as a browser does; the way back that it names."""
    try:
        build_opener(StayHere).open(address)
    except HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError(f"{address} did not lead on.")


def come_in(client, provider, **claims):
    """All the way there and back; the last answer of ours."""
    provider.claims = STAFF | claims
    back = urlsplit(follow(client.get(START).url))
    return client.get(f"{back.path}?{back.query}")


def who(client) -> User | None:
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number) if number else None


def test_the_sign_in_page_offers_it_when_it_is_set_up(page_client, db, provider):
    assert page_client.get(reverse("account_login")).href("Sign in with your council account") == START


def test_the_sign_in_page_and_the_address_know_nothing_of_it_when_it_is_not(page_client, db):
    assert "council account" not in page_client.get(reverse("account_login")).text
    page_client.get(START, expect=404)


def test_an_unknown_person_gets_an_account_without_roles(client, cast, provider):
    answer = come_in(client, provider)

    assert answer.url == reverse("home")
    user = who(client)
    assert (user.email, user.name, user.roles) == ("sam.staff@example.org", "Sam Staff", [])
    assert not user.has_usable_password()
    assert user.emailaddress_set.get().verified
    assert provider.asked == [
        "/.well-known/openid-configuration",
        "/authorize",
        "/.well-known/openid-configuration",
    ] + [
        "/token",
        "/userinfo",
    ]
    assert [(entry.action, entry.facts) for entry in AuditEntry.objects.filter(subject=f"person {user.pk}")] == [
        ("accounts.sign_up", {"how": "single sign-on"}),
        ("accounts.sign_in", {"how": ["socialaccount"]}),
    ]


def test_the_second_time_it_is_the_same_account_even_with_a_new_address(client, cast, provider):
    come_in(client, provider)
    first = who(client)
    client.logout()
    come_in(client, provider, email="sam.married@example.org")

    assert who(client) == first


def test_a_verified_address_is_joined_to_the_account_that_has_it(client, cast, provider):
    come_in(client, provider, email=cast.dora.email)

    assert who(client) == cast.dora
    assert cast.dora.socialaccount_set.count() == 1
    assert User.objects.get(pk=cast.dora.pk).check_password(PASSWORD)


@pytest.mark.parametrize("said", [False, None, "true", "false", 1])
def test_an_address_that_the_provider_does_not_vouch_for_is_joined_to_nothing(client, cast, provider, said):
    come_in(client, provider, email=cast.dora.email, email_verified=said)

    assert who(client) is None
    assert not cast.dora.socialaccount_set.exists()


def test_whoever_waited_on_an_unverified_account_loses_it_when_its_owner_comes(client, cast, provider):
    waiting = User.objects.create_user(STAFF["email"], "the attacker's own password")
    waiting.emailaddress_set.create(email=waiting.email, verified=False, primary=True)
    come_in(client, provider)

    assert who(client) is None, "they confirm the address first, by the email that was sent"
    assert waiting.socialaccount_set.exists()
    assert not User.objects.get(pk=waiting.pk).has_usable_password()


def test_an_account_of_the_demo_is_never_joined(client, cast, provider):
    User.objects.filter(pk=cast.dora.pk).update(is_demo=True)
    come_in(client, provider, email=cast.dora.email)

    assert who(client) is None


def test_a_role_that_demands_a_second_step_demands_it_of_them_too(client, cast, provider):
    come_in(client, provider, email=cast.olive.email)

    assert client.get("/").url == reverse("mfa_activate_totp")


def test_an_answer_that_nobody_asked_for_is_refused(client, cast, provider):
    provider.claims = STAFF
    back = urlsplit(follow(client.get(START).url))
    stranger = type(client)()

    answer = stranger.get(f"{back.path}?{back.query}")

    assert who(stranger) is None
    assert "did not let you in" in answer.content.decode()


def test_stopping_there_is_told_plainly(page_client, client, cast, provider):
    provider.denies = True
    back = urlsplit(follow(page_client.get(START, expect=302).response.url))

    stopped = page_client.get(f"{back.path}?{back.query}", expect=302).response.url

    assert page_client.get(stopped).h1 == "You are not signed in"


def test_an_account_without_an_address_is_asked_for_one(page_client, cast, provider):
    provider.claims = {"sub": "staff-18", "name": "Sal Staff"}
    back = urlsplit(follow(page_client.get(START, expect=302).response.url))
    asks = page_client.get(f"{back.path}?{back.query}", expect=302).response.url

    assert page_client.get(asks).h1 == "One more thing"
    page_client.post(asks, {"email": cast.dora.email})
    assert page_client.get(reverse("your_account"), expect=302)
    assert not cast.dora.socialaccount_set.exists()
