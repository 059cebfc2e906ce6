"""Digests that do not depend on the database, and sealing that nobody waits for."""

import hashlib
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.races import at_once, losers
from trellis.audit import chain, commands
from trellis.audit.models import AuditEntry, AuditLink
from trellis.audit.verification import verify
from trellis.core.actors import NIGHTLY
from trellis.evidence import commands as evidence
from trellis.evidence.models import Evidence, EvidenceLink

WORDS = st.text(max_size=20)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.dates(), st.decimals(allow_nan=False),
    st.datetimes(timezones=st.just(UTC)),
)  # fmt: skip
FACTS = st.dictionaries(
    WORDS, st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3))
)
UNITS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
QUANTITIES = st.none() | st.integers(-(10**11), 10**11).map(lambda hundredths: Decimal(hundredths) / 100)


def recorded(**fields):
    return commands.record(**{"by": NIGHTLY, "action": "area.do_thing", "subject": "x"} | fields)


def fact(number, **fields):
    known = {"kind": "area.thing_done", "occurred_on": date(2018, 5, 1), "unit": "thing", "source": f"thing {number}"}
    return evidence.record(by=NIGHTLY, **known | fields)


def test_digest_is_that_of_canonical_json():
    fields = {"b": Decimal("1"), "a": datetime(2018, 7, 2, 10, 0, tzinfo=timezone(timedelta(hours=1))), "ü": None}

    assert chain.digest_of(fields) == chain.digest_of(dict(reversed(fields.items())))
    text = '{"a":"2018-07-02T09:00:00.000000+00:00","b":"1.00","ü":null}'
    assert chain.digest_of(fields) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS, reason=WORDS, detail=FACTS)
def test_an_entry_reads_back_as_it_was_digested(facts, reason, detail):
    entry = recorded(facts=facts, reason=reason, detail=detail)

    assert AuditEntry.objects.get(pk=entry.pk).facts == entry.facts
    assert verify(AuditLink).faults == []


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quantity=QUANTITIES, occurred_on=st.dates(), unit=UNITS)
def test_a_fact_reads_back_as_it_was_digested(quantity, occurred_on, unit):
    one = fact(Evidence.objects.count(), quantity=quantity, occurred_on=occurred_on, unit=unit)

    assert Evidence.objects.get(pk=one.pk).quantity == quantity
    assert verify(EvidenceLink).faults == []


def test_plain_says_dates_and_numbers_as_text():
    given = {"on": date(2018, 7, 2), "sum": Decimal("1.50"), 3: 1e22, "yes": True, "set": {2, 1}, "nul": "a\0b\ud800"}

    assert chain.plain(given) == {
        "on": "2018-07-02", "sum": "1.50", "3": "1e+22", "yes": True, "set": [1, 2], "nul": "a\ufffdb?",
    }  # fmt: skip


@pytest.mark.django_db
class TestSealing:
    """Every row gets one place, in the order of the numbers that there are."""

    def test_seals_each_row_once(self):
        rows = [recorded().pk for _ in range(5)]

        assert [chain.seal(AuditLink), chain.seal(AuditLink)] == [5, 0]
        assert list(AuditLink.objects.order_by("position").values_list("position", "row_id")) == list(
            enumerate(rows, start=1)
        )

    def test_each_link_holds_the_one_before(self):
        recorded(), recorded()
        chain.seal(AuditLink)
        first, second = AuditLink.objects.order_by("position")

        assert first.hash == chain.hash_after("audit_auditlink", 1, first.row_id, first.digest)
        assert second.hash == chain.hash_after(first.hash, 2, second.row_id, second.digest)

    def test_sealing_in_several_batches_is_as_sealing_at_once(self, monkeypatch):
        monkeypatch.setattr(chain, "BATCH", 2)
        for _ in range(7):
            recorded()
        chain.seal(AuditLink)

        assert verify(AuditLink).position == 7
        assert verify(AuditLink).is_whole

    def test_a_change_that_is_rolled_back_leaves_no_gap(self):
        recorded()
        chain.seal(AuditLink)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            recorded()
            chain.seal(AuditLink)
            raise ZeroDivisionError
        recorded()
        chain.seal(AuditLink)

        assert [verify(AuditLink).position, verify(AuditLink).faults] == [2, []]


class TestOnSQLite:
    """One writer at a time: sealing rides in a writer's own transaction, with every hundredth row."""

    @pytest.fixture(autouse=True)
    def on_sqlite(self, committed_db):
        if connection.vendor != "sqlite":
            pytest.skip("this is how SQLite seals; TestOnPostgreSQL is the other")

    def test_every_hundredth_writer_seals_without_a_transaction_of_its_own(self):
        for _ in range(chain.SEAL_EVERY - 1):
            recorded()
        assert not AuditLink.objects.exists()
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            recorded()

        begun = [query["sql"] for query in queries if query["sql"].startswith("BEGIN")]
        assert begun == ["BEGIN IMMEDIATE"]
        assert AuditLink.objects.count() == chain.SEAL_EVERY

    def test_other_writers_ask_nothing_of_the_chain(self):
        with CaptureQueriesContext(connection) as queries:
            recorded()

        assert not [query for query in queries if "auditlink" in query["sql"]]

    def test_eight_threads_write_a_whole_chain(self):
        wrote = at_once(*[lambda: [recorded() and None for _ in range(40)]] * 8)

        assert losers(wrote) == []
        assert (AuditEntry.objects.count(), AuditLink.objects.count()) == (320, 300)
        assert verify(AuditLink).is_whole


class TestOnPostgreSQL:
    """Writers never wait for each other or for the sealer. Shown by a lock timeout: whoever waited would fail."""

    @pytest.fixture(autouse=True)
    def on_postgresql(self, committed_db):
        if connection.vendor != "postgresql":
            pytest.skip("this is how PostgreSQL seals; TestOnSQLite is the other")

    @staticmethod
    def without_waiting():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")

    def write(self, number):
        self.without_waiting()
        for part in range(10):
            with transaction.atomic():
                fact(f"{number}-{part}")

    def test_eight_write_while_a_ninth_transaction_and_a_sealer_are_open(self):
        may_end, has_written, sealed = threading.Event(), threading.Event(), []

        def dawdle():
            with transaction.atomic():
                fact("late")
                has_written.set()
                assert may_end.wait(30)

        def seal_and_stay_open():
            self.without_waiting()
            with transaction.atomic():
                sealed.append([chain.seal(link) for link in (AuditLink, EvidenceLink)])
                assert may_end.wait(30)

        def others():
            assert has_written.wait(30)
            try:
                return at_once(seal_then_wait, *[lambda number=number: self.write(number) for number in range(8)])
            finally:
                may_end.set()

        def seal_then_wait():
            stays = threading.Thread(target=lambda: _closing(seal_and_stay_open))
            stays.start()
            return stays

        outcomes = at_once(dawdle, others)
        assert losers(outcomes) == []
        assert losers(outcomes[1]) == []
        outcomes[1][0].join(30)
        assert len(sealed) == 1
        for link in (AuditLink, EvidenceLink):
            chain.seal(link)
            assert verify(link).is_whole
            assert (verify(link).sealed, verify(link).unsealed) == (81, 0)

    def test_a_low_number_that_was_committed_late_is_sealed_after_higher_ones(self):
        may_end, has_written = threading.Event(), threading.Event()

        def dawdle():
            with transaction.atomic():
                fact("late")
                has_written.set()
                assert may_end.wait(30)

        def seal_meanwhile():
            assert has_written.wait(30)
            fact("quick")
            try:
                return chain.seal(EvidenceLink)
            finally:
                may_end.set()

        assert at_once(dawdle, seal_meanwhile) == [None, 1]
        assert chain.seal(EvidenceLink) == 1
        places = dict(EvidenceLink.objects.values_list("row__source", "position"))
        assert places == {"thing quick": 1, "thing late": 2}
        assert Evidence.objects.get(source="thing late").pk < Evidence.objects.get(source="thing quick").pk
        assert verify(EvidenceLink).is_whole

    def test_two_sealers_at_once_make_one_chain(self):
        for number in range(50):
            fact(number)

        assert sum(at_once(*[lambda: chain.seal(EvidenceLink)] * 4)) == 50
        assert verify(EvidenceLink).is_whole


def _closing(deed):
    try:
        deed()
    finally:
        connection.close()
