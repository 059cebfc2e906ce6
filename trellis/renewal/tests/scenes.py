"""Dossiers of the cast at each point of their road, made by the same commands as people use."""

from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import time_machine

from trellis.commissioning.commands import commissions
from trellis.commissioning.models import Commission, Outcome
from trellis.commissioning.tests import equality_scenes
from trellis.contracts.models import ExtensionOption, Partner
from trellis.decisions.models import Decision
from trellis.decisions.report import keeping
from trellis.decisions.tests import scenes as decisions
from trellis.payments.tests.quarters import a_signed_report
from trellis.renewal.commands import dossiers as commands
from trellis.renewal.dossier.assembly import SECTIONS
from trellis.renewal.models import Dossier, DossierVersion, Handover
from trellis.renewal.queries import dossiers as queries
from trellis.support.tests import cases


def with_options(cast) -> None:
    """Two optional years, 10% less each."""
    for number, year, value in ((1, 2019, "81000.00"), (2, 2020, "72900.00")):
        ExtensionOption.objects.create(
            contract=cast.contract, number=number, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31),
            value=Decimal(value),
        )  # fmt: skip


def commissioned(cast) -> Commission:
    """The cast's contract came of a commission, and can be extended by two years."""
    commission = commissions.open_commission(
        title="Support", purpose="Even support.", authority=cast.council, owner=cast.carol, by=cast.carol
    )
    Outcome.objects.update(commission=commission)
    with_options(cast)
    equality_scenes.attested(cast, commission)
    return commission


def begun(cast) -> Dossier:
    """Olive has begun the dossier on the first optional year; the data that it needs are there."""
    commissioned(cast)
    with on(date(2018, 6, 1)):
        cases.requested(cast)
    a_signed_report(cast)
    return commands.begin_dossier(contract=cast.contract, by=cast.olive)


def written(cast) -> Dossier:
    """Every section has its sentence, and the recommendation is to extend."""
    dossier = begun(cast)
    for section in SECTIONS:
        commands.assess_section(dossier=dossier, section=section, text="It supports going on.", by=cast.olive)
    commands.recommend(dossier=dossier, recommendation="extend", reasons="It works and is needed.", by=cast.olive)
    return dossier


def submitted(cast) -> Dossier:
    """Submitted on 2 July 2018."""
    dossier = written(cast)
    commands.submit_dossier(dossier=dossier, by=cast.olive)
    return dossier


def decided(cast, *, conditions: list | None = None) -> Dossier:
    """Taken and published after it was submitted; in effect from 8 August 2018."""
    dossier = submitted(cast)
    commands.link_decision(dossier=dossier, decision=a_decision(cast, conditions=conditions), by=cast.olive)
    commands.record_decided(dossier=dossier, decided="extend", by=cast.olive)
    return dossier


def a_decision(cast, *, conditions: list | None = None, reference: str = "18/00012") -> Decision:
    """One that was announced on 14 May, taken on 30 July 2018 and published on the day after."""
    decision = decisions.announced(cast.council, reference=reference)
    with on(date(2018, 7, 30)):
        said = decisions.RECORD | {"conditions": conditions or []}
        decisions.records.draft_record(decision=decision, by=cast.olive, **said)
        decisions.records.take_decision(decision=decision, decided_on=date(2018, 7, 30), by=cast.olive)
    with on(date(2018, 7, 31)):
        decisions.records.publish_record(decision=decision, by=cast.olive)
    return Decision.objects.get(pk=decision.pk)


@contextmanager
def on(day: date):
    """It is 10 in the morning of a day."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 9), tick=False):
        yield


def in_effect():
    """A day on which the decision of `decided` is in effect."""
    return on(date(2018, 8, 8))


def at_every_address(cast) -> dict[str, int | str]:
    """A dossier with a version, Bramble leaving, and what stands in addresses: for the access matrix."""
    with_options(cast)
    dossier = Dossier.objects.create(contract=cast.contract, extension=1, opened_by="person:0")
    content = keeping.kept(queries.live_paper(dossier))
    DossierVersion.objects.create(
        dossier=dossier, number=1, content=content, digest=keeping.digest(content), quarter="2018-Q2",
        evidence_up_to=0, made_by="person:0",
    )  # fmt: skip
    Partner.objects.filter(pk=cast.bramble_partner.pk).update(left_on=cast.contract.ends_on)
    Handover.objects.create(partner=cast.bramble_partner, opened_by=cast.olive)
    parts = {"extension": 1, "section": "money", "version": 1, "kind": "csv", "partner": cast.bramble.reference}
    return {f"contracts {name}": part for name, part in parts.items()}
