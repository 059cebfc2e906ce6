"""How much of a person's time it takes to make one register of fifteen lists, in a real browser.

    python -m benchmarks.fifteen_lists [--minutes 20] [--organisations 3300]

One run: a small demo county on a server with its worker; somebody who keeps the register sends fifteen lists of made-up
organisations (benchmarks/_lists.py), says whose each is, brings them in, has doubles looked for, and answers questions
until so many minutes of their time are over. A script has the browser, so their time is worked out and not taken: by
the keystroke-level model (Card, Moran and Newell, Communications of the ACM 23, 1980), for somebody who types as most
do, with a moment's thought before each step, every line read that they have not read before (238 words a minute:
Brysbaert, Journal of Memory and Language 109, 2019), and every page waited for. What the worker does meanwhile is told
beside it: nobody need sit by. Answers are right: they come from the true ids.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from time import perf_counter, sleep

from benchmarks import _lists, pages
from benchmarks.linkage import quality

THINK, POINT, CLICK, KEY, TO_KEYS = 1.35, 1.1, 0.2, 0.28, 0.4  # seconds: M, P, B twice, K, H of the model
WORDS_A_MINUTE = 238
KEEPER = "ada.whitlock@example.org"
PATIENCE = 1_800  # seconds that the worker may take for one thing
BECAUSE = "They asked their groups, who may say no at any time"
OWNERS = ("Volunteer Centre", "Council for Voluntary Service", "Community Network")


# What a page shows: of a question both records, not the bars that say why; else the main part. Lists of choices are
# passed over, and the queue of questions, above which stands "the next".
WORDS_TO_READ = """() => {
  const part = document.querySelector("[data-keys]") || document.querySelector("main")
  const is_queue = location.pathname === "/organisations/links/"
  const passed_over = [...part.querySelectorAll(is_queue ? "select, table" : "select")]
  passed_over.forEach(one => one.hidden = true)
  const words = part.innerText
  passed_over.forEach(one => one.hidden = false)
  return words
}"""


@dataclass
class Hand:
    """Somebody at a browser, and what it costs them."""

    page: object
    seconds: float = 0
    of_it_waiting: float = 0
    of_it_reading: float = 0
    clicks: int = 0
    keys: int = 0
    pages: int = 0
    known: set[str] = field(default_factory=set)

    def reads(self) -> None:
        """Read each line of the page that was on none before."""
        lines = {line.strip() for line in self.page.evaluate(WORDS_TO_READ).splitlines()}
        words = sum(len(line.split()) for line in lines - self.known)
        self.known |= lines
        self._spends(words / WORDS_A_MINUTE * 60, "of_it_reading")

    def follows(self, words: str, role: str = "link") -> None:
        """Click what leads to another page, wait for that, and read it."""
        self._points_at_one()
        self._comes_to_a_page(self.page.get_by_role("main").get_by_role(role, name=words).first.click)

    def presses(self, words: str) -> None:
        """Press the button that sends a form."""
        self.follows(words, "button")

    def answers(self, key: str) -> None:
        """Answer by a single key."""
        self.keys += 1
        self._spends(THINK + KEY)
        self._comes_to_a_page(lambda: self.page.keyboard.press(key))

    def writes(self, label: str, words: str) -> None:
        """Click into a field and type."""
        self._points_at_one()
        self.keys += len(words)
        self._spends(2 * TO_KEYS + KEY * len(words))
        self.page.get_by_role("main").get_by_label(label).first.fill(words)

    def chooses(self, label: str) -> None:
        """Choose a radio button."""
        self._points_at_one()
        self.page.get_by_role("main").get_by_label(label, exact=True).check()

    def picks(self, label: str, choice: str) -> None:
        """Open a list of choices and choose one."""
        self._points_at_one()
        self._points_at_one()
        self.page.get_by_role("main").get_by_label(label).first.select_option(label=choice)

    def takes_files(self, files: list[Path]) -> None:
        """Open the dialog, mark every file in the folder by two keys, and close it."""
        for _ in range(3):
            self._points_at_one()
        self.keys += 2
        self._spends(THINK + 2 * TO_KEYS + 2 * KEY)
        self.page.locator("main input[type=file]").set_input_files(files)

    def clicks_into(self, selector: str) -> None:
        """Give a part of the page the focus."""
        self._points_at_one()
        self._spends(TO_KEYS)
        self.page.locator(selector).first.click(position={"x": 5, "y": 5})

    def opens(self, path: str) -> None:
        """Look at a page again."""
        self._comes_to_a_page(lambda: self.page.goto(f"http://127.0.0.1:{pages.PORT}{path}"))

    def told(self) -> str:
        """What it cost so far."""
        return (
            f"{self.seconds / 60:5.1f} min ({self.of_it_reading / 60:.1f} reading, {self.of_it_waiting / 60:.1f} "
            f"waiting for pages), {self.clicks} clicks, {self.keys} keys, {self.pages} pages"
        )

    def _points_at_one(self) -> None:
        self.clicks += 1
        self._spends(THINK + POINT + CLICK)

    def _comes_to_a_page(self, deed: Callable[[], object]) -> None:
        began = perf_counter()
        with self.page.expect_navigation():
            deed()
        self._spends(perf_counter() - began, "of_it_waiting")
        self.pages += 1
        self.reads()

    def _spends(self, seconds: float, on: str = "") -> None:
        self.seconds += seconds
        if on:
            setattr(self, on, getattr(self, on) + seconds)


@contextmanager
def worked(folder: str) -> Iterator[None]:
    """The worker of a folder's database."""
    environment = os.environ | {"TRELLIS_ENV": "demo", "TRELLIS_VAR": folder, "TRELLIS_NOW": "2018-07-02T09:00"}
    command = [sys.executable, "-m", "trellis", "db_worker", "--no-reload", "--verbosity", "0"]
    worker = subprocess.Popen(command, cwd=pages.ROOT, env=environment)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def waited(what: str, is_over: Callable[[], bool]) -> None:
    """Until the worker is done; tells how long that took."""
    began = perf_counter()
    while not is_over():
        if perf_counter() - began > PATIENCE:
            raise SystemExit(f"{what} was not over after {PATIENCE} s.")
        sleep(0.5)
    print(f"    beside it, the worker: {what}, {perf_counter() - began:.0f} s")


def send(hand: Hand, files: list[Path]) -> None:
    """From the home page to fifteen lists of which it is on record whose they are."""
    from trellis.organisations.models import ImportRun

    hand.reads()
    hand.follows("Bring a list into the register")
    hand.follows("Bring in lists", "button")
    hand.takes_files(files)
    hand.presses("Send")
    hand.follows(files[0].name)
    for number, file in enumerate(files):
        hand.writes("Whose list is it?", f"{file.stem} {OWNERS[number % len(OWNERS)]}")
        if number == 0:  # what follows begins with what was said of the list before
            hand.writes("Why that basis holds", BECAUSE)
            hand.chooses("A sharing agreement")
            for part, value in (("Day", "1"), ("Month", "4"), ("Year", "2018")):
                hand.writes(part, value)
        hand.writes("Reference of the agreement", f"SA-{number + 1:02}")
        hand.picks("Legal basis for keeping", "Legitimate interests")
        hand.presses("Record this, and go on")
    waited("checking the lists", lambda: not ImportRun.objects.filter(status="checking").exists())
    hand.opens("/organisations/import/")


def bring_in(hand: Hand) -> None:
    """From fifteen checked lists to a register that was looked through for doubles."""
    from trellis.organisations.models import ImportRun, LinkRun

    hand.presses("Bring in these 15 lists")
    going = ("waiting", "running")
    waited("bringing the lists in", lambda: not ImportRun.objects.filter(status__in=going).exists())
    hand.follows("See which organisations may be in the register twice")
    hand.presses("Look for doubles")
    waited("looking for doubles", lambda: not LinkRun.objects.filter(finished_at__isnull=True).exists())
    hand.opens("/organisations/links/")


def answer(hand: Hand, truth: dict[int, str], minutes: float) -> int:
    """Answer questions until the minutes are over; how many."""
    from trellis.organisations.models import LinkQuestion

    if not LinkQuestion.objects.filter(state="waiting").exists():
        return 0
    hand.presses("Answer the next question")
    hand.clicks_into("[data-keys]")
    number = 0
    while hand.seconds < minutes * 60 and "/links/" in hand.page.url and hand.page.locator("[data-keys]").count():
        asked = hand.page.url.rstrip("/").split("/")[-1]
        question = LinkQuestion.objects.select_related("first", "second").get(pk=asked)
        one, two = (mostly(side.standing, truth) for side in (question.first, question.second))
        hand.answers("s" if one and one == two else "d")
        number += 1
    return number


def mostly(organisation, truth: dict[int, str]) -> str:
    """The true id of most rows of an organisation and of all that was merged into it; empty where it is on no list."""
    from trellis.organisations.models import Organisation, SourceRow

    members = [organisation.pk, *Organisation.objects.filter(merged_into=organisation).values_list("pk", flat=True)]
    rows = SourceRow.objects.filter(organisation__in=members).values_list("pk", flat=True)
    ids = Counter(truth[row] for row in rows if row in truth)
    return ids.most_common(1)[0][0] if ids else ""


def true_ids(lists: list[tuple[Path, list[str]]]) -> dict[int, str]:
    """The true id of each row of the fifteen lists, by the row's key in the database."""
    from trellis.organisations.models import SourceRow

    of_reference = {
        f"{number}-{place}": true
        for number, (_, ids) in enumerate(lists, 1) for place, true in enumerate(ids, 1)
    }  # fmt: skip
    rows = SourceRow.objects.filter(data__has_key="Ref").values_list("pk", "data__Ref")
    return {pk: of_reference[reference] for pk, reference in rows if reference in of_reference}


def told_quality(when: str, truth: dict[int, str]) -> None:
    """How near the register is to the truth, by pairs of rows."""
    from trellis.organisations.models import SourceRow

    rows = SourceRow.objects.filter(pk__in=truth).values_list("pk", "organisation", "organisation__merged_into")
    found = [(_lists.Row(truth[pk]), into or own) for pk, own, into in rows.iterator()]
    measures = quality([row for row, _ in found], [label for _, label in found])
    told = ", ".join(
        "{} {:.3f} ({:.3f} to {:.3f})".format(name, *measures[f"pairwise {name}"])
        for name in ("precision", "recall", "f1")
    )
    made, there = len({label for _, label in found}), len(set(truth.values()))
    print(f"    {when}: {len(found):,} rows, {made:,} organisations of {there:,}; pairs: {told}")


def walk(hand: Hand, lists: list[tuple[Path, list[str]]], minutes: float) -> None:
    """All of it, told step by step."""
    send(hand, [path for path, _ in lists])
    print(f"lists sent, and whose they are: {hand.told()}")
    bring_in(hand)
    print(f"one register:                   {hand.told()}")
    truth = true_ids(lists)
    told_quality("before any answer", truth)
    number = answer(hand, truth, minutes)
    print(f"{number} questions answered:        {hand.told()}")
    told_quality("then", truth)


def main() -> None:
    """Load, serve, walk."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=20, help="of the person's time (20)")
    asked.add_argument("--organisations", type=int, default=3_300)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages.load_demo(folder, 0.03)
        os.environ |= {"TRELLIS_ENV": "demo", "TRELLIS_VAR": folder, "DJANGO_SETTINGS_MODULE": "trellis.settings",
                       "DJANGO_ALLOW_ASYNC_UNSAFE": "1", "TRELLIS_NOW": "2018-07-02T09:00"}  # fmt: skip
        import django
        from playwright.sync_api import sync_playwright

        django.setup()
        files = Path(folder, "lists")
        files.mkdir()
        lists = _lists.fifteen(files, given.organisations)
        with pages.served(folder), worked(folder), sync_playwright() as play:
            browser = play.chromium.launch(executable_path=which("chromium-headless-shell") or which("chromium"))
            hand = Hand(browser.new_page(base_url=f"http://127.0.0.1:{pages.PORT}"))
            hand.page.goto("/demo/sign-in/")
            with hand.page.expect_navigation():
                hand.page.locator(f"form:has(input[value='{KEEPER}']) button").click()
            walk(hand, lists, given.minutes)
            browser.close()


if __name__ == "__main__":
    main()
