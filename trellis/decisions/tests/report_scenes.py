"""A report with a version, whatever became of its decision since."""

from trellis.commissioning.models import Commission
from trellis.decisions.models import Decision, Report, ReportVersion
from trellis.decisions.queries import reports as queries
from trellis.decisions.report import keeping


def a_version(decision: Decision, commission: Commission) -> ReportVersion:
    """The first version of the report on a decision, made as it would have been before the decision was taken."""
    Decision.objects.filter(pk=decision.pk).update(commission=commission)
    decision.refresh_from_db()
    report = Report.objects.create(decision=decision)
    content = keeping.kept(queries.paper(report))
    return ReportVersion.objects.create(report=report, number=1, content=content, digest=keeping.digest(content))


def parts_of_addresses(commission: Commission) -> dict[str, str]:
    """For the tests that go to every address: the latest decision has a report."""
    a_version(Decision.objects.latest("pk"), commission)
    return {"decisions key": "contacts-own", "decisions kind": "docx"}
