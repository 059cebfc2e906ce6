"""What anybody may look at without signing in, and where a door is closed."""

import csv
import json
from io import BytesIO, StringIO

from pypdf import PdfReader

from tests.journeys.browser import in_every_look, on_a_desktop
from trellis.core.actors import NIGHTLY
from trellis.payments.tests.quarters import a_signed_report
from trellis.performance import commands as performance
from trellis.performance.tests.facts import SPRING, a_quarter

REPORT = "/contracts/SCO/performance/2018-Q2"
FIGURES = [
    ("Organisations with income under the limit reached", "3"),
    ("Working days to first contact", "4.0"),
    ("Difference in days to first contact between districts", "3.0"),
]


@in_every_look
def test_anybody_looks_around(person, committed_cast):
    cast, anybody = committed_cast, person()
    anybody.goes_to("/").sees("Free help for local groups")
    anybody.clicks("Find an organisation").sees("Mill Lane Pantry").sees("Southdown Community Choir")
    anybody.page.get_by_text("Narrow the list").click()
    anybody.picks("District", "South (4)").clicks("Find organisations")
    anybody.sees("Southdown Community Choir").sees_nothing_of("Mill Lane Pantry")
    anybody.clicks("Southdown Community Choir").sees("£8,000")
    anybody.goes_to("/").clicks("Who gives the support").sees(cast.contract.title).sees("Ash Vale CVS")
    anybody.clicks("How our pages are built")
    for page in ("/help/", "/accessibility/", "/privacy/", "/gallery/form/", "/gallery/progress/"):
        anybody.goes_to(page)
    for closed in ("/rulebook/", "/budget/", "/audit/", "/support/", "/contracts/SCO/statements/"):
        anybody.goes_to(closed).sees("Sign in")
        assert anybody.is_at() == "/account/sign-in/"


def test_anybody_takes_a_signed_report_away_and_every_file_says_the_same(person, committed_cast):
    report = a_signed_report(committed_cast)
    anybody = person()
    anybody.goes_to("/").clicks("See how it is going").clicks("April to June 2018")
    assert anybody.is_at() == REPORT
    anybody.sees("The quarter in five figures").sees("Anna Ash").sees("Bella Bramble")
    anybody.sees("3 organisations").sees("4.0 working days")
    files = {kind: anybody.takes_away(kind) for kind in ("PDF", "CSV", "JSON")}
    told = json.loads(files["JSON"])
    by_json = [(one["name"], one["value"]) for outcome in told["report"]["outcomes"] for one in outcome["indicators"]]
    rows = list(csv.DictReader(StringIO(files["CSV"].decode("utf-8-sig"))))
    by_csv = [(row["Indicator"], row["Value"]) for row in rows if row["Area"] == "Whole area"]
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(files["PDF"])).pages).split())
    assert by_json == by_csv == FIGURES
    for name, value in FIGURES:
        anybody.sees(name)
        assert f"{name} {value}" in words, f"the PDF does not say {value} for {name!r}"
    assert told["digest"] == report.digest and report.digest in words


@on_a_desktop  # only the server can say that it is not there
def test_a_report_that_is_not_signed_is_not_there_for_anybody(person, committed_cast):
    a_quarter(committed_cast)
    performance.compute_readings(contract=committed_cast.contract, quarter=SPRING, by=NIGHTLY)
    performance.prepare_report(contract=committed_cast.contract, quarter=SPRING, by=committed_cast.olive)
    anybody = person()
    anybody.goes_to("/contracts/SCO/performance/").sees("Not published yet")
    for ending in ("", ".pdf", ".csv", ".json"):
        anybody.may_not_open(REPORT + ending)
