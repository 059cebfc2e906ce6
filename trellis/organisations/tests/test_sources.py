from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.core.errors import RuleBroken
from trellis.organisations.commands import record_source
from trellis.organisations.imports import lists
from trellis.organisations.models import Organisation, SourceList
from trellis.organisations.rules import sources as rules
from trellis.organisations.tests.lists import RECORD, on_record, write

FAULTS = {
    "name": {"name": " "},
    "owner": {"owner": ""},
    "terms": {"terms": ""},
    "agreement_reference": {"agreement_reference": ""},
    "agreed_on": {"agreed_on": None},
    "agreed_until": {"agreed_until": date(2017, 12, 31)},
    "contact_basis": {"contact_basis": ""},
    "contact_basis_words": {"contact_basis_words": ""},
    "rank": {"rank": 100},
    "every_days": {"every_days": 0},
    "watched_file": {"watched_file": "../secret.csv"},
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_record_that_lacks_something_is_refused_at_its_field(field):
    with pytest.raises(RuleBroken) as refusal:
        rules.check_source({"name": "Groups", **RECORD, **FAULTS[field]})
    assert refusal.value.field == field


@pytest.mark.parametrize("terms", [{"terms": "own"}, {"terms": "licence", "agreement_reference": "OGL 3"}])
def test_our_own_list_and_a_licence_need_no_agreement(terms):
    rules.check_source({"name": "Groups", **RECORD, "agreement_reference": "", "agreed_on": None, "agreed_until": None}
                       | terms)  # fmt: skip


@given(st.integers(-3, 3), st.one_of(st.none(), st.integers(0, 6)))
def test_a_list_is_read_from_the_first_day_of_its_agreement_to_its_last(begins, lasts):
    today = date(2018, 7, 2)
    first = today + timedelta(begins)
    last = None if lasts is None else first + timedelta(lasts)
    source = SourceList(recorded_at=today, agreed_on=first, agreed_until=last)
    assert rules.may_be_read(source, today) == (first <= today and (last is None or today <= last))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("record", "said"),
    [(None, "Say first whose list this is"), ({"agreed_until": date(2018, 7, 1)}, "ended on 1 July 2018"),
     ({"agreed_on": date(2018, 7, 3)}, "begins on 3 July 2018")],
)  # fmt: skip
def test_a_list_without_a_record_or_an_agreement_in_force_stays_out(tmp_path, record, said):
    if record is not None:
        on_record("groups", **record)
    with pytest.raises(RuleBroken, match=said):
        lists.import_organisations(path=write(tmp_path, "Name,Postcode", "Choir,TN1 1AA"), by=IMPORT)
    assert not Organisation.objects.exists()
    assert not AuditEntry.objects.filter(action="organisations.start_import").exists()


@pytest.mark.django_db
def test_record_source_says_what_changed_and_who_said_it(cast):
    source = record_source(values={"name": "Groups", **RECORD}, by=cast.ada)
    record_source(values={"owner": "The Larder Network"}, source=source, by=cast.ada)
    first, second = AuditEntry.objects.filter(action="organisations.record_source").order_by("id")
    assert first.facts["agreement_reference"] == "DSA-12"
    assert second.facts == {"owner": "The Larder Network"}
    source.refresh_from_db()
    assert (source.owner, source.recorded_by) == ("The Larder Network", cast.ada.actor_name)


@pytest.mark.django_db
def test_record_source_is_refused_to_those_who_may_not_import(cast):
    with pytest.raises(RuleBroken, match="You may not record lists"):
        record_source(values={"name": "Groups", **RECORD}, by=cast.alice)
    assert not SourceList.objects.exists()
    assert not AuditEntry.objects.filter(action="organisations.record_source").exists()


@pytest.mark.django_db
def test_two_lists_do_not_share_a_name():
    on_record("groups")
    with pytest.raises(RuleBroken, match="list of that name already"):
        record_source(values={"name": "groups", **RECORD}, by=IMPORT)
