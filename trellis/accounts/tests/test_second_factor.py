"""One-time codes, computed as an app on a telephone does, and the gate that asks for them."""

import base64
import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from trellis.accounts.models import Membership, User
from trellis.audit.models import AuditEntry

SET_UP = reverse("mfa_activate_totp")
CODES = reverse("mfa_view_recovery_codes")


def code_at(secret: str, moment: float | None = None) -> str:
    """What the app shows (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(moment or time.time()) // 30))


def sign_in(client: Client, person: User, then: str = "") -> str:
    answer = client.post(f"{reverse('account_login')}?next={then}", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    return answer.url


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set an app up as the signed-in person; its secret, and the recovery codes."""
    if client.get(SET_UP).status_code == 302:
        assert client.post(reverse("account_reauthenticate") + f"?next={SET_UP}", {"password": PASSWORD}).url == SET_UP
    page = client.get(SET_UP).content.decode()
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    answer = client.post(SET_UP, {"code": code_at(secret)})
    assert (answer.status_code, answer.url) == (302, CODES), answer.content.decode()
    shown = re.findall(r"<li>(\d{4} \d{4})</li>", client.get(CODES).content.decode())
    return secret, shown


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture
def alice(client, cast):
    """Alice's browser, with an app that was set up half an hour ago; she is signed out again."""
    with time_machine.travel("2018-07-02T08:30:00Z", tick=False):
        sign_in(client, cast.alice)
        client.secret, client.recovery_codes = set_up(client)
        client.post(reverse("account_logout"))
    return client


def test_an_adviser_sets_an_app_up_before_anything_else(client, cast):
    sign_in(client, cast.alice)

    for path in ("/", reverse("your_account"), reverse("account_change_password"), reverse("mfa_view_recovery_codes")):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, SET_UP), path
    secret, recovery_codes = set_up(client)

    assert len(recovery_codes) == 10
    assert client.get("/").status_code == client.get(reverse("your_account")).status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp").data), "the secret lies open in the database"
    assert AuditEntry.objects.filter(action="accounts.add_second_factor", subject=f"person {cast.alice.pk}").exists()


def test_whoever_has_just_signed_in_is_not_asked_for_the_password_again(client, cast):
    sign_in(client, cast.alice)

    page = client.get(SET_UP)

    assert page.status_code == 200
    svg = base64.b64decode(re.search(r"base64,([^\"]+)", page.content.decode())[1]).decode()
    assert 'fill="white"' in svg, "a dark page would hide the picture from cameras"


def test_leaving_is_always_possible(client, cast):
    sign_in(client, cast.alice)

    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).url == "/"


def test_sign_in_asks_for_the_code_and_a_code_works_once(alice, cast):
    assert sign_in(alice, cast.alice) == reverse("mfa_authenticate")
    assert who(alice) is None
    code = code_at(alice.secret)

    assert alice.post(reverse("mfa_authenticate"), {"code": code}).url == "/"
    assert who(alice) == str(cast.alice.pk)
    assert AuditEntry.objects.filter(action="accounts.sign_in").latest("id").facts == {"how": ["mfa", "password"]}

    other = Client()
    sign_in(other, cast.alice)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    with time_machine.travel("2018-07-02T09:00:29Z", tick=False):
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200, "used within its step"
    assert who(other) is None


def test_the_code_that_set_the_app_up_does_not_sign_in_as_well(client, cast):
    sign_in(client, cast.alice)
    secret, _ = set_up(client)

    other = Client()
    sign_in(other, cast.alice)
    assert other.post(reverse("mfa_authenticate"), {"code": code_at(secret)}).status_code == 200
    assert who(other) is None


@pytest.mark.parametrize(("seconds", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_the_step_before_and_after_are_accepted_for_slow_hands(alice, cast, seconds, accepted):
    sign_in(alice, cast.alice)
    alice.post(reverse("mfa_authenticate"), {"code": code_at(alice.secret, time.time() + seconds)})

    assert (who(alice) is not None) is accepted


def test_a_wrong_code_is_audited_and_guessing_is_slowed_down(alice, cast):
    sign_in(alice, cast.alice)
    for _ in range(5):
        assert "That code is not right" in alice.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    answer = alice.post(reverse("mfa_authenticate"), {"code": code_at(alice.secret)})

    assert "too many attempts" in answer.content.decode()
    assert who(alice) is None
    failed = AuditEntry.objects.filter(action="accounts.fail_to_sign_in", subject=f"person {cast.alice.pk}")
    assert failed.count() == 6
    assert failed[0].facts == {"how": "one-time code"}


def test_a_recovery_code_opens_once(alice, cast):
    sign_in(alice, cast.alice)
    code = alice.recovery_codes[0].replace(" ", "")
    assert alice.post(reverse("mfa_authenticate"), {"code": code}).url == "/"

    other = Client()
    sign_in(other, cast.alice)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert who(other) is None


def test_a_thief_who_was_signed_in_before_is_not_let_in_when_the_owner_sets_an_app_up(client, cast):
    thief = Client()
    sign_in(thief, cast.alice)
    sign_in(client, cast.alice)
    set_up(client)

    answer = thief.get(reverse("your_account"))

    assert answer.status_code == 302
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next={reverse('your_account')}"


def test_somebody_who_is_given_a_role_while_signed_in_shows_a_code_and_goes_on(client, cast):
    sign_in(client, cast.vera)
    secret, _ = set_up(client)
    client.post(reverse("account_logout"))
    with time_machine.travel("2018-07-02T09:05:00Z", tick=False):
        sign_in(client, cast.vera)
        client.post(reverse("mfa_authenticate"), {"code": code_at(secret)})
        Membership.objects.create(user=cast.vera, organisation=cast.council, role="finance")
        assert client.get(reverse("your_account")).status_code == 200


def test_removing_the_app_leads_straight_to_setting_one_up_again(client, cast):
    sign_in(client, cast.alice)
    set_up(client)

    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")

    assert client.get("/").url == SET_UP
    assert AuditEntry.objects.filter(action="accounts.remove_second_factor").count() == 1


def test_who_need_not_may_and_may_stop(client, cast):
    sign_in(client, cast.dora)
    assert client.get("/").status_code == 200
    set_up(client)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")

    assert client.get("/").status_code == 200


def test_what_changes_sign_in_asks_for_the_password_again_after_5_minutes(client, cast):
    sign_in(client, cast.dora)
    set_up(client)
    assert client.get(CODES).status_code == 200
    with time_machine.travel("2018-07-02T09:06:00Z", tick=False):
        for name in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
            assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate")), name


def test_new_recovery_codes_end_the_old_ones(client, cast):
    sign_in(client, cast.dora)
    _, old = set_up(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    new = re.findall(r"<li>(\d{4} \d{4})</li>", client.get(CODES).content.decode())

    assert len(new) == 10 and not set(new) & set(old)
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().count("\n") >= 10
    assert AuditEntry.objects.filter(action="accounts.renew_recovery_codes").count() == 1


def test_the_pages_of_the_second_step_keep_the_rules_of_pages(page_client, cast):
    path = page_client.get(SET_UP, by=cast.dora, expect=302).response.url
    page_client.get(path, by=cast.dora)
    page_client.post(path, {"password": PASSWORD}, by=cast.dora)
    page = page_client.get(SET_UP, by=cast.dora)
    secret = page.find("strong").text_content().replace(" ", "")
    assert page_client.post(SET_UP, {"code": "1"}, by=cast.dora, expect=200).title.startswith("Error: ")
    secret = page_client.get(SET_UP, by=cast.dora).find("strong").text_content().replace(" ", "")
    page_client.post(SET_UP, {"code": code_at(secret)}, by=cast.dora)

    for name in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp", "your_account"):
        page_client.get(reverse(name), by=cast.dora)
    page_client.get(reverse("mfa_reauthenticate"), by=cast.dora)
    page_client.post(reverse("mfa_reauthenticate"), {"code": "1"}, by=cast.dora, expect=200)
    page_client.post(reverse("account_login"), {"login": cast.dora.email, "password": PASSWORD})
    page_client.get(reverse("mfa_authenticate"))
    page_client.post(reverse("mfa_authenticate"), {"code": "1"}, expect=200)
