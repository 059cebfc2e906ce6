"""What the worker does for handovers."""

from django_tasks import task

from trellis.core.actors import Service
from trellis.renewal.models import Handover


@task()
def hand_over(handover_id: int) -> None:
    """Hand over the cases that are left. Killed and asked again, it goes on with the next one."""
    from trellis.renewal.commands import handovers as commands  # it enqueues us, so it imports us
    from trellis.renewal.queries import handovers as queries

    handover = Handover.objects.select_related("partner__organisation", "partner__contract").get(pk=handover_id)
    if handover.status == Handover.Status.OPEN and queries.cases_to_hand_over(handover.partner).exists():
        for _case in commands.handing_over(handover=handover, by=Service(f"worker for {handover.asked_by}")):
            pass
