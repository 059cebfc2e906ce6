"""How long a person waits for `trellis` to start, against Django's own command line started the same way.

    python -m benchmarks.cold_start [--times 15]

One run: starts each command as a new process, in turn so that a busy machine slows all alike, and prints the median of
each and its ratio to `django-admin help`, which loads no project. `trellis budget` answers; the others only say what
there is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
BASELINE = "django-admin help"
COMMANDS = {
    "python, doing nothing": ["-c", "pass"],
    BASELINE: ["-m", "django", "help"],
    "trellis help": ["-m", "trellis", "help"],
    "trellis budget": ["-m", "trellis", "budget", "--baseline", "615291", "--step-down", "10", "--years", "3"],
    "trellis check": ["-m", "trellis", "check"],
}


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """How long one start takes, from nothing to its end."""
    began = perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
    return perf_counter() - began


def main() -> None:
    """Time each command by turns and print medians and ratios."""
    parser = argparse.ArgumentParser(description="Time the start of the command line.")
    parser.add_argument("--times", type=int, default=15)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as var:
        environment = {"PATH": os.environ["PATH"], "TRELLIS_ENV": "test", "TRELLIS_VAR": var}
        rounds = [{name: seconds(typed, environment) for name, typed in COMMANDS.items()} for _ in range(times + 1)]
    medians = {name: median(one[name] for one in rounds[1:]) for name in COMMANDS}  # the first only warms the disk
    for name, taken in medians.items():
        print(f"{name:24} {taken * 1000:6.0f} ms   {taken / medians[BASELINE]:5.2f} × {BASELINE}")


if __name__ == "__main__":
    main()
