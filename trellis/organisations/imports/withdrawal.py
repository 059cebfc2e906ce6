"""Taking the personal contacts of a list out of the register, where there is no legal basis for them any more.

Row by row in the order of their numbers; each batch is one transaction, so a withdrawal that is killed goes on where it
stopped, and no row is counted twice.
"""

import hashlib
import json
from contextlib import suppress

from django.db import transaction
from django.db.models import F
from django_tasks import task

from trellis.audit import commands as audit
from trellis.core import clock
from trellis.core.actors import IMPORT, Actor
from trellis.core.errors import RuleBroken
from trellis.core.permissions import Permission
from trellis.organisations.imports import bulk, contacts, kept_rows, runs, withdrawn_files, withdrawn_values
from trellis.organisations.imports.kept_rows import Sifted
from trellis.organisations.models import ContactWithdrawal, SourceList, SourceRow

BATCH = 1_000
AT_ONCE = 2_000  # rows: the contacts of a longer list go in the background


def begin_withdrawal(*, source: SourceList, by: Actor) -> None:
    """Take out what a list brought in, in the transaction that withdraws its basis; a long list's in the background.

    What was sent of it and waits is given up. Its files are deleted in the background, for what deletes a file cannot
    be rolled back.
    """
    now = clock.now()
    files = withdrawn_files.close(source, at=now)
    withdrawal = ContactWithdrawal.objects.create(
        source=source, rows_total=source.rows.count(), started_by=by.actor_name, started_at=now
    )
    audit.record(by=by, action="organisations.withdraw_contacts", subject=f"list {source.code}",
                 facts={"rows": withdrawal.rows_total, "files": files})  # fmt: skip
    if withdrawal.rows_total <= AT_ONCE and not withdrawn_files.are_kept(source):
        with suppress(runs.Busy), runs.only_one():
            _to_the_end(withdrawal, by)
            return
    transaction.on_commit(lambda: take_out.enqueue(withdrawal.pk))


@task()
def take_out(withdrawal: int) -> None:
    """The background's part: from where it stands to its end."""
    go_on(withdrawal=withdrawal, by=IMPORT)


def go_on(*, withdrawal: int, by: Actor) -> None:
    """Take a withdrawal up where it stopped, after any import that is under way; one that has ended stays as it is."""
    with runs.only_one(wait=True):
        found = ContactWithdrawal.objects.filter(pk=withdrawal, finished_at__isnull=True).select_related("source")
        for one in found:
            _to_the_end(one, by)


def take_up(*, withdrawal: ContactWithdrawal, by: Actor) -> None:
    """Go on in the background with one that broke off. Raises RuleBroken where it has ended, or they may not."""
    if not by.can(Permission.REGISTER_IMPORT):
        raise RuleBroken("You may not bring lists in.")
    if withdrawal.finished_at:
        raise RuleBroken("All its personal contacts have been taken out already.")
    with transaction.atomic():
        audit.record(by=by, action="organisations.take_up_withdrawal", subject=f"list {withdrawal.source.code}")
        transaction.on_commit(lambda: take_out.enqueue(withdrawal.pk))


def go_on_with_withdrawals(*, by: Actor) -> int:
    """Take up all that broke off; how many there were. For the nightly run."""
    broken_off = list(ContactWithdrawal.objects.filter(finished_at__isnull=True).values_list("pk", flat=True))
    for withdrawal in broken_off:
        go_on(withdrawal=withdrawal, by=by)
    return len(broken_off)


def _to_the_end(withdrawal: ContactWithdrawal, by: Actor) -> None:
    while _take_batch(withdrawal):
        withdrawal.refresh_from_db()
    withdrawn_values.forget_reports(withdrawal.source)
    withdrawn_files.delete(withdrawal.source)
    with transaction.atomic():
        going_on = ContactWithdrawal.objects.filter(pk=withdrawal.pk, finished_at__isnull=True)
        if not going_on.update(finished_at=clock.now()):
            return
        withdrawal.refresh_from_db()
        facts = {"rows": withdrawal.rows_cleared, "organisations": withdrawal.organisations_cleared}
        audit.record(by=by, action="organisations.finish_withdrawal", subject=f"list {withdrawal.source.code}",
                     facts=facts)  # fmt: skip


@transaction.atomic
def _take_batch(withdrawal: ContactWithdrawal) -> int:
    """Take the contacts out of the next rows, and out of their organisations; how many rows there were."""
    rest = SourceRow.objects.filter(source=withdrawal.source_id, pk__gt=withdrawal.last_row).order_by("pk")
    rows = list(rest.select_related("last_run")[:BATCH])
    if not rows:
        return 0
    found = list(kept_rows.sifted(rows))
    cleared = [one for one in found if one.data != one.row.data]
    homes = {one.row.organisation_id for one in found if one.may_be_home and one.row.organisation_id}
    owners = {row.organisation_id for row in rows if row.organisation_id}
    bulk.update(SourceRow, ("data", "digest", "key"),
                ((_json(one), _digest(one.row), _key(one.row), one.row.pk) for one in cleared))  # fmt: skip
    organisations = withdrawn_values.take_from(owners, homes, withdrawal.source.code)
    counted = ContactWithdrawal.objects.filter(pk=withdrawal.pk, last_row=withdrawal.last_row).update(
        last_row=rows[-1].pk, rows_done=F("rows_done") + len(rows), rows_cleared=F("rows_cleared") + len(cleared),
        organisations_cleared=F("organisations_cleared") + organisations,
    )  # fmt: skip
    if not counted:
        raise runs.Busy(runs.BUSY)
    return len(rows)


def _json(one: Sifted) -> str:
    return json.dumps(one.data, ensure_ascii=False)


def _key(row: SourceRow) -> str:
    """A row without a number is called by its name, which may hold a telephone number."""
    return row.key if contacts.without(row.key) == row.key else f"row {row.pk}"


def _digest(row: SourceRow) -> str:
    """Not that of the row with its contacts: it is to be another row when it comes with them again."""
    return row.digest and hashlib.blake2b(f"without contacts {row.digest}".encode(), digest_size=16).hexdigest()
