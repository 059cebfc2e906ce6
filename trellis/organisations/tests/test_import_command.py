"""`trellis import_organisations`: what it says to whoever types it."""

import pytest
from django.core.management import CommandError, call_command

from trellis.core.errors import RuleBroken
from trellis.organisations.tests.lists import on_record, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(capsys):
    """Read a file as the list that is on record; what was said on standard output, and beside it."""

    def typed(path, *options):
        on_record("groups")
        call_command("import_organisations", str(path), "--source", "groups", "--yes", *options)
        return capsys.readouterr()

    return typed


def test_an_encoding_that_it_is_not_in_is_refused(tmp_path, typed):
    path = write(tmp_path, "Name,Postcode", "Café des Amis,TN1 1AA", encoding="cp1252")
    with pytest.raises(RuleBroken, match="It is not in UTF-16: choose another encoding"):
        typed(path, "--encoding", "utf-16")


@pytest.mark.parametrize("option", ["--from", "--until"])
def test_how_a_day_is_typed_is_told(tmp_path, typed, option):
    with pytest.raises(CommandError, match="write a day as YYYY-MM-DD, such as 2018-04-01, not “2020-13-01”"):
        typed(write(tmp_path, "Name,Postcode"), option, "2020-13-01")
