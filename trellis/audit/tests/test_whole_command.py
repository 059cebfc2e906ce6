"""The command as a person runs it: a process of its own, on a database that others really wrote to."""

import subprocess
import sys

from trellis.audit import commands
from trellis.core.actors import NIGHTLY


def test_seal_then_verify_in_processes_of_their_own(committed_db):
    for number in range(150):
        commands.record(by=NIGHTLY, action="area.do_thing", subject=f"x {number}")

    def trellis(*arguments):
        command = [sys.executable, "-m", "trellis", "audit", *arguments]
        return subprocess.run(command, env=committed_db.environment(), capture_output=True, text=True)

    assert trellis("seal").returncode == 0
    verified = trellis("verify")
    assert verified.stdout.startswith("Audit is whole: 150 rows sealed, head ")
    assert (verified.returncode, verified.stderr) == (0, "")
    refused = trellis("purge", "--before", "2018-01-01")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.strip() == "Say why the detail is purged."
