"""What an appraisal says, what would change it, and its conclusion; and the files of both."""

import json
from functools import partial
from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from trellis import commissioning
from trellis.accounts.requests import Request
from trellis.commissioning.appraisal import Appraised
from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.forms import appraisal as forms
from trellis.commissioning.presenters import appraisal as presenters
from trellis.commissioning.presenters import appraisal_result as result
from trellis.commissioning.presenters import appraisal_scoring as scoring
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.views.appraisal import can_edit, editable, visible
from trellis.core.permissions import Permission, public, requires
from trellis.web.acts import ask_and_do
from trellis.web.forms import sent

SCHEMA = Path(commissioning.__path__[0], "appraisal", "schema.json")


@requires(Permission.COMMISSION_VIEW)
def appraisal_result(request: Request, reference: str, version: int) -> HttpResponseBase:
    """Values and their build-up, sensitivity, ranks under drawn weights, dominance, and the money that says why."""
    found = visible(request, reference, version)
    analysis, trial = queries.analysis(found), queries.trials(found).first()
    on_short_list = {option.name for option in queries.short_list(found)}
    tables = [result.errors_table(request, trial)] if trial else []
    tables += [result.changes_table(request, analysis)] if analysis else []
    for table in tables:
        if table.wants_csv:
            return table.csv_response()
    context = scoring.frame(
        found,
        can_edit=can_edit(request, found),
        analysis=_analysis(request, analysis) if analysis else None,
        changes=tables[-1] if analysis else None,
        errors=tables[0] if trial else None,
        trial=trial,
        ranks=result.ranks(trial) if trial else None,
        is_current=trial is not None and queries.current_trial(found) == trial,
        money=result.money_words([each for each in queries.money_models(found) if each.option in on_short_list]),
        has_illustrative_money=queries.has_illustrative_money(found),
        missing=queries.missing_to_weigh(found),
    )
    return render(request, "commissioning/appraisal/result.html", context)


def _analysis(request: Request, analysis: Appraised) -> dict:
    leaves = [leaf.name for leaf in analysis.problem.leaves]
    asked = request.GET.get("criterion", "")
    chosen = leaves.index(asked) if asked in leaves else result.most_telling(analysis)
    return {
        "places": result.places(analysis),
        "build_up": result.build_up(analysis),
        "sweep": result.sweep(analysis, chosen),
        "chosen": leaves[chosen],
        "criteria": leaves,
        "dominated": result.dominated_words(analysis),
    }


@requires(Permission.COMMISSION_EDIT)
def try_weights(request: Request, reference: str, version: int) -> HttpResponse:
    """Rank the options under drawn weights, and keep the result."""
    found = editable(request, reference, version)
    return ask_and_do(
        request,
        forms.TrialForm(sent(request)),
        partial(commands.try_weights, appraisal=found, by=request.user),
        done=lambda trial: f"Tried with {trial.draws:,} sets of weights.",
        then=presenters.address("appraisal_result", found),
        page=presenters.page(
            found, "Try other weights", "Try them", back="appraisal_result",
            intro="Every set of weights is as likely as any other. The result is kept with its seed, as it is.",
        ),
    )  # fmt: skip


@requires(Permission.COMMISSION_EDIT)
def conclude_appraisal(request: Request, reference: str, version: int) -> HttpResponse:
    """Record the preferred option and why."""
    found = editable(request, reference, version)
    analysis = queries.analysis(found)
    intro = f"{result.finding(analysis)}. " if analysis else ""
    return ask_and_do(
        request,
        forms.ConcludeForm(sent(request), options=queries.short_list(found)),
        partial(commands.conclude_appraisal, appraisal=found, by=request.user),
        done="Concluded. This version does not change any more.",
        then=presenters.address("appraisal_version", found),
        page=presenters.page(
            found, "Conclude the appraisal", "Conclude it", intro=f"{intro}After this, the version does not change.",
        ),
    )  # fmt: skip


@requires(Permission.COMMISSION_VIEW)
def appraisal_file(request: Request, reference: str, version: int) -> HttpResponse:
    """The appraisal as `trellis appraise` reads it."""
    found = visible(request, reference, version)
    answer = HttpResponse(json.dumps(queries.document(found), indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="appraisal-{reference}-{version}.json"'
    return answer


@public
def appraisal_schema(request: Request) -> JsonResponse:
    """The shape of that file, as a JSON Schema."""
    return JsonResponse(json.loads(SCHEMA.read_text(encoding="utf-8")), json_dumps_params={"indent": 2})
