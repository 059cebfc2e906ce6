"""How long each main page takes, against an empty Django view on the same server.

    python -m benchmarks.pages [--times 40] [--scale 1]

One run: loads the demo county into a scratch folder, serves it with gunicorn as production does, signs in by the demo's
sign-in, and fetches an empty view and each page by turns, so that a busy machine slows all alike. Prints the median of
each and its ratio to the empty view.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PORT = 8199
EMPTY = "/benchmark/empty/"
ANYBODY, ADVISER, MANAGER, GROUP = "", "alice.ashby@example.org", "olive.grant@example.org", "dora.mills@example.org"
PAGES = (
    ("front door", ANYBODY, "/"),
    ("directory", ANYBODY, "/organisations/"),
    ("directory, a search", ANYBODY, "/organisations/?q=community+choir"),
    ("contract", ANYBODY, "/contracts/SCO/"),
    ("signed quarterly report", ANYBODY, "/contracts/SCO/performance/2018-Q1"),
    ("a group's home", GROUP, "/"),
    ("an adviser's home", ADVISER, "/"),
    ("an adviser's cases", ADVISER, "/support/"),
    ("statements", MANAGER, "/contracts/SCO/statements/"),
    ("one statement", MANAGER, "/contracts/SCO/statements/2018-Q1"),
    ("budget", MANAGER, "/budget/"),
)
SERVED = """
from django.http import HttpResponse
from django.urls import path
from trellis.core.permissions import public
from trellis.wsgi import application
from trellis import urls

@public
def empty(request):
    return HttpResponse()

urls.urlpatterns.append(path("benchmark/empty/", empty))
"""


def load_demo(folder: str, scale: float) -> None:
    """The demo county in a folder's database."""
    environment = os.environ | {"TRELLIS_ENV": "demo", "TRELLIS_VAR": folder}
    run = [sys.executable, "-m", "trellis"]
    subprocess.run([*run, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    subprocess.run([*run, "load_demo", "--scale", str(scale)], cwd=ROOT, env=environment, check=True)


@contextmanager
def served(folder: str) -> Iterator[None]:
    """A folder's database on a server of its own, with an empty view besides."""
    environment = os.environ | {"TRELLIS_ENV": "demo", "TRELLIS_VAR": folder, "TRELLIS_NOW": "2018-07-02T09:00"}
    environment["PYTHONPATH"] = f"{folder}{os.pathsep}{ROOT}"
    Path(folder, "served.py").write_text(SERVED)
    bind = ["--bind", f"127.0.0.1:{PORT}", "--threads", "2", "--timeout", "120"]
    command = [sys.executable, "-m", "gunicorn", "served:application", *bind]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for_it()
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for_it() -> None:
    """Until the server answers; a minute at most."""
    for _ in range(300):
        try:
            if fetch(EMPTY)[0] == 200:
                return
        except OSError:
            sleep(0.2)
    raise SystemExit("The server did not start.")


def fetch(path: str, cookies: str = "", form: dict[str, str] | None = None) -> tuple[int, str, SimpleCookie]:
    """One request: the status, the page, and the cookies that it sets."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
    headers = {"Cookie": cookies}
    if form:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{PORT}{path}"}
    connection.request("POST" if form else "GET", path, body=urlencode(form) if form else None, headers=headers)
    answer = connection.getresponse()
    jar = SimpleCookie()
    for value in answer.headers.get_all("Set-Cookie") or []:
        jar.load(value)
    return answer.status, answer.read().decode(), jar


def cookies_of(person: str) -> str:
    """The cookies of somebody who signed in with one click; none for anybody."""
    if not person:
        return ""
    _, page, jar = fetch("/demo/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    sent = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
    status, _, given = fetch(
        "/demo/sign-in/", sent, {"person": person, "csrfmiddlewaretoken": token[1] if token else ""}
    )
    if status != 302:
        raise SystemExit(f"Signing in as {person} answered {status}.")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in given.items())


def seconds(path: str, cookies: str) -> float:
    """How long one page takes, from asking to its last byte."""
    began = perf_counter()
    status, _, _ = fetch(path, cookies)
    if status != 200:
        raise SystemExit(f"{path} answered {status}.")
    return perf_counter() - began


def compare(pages: tuple[tuple[str, str, str], ...], times: int) -> None:
    """Fetch each page (a name, who asks, its address) by turns; print medians and ratios to the empty view."""
    pages = (("an empty view", ANYBODY, EMPTY), *pages)
    cookies = {person: cookies_of(person) for _, person, _ in pages}
    taken: dict[str, list[float]] = {name: [] for name, _, _ in pages}
    for turn in range(times + 1):
        for name, person, path in pages:
            took = seconds(path, cookies[person])
            if turn:  # the first time warms up templates and connections
                taken[name].append(took)
    empty = median(taken["an empty view"])
    for name, spent in taken.items():
        print(f"{name:40} {median(spent) * 1000:7.1f} ms  {median(spent) / empty:7.1f} times an empty view")


def main() -> None:
    """Load, serve, fetch."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=40, help="how often each page is fetched (40)")
    asked.add_argument("--scale", type=float, default=1.0, help="size of the demo county (1)")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        load_demo(folder, given.scale)
        with served(folder):
            compare(PAGES, given.times)


if __name__ == "__main__":
    main()
