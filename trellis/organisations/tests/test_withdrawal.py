"""The basis for a list's contacts is withdrawn: what may lead to a person goes, wherever it has come to stand."""

import pytest

from trellis.audit.models import AuditDetail, AuditEntry
from trellis.core.actors import IMPORT, NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.organisations import commands
from trellis.organisations.commands.profile import change_profile, undo_profile_change
from trellis.organisations.imports import runs, withdrawal
from trellis.organisations.imports.register import import_charities
from trellis.organisations.models import (
    ContactWithdrawal,
    ImportLine,
    ImportRefusal,
    LinkQuestion,
    Merge,
    Organisation,
    OwnValues,
    ProfileChange,
    SourceList,
    SourceRow,
)
from trellis.organisations.tests import extracts
from trellis.organisations.tests.lists import counts, on_record, read, write
from trellis.organisations.tests.merging.register import merge, question, undo

pytestmark = pytest.mark.django_db
HEADING = "Name,Charity no,Email,Telephone,Secretary,Address,Postcode,About"
CHOIR = "Ash Choir,,jean@b.org,01622 960001,Jean Smith,1 High St,TN1 1AA,We sing: ring 01622 960001"
PANTRY = "Mill Lane Pantry,1007778,dora@m.org,01622 960002,,2 Mill Lane,ME14 1XQ,We feed people"
SECRETS = ("jean", "01622", "dora@", "1 High St")
NO_BASIS = {"contact_basis": "none", "contact_basis_words": "", "takes_out": True}


def withdraw(code: str = "groups", by=IMPORT) -> SourceList:
    return commands.record_source(values=NO_BASIS, source=SourceList.objects.get(code=code), by=by)


def everything_kept() -> str:
    """All that tables of ours hold about organisations, in one text."""
    tables = (Organisation, OwnValues, SourceRow, ProfileChange, ImportLine, ImportRefusal, LinkQuestion, Merge,
              AuditEntry, AuditDetail)  # fmt: skip
    return "\n".join(str(row) for table in tables for row in table.objects.values())


def test_contacts_go_from_rows_and_profiles_and_stay_out_of_the_next_file(tmp_path):
    path = write(tmp_path, HEADING, CHOIR, PANTRY)
    read(path)
    withdraw()
    choir, pantry = Organisation.objects.order_by("name")
    assert (choir.email, choir.phone, choir.address, choir.postcode) == ("", "", "", "TN1 1AA")
    assert choir.activities == "We sing: ring [left out]"
    assert (pantry.email, pantry.address) == ("", "2 Mill Lane")
    assert not [secret for secret in SECRETS if secret in everything_kept()]
    done = ContactWithdrawal.objects.get()
    assert (done.rows_total, done.rows_done, done.rows_cleared, done.organisations_cleared) == (2, 2, 2, 2)
    assert done.finished_at
    read(path)
    assert not [secret for secret in SECRETS if secret in everything_kept()]
    assert counts(read(path)) == (0, 0, 2, 0)


def test_a_basis_that_is_recorded_again_brings_them_in_with_the_same_file(tmp_path):
    path = write(tmp_path, HEADING, CHOIR)
    read(path)
    withdraw()
    assert counts(read(path, record={})) == (0, 1, 0, 0)
    assert Organisation.objects.get().email == "jean@b.org"


def test_the_audit_holds_numbers_alone(tmp_path):
    read(write(tmp_path, HEADING, CHOIR, PANTRY))
    withdraw()
    begun, ended = AuditEntry.objects.filter(action__endswith="withdraw_contacts") | AuditEntry.objects.filter(
        action="organisations.finish_withdrawal"
    )
    assert (begun.facts, ended.facts) == ({"rows": 2, "files": 0}, {"rows": 2, "organisations": 2})


def test_what_another_list_says_is_shown_next(tmp_path):
    read(write(tmp_path, HEADING, CHOIR))
    read(write(tmp_path, "Name,Email,Postcode", "Ash Choir,choir@ash.org,TN1 1AA", name="towns.csv"),
         record={"rank": 60})  # fmt: skip
    assert Organisation.objects.get().email == "jean@b.org"
    withdraw()
    found = Organisation.objects.get()
    assert (found.email, found.phone) == ("choir@ash.org", "")
    assert found.provenance["email"] == ["towns", "2018-07-02"]


def test_what_came_from_another_list_and_from_itself_stays(tmp_path, cast):
    read(write(tmp_path, "Name,Email,Postcode", "Ash Choir,choir@ash.org,TN1 1AA", name="towns.csv"),
         record={"rank": 5})  # fmt: skip
    read(write(tmp_path, HEADING, CHOIR))
    found = Organisation.objects.get(name="Ash Choir")
    change_profile(organisation=found, values={"phone": "01622 111111"}, by=cast.ada)
    withdraw()
    found.refresh_from_db()
    assert (found.email, found.phone, found.address) == ("choir@ash.org", "01622 111111", "")


def test_the_undo_of_a_change_does_not_bring_them_back(tmp_path, cast):
    read(write(tmp_path, HEADING, CHOIR))
    found = Organisation.objects.get(name="Ash Choir")
    change = change_profile(organisation=found, values={"email": "new@ash.org", "name": "Choir of Ash"}, by=cast.ada)
    withdraw()
    change.refresh_from_db()
    undo_profile_change(change=change, by=cast.ada)
    found.refresh_from_db()
    assert (found.email, found.name) == ("", "Ash Choir")


def test_the_undo_of_a_merge_does_not_bring_them_back_on_either_side(tmp_path):
    read(write(tmp_path, HEADING, CHOIR))
    read(write(tmp_path, "Name,Email,Postcode", "Choir of Ash,choir@ash.org,TN1 1AB", name="towns.csv"))
    first, second = Organisation.objects.order_by("pk")
    done = merge(first, second)
    withdraw()
    root = Organisation.objects.get(merged_into=None)
    assert root.email == "choir@ash.org"  # of the family, what the other list says
    undo(done)
    assert dict(Organisation.objects.values_list("name", "email")) == {
        "Ash Choir": "", "Choir of Ash": "choir@ash.org",
    }  # fmt: skip
    assert "jean" not in everything_kept()


def test_reasons_and_reports_of_others_do_not_quote_them(tmp_path):
    read(write(tmp_path, HEADING, CHOIR))
    read(write(tmp_path, "Name,Email,Postcode", "Ash Choir,choir@ash.org,TN1 1AA", name="towns.csv"),
         record={"rank": 5})  # fmt: skip
    first = Organisation.objects.get()
    other = Organisation.objects.create(reference="ORG-7K2M", name="Choir")
    words = [{"field": "web", "words": "One e-mail address, jean@b.org", "weight": 9.0},
             {"field": "place", "words": "One address, “1 High St”", "weight": 9.0}]  # fmt: skip
    question(first, other, evidence=words)
    assert "jean@b.org" in str(ImportLine.objects.filter(run__source__code="towns").values())
    withdraw()
    assert not [secret for secret in SECRETS if secret in everything_kept()]
    assert "choir@ash.org" in str(ImportLine.objects.filter(run__source__code="towns").values())


def test_the_charity_register_follows_it_too(tmp_path):
    contacts = {"charity_contact_email": "dora@m.org", "charity_contact_phone": "01622 960002"}
    path = extracts.write(tmp_path, "charity", [extracts.charity(203460, **contacts)])
    import_charities(path=path, by=IMPORT)
    assert Organisation.objects.get().email == "dora@m.org"
    withdraw("ccew")
    later = extracts.charity(203460, **contacts, latest_income="1")
    import_charities(path=extracts.write(tmp_path, "charity", [later]), by=IMPORT)
    found = Organisation.objects.get()
    assert (found.email, found.phone, found.latest_income, found.address) == ("", "", 1, "1 Mill Lane")
    assert not [secret for secret in SECRETS if secret in everything_kept()]


def test_nobody_withdraws_it_without_knowing_what_goes(tmp_path):
    read(write(tmp_path, HEADING, CHOIR))
    with pytest.raises(RuleBroken, match="Say that you know") as refusal:
        commands.record_source(values=NO_BASIS | {"takes_out": False}, source=SourceList.objects.get(), by=IMPORT)
    assert refusal.value.field == "takes_out"
    assert Organisation.objects.get().email == "jean@b.org"
    assert not ContactWithdrawal.objects.exists()


def test_what_people_changed_of_them_is_not_in_the_audit(tmp_path, cast):
    read(write(tmp_path, HEADING, CHOIR))
    found = Organisation.objects.get(name="Ash Choir")
    change_profile(organisation=found, values={"email": "new@ash.org", "activities": "We sing"}, by=cast.ada)
    withdraw()
    assert not [secret for secret in SECRETS if secret in everything_kept()]


def test_refusals_and_names_of_a_report_do_not_quote_them(tmp_path):
    read(write(tmp_path, HEADING + ",Registered", CHOIR + ",jean@b.org", "Ring 01622 960009,,,,,,TN1 1AB,,"))
    line = ImportLine.objects.get(name="Ash Choir")
    assert "jean@b.org" in line.changes["not_taken"][1]
    ImportRefusal.objects.create(run=line.run, line=9, reason="“jean@b.org” is not a number.")
    withdraw()
    line.refresh_from_db()
    assert "“[left out]” is not a date" in line.changes["not_taken"][1]
    assert ImportRefusal.objects.get().reason == "“[left out]” is not a number."
    assert not [secret for secret in SECRETS if secret in everything_kept()]


def long_withdrawal(monkeypatch, capture) -> ContactWithdrawal:
    """One that was begun in the background and has not started."""
    monkeypatch.setattr(withdrawal, "AT_ONCE", 0)
    monkeypatch.setattr(withdrawal, "BATCH", 1)
    with capture(execute=False):
        withdraw()
    return ContactWithdrawal.objects.get()


def test_a_long_one_goes_on_after_a_kill_and_counts_each_row_once(
    tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    read(write(tmp_path, HEADING, CHOIR, PANTRY))
    begun = long_withdrawal(monkeypatch, django_capture_on_commit_callbacks)
    withdrawal._take_batch(begun)  # and then it is killed
    begun.refresh_from_db()
    assert (begun.rows_done, begun.finished_at) == (1, None)
    with pytest.raises(RuleBroken, match="Wait until that has ended"):
        on_record("groups")
    assert withdrawal.go_on_with_withdrawals(by=NIGHTLY) == 1
    assert withdrawal.go_on_with_withdrawals(by=NIGHTLY) == 0
    begun.refresh_from_db()
    assert (begun.rows_done, begun.rows_cleared, begun.organisations_cleared) == (2, 2, 2)
    withdrawal.take_out.call(begun.pk)  # a second worker comes late
    assert AuditEntry.objects.filter(action="organisations.finish_withdrawal").count() == 1
    assert not [secret for secret in SECRETS if secret in everything_kept()]


def test_two_at_once_do_not_do_the_same_rows_twice(tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    read(write(tmp_path, HEADING, CHOIR, PANTRY))
    first = long_withdrawal(monkeypatch, django_capture_on_commit_callbacks)
    second = ContactWithdrawal.objects.get()
    withdrawal._take_batch(first)
    with pytest.raises(runs.Busy):
        withdrawal._take_batch(second)


def test_a_batch_stops_when_the_basis_went_while_it_was_read(tmp_path):
    run = read(write(tmp_path, HEADING, CHOIR))
    assert run.source.keeps_contacts
    SourceList.objects.update(contact_basis="none")
    with pytest.raises(RuleBroken, match="has changed meanwhile"):
        runs.hold_basis(run)


def test_the_page_says_what_will_go_and_what_has_gone(tmp_path, page_client, cast):
    read(write(tmp_path, HEADING, CHOIR, PANTRY))
    path = "/organisations/import/lists/groups/"
    page = page_client.get(path, by=cast.olive)
    assert "out of the 2 rows that came with it" in page.text
    assert "2 organisations at most" in page.text
    assert "are not all in hold them too, and are deleted" in page.text
    form = {
        "name": "groups", "owner": "The Pantry Network", "kind": "list", "terms": "own", "contact_basis": "none",
        "contact_basis_words": "", "rank": "", "every_days": "", "watched_file": "", "agreement_reference": "",
        "agreed_on-day": "", "agreed_on-month": "", "agreed_on-year": "",
        "agreed_until-day": "", "agreed_until-month": "", "agreed_until-year": "",
    }  # fmt: skip
    page = page_client.post(path, form, by=cast.olive, expect=200)
    assert "Say that you know" in page.text
    page_client.post(path, form | {"takes_out": "on"}, by=cast.olive, expect=302)
    page = page_client.get(path + "contacts/", by=cast.olive)
    assert page.h1 == "Its personal contacts are out"
    assert "out of 2 rows and out of 2 profiles" in page.text
    page_client.post(path + "contacts/", {}, by=cast.olive, expect=302)  # and says that it has ended
    page_client.get("/organisations/import/lists/nothing/contacts/", by=cast.olive, expect=404)


def test_a_list_that_never_lost_its_basis_has_no_such_page(page_client, cast):
    on_record("groups")
    page_client.get("/organisations/import/lists/groups/contacts/", by=cast.olive, expect=404)
