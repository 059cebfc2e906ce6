"""The report on the demo's decision: generated, written by hand where it needs a person, made a version, published."""

from trellis.accounts.models import User
from trellis.decisions.commands import reports as commands
from trellis.decisions.models import Decision, Report
from trellis.demo.names import read


def write_report(decision: Decision, officer: User, clerk: User) -> Report:
    """Write and publish it on the day that the clock says. `officer` writes, `clerk` of democratic services publishes.

    No file is made of it: those are made when somebody asks for them.
    """
    report = commands.open_report(decision=decision, by=officer)
    texts = {row["key"]: row["text"] for row in read("report")["paragraph"]}
    commands.write_paragraphs(report=report, texts=texts, by=officer)
    commands.publish_version(version=commands.make_version(report=report, by=officer), by=clerk)
    return report
