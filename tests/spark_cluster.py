"""A cluster of Apache Spark on loopback: a real master and real workers, each a process of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STARTS_WITHIN = 120  # seconds
STOPS_WITHIN = 20


@dataclass
class Cluster:
    """`master`: its address, spark://127.0.0.1:PORT. `workers`: its workers' processes, the first started first."""

    master: str
    workers: list[subprocess.Popen] = field(default_factory=list)

    def kill_worker(self, number: int) -> None:
        """End a worker and what works for it at once, as a machine that fails does."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()


@contextmanager
def cluster(folder: Path, workers: int = 2, cores: int = 1, memory: str = "2g") -> Iterator[Cluster]:
    """A master with so many workers with `cores` and `memory` each, until the block ends. They write to `folder`."""
    started: list[subprocess.Popen] = []
    port = _free_port()
    found = Cluster(f"spark://127.0.0.1:{port}")
    try:
        started.append(_start(folder / "master", "master.Master", "--port", str(port)))
        _wait_for(port, started[0])
        for number in range(workers):
            own = folder / f"worker{number}"
            options = ("--cores", str(cores), "--memory", memory, "--work-dir", str(own))
            found.workers.append(_start(own, "worker.Worker", *options, found.master))
            started.append(found.workers[-1])
        yield found
    finally:
        for process in reversed(started):
            _stop(process)


def _start(folder: Path, name: str, *options: str) -> subprocess.Popen:
    import pyspark

    folder.mkdir(parents=True, exist_ok=True)
    command = [Path(pyspark.__file__).parent / "bin" / "spark-class", f"org.apache.spark.deploy.{name}"]
    own = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder), "SPARK_DAEMON_MEMORY": "256m"}
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--webui-port", "0", *options],
            env=os.environ | own, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


def _stop(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("Spark's master ended at once: see its log.") from None
            time.sleep(0.2)
    raise RuntimeError(f"Spark's master did not listen within {STARTS_WITHIN} seconds.")
