"""Documents with versions, open or withheld for a reason in law; files that are what they say."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import documents
from trellis.contracts.models import Document, DocumentVersion
from trellis.contracts.rules import documents as rules
from trellis.core.errors import RuleBroken

PDF = b"%PDF-1.7\nThe contract."
ROOM = "/contracts/SCO/documents/"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_document(cast, **changes) -> Document:
    given = {"title": "The contract", "kind": "contract", "is_public": True}
    return documents.add_document(contract=cast.contract, by=cast.olive, **given | changes)


def withheld(cast) -> Document:
    return a_document(
        cast, title="Prices", is_public=False, ground="43", withheld_reason="They would help rivals to bid."
    )


def send(cast, document, content=PDF, name="../../contract.pdf") -> DocumentVersion:
    file = SimpleUploadedFile(name, content)
    return documents.add_version(document=document, file=file, by=cast.olive)


def test_versions_are_kept_as_received_under_a_name_of_ours(cast, settings):
    document = a_document(cast)
    first, second = send(cast, document), send(cast, document, PDF + b" Signed.")

    assert (first.number, second.number) == (1, 2)
    assert first.sha256 == hashlib.sha256(PDF).hexdigest() and first.size == len(PDF)
    with first.stored_file.open("rb") as kept:
        assert kept.read() == PDF
    assert "contract.pdf" not in first.stored_file.name and ".." not in first.file_name
    assert AuditEntry.objects.filter(action="contracts.add_version").count() == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "one of these types"),
        ("contract.pdf", b"<html>", "not of the type that its name says"),
        ("list.csv", b"a,\0b", "not of the type"),
        ("none", PDF, "one of these types"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(cast, name, content, words):
    document = a_document(cast)
    with pytest.raises(RuleBroken, match=words):
        send(cast, document, content, name)
    assert not document.versions.exists()
    assert not AuditEntry.objects.filter(action="contracts.add_version").exists()


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(RuleBroken, match="larger than 20 MB"):
        rules.check_file(file_name="a.pdf", size=rules.LARGEST + 1, head=PDF)
    rules.check_file(file_name="A.PDF", size=rules.LARGEST, head=PDF)


def test_the_same_file_is_no_new_version(cast):
    document = a_document(cast)
    send(cast, document)
    with pytest.raises(RuleBroken, match="here already"):
        send(cast, document)


@pytest.mark.parametrize(
    ("is_public", "ground", "reason", "field"),
    [(False, "", "Rivals.", "ground"), (False, "43", " ", "withheld_reason"), (True, "43", "", "ground")],
)
def test_what_is_withheld_has_its_ground_in_law_and_what_is_open_has_none(is_public, ground, reason, field):
    with pytest.raises(RuleBroken) as refused:
        rules.check_openness(is_public=is_public, ground=ground, reason=reason)
    assert refused.value.field == field


def test_a_title_is_taken_once(cast):
    a_document(cast)
    with pytest.raises(RuleBroken, match="already a document"):
        a_document(cast)
    assert AuditEntry.objects.filter(action="contracts.add_document").count() == 1


def test_anybody_opens_what_is_open_as_a_file_to_keep(page_client, cast):
    document = a_document(cast)
    send(cast, document)
    answer = page_client.get(f"{ROOM}{document.pk}/1/").response
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_withheld_is_named_to_all_and_opened_by_the_members_only(page_client, cast):
    document = withheld(cast)
    send(cast, document)
    url = f"{ROOM}{document.pk}/1/"
    for person in (None, cast.dora, cast.fred, cast.carol, cast.alice):
        page_client.get(url, by=person, expect=404)
    for person in (cast.anna, cast.olive):
        page_client.get(url, by=person)
    page = page_client.get(ROOM)
    for words in ("Prices", "Section 43", "They would help rivals to bid."):
        assert words in page.text
    assert not page.has_link("Prices")


def test_the_contract_manager_adds_a_document_its_file_and_closes_it(page_client, cast):
    page_client.get(f"{ROOM}add/", by=cast.anna, expect=403)
    answers = {"title": "Alliance agreement", "kind": "agreement", "openness": "open"}
    refused = page_client.post(f"{ROOM}add/", answers | {"openness": "withheld"}, by=cast.olive, expect=200)
    assert "Choose the section of the law" in refused.text
    page_client.post(f"{ROOM}add/", answers, by=cast.olive)
    document = Document.objects.get()
    here = f"{ROOM}{document.pk}/"
    file = SimpleUploadedFile("agreement.pdf", PDF)
    page_client.post(f"{here}add/", {"file": file, "note": "As signed"}, by=cast.olive)
    assert "As signed" in page_client.get(ROOM, by=cast.olive).text
    closed = {"openness": "withheld", "ground": "41", "withheld_reason": "Given in confidence by a partner."}
    page_client.post(f"{here}openness/", closed, by=cast.olive)
    page_client.get(f"{here}1/", expect=404)
    assert AuditEntry.objects.filter(action="contracts.set_openness").count() == 1
