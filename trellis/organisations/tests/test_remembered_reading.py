"""How a list's last file was read is remembered for its next, as far as it fits."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.core.errors import RuleBroken
from trellis.organisations.imports import sheets, uploads
from trellis.organisations.imports.reading import Reading
from trellis.organisations.linkage import files
from trellis.organisations.models import ImportRun, Organisation, SourceList
from trellis.organisations.tests.lists import on_record, read, write

HEADING = "Group,Where"
COLUMNS = ("Group", "Where")
OLD_MAC = Reading(encoding="mac-roman")
THIRD = Reading(heading_line=3)
ENCODINGS = {
    "the same again": ("mac-roman", OLD_MAC, "mac-roman"),
    "UTF-8 now": ("utf-8", OLD_MAC, ""),
    "a mark at its start": ("utf-8-sig", OLD_MAC, ""),
    "two bytes a letter": ("utf-16", OLD_MAC, ""),
    "UTF-8 was said, and it is not": ("cp1252", Reading(encoding="utf-8"), ""),
    "nothing was said": ("cp1252", Reading(), ""),
}
HEADINGS = {
    "the same place": (["Our groups", "", HEADING, "Choir,TN1 1AA"], 3),
    "one line higher": (["Our groups", HEADING, "Choir,TN1 1AA", "Singers,TN1 1AB"], 0),
    "a shorter file": ([HEADING], 0),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_an_encoding_is_remembered_unless_the_file_tells_its_own(tmp_path, case):
    encoding, before, kept = ENCODINGS[case]
    path = write(tmp_path, HEADING, "Café des Amis,TN1 1AA", encoding=encoding)
    assert sheets.remembered(path, before, COLUMNS).encoding == kept


@pytest.mark.parametrize("before", [b"", "\ufeff".encode()])
def test_a_stray_byte_of_windows_spoils_no_other_letter(tmp_path, before):
    path = tmp_path / "groups.csv"
    names = ["Café des Amis", "Crèche", "Kent’s Choir"]
    path.write_bytes(before + "\n".join([HEADING, *(f"{name},Deal" for name in names)]).encode() + b"\nEl\xe8ve,Ash\n")
    sheet = sheets.sheet_at(path)
    assert (sheet.heading, [cells[0] for _, cells in sheet.rows()]) == (COLUMNS, [*names, "Elève"])
    assert "in UTF-8, with some letters in the Windows encoding" in sheet.kind
    assert [row[0] for row in files.read(path).rows] == [*names, "Elève"]
    assert sheets.remembered(path, sheet.reading, COLUMNS).encoding == ""


@pytest.mark.parametrize("case", HEADINGS)
def test_the_line_of_the_heading_is_remembered_where_the_heading_is(tmp_path, case):
    lines, kept = HEADINGS[case]
    assert sheets.remembered(write(tmp_path, *lines), THIRD, COLUMNS).heading_line == kept


@pytest.mark.django_db
def test_what_was_said_of_a_file_is_there_for_the_next(tmp_path, settings, cast):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    lines = ["Group,Nothing", "", HEADING, "Café des Amis,TN1 1AA"]
    said = Reading(encoding="mac-roman", heading_line=3)
    read(write(tmp_path, *lines, encoding="mac-roman"), reading=said, columns={"Group": "name", "Where": "postcode"})
    assert Organisation.objects.filter(name="Café des Amis").exists()
    content = "\r\n".join([*lines, "Crèche,TN1 1AB"]).encode("mac-roman")
    run = uploads.upload_list(upload=SimpleUploadedFile("groups.csv", content), file_name="groups.csv",
                              source="groups", by=cast.ada)  # fmt: skip
    assert run.reading == said.kept
    assert run.mapping == {"Group": "name", "Where": "postcode"}


@pytest.mark.django_db
def test_all_lists_come_in_that_can_and_each_other_says_why_not(
    tmp_path, settings, cast, page_client, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    for code, rank in (("first", 10), ("second", 20), ("third", 30)):
        on_record(code, rank=rank)
        content = f"Name,Postcode\n{code.title()} Choir,TN1 1AA\n".encode()
        with django_capture_on_commit_callbacks(execute=True):
            uploads.upload_list(upload=SimpleUploadedFile(f"{code}.csv", content), file_name=f"{code}.csv",
                                source=code, by=cast.ada)  # fmt: skip
    SourceList.objects.filter(code="first").update(agreed_until="2018-07-01")
    ImportRun.objects.get(source__code="second").stored_file.delete()
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post("/organisations/import/confirm/", {}, by=cast.ada, expect=302)
    page = page_client.get("/organisations/import/", by=cast.ada)
    assert "1 list will come in" in page.text
    assert "first.csv did not come in. The sharing agreement for this list ended on 1 July 2018." in page.text
    assert "second.csv did not come in. The file of this list is not kept any more." in page.text
    assert Organisation.objects.filter(name__endswith=" Choir").exclude(pk=cast.choir.pk).count() == 1


@pytest.mark.django_db
def test_one_list_that_cannot_come_in_is_refused_as_before(tmp_path, cast):
    run = read(write(tmp_path, "Name,Postcode", "Choir,TN1 1AA"))
    ImportRun.objects.update(status="checked")
    with pytest.raises(RuleBroken, match="not kept any more"):
        uploads.confirm_list(run=run, by=cast.ada)
