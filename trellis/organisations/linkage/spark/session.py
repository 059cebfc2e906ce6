"""A session with a cluster of Spark, or a sentence that says why there is none."""

import os
import re
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import trellis
from trellis.core.errors import RuleBroken

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

ANSWER_WITHIN = 10  # seconds until a master must answer
WORKER_WITHIN = 60  # and until the first worker must offer itself
# What the workers need of Trellis: rows are folded and names compared there by the same functions.
SENT = ("__init__.py", "core/__init__.py", "core/errors.py", "organisations/__init__.py", "organisations/linkage")
STANDALONE = re.compile(r"spark://([^:/,]+):([0-9]{1,5})")
LOOPBACK = ("127.0.0.1", "localhost")
# Java makes fast code of a method once it was called so many times: ten times as many as it does of itself, as most of
# what runs here runs once, and making it took half of the time of a short list. Who sets extraJavaOptions overrides it.
JAVA = (
    "-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 "
    "-XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"
)


@contextmanager
def session(master: str) -> Iterator["SparkSession"]:
    """A session with the cluster whose master it is, such as spark://10.0.0.5:7077; it ends with the block.

    Raises RuleBroken where Spark or Java is not installed, where no master or worker answers in time, and when the
    cluster gives up on the work.
    """
    check_installed()
    _check_answers(master)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    alone: Event | None = None
    with ExitStack() as ending:
        try:
            started = _started(master)
            ending.callback(started.stop)
            started.sparkContext.addArchive(f"{ending.enter_context(_packed_code())}#trellis")
            _wait_for_worker(started.sparkContext, master)
            alone = ending.enter_context(_watched(started.sparkContext))
            yield started
        except (Py4JError, PySparkException, OSError) as error:
            if alone and alone.is_set():
                raise RuleBroken(f"All workers of {master} went away before the work was done.") from error
            raise RuleBroken(f"Spark at {master} did not finish the work. It says: {_first_line(error)}") from error


def check_installed() -> None:
    """Raise RuleBroken where pyspark or Java is lacking."""
    if not find_spec("pyspark"):
        raise RuleBroken(
            "The engine spark is not installed here: install requirements/spark.txt into an environment of its own "
            "(script/spark makes one), or leave out --engine to use DuckDB."
        )
    home = os.environ.get("JAVA_HOME")
    if not (Path(home) / "bin/java").exists() if home else not shutil.which("java"):
        raise RuleBroken("The engine spark needs Java 17 or later, and there is none here: script/packages java.")


def _check_answers(master: str) -> None:
    found = STANDALONE.fullmatch(master)
    if not found:
        if master.startswith("spark:") or not re.match(r"local(\[|$)|yarn$|k8s://", master):
            raise RuleBroken(f"Write --master as spark://HOST:PORT, not {master[:60]}.")
        return
    try:
        socket.create_connection((found[1], int(found[2])), timeout=ANSWER_WITHIN).close()
    except (OSError, OverflowError) as error:
        raise RuleBroken(
            f"No Spark master answers at {master} (within {ANSWER_WITHIN} seconds): check that it runs there."
        ) from error


def _started(master: str) -> "SparkSession":
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("trellis link_list")
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("OFF")
    return started


def _settings(master: str) -> dict[str, str]:
    near = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    found = STANDALONE.fullmatch(master)
    return {
        "spark.driver.defaultJavaOptions": JAVA,
        "spark.executor.defaultJavaOptions": JAVA,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # A part is what one task has in its hands: Python's work, which Spark does not see in the bytes of a part.
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
        # Java does not compile longer methods, and Splink's comparisons make one of them.
        "spark.sql.codegen.hugeMethodLimit": "8000",
        # Parts are small: joined by a table in memory they need not be put in order first.
        "spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold": "64m",
        **(near if not found or found[1] in LOOPBACK else {}),
    }


@contextmanager
def _packed_code() -> Iterator[str]:
    """A file of this very code, for workers: they need only Python with pyarrow and numpy. It is there for the block,
    as a worker that joins later asks for it then.
    """
    here = Path(trellis.__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "trellis"
        for name in SENT:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            if (here / name).is_dir():
                shutil.copytree(here / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(here / name, copy / name)
        yield shutil.make_archive(str(Path(folder) / "sent"), "zip", copy)


def _wait_for_worker(context: "SparkContext", master: str) -> None:
    ends = time.monotonic() + WORKER_WITHIN
    while not _workers(context):
        if time.monotonic() > ends:
            raise RuleBroken(
                f"The Spark master at {master} gave no worker within {WORKER_WITHIN} seconds: start one, or wait until "
                "those that there are have nothing else to do."
            )
        time.sleep(0.2)


@contextmanager
def _watched(context: "SparkContext") -> Iterator[Event]:
    """Give the work up once there was no worker for as long as the first may take: Spark would wait for ever. The event
    says that it was so.
    """
    alone, ended = Event(), Event()

    def watch() -> None:
        seconds = 0
        while not ended.wait(1):
            seconds = 0 if _workers(context) else seconds + 1
            if seconds > WORKER_WITHIN:
                alone.set()
                context.cancelAllJobs()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield alone
    finally:
        ended.set()
        watcher.join()


def _workers(context: "SparkContext") -> int:
    """How many workers there are; this process counts as one where it does the work itself."""
    executors = context._jsc.sc().getExecutorMemoryStatus().size()  # the driver is one of them
    return executors if context.master.startswith("local") else executors - 1


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[0][:300]
