"""Decision 16/00051 on its whole road: opened, heard, announced, taken, recorded, in effect and acted on."""

from collections.abc import Callable
from typing import Any

from trellis.accounts.models import User
from trellis.commissioning.models import Commission
from trellis.decisions.commands import forward_plan, pathway, records
from trellis.decisions.models import Decision
from trellis.decisions.queries import pathway as queries
from trellis.decisions.queries import records as record_queries
from trellis.demo.decide import on
from trellis.demo.names import read

Officers = dict[str, User]


def decide(
    commission: Commission, officers: Officers, *, write_report: Callable[[Decision], Any] | None = None
) -> Decision:
    """Take the commission to its decision, each step on its day and by whoever does it.

    `officers` are the council's people by the code of their role. `write_report` writes the report on a decision and
    publishes it, when its agenda is due; without it, the report is a document that was written elsewhere.
    """
    story = read("decision")
    days = story["days"]
    with on(days["opened_on"]):
        decision = _open(commission, officers, story)
    early = [row for row in story["pathway"]["body"] if row["held_on"] < days["notice_on"]]
    for row in early:
        _hear(decision, row, officers)
    with on(days["notice_on"]):
        clerk = officers["democratic-services"]
        forward_plan.publish_notice(decision=decision, kind="forward-plan", by=clerk, **story["notice"])
    with on(days["agenda_on"]):
        if write_report:
            write_report(decision)
        else:
            forward_plan.add_document(decision=decision, kind="report", by=clerk, **story["report"])
        _publish_agendas(decision, story, clerk)
    for row in story["pathway"]["body"][len(early) :]:
        _hear(decision, row, officers)
    _take(decision, officers, story)
    for act in story["act"]:
        _carry_out(decision, act, officers)
    return decision


def follow_up(decision: Decision, officers: Officers) -> None:
    """Once the contract has started: the condition is met, so that the grants may end."""
    met = read("decision")["met"]
    with on(met["met_on"]):
        records.meet_condition(decision=decision, by=officers["commissioning-officer"], **met)


def _open(commission: Commission, officers: Officers, story: dict[str, Any]) -> Decision:
    officer, clerk = officers["commissioning-officer"], officers["democratic-services"]
    bodies = [(row["body"], row["needs_agenda"]) for row in story["pathway"]["body"]]
    usual = pathway.define_pathway(
        authority=commission.authority, name=story["pathway"]["name"], bodies=bodies, by=clerk
    )
    decision = pathway.open_decision(
        reference=story["reference"], authority=commission.authority, commission=commission, pathway=usual, by=officer,
        **story["describe"],
    )  # fmt: skip
    for row in story["pathway"]["body"]:
        step = queries.step_called(decision, row["body"])
        pathway.plan_step(step=step, planned_on=row["held_on"], by=officer)
    for row in story["document"]:
        forward_plan.add_document(decision=decision, by=officer, **row)
    return decision


def _hear(decision: Decision, row: dict[str, Any], officers: Officers) -> None:
    with on(row["held_on"]):
        step = queries.step_called(decision, row["body"])
        pathway.record_outcome(
            step=step, held_on=row["held_on"], outcome=row["outcome"], by=officers["commissioning-officer"]
        )


def _publish_agendas(decision: Decision, story: dict[str, Any], clerk: User) -> None:
    for row in story["pathway"]["body"]:
        if row["needs_agenda"]:
            step = queries.step_called(decision, row["body"])
            forward_plan.publish_agenda(decision=decision, step=step, meeting_on=row["held_on"], by=clerk)


def _take(decision: Decision, officers: Officers, story: dict[str, Any]) -> None:
    days, clerk = story["days"], officers["democratic-services"]
    with on(days["decided_on"]):
        cites = list(record_queries.citable(decision).values())
        records.draft_record(decision=decision, by=officers["commissioning-officer"], cites=cites, **story["record"])
        records.take_decision(decision=decision, decided_on=days["decided_on"], by=clerk)
    with on(days["published_on"]):
        records.publish_record(decision=decision, by=clerk)


def _carry_out(decision: Decision, act: dict[str, Any], officers: Officers) -> None:
    with on(act["done_on"]):
        powers = record_queries.delegations(decision, act["done_on"])
        records.record_implementation(
            decision=decision, delegation=powers[0], by=officers["commissioning-officer"], **act
        )
