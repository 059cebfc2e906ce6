"""What the worker does for performance."""

from django.db.models import F
from django_tasks import task

from trellis.core import clock
from trellis.core.actors import Service
from trellis.core.errors import RuleBroken
from trellis.core.periods import Quarter
from trellis.evidence import sealing
from trellis.performance import queries
from trellis.performance.models import ReadingRequest


@task()
def compute_readings(request_id: int) -> None:
    """Work out the quarter that a request names, and say on it how far it is.

    A request that is finished, by another worker or given up for dead, is left alone.
    """
    from trellis.performance import commands  # it enqueues us, so it imports us

    request = ReadingRequest.objects.select_related("contract").get(pk=request_id)
    running = ReadingRequest.objects.filter(pk=request_id, finished_at__isnull=True)
    if not running.update(steps=len(queries.measured_indicators()), steps_done=0):
        return
    failure = "It broke off through a fault of ours. If it does so again, ask for help."
    try:
        for _indicator in commands.computing(
            contract=request.contract,
            quarter=Quarter.parse(request.quarter),
            up_to=sealing.sealed_up_to(),
            by=Service(f"worker for {request.requested_by}"),
        ):
            running.update(steps_done=F("steps_done") + 1)
        failure = ""
    except RuleBroken as refusal:
        failure = refusal.sentence
    finally:
        running.update(finished_at=clock.now(), failure=failure)
