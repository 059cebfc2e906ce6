"""A charity in two registers is registered since the first, whichever of them is read last."""

import shutil
from datetime import date
from functools import partial

import pytest

from trellis.core.actors import IMPORT
from trellis.organisations.imports import register
from trellis.organisations.models import Identifier, Organisation, SourceList
from trellis.organisations.tests import extracts
from trellis.organisations.tests.lists import read, write
from trellis.organisations.tests.merging.register import merge

pytestmark = pytest.mark.django_db
HEADING = "org_id,name,postcode,date_registered,activities"
ENGLISH = "GB-CHC-210063,Veterans Enterprise,ME20 7NL,1962-10-18,"
SCOTTISH = "GB-SC-SC048795,Veterans Enterprise,ME20 7NL,2018-10-29,"


def registered() -> date | None:
    return Organisation.objects.get().registered_on


@pytest.mark.parametrize("rows", [(ENGLISH, SCOTTISH), (SCOTTISH, ENGLISH)])
def test_of_two_rows_of_a_list_the_first_registration_counts(tmp_path, rows):
    read(write(tmp_path, HEADING, *rows))
    assert registered() == date(1962, 10, 18)
    read(write(tmp_path, HEADING, *(f"{row}Anew" for row in rows)))
    assert registered() == date(1962, 10, 18)


@pytest.mark.parametrize(("first", "last"), [("ccew", "oscr"), ("oscr", "ccew")])
@pytest.mark.parametrize(("english", "scottish"), [("1962-10-18", "2018-10-29"), ("2018-10-29", "1962-10-18")])
def test_of_two_registers_the_first_registration_counts_however_trusted(tmp_path, first, last, english, scottish):
    rows = {"ccew": ENGLISH.replace("1962-10-18", english), "oscr": SCOTTISH.replace("2018-10-29", scottish)}
    for code in (first, last):
        rank = {"ccew": 10, "oscr": 11}[code]
        read(write(tmp_path, HEADING, rows[code]), source=code, record={"kind": "register", "rank": rank})
    assert registered() == date(1962, 10, 18)


@pytest.mark.parametrize("oscr_first", [True, False])
@pytest.mark.parametrize("scottish", ["1950-01-31", "2018-10-29"])
def test_the_extract_of_a_register_is_one_of_them(tmp_path, oscr_first, scottish):
    place = {"charity_name": "Veterans Enterprise", "charity_company_registration_number": "158479"}
    extract = extracts.write(tmp_path, "charity", [extracts.charity(210063, **place)])  # since 6 March 1962
    oscr = write(
        tmp_path,
        "org_id,name,date_registered,company_number",
        f"GB-SC-SC048795,Veterans Enterprise,{scottish},00158479",
    )
    deeds = [partial(read, oscr), partial(register.import_charities, path=extract, by=IMPORT)]
    for deed in deeds if oscr_first else reversed(deeds):
        deed(**({"record": {"kind": "register", "rank": 11}} if deed is deeds[0] else {}))
    assert registered() == min(date(1962, 3, 6), date.fromisoformat(scottish))


def test_a_register_can_put_its_own_day_right(tmp_path):
    read(write(tmp_path, HEADING, ENGLISH, SCOTTISH))
    read(write(tmp_path, HEADING, ENGLISH.replace("1962", "1972"), SCOTTISH))
    assert registered() == date(1972, 10, 18)
    read(write(tmp_path, HEADING, ENGLISH.replace("1962", "2019"), SCOTTISH))
    assert registered() == date(2018, 10, 29)


def test_one_register_alone_is_taken_at_its_word(tmp_path):
    read(write(tmp_path, HEADING, ENGLISH))
    read(write(tmp_path, HEADING, ENGLISH.replace("1962", "1972")))
    assert registered() == date(1972, 10, 18)


def test_two_that_were_merged_are_registered_since_the_first(tmp_path):
    read(write(tmp_path, HEADING, SCOTTISH.replace("Veterans", "Scottish")), source="oscr")
    read(write(tmp_path, HEADING, ENGLISH), source="ccew")
    SourceList.objects.filter(code="oscr").update(rank=5)
    one, other = Organisation.objects.order_by("pk")
    merge(one, other)
    assert Organisation.objects.listed().get().registered_on == date(1962, 10, 18)


def test_the_sample_of_kent_says_since_when_a_charity_of_two_registers_is_there(tmp_path):
    read(shutil.copy(extracts.FIXTURE.parent / "charities_kent_sample.csv", tmp_path / "groups.csv"))
    veterans = Identifier.objects.get(value="210063").organisation
    assert veterans.registered_on == date(1962, 10, 18)
