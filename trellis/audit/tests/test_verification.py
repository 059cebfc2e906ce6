"""Every way of tampering is found, and the row is named. The chain of evidence is walked by the same code."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from trellis.audit import chain, commands, queries, triggers
from trellis.audit.models import AuditDetail, AuditEntry, AuditLink
from trellis.audit.verification import verify
from trellis.core.actors import NIGHTLY
from trellis.evidence import commands as evidence
from trellis.evidence.models import Evidence, EvidenceLink

pytestmark = pytest.mark.django_db
CHAINS = [AuditLink, EvidenceLink]


@contextmanager
def unguarded(*models):
    """What somebody with the keys of the database would do first, and put back last."""
    with connection.cursor() as cursor:
        for model in models:
            for statement in triggers.removing(model, vendor=connection.vendor):
                cursor.execute(statement)
        yield
        connection.check_constraints()
        for model in models:
            deletable = getattr(model, "is_deletable", False)
            for statement in triggers.installing(model, deletable=deletable, vendor=connection.vendor):
                cursor.execute(statement, None)


@pytest.fixture
def rows():
    """Twelve sealed facts, and so twelve sealed audit entries, with a detail here and there."""
    for number in range(1, 13):
        evidence.record(
            by=NIGHTLY, kind="support.case_completed", occurred_on=date(2018, 5, number), source=f"case {number}",
            unit="case", contract="SCO", quantity=number,
        )  # fmt: skip
    for link in CHAINS:
        chain.seal(link)
    assert faults() == []


def faults():
    return [str(fault) for link in CHAINS for fault in verify(link).faults]


def ids(link):
    return list(link.sealed_model().objects.order_by("pk").values_list("pk", flat=True))


OTHER = {
    "recorded_at": datetime(2018, 7, 2, 9, 0, 0, 1, tzinfo=UTC), "actor": "person:1", "action": "area.other",
    "subject": "x",
    "origin": "web", "reason": "none", "facts": {"source": "other"}, "detail_digest": "0" * 64,
    "kind": "support.other", "occurred_on": date(2018, 1, 1), "contract": "OTHER", "quantity": None, "unit": "hour",
    "source": "case 99", "retracts": True,
}  # fmt: skip
OF_AUDIT = [(AuditLink, name) for name in AuditEntry.digested]
OF_EVIDENCE = [(EvidenceLink, name) for name in Evidence.digested]


@pytest.mark.parametrize(("link", "name"), OF_AUDIT + OF_EVIDENCE)
def test_a_change_of_any_one_field_is_found(rows, cast, link, name):
    model = link.sealed_model()
    row = ids(link)[4]
    values = OTHER | {
        "partner_id": cast.bramble.pk, "organisation_id": cast.pantry.pk, "district_id": cast.north.pk,
        "corrects_id": ids(link)[0],
    }  # fmt: skip
    new = {name: values[name]} | ({"corrects_id": ids(link)[0]} if name == "retracts" else {})
    with unguarded(model):
        model.objects.filter(pk=row).update(**new)

    assert f"{model._meta.db_table} {row}: was changed after it was sealed" in faults()


@pytest.mark.parametrize("link", CHAINS)
def test_a_changed_row_with_a_new_digest_is_found(rows, link):
    model, row = link.sealed_model(), ids(link)[4]
    fields = model.objects.filter(pk=row).values(*model.digested)[0] | {"recorded_at": OTHER["recorded_at"]}
    with unguarded(model):
        model.objects.filter(pk=row).update(**fields, digest=chain.digest_of(fields))

    assert faults() == [f"{model._meta.db_table} {row}: was changed after it was sealed, and given a new digest"]


@pytest.mark.parametrize("link", CHAINS)
def test_a_changed_digest_is_found(rows, link):
    model, row = link.sealed_model(), ids(link)[4]
    with unguarded(model):
        model.objects.filter(pk=row).update(digest="f" * 64)

    assert faults() == [f"{model._meta.db_table} {row}: its digest was changed: its fields are as they were sealed"]


@pytest.mark.parametrize("link", CHAINS)
@pytest.mark.parametrize("index", [0, 4, -1])
def test_a_missing_row_is_found(rows, link, index):
    model, row = link.sealed_model(), ids(link)[index]
    position = link.objects.get(row_id=row).position
    with unguarded(model):
        model.objects.filter(pk=row).delete()

    assert faults() == [f"{model._meta.db_table} {row}: is missing: it was sealed at position {position}"]


@pytest.mark.parametrize("link", CHAINS)
def test_rows_that_changed_places_are_found(rows, link):
    model = link.sealed_model()
    one, other = ids(link)[2], ids(link)[7]
    with unguarded(model):
        for old, new in ((one, -1), (other, one), (-1, other)):
            model.objects.filter(pk=old).update(id=new)

    assert faults() == [
        f"{model._meta.db_table} {one}: was put in another's place: it was sealed as {other}",
        f"{model._meta.db_table} {other}: was put in another's place: it was sealed as {one}",
    ]


@pytest.mark.parametrize("link", CHAINS)
def test_a_renumbered_row_is_found(rows, link):
    model, row = link.sealed_model(), ids(link)[3]
    with unguarded(model):
        model.objects.filter(pk=row).update(id=row + 1000)

    assert faults() == [f"{model._meta.db_table} {row + 1000}: was re-numbered: it was sealed as {row}"]


def test_an_inserted_row_is_found(rows):
    row = ids(AuditLink)[3]
    with unguarded(AuditEntry, AuditLink):
        AuditEntry.objects.filter(pk=row).delete()
        AuditLink.objects.filter(row_id=row).delete()
    entry = commands.record(by=NIGHTLY, action="area.forged", subject="x")
    fields = AuditEntry.objects.filter(pk=entry.pk).values(*AuditEntry.digested)[0]
    AuditEntry.objects.create(pk=row, **fields, digest=chain.digest_of(fields))

    position = AuditLink.objects.order_by("position").values_list("position", flat=True)[3] - 1
    assert f"audit_auditlink {position}: this link is missing" in faults()


def test_a_row_put_in_below_sealed_ones_is_found_where_numbers_follow_commits(rows):
    fields = AuditEntry.objects.filter(pk=ids(AuditLink)[3]).values(*AuditEntry.digested)[0]
    last = ids(AuditLink)[-1]
    AuditEntry.objects.create(pk=-5, **fields, digest=chain.digest_of(fields))
    what = f"audit_auditentry -5: was inserted: it was never sealed, and its number is below {last}, which is"

    # on PostgreSQL a low number may have been committed late, and is sealed like any other
    assert faults() == ([what] if connection.vendor == "sqlite" else [])


@pytest.mark.parametrize("link", CHAINS)
@pytest.mark.parametrize("name", ["row_id", "digest", "hash"])
@pytest.mark.parametrize("index", [0, 4, 11])
def test_a_changed_link_is_found(rows, link, name, index):
    position = list(link.objects.order_by("position").values_list("position", flat=True))[index]
    with unguarded(link):
        link.objects.filter(position=position).update(**{name: 999_999 if name == "row_id" else "f" * 64})
    what = "is not what was sealed: it does not follow from the link before it"
    if name == "hash" and index != 11:
        what = "its hash was changed"

    assert faults() == [f"{link._meta.db_table} {position}: {what}"]


@pytest.mark.parametrize("link", CHAINS)
def test_a_missing_link_is_found(rows, link):
    with unguarded(link):
        link.objects.filter(position=5).delete()

    assert faults() == [f"{link._meta.db_table} 5: this link is missing"]


@pytest.mark.parametrize("link", CHAINS)
@pytest.mark.parametrize("pair", [(3, 9), (5, 6), (1, 12)])
def test_links_that_changed_places_are_found(rows, link, pair):
    one, other = pair
    with unguarded(link):
        for old, new in ((one, -1), (other, one), (-1, other)):
            link.objects.filter(position=old).update(position=new)

    assert faults() == [
        f"{link._meta.db_table} {one}: stands at position {one} but was sealed at {other}",
        f"{link._meta.db_table} {other}: stands at position {other} but was sealed at {one}",
    ]


@pytest.mark.parametrize("link", CHAINS)
@pytest.mark.parametrize("position", [1, 5])
def test_a_renumbered_link_is_found(rows, link, position):
    with unguarded(link):
        link.objects.filter(position=position).update(position=900)

    assert faults() == [f"{link._meta.db_table} 900: stands at position 900 but was sealed at {position}"]


@pytest.mark.parametrize("link", CHAINS)
def test_a_chain_cut_short_is_found_by_the_head_that_was_noted(rows, link):
    noted = dict([chain.head_of(link)])
    with unguarded(link, link.sealed_model()):
        link.objects.filter(position__gt=10).delete()
        link.sealed_model().objects.filter(link__isnull=True).delete()

    assert faults() == []  # nothing in the chain itself can show it
    assert [str(fault) for fault in verify(link, noted).faults] == [
        f"{link._meta.db_table} 12: is not the head that was noted at position 12: links were taken away or made anew"
    ]


def test_the_last_verification_notes_the_heads(rows):
    commands.record_verification(by=NIGHTLY, found=[verify(link) for link in CHAINS])

    assert queries.noted_heads(EvidenceLink) == {12: chain.head_of(EvidenceLink)[1]}
    assert queries.last_checked().is_whole


def test_a_row_changed_before_it_was_sealed_is_found(rows):
    entry = commands.record(by=NIGHTLY, action="area.do_thing", subject="x")
    with unguarded(AuditEntry):
        AuditEntry.objects.filter(pk=entry.pk).update(subject="y")

    assert faults() == [
        f"audit_auditentry {entry.pk}: was changed before it was sealed: its digest is not that of its fields"
    ]


def test_missing_triggers_are_found(rows):
    with unguarded(Evidence):
        assert len(faults()) == 3
        assert "evidence_evidence: its trigger evidence_evidence_refuses_update is missing or off" in faults()[0]


class TestDetail:
    """Personal detail: purged, it leaves the chain whole; lost or changed without a purge, it shows."""

    @pytest.fixture
    def entry(self, db):
        return commands.record(by=NIGHTLY, action="area.do_thing", subject="x", detail={"e-mail": "vera@example.org"})

    def test_purged_detail_leaves_the_chain_whole(self, entry):
        chain.seal(AuditLink)
        commands.purge_detail(by=NIGHTLY, reason="Asked to be forgotten", entry=entry)

        assert not AuditDetail.objects.exists()
        assert faults() == []

    @pytest.mark.parametrize(("name", "value"), [("salt", "00"), ("detail", {"e-mail": "mallory@example.org"})])
    def test_changed_detail_is_found(self, entry, name, value):
        with unguarded(AuditDetail):
            AuditDetail.objects.update(**{name: value})

        assert faults() == [f"audit_auditdetail {entry.pk}: was changed after it was sealed"]

    def test_detail_that_is_gone_without_a_purge_is_found(self, entry):
        AuditDetail.objects.all().delete()

        assert faults() == [f"audit_auditdetail {entry.pk}: is missing, and no purge says why"]

    def test_detail_added_afterwards_is_found(self, db):
        entry = commands.record(by=NIGHTLY, action="area.do_thing", subject="x")
        AuditDetail.objects.create(entry=entry, salt="", detail={"e-mail": "mallory@example.org"})

        assert faults() == [f"audit_auditdetail {entry.pk}: was inserted: its entry was sealed without detail"]
