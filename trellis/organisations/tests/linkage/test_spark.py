"""Linkage on a real cluster of Spark on loopback: the same links as on DuckDB, whoever does the work."""

import csv
import random
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks._lists import mark
from tests.spark_cluster import cluster
from trellis.core.errors import RuleBroken
from trellis.organisations.linkage import SPARK, Linkage, link, listing
from trellis.organisations.management.commands import link_list
from trellis.settings import ROOT

pytest.importorskip("pyspark", reason="Spark is not installed here: script/spark runs these")
from trellis.organisations.linkage.spark import answers, finding
from trellis.organisations.linkage.spark.session import session

pytestmark = [
    pytest.mark.spark,
    pytest.mark.real_time,
    pytest.mark.filterwarnings("default"),  # pyspark's own
]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def table(rows: list[dict]) -> pa.Table:
    return pa.Table.from_pylist([{"id": f"{number:06}", **row} for number, row in enumerate(rows)])


def made(number: int, seed: int, hard: float = 0.6) -> pa.Table:
    return table([row.cells for row in mark(number, seed=seed, hard=hard)])


def on_spark(started, rows: pa.Table, threshold: float | None = None, parts: int | None = None) -> Linkage:
    found = finding.found(started.createDataFrame(rows), rows.num_rows, threshold, parts)
    return answers.linkage(found, rows["id"].to_pylist())


def assert_same(found: Linkage, expected: Linkage) -> None:
    """All of it: pairs, probabilities, relations, reasons with their weights; clusters; what is expected."""
    assert len(found.pairs) == len(expected.pairs)
    for one, other in zip(found.pairs, expected.pairs, strict=True):
        assert one == other
    assert found == expected


def test_neither_the_order_of_rows_nor_the_number_of_parts_changes_anything(two_workers):
    rows = made(1_500, 7)
    expected = link(rows)
    order = list(range(rows.num_rows))
    random.Random(1).shuffle(order)
    with session(two_workers.master) as started:
        for parts, some in ((1, rows), (5, rows.take(order))):
            found = on_spark(started, some, parts=parts)
            assert found.pairs == expected.pairs
            assert found.clusters == expected.clusters


CROWDS = [
    *[{"name": "Ash Vale Youth Club", "postcode": "ME14 1XX"}] * 100,  # rows that say the same
    *({"name": "Elham Youth Club", "postcode": "ME14 1XX", "email": f"a{n}@gmail.com"} for n in range(60)),
    *(
        {"name": f"{word} {cause}", "email": "office@example.org"}
        for word in ("Ash", "Bramble", "Cobtree", "Downs", "Elham", "Foxley")
        for cause in ("Club", "Pantry", "Choir", "Trust", "Hall | Annexe", "Hospice Trading Ltd")
    ),
    *({"charity_no": str(1_000_000 + n // 3), "name": None} for n in range(40)),  # numbers without names
    {"name": "Ash Vale Club", "email": "a@b.c|ash"},  # a sign of our own, in an address
    *({"name": f"Ash {n}", "email": "a@b.c"} for n in range(20)),
]


@pytest.mark.parametrize("rows", [CROWDS, [{"name": ""}, {"name": None}]], ids=["crowds", "nothing"])
def test_crowds_and_lists_of_nothing_are_the_same_too(two_workers, rows):
    with session(two_workers.master) as started:
        assert_same(on_spark(started, table(rows), parts=3), link(table(rows)))


def test_a_worker_that_dies_midway_changes_nothing(tmp_path):
    rows = made(2_000, 9)
    expected = link(rows)
    with cluster(tmp_path) as running, session(running.master) as started:
        at_work = _jobs_of(started, lambda: on_spark(started, rows))
        killer = threading.Thread(target=_kill_after, args=(started, running, at_work + at_work // 2))
        killer.start()
        found = on_spark(started, rows)
        killer.join()
        assert running.workers[0].poll() is not None
    assert_same(found, expected)


def _jobs_of(started, work) -> int:
    work()
    return len(started.sparkContext.statusTracker().getJobIdsForGroup(None))


def _kill_after(started, running, jobs: int) -> None:
    """Kill a worker once so many jobs have begun and one has a task at work."""
    tracker = started.sparkContext.statusTracker()
    while len(tracker.getJobIdsForGroup(None)) < jobs or not tracker.getActiveJobsIds():
        time.sleep(0.05)
    running.kill_worker(0)


def test_link_list_writes_the_same_answer(two_workers, tmp_path):
    path = tmp_path / "list.csv"
    rows = [row.cells for row in mark(800, seed=4)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    said = [_link_list(path, tmp_path / "a.csv"), _link_list(path, tmp_path / "b.csv", two_workers.master)]
    assert [one.returncode for one in said] == [0, 0], said[1].stderr
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert said[1].stdout == said[0].stdout.replace("a.csv", "b.csv")


def _link_list(path, output, master: str | None = None) -> subprocess.CompletedProcess:
    options = ["--engine", "spark", "--master", master] if master else []
    return subprocess.run(
        [sys.executable, "-m", "trellis", "link_list", path, "--output", output, *options],
        cwd=ROOT, capture_output=True, text=True, timeout=600,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("master", "sentence"),
    [
        ("spark://127.0.0.1:1", "No Spark master answers at spark://127.0.0.1:1 "),
        ("spark://127.0.0.1:99999", "No Spark master answers"),
        ("http://127.0.0.1:80", "Write --master as spark://HOST:PORT"),
        ("spark://nowhere", "Write --master as spark://HOST:PORT"),
    ],
)
def test_a_cluster_that_is_not_there_is_said_in_a_sentence(master, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        link(table([{"name": "Ash Vale Club"}]), engine=SPARK, master=master)


def test_a_cluster_without_workers_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("trellis.organisations.linkage.spark.session.WORKER_WITHIN", 3)
    with cluster(tmp_path, workers=0) as running, pytest.raises(RuleBroken, match="gave no worker within 3 seconds"):
        link(table([{"name": "Ash Vale Club"}]), engine=SPARK, master=running.master)


def test_a_cluster_that_loses_all_workers_is_said_in_a_sentence(tmp_path, monkeypatch):
    sentence = pytest.raises(RuleBroken, match="All workers of .* went away")
    with cluster(tmp_path, workers=1) as running, sentence, session(running.master) as started:
        monkeypatch.setattr("trellis.organisations.linkage.spark.session.WORKER_WITHIN", 3)
        running.kill_worker(0)
        on_spark(started, table([{"name": "Ash Vale Club"}]))


def test_java_that_is_not_there_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(RuleBroken, match="needs Java 17"):
        link(table([{"name": "Ash Vale Club"}]), engine=SPARK, master="spark://127.0.0.1:7077")


@pytest.mark.parametrize(
    ("number", "seed", "hard", "threshold", "parts"),
    [(3_000, 5, 0.6, None, None), (6_000, 11, 1.0, 0.5, 7), (20_000, 3, 0.6, 0.9, 16)],
)
def test_a_list_has_the_same_links_on_spark(two_workers, number, seed, hard, threshold, parts):
    rows = made(number, seed, hard)
    with session(two_workers.master) as started:
        assert_same(on_spark(started, rows, threshold, parts), link(rows, threshold=threshold))


def test_workers_read_and_write_parquet_with_the_same_answer(two_workers, tmp_path):
    rows = pa.Table.from_pylist([row.cells | {"colour": "red"} for row in mark(900, seed=4)])
    nothing = pa.Table.from_pylist([dict.fromkeys(rows.column_names, "")])
    rows = pa.concat_tables([rows, rows.slice(0, 5), nothing])
    pq.write_table(rows, tmp_path / "list.parquet", row_group_size=100)
    said = _link_list(tmp_path / "list.parquet", tmp_path / "out.parquet", two_workers.master)
    assert said.returncode == 0, said.stderr
    ids = [f"00000-{number:010}" for number in range(rows.num_rows)]
    expected = link(rows.append_column("id", pa.array(ids)), threshold=0.5)
    labels = [f"{one} ({name or 'no name'})" for one, name in zip(ids, rows["name"].to_pylist(), strict=True)]
    told = [
        (expected.clusters[one], float(probability) if probability else None, reason)
        for one, (_, probability, reason) in zip(ids, listing.told(ids, labels, expected), strict=True)
    ]
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.column_names == [*rows.column_names, *listing.FOUND]
    assert sorted(map(repr, _rows(found))) == sorted(
        repr((*row, *said)) for row, said in zip(_rows(rows), told, strict=True)
    )
    organisations = len(set(expected.clusters.values()))
    assert said.stdout.startswith(f"{rows.num_rows:,} rows, {organisations:,} organisations; ")


def _rows(table: pa.Table) -> list[tuple]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


@pytest.mark.parametrize(
    ("lists", "output", "sentence"),
    [
        (["a.parquet", "b.parquet"], "out.parquet", "one INPUT.parquet"),
        (["a.csv"], "out.parquet", "one INPUT.parquet"),
        (["a.parquet"], "out.csv", "one INPUT.parquet"),
        (["a.parquet"], "there.parquet", "is there already"),
    ],
)
def test_parquet_is_refused_in_a_sentence_where_it_does_not_fit(tmp_path, lists, output, sentence):
    (tmp_path / "there.parquet").mkdir()
    with pytest.raises(RuleBroken, match=sentence):
        link_list.check_parquet(lists, str(tmp_path / output), SPARK)
