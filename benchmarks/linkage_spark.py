"""Linkage on DuckDB and on Spark at growing sizes: seconds, memory, the cost of a million rows, and if links are equal.

    script/spark bench --rows 100000 500000

Spark is a master and two workers on loopback with one core each, so that both engines have the same machine; DuckDB
works with what it likes, and Python around it on one core. The engine parquet is Spark whose workers read the list and
write the answer. Each run has a process of its own. Memory is the most that all processes of a run had at one time; of
the first process, which asks; and of that with its Java, for a machine that only asks (the driver). Lists of 50,000
rows with seeds of their own are put together, with numbers of their own.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks._lists import mark

BLOCK = 50_000
NUMBERS_APART = 10_000_000
SAMPLED = 1  # seconds between looks at memory
MEGABYTE = 1_000_000


def national(rows: int) -> pa.Table:
    """So many rows of a list that many lists make up."""
    tables = []
    for block, begin in enumerate(range(0, rows, BLOCK)):
        cells = [row.cells for row in mark(min(BLOCK, rows - begin), seed=100 + block)]
        for number, one in enumerate(cells, begin):
            one["id"] = f"{number:08}"
            for field in ("charity_no", "company_no"):
                if one[field].isdigit():
                    one[field] = str(int(one[field]) + block * NUMBERS_APART)
        tables.append(pa.Table.from_pylist(cells))
    return pa.concat_tables(tables)


def measured(engine: str, path: str, folder: str, memory: str, answer) -> None:
    """Link the list at `path` and put what it took into `answer`."""
    from trellis.organisations.linkage import link, spark

    os.setsid()
    table = None if engine == "parquet" else pq.read_table(path)
    with ExitStack() as ending:
        options, sessions = {}, [os.getpid()]
        if engine != "duckdb":
            from tests.spark_cluster import cluster

            os.environ["PYSPARK_SUBMIT_ARGS"] = (
                f"--driver-memory {memory} --conf spark.executor.memory={memory} pyspark-shell"
            )
            running = ending.enter_context(cluster(Path(folder), memory=memory))
            sessions += [worker.pid for worker in running.workers]
            options = {"engine": engine, "master": running.master}
        watched = ending.enter_context(Watched(sessions))
        began = time.perf_counter()
        if engine == "parquet":
            said = {"said": spark.link_file(path, f"{path}.out", said=[], threshold=0.5, master=running.master)}
        else:
            said = told(link(table, threshold=0.5, **options))
        took = time.perf_counter() - began
        watched.look()
    rows = pq.read_metadata(path).num_rows
    answer.put({
        "engine": engine, "rows": rows, **said, "seconds": round(took, 1),
        "processor seconds": round(watched.seconds, 1), "seconds a million rows": round(took / rows * 1e6),
        "processor seconds a million rows": round(watched.seconds / rows * 1e6),
        "MB": round(watched.most), "MB of the first process": round(watched.most_first),
        "MB of it with its Java": round(watched.most_here), "load": os.getloadavg()[0],
    })  # fmt: skip


def told(found) -> dict:
    """What is the same wherever links are the same."""
    digest = hashlib.sha256(repr((found.clusters, found.pairs)).encode()).hexdigest()[:12]
    return {"pairs": len(found.pairs), "links": digest, "organisations": len(set(found.clusters.values()))}


class Watched:
    """The memory and the time of all processes of some sessions, looked at again and again."""

    def __init__(self, sessions: list[int]) -> None:
        self.sessions, self.most, self.most_here, self.most_first = sessions, 0.0, 0.0, 0.0
        self._times: dict[int, float] = {}
        self._ended = threading.Event()
        self._own = 0.0  # what looking took itself, which is no part of the run

    def __enter__(self) -> "Watched":
        self.look()
        self._before = dict(self._times)
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        """Of the processor, since the beginning."""
        return sum(self._times.values()) - sum(self._before.values()) - self._own

    def look(self) -> None:
        """Add up what each process has now."""
        total = here = 0.0
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                cells = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(cells[3]) not in self.sessions:
                    continue
                self._times[int(entry.name)] = (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")
                used = _unshared(entry)
            except (OSError, ValueError):
                continue
            total += used
            here += used if int(cells[3]) == self.sessions[0] else 0
            if int(entry.name) == os.getpid():
                self.most_first = max(self.most_first, used)
        self.most, self.most_here = max(self.most, total), max(self.most_here, here)

    def _watch(self) -> None:
        while not self._ended.wait(SAMPLED):
            self.look()
            self._own = time.thread_time()


def _unshared(process: Path) -> float:
    """The megabytes of a process, of which shared ones count in part."""
    rollup = (process / "smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024 / MEGABYTE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 500_000])
    parser.add_argument("--engines", nargs="+", default=["duckdb", "spark", "parquet"])
    parser.add_argument("--memory", default="3g", help="of the driver's JVM and of each worker's")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "list.parquet")
            pq.write_table(national(rows), path)
            for engine in options.engines:
                answer = context.Queue()
                arguments = (engine, path, folder, options.memory, answer)
                process = context.Process(target=measured, args=arguments)
                process.start()
                process.join()
                said = (
                    answer.get()
                    if not process.exitcode
                    else {"engine": engine, "rows": rows, "ended": process.exitcode}
                )
                print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
