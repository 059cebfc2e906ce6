"""Every distinct page that any test of this run fetched, through the Nu HTML checker, in one batch."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.page_client import COLLECTED

VNU = settings.ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
# What the checker says of correct markup, with the reason that it stands.
ACCEPTED: tuple[str, ...] = (
    # GOV.UK says it twice, because JAWS does not read out the description of a fieldset of text boxes otherwise
    "The “group” role is unnecessary for element “fieldset”.",
    "Attribute “aria-disabled” is unnecessary for elements that have attribute “disabled”.",
)


def test_every_page_is_valid_html(request):
    pages = request.config.stash[COLLECTED]
    if not any(pages.iterdir()):
        pytest.skip("no page was fetched in this run")
    if not shutil.which("java"):
        pytest.skip("HTML checker: there is no java (apt install default-jre-headless)")
    if not VNU.exists():
        pytest.skip("HTML checker: vnu-jar is not installed (script/setup)")
    messages = check(pages)
    assert not messages, f"{len(messages)} faults of HTML:\n" + "\n".join(messages[:40])


def check(folder: Path) -> list[str]:
    """The checker's messages about every page of a folder, each with the page's title and the line at fault."""
    run = subprocess.run(
        ["java", "-jar", VNU, "--format", "json", "--exit-zero-always", "--skip-non-html", folder],
        capture_output=True,
        text=True,
        timeout=600,
    )
    faults = json.loads(run.stderr)["messages"]
    return sorted({described(fault) for fault in faults if fault["message"] not in ACCEPTED})


def described(fault: dict) -> str:
    page = Path(fault["url"].removeprefix("file:"))
    title = page.read_text().split("</title>")[0].rsplit(">", 1)[-1]
    return f"{title}: {fault['message']} | {fault.get('extract', '').strip()[:160]!r}"
