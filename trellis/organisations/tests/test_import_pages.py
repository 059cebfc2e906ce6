import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.audit.models import AuditEntry
from trellis.core.errors import RuleBroken
from trellis.organisations.imports import uploads
from trellis.organisations.models import ImportRun, Organisation, SourceList
from trellis.organisations.tests.lists import on_record

pytestmark = pytest.mark.django_db
HEADING = "Organisation name,Charity No.,Post code,Annual income,Year end,Secretary"
PANTRY = "Mill Lane Pantry,1007778,me141xq,24000,31/12/2017,Jean Smith"


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


def file_of(content: str, name: str) -> io.BytesIO:
    file = io.BytesIO(content.encode())
    file.name = name
    return file


def send(page_client, cast, *files: io.BytesIO, expect=302):
    return page_client.post("/organisations/import/new/", {"file": list(files)}, by=cast.olive, expect=expect)


def sent_list(by, content: str = f"{HEADING}\n{PANTRY}\n,,,,1,\n", name: str = "pantries.csv", source="") -> ImportRun:
    return uploads.upload_list(upload=SimpleUploadedFile(name, content.encode()), file_name=name, source=source, by=by)


RECORD = {
    "name": "The Pantry Network’s members", "owner": "The Pantry Network", "kind": "list", "terms": "agreement",
    "agreement_reference": "DSA-12", "agreed_on-day": "1", "agreed_on-month": "1", "agreed_on-year": "2018",
    "agreed_until-day": "", "agreed_until-month": "", "agreed_until-year": "", "contact_basis": "none",
    "contact_basis_words": "", "rank": "", "every_days": "", "watched_file": "",
}  # fmt: skip


def test_a_new_list_is_sent_recorded_checked_confirmed_and_read(page_client, cast, django_capture_on_commit_callbacks):
    before = Organisation.objects.count()
    send(page_client, cast, file_of(f"{HEADING}\n{PANTRY}\n,,,,1,\n", "pantries.csv"))
    run = ImportRun.objects.get()
    path = f"/organisations/import/{run.reference}/"
    page_client.get(path, by=cast.olive, expect=302)
    page = page_client.get(path + "source/", by=cast.olive)
    assert page.h1 == "Whose list is this?"
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post(path + "source/", RECORD, by=cast.olive, expect=302)

    page = page_client.get(path, by=cast.olive)
    assert page.h1 == "What this list would do"
    assert "It has no name" in page.text
    assert "these were left out: Secretary (1)" in page.text
    page = page_client.get(path + "?outcome=added", by=cast.olive)
    assert "Mill Lane Pantry" in page.text
    assert Organisation.objects.count() == before

    with django_capture_on_commit_callbacks(execute=True):
        page_client.post("/organisations/import/confirm/", {}, by=cast.olive, expect=302)
    page = page_client.get(path + "?outcome=added", by=cast.olive)
    assert page.h1 == "What this list did"
    found = Organisation.objects.get(name="Mill Lane Pantry", identifiers__value="1007778")
    assert page.href("Mill Lane Pantry") == f"/organisations/{found.reference}/"
    assert "Jean" not in str(found.source_rows.get().data)
    run.refresh_from_db()
    assert not run.stored_file, "the file still holds what must not be kept"
    csv = page_client.get(path + "?outcome=refused&format=csv", by=cast.olive).response
    assert b"It has no name" in b"".join(csv)
    actions = AuditEntry.objects.filter(subject=f"import {run.reference}").order_by("id")
    assert [entry.action.split(".")[1] for entry in actions] == [
        "upload_list", "choose_source", "confirm_list", "finish_import",
    ]  # fmt: skip


def test_several_lists_are_sent_at_once_and_confirmed_with_one_button(
    page_client, cast, django_capture_on_commit_callbacks
):
    for name in ("Ash Vale groups", "Bramble members"):
        on_record(name, contact_basis="none")
    before = Organisation.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        send(page_client, cast, file_of("Name,Postcode\nA1 Choir,TN1 1AA\n", "ash_vale-2018.csv"),
             file_of("Name;Postcode\nB1 Choir;TN1 1AB\n", "Bramble export.csv"))  # fmt: skip
    page = page_client.get("/organisations/import/", by=cast.olive)
    assert "Bring in these 2 lists" in page.text
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post("/organisations/import/confirm/", {}, by=cast.olive, expect=302)
    assert Organisation.objects.count() == before + 2
    assert {run.source.name for run in ImportRun.objects.all()} == {"Ash Vale groups", "Bramble members"}
    assert set(ImportRun.objects.values_list("status", flat=True)) == {"finished"}


def test_a_list_begins_with_the_terms_of_the_one_before_but_never_with_its_basis(page_client, cast):
    runs = [sent_list(cast.olive, f"Name;Place\n{name};Town\n", name=f"{name}.csv") for name in ("Choirs", "Bands")]
    first, second = (f"/organisations/import/{run.reference}/source/" for run in runs)
    because = "Each was told, and may say no."
    said = RECORD | {"contact_basis": "interests", "contact_basis_words": because}
    assert "As it was said of the list before" not in page_client.get(first, by=cast.olive).text
    assert page_client.post(first, said, by=cast.olive, expect=302).response.url == second
    page = page_client.get(second, by=cast.olive)
    assert page.text.count("As it was said of the list before") == 2  # the day from which it holds, and why
    form = {name: value for name, value in page.find_all("main form")[-2].fields.items() if value is not None}
    assert (form["contact_basis"], form["contact_basis_words"], form["agreed_on-year"]) == ("none", because, "2018")

    said = form | {"owner": "Bands", "agreement_reference": "B-1"}
    answer = page_client.post(second, said, by=cast.olive, expect=302)
    assert answer.response.url == "/organisations/import/"  # where all that wait are brought in at once
    assert SourceList.objects.get(name="Bands").contact_basis_words == ""  # they were of a basis


def test_why_a_basis_holds_is_asked_where_one_is_chosen(page_client, cast):
    path = "/organisations/import/lists/new/"
    page = page_client.get(path, by=cast.olive)
    assert "Why that basis holds (optional)" not in page.text
    assert "Needed where you choose a basis" in page.text
    said = RECORD | {"agreed_until-day": "31", "agreed_until-month": "12", "agreed_until-year": "2019"}
    page = page_client.post(path, said | {"contact_basis": "consent"}, by=cast.olive, expect=200)
    assert "Say in a sentence why that basis holds" in page.text
    page_client.post(path, said, by=cast.olive, expect=302)
    assert page_client.get(path, by=cast.olive).text.count("As it was said of the list before") == 2  # both its days
    own = f"/organisations/import/lists/{SourceList.objects.get().code}/"
    assert "As it was said of the list before" not in page_client.get(own, by=cast.olive).text


def test_how_a_list_is_read_is_shown_and_can_be_changed(page_client, cast, django_capture_on_commit_callbacks):
    on_record("pantries")
    with django_capture_on_commit_callbacks(execute=True):
        run = sent_list(cast.olive, "Our groups,,\nName,Postcode,Year end\nChoir,TN1 1AA,3/4/2018\n")
    path = f"/organisations/import/{run.reference}/"
    page = page_client.get(path, by=cast.olive)
    assert "heading on line 2" in page.text
    assert "“3/4/2018” is 3 April 2018" in page.text
    given = {"encoding": "cp1252", "delimiter": ",", "heading_line": "2", "day_order": "month"}
    page_client.get(path + "reading/", by=cast.olive)
    page_client.post(path + "reading/", given, by=cast.olive, expect=302)
    assert "“3/4/2018” is 4 March 2018" in page_client.get(path, by=cast.olive).text
    meanings = {"column_0": "name", "column_1": "postcode", "column_2": "year_end"}
    page_client.post(path, meanings, by=cast.olive, expect=302)
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post(path + "confirm/", {}, by=cast.olive, expect=302)
    assert Organisation.objects.get(name="Choir").latest_year_end == date(2018, 3, 4)
    kept = {"encoding": "cp1252", "delimiter": ",", "heading_line": 2, "day_order": "month"}
    assert SourceList.objects.get(code="pantries").reading == kept


def test_a_line_that_is_no_heading_is_refused_at_its_field(page_client, cast):
    on_record("pantries")
    run = sent_list(cast.olive)
    page = page_client.post(
        f"/organisations/import/{run.reference}/reading/", {"heading_line": "900"}, by=cast.olive, expect=200
    )
    assert "Line 900 has no words" in page.text


def test_a_list_that_waits_is_paused_goes_on_and_is_cancelled(page_client, cast):
    on_record("pantries")
    run = sent_list(cast.olive)
    ImportRun.objects.update(status="running", rows_total=100, added=40, refused=10)
    path = f"/organisations/import/{run.reference}/"
    assert "50 of 100 rows" in page_client.get(path, by=cast.olive).text
    page_client.post(path + "pause/", {}, by=cast.olive, expect=302)
    assert page_client.get(path, by=cast.olive).h1 == "This import is paused"
    page_client.post(path + "resume/", {}, by=cast.olive, expect=302)
    assert ImportRun.objects.get().status == "waiting"
    page_client.post(path + "cancel/", {}, by=cast.olive, expect=302)
    run.refresh_from_db()
    assert (run.status, bool(run.stored_file)) == ("cancelled", False)
    page = page_client.get(path, by=cast.olive)
    assert "It was cancelled" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "hello", "is not a list with columns"),
        ("a.csv", "", "a.csv: The file is empty"),
        ("", "", "Choose the lists"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(page_client, cast, name, content, said):
    page = send(page_client, cast, *([file_of(content, name)] if name else []), expect=200)
    assert said in page.text
    assert not ImportRun.objects.exists()
    assert not SourceList.objects.exists()


def test_of_several_files_the_good_are_kept_and_each_other_is_refused_by_its_name(page_client, cast):
    files = [file_of("Name,Town\nChoir,Ash\n", "good.csv"), file_of("", "empty.csv"), file_of("hello", "note.csv")]
    answer = send(page_client, cast, *files, expect=302)  # not a page: sent again, the good one would wait twice
    assert answer.response.url == "/organisations/import/"
    page = page_client.get("/organisations/import/", by=cast.olive)
    assert "We have the other 1 list." in page.text
    assert "empty.csv: The file is empty." in page.text
    assert "note.csv: The file is not a list with columns" in page.text
    assert [run.file_name for run in ImportRun.objects.all()] == ["good.csv"]


@pytest.mark.parametrize(
    ("status", "page"), [("mapping", "source/"), ("mapping", ""), ("checked", ""), ("checking", "")]
)
def test_a_file_that_was_sent_by_mistake_is_taken_back(page_client, cast, status, page):
    if not page:
        on_record("pantries")
    run = sent_list(cast.olive)
    ImportRun.objects.update(status=status, rows_total=9, added=8, refused=1)
    run.refusals.create(line=2, reason="It has no name (name).")
    stored = Path(run.stored_file.path)
    path = f"/organisations/import/{run.reference}/"
    assert "Take this file back" in page_client.get(path + page, by=cast.olive).text
    assert page_client.post(path + "cancel/", {}, by=cast.olive, expect=302).response.url == "/organisations/import/"
    assert "pantries.csv is taken back" in page_client.get("/organisations/import/", by=cast.olive).text
    run.refresh_from_db()
    assert (run.status, run.added, run.refused, run.refusals.count()) == ("cancelled", 0, 0, 0)
    assert not stored.exists() and not run.stored_file
    assert AuditEntry.objects.filter(action="organisations.cancel_import").count() == 1
    assert "Nothing of it has come in" in page_client.get(path, by=cast.olive).text


def test_a_file_that_is_lost_can_be_taken_back(page_client, cast):
    on_record("pantries")
    run = sent_list(cast.olive)
    ImportRun.objects.update(status="mapping")
    Path(run.stored_file.path).unlink()
    assert "Take this file back" in page_client.get(f"/organisations/import/{run.reference}/", by=cast.olive).text


def test_a_list_is_confirmed_once_and_only_when_it_is_on_record(cast):
    run = sent_list(cast.olive)
    with pytest.raises(RuleBroken, match="Say first whose list this is"):
        uploads.check_list(run=run, columns=run.mapping, by=cast.olive)
    uploads.choose_source(run=run, source=on_record("pantries"), by=cast.olive)
    with pytest.raises(RuleBroken, match="not been checked"):
        uploads.confirm_list(run=run, by=cast.olive)
    assert not AuditEntry.objects.filter(action="organisations.confirm_list").exists()


def test_a_list_is_told_from_its_columns_where_its_name_says_nothing(cast):
    recorded = on_record("pantries")
    recorded.mapping = dict.fromkeys(HEADING.split(","), "")
    recorded.save()
    assert sent_list(cast.olive, name="export(3).csv").source == recorded
    assert SourceList.objects.count() == 1


@pytest.mark.parametrize(
    ("file_name", "name"),
    [("weald_downland-2018 v2.csv", "Weald and Downland CVS: members"),
     ("Two Rivers members July.csv", "Two Rivers Council for Voluntary Service: members"),
     ("members.csv", "Members"), ("Rivers of Weald.csv", "Rivers of Weald"), ("two.csv", "Two")],
)  # fmt: skip
def test_a_list_is_told_from_its_files_name_unless_it_could_be_two(cast, file_name, name):
    for known in ("Weald and Downland CVS: members", "Two Rivers Council for Voluntary Service: members"):
        on_record(known)
    assert sent_list(cast.olive, "Name;Place\nChoir;Town\n", name=file_name).source.name == name


def test_sources_are_listed_recorded_and_changed(page_client, cast):
    page_client.post("/organisations/import/lists/new/", RECORD, by=cast.olive, expect=302)
    page = page_client.get("/organisations/import/lists/", by=cast.olive)
    assert "Agreement: DSA-12" in page.text
    assert "No basis: left out" in page.text
    path = page.href("The Pantry Network’s members")
    page = page_client.post(path, RECORD | {"contact_basis": "consent"}, by=cast.olive, expect=200)
    assert "Say in a sentence why that basis holds" in page.text
    page_client.get(path, by=cast.olive)
    assert AuditEntry.objects.filter(action="organisations.record_source").count() == 1


@pytest.mark.parametrize(
    "path", ["", "new/", "lists/", "lists/new/", "IMP-7K2M/", "IMP-7K2M/source/", "IMP-7K2M/reading/"]
)
def test_lists_are_for_those_who_may_import(page_client, cast, path):
    page_client.get(f"/organisations/import/{path}", by=cast.alice, expect=403)
