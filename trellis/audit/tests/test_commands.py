"""Recording deeds and purging their detail."""

from datetime import UTC, datetime

import pytest

from trellis.audit import commands, rules
from trellis.audit.middleware import from_the_web
from trellis.audit.models import AuditDetail, AuditEntry
from trellis.core.actors import COMMAND_LINE, NIGHTLY
from trellis.core.errors import RuleBroken

pytestmark = pytest.mark.django_db


def recorded(**fields):
    return commands.record(**{"by": NIGHTLY, "action": "area.do_thing", "subject": "x"} | fields)


def test_record_keeps_who_what_when_and_where_from(cast):
    entry = recorded(by=cast.alice, reason="Asked to", facts={"a": 1})

    assert AuditEntry.objects.get() == entry
    assert (entry.actor, entry.origin, entry.reason) == (f"person:{cast.alice.pk}", "command-line", "Asked to")
    assert entry.recorded_at == datetime(2018, 7, 2, 9, 0, tzinfo=UTC)


def test_a_service_is_its_own_origin():
    assert recorded().origin == "nightly"
    assert recorded(by=COMMAND_LINE).origin == "command-line"


def test_within_a_request_the_origin_is_the_web(rf):
    from trellis.audit.middleware import from_the_web

    assert from_the_web(lambda request: recorded())(rf.get("/")).origin == "web"
    assert recorded().origin == "nightly"


def test_detail_stands_apart_and_salted():
    one, other = (recorded(detail={"e-mail": "vera@example.org"}) for _ in range(2))

    assert "vera" not in str(AuditEntry.objects.values())
    assert one.detail_digest != other.detail_digest
    assert AuditDetail.objects.get(entry=one).detail == {"e-mail": "vera@example.org"}


def test_purge_deletes_one_detail_and_says_so():
    entry, other = (recorded(detail={"e-mail": "vera@example.org"}) for _ in range(2))
    assert commands.purge_detail(by=NIGHTLY, reason="Erasure asked for", entry=entry) == 1

    assert list(AuditDetail.objects.values_list("pk", flat=True)) == [other.pk]
    purge = AuditEntry.objects.latest("pk")
    assert (purge.action, purge.subject, purge.reason) == (
        "audit.purge_detail", f"audit entry {entry.pk}", "Erasure asked for",
    )  # fmt: skip
    assert purge.facts == {"count": 1, "entries": [[entry.pk, entry.pk]]}


def test_purge_deletes_all_before_a_day(time_machine):
    for day in (1, 2, 3):
        time_machine.move_to(datetime(2018, 6, day, 12, 0, tzinfo=UTC))
        recorded(detail={"day": day})
    time_machine.move_to(datetime(2018, 7, 1, tzinfo=UTC))

    assert commands.purge_detail(by=NIGHTLY, reason="Kept a month", older_than=datetime(2018, 6, 3, tzinfo=UTC)) == 2
    assert AuditDetail.objects.get().detail == {"day": 3}


@pytest.mark.parametrize(
    ("extent", "sentence"),
    [
        ({"reason": " "}, "Say why the detail is purged."),
        ({"older_than": datetime(2018, 8, 1, tzinfo=UTC)}, "The date lies in the future."),
        ({"older_than": datetime(2018, 1, 1, tzinfo=UTC)}, "There is no detail to purge."),
        ({}, "Name one entry, or the date before which detail is purged."),
    ],
)
def test_purge_refuses(extent, sentence):
    recorded(detail={"e-mail": "vera@example.org"})
    with pytest.raises(RuleBroken, match=sentence):
        commands.purge_detail(by=NIGHTLY, **{"reason": "Erasure asked for"} | extent)

    assert AuditDetail.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_runs_of_numbers():
    assert rules.runs([]) == []
    assert rules.runs([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 7], [9, 10]]


def test_deeds_on_the_web_say_so(rf):
    seen = []
    from_the_web(lambda request: seen.append(commands.origin.get()))(rf.get("/"))

    assert seen == ["web"]
    assert commands.origin.get() != "web"
