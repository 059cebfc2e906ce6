"""Whether what the equality impact assessment promised was done."""

from django.urls import reverse

from trellis.commissioning.models import EqualityAction
from trellis.commissioning.queries import equality as queries
from trellis.decisions.report.facts import Facts, Source, by_name, lacking, named
from trellis.renewal.dossier.basis import Basis, commission_of
from trellis.web.words import counted, day

ELSEWHERE = (
    "The contract came of no commission that is kept here, so its equality impact assessment is not here either. Add "
    "it to the documents of the decision."
)


def facts(basis: Basis) -> Facts:
    """The actions of the newest attested version, each as it stood on the day of asking."""
    commission = commission_of(basis.contract)
    if commission is None:
        return Facts(named(Source("The contract").figure("equality_said", "Equality impact assessment", ELSEWHERE)))
    row = queries.latest_attested(commission)
    if row is None:
        return lacking("No equality impact assessment of this commission is attested.", "equality")
    address = reverse(queries.TOPIC, args=[commission.reference])
    source = Source(f"Equality impact assessment {row.reference}, version {row.version}", address)
    actions = list(queries.actions(row))
    done = sum(_is_done(one, basis) for one in actions)
    late = sum(not _is_done(one, basis) and one.due_on < basis.on for one in actions)
    figures = named(
        source.figure("eqia", "Equality impact assessment", f"{row.reference}, version {row.version}"),
        source.figure("eqia_done", "Actions done", f"{done} of {counted(len(actions), 'action')}"),
        source.figure("eqia_late", "Actions late", f"{late} late" if late else "none late"),
    )
    return Facts(figures, by_name(*_table(source, basis, actions)))


def _is_done(one: EqualityAction, basis: Basis) -> bool:
    return one.done_on is not None and one.done_on <= basis.on


def _table(source: Source, basis: Basis, actions: list[EqualityAction]):
    rows = [(one.action, one.owner, day(one.due_on), *_came(one, basis)) for one in actions]
    headings = ("What was promised", "Who does it", "By", "Where it stands", "What came of it")
    return [source.table("equality_actions", "What was promised, and what came of it", headings, rows)] if rows else []


def _came(one: EqualityAction, basis: Basis) -> tuple[str, str]:
    if one.done_on is not None and one.done_on <= basis.on:
        return f"Done on {day(one.done_on)}", one.done_with
    return ("Late" if one.due_on < basis.on else "Not due yet"), ""
