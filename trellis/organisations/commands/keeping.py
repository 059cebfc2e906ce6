"""Keeping profiles right: confirming one, leaving the directory and coming back, where one that is gone went."""

from django.db import transaction

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken
from trellis.organisations import rules
from trellis.organisations.models import Organisation
from trellis.organisations.queries.keeping import keeps_register, speaks_for


@transaction.atomic
def confirm_profile(*, organisation: Organisation, by: Actor) -> None:
    """Note that an organisation says today that its profile is right. Raises RuleBroken for anybody else."""
    rules.check_can_confirm(is_own=speaks_for(organisation, by), is_listed=organisation.merged_into_id is None)
    Organisation.objects.filter(pk=organisation.pk).update(confirmed_on=clock.today())
    _audit("confirm_profile", organisation, by)


@transaction.atomic
def unlist_organisation(*, organisation: Organisation, reason: str = "", by: Actor) -> None:
    """Take an organisation out of the directory: the public sees it no more, and figures still count it.

    Its own people need no reason; those who keep the register say on whose word. Raises RuleBroken when it is not
    theirs to say, or it is hidden already.
    """
    rules.check_can_unlist(is_own=speaks_for(organisation, by), is_keeper=keeps_register(by), reason=reason)
    shown = Organisation.objects.filter(pk=organisation.pk, unlisted_at__isnull=True)
    if not shown.update(unlisted_at=clock.now(), unlisted_by=by.actor_name):
        raise RuleBroken("It is not in the directory now.")
    _audit("unlist_organisation", organisation, by, reason=reason)


@transaction.atomic
def list_organisation_again(*, organisation: Organisation, by: Actor) -> None:
    """Show an organisation to the public again. Raises RuleBroken when it is not theirs to say, or it is shown."""
    rules.check_can_list_again(is_own=speaks_for(organisation, by), is_keeper=keeps_register(by))
    hidden = Organisation.objects.filter(pk=organisation.pk, unlisted_at__isnull=False)
    if not hidden.update(unlisted_at=None, unlisted_by=""):
        raise RuleBroken("It is in the directory already.")
    _audit("list_organisation_again", organisation, by)


@transaction.atomic
def say_where_it_went(*, organisation: Organisation, went_to: str, by: Actor) -> None:
    """Note where the work of an organisation that was removed went, and what it owned. Raises RuleBroken."""
    rules.check_can_say_where_it_went(
        is_keeper=keeps_register(by),
        is_removed=organisation.status == Organisation.Status.REMOVED,
        words=went_to,
    )
    Organisation.objects.filter(pk=organisation.pk).update(went_to=went_to.strip())
    _audit("say_where_it_went", organisation, by, facts={"went_to": went_to.strip()})


def _audit(verb: str, organisation: Organisation, by: Actor, *, reason: str = "", facts: dict | None = None) -> None:
    subject = f"organisation {organisation.reference}"
    audit.record(by=by, action=f"organisations.{verb}", subject=subject, reason=reason, facts=facts)
