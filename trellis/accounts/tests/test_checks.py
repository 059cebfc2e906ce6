import pytest

from trellis.accounts import checks
from trellis.accounts.models import User

NEEDED = [name for name, _, _ in checks.NEEDED] + ["DATABASE_URL"]


@pytest.fixture
def production(settings, monkeypatch):
    settings.IN_PRODUCTION = True
    for name in NEEDED:
        monkeypatch.setenv(name, "given")


def test_a_production_that_has_everything_is_told_nothing(production):
    assert checks.settings_of_production(None) == []


@pytest.mark.parametrize("name", NEEDED)
def test_each_missing_setting_is_named_in_a_sentence(production, monkeypatch, name):
    monkeypatch.delenv(name)

    (found,) = checks.settings_of_production(None)

    assert found.msg.startswith(f"{name} is not set: ") and found.msg.endswith(".")


def test_elsewhere_nothing_is_asked(monkeypatch):
    for name in NEEDED:
        monkeypatch.delenv(name, raising=False)
    assert checks.settings_of_production(None) == checks.demo_people_in_production(None) == []


def test_sign_ins_of_the_demo_in_a_production_database_are_an_error(production, cast):
    assert checks.demo_people_in_production(None) == []
    User.objects.filter(pk=cast.dora.pk).update(is_demo=True)

    (found,) = checks.demo_people_in_production(None)

    assert "1 sign-ins of the demo" in found.msg
