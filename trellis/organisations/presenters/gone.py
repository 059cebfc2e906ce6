"""Rows of the organisations that a register or all lists have lost, and of what was said of them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.organisations.models import GoneAnswer, Organisation, SourceList
from trellis.organisations.presenters import keeping
from trellis.organisations.queries import gone as queries
from trellis.web.table import Column, Table
from trellis.web.words import day

FEW = 20  # answers to take back on the page


def gone_table(request: HttpRequest) -> Table:
    """The organisations that wait for an answer, those lost last first."""
    return Table(
        request,
        queries.asked_about(),
        columns=[
            Column("name", "Organisation", link=lambda one: reverse("answer_gone", args=[one.reference]), sort="name"),
            Column("district", "District", value=lambda one: one.district, absent="Not known", sort="district__name"),
            Column("last_list", "No longer in", sort="last_list"),
            Column("is_elsewhere", "Still in", value=lambda one: "Other lists" if one.is_elsewhere else "No list"),
            Column("gone_since", "Gone since", value=lambda one: day(one.gone_since), sort="gone_since"),
            Column("confirmed_on", "It last said that it is right", absent="Never", sort="confirmed_on",
                   value=lambda one: one.confirmed_on and day(one.confirmed_on)),
        ],
        caption="Organisations that may be closed",
        empty="No register has lost an organisation, and each that came with a list is in one.",
        name="may-be-closed",
        stacks=True,
    )  # fmt: skip


def answered() -> list[dict[str, Any]]:
    """The latest answers, each with the way to take it back."""
    return [
        {"said": said, "url": reverse("undo_gone_answer", args=[said.pk]), "when": day(said.said_at)}
        for said in queries.standing_answers()[:FEW]
    ]


def asking(organisation: Organisation) -> dict[str, Any]:
    """The page that asks about one."""
    last: str = organisation.last_list  # type: ignore[attr-defined]  # the query adds it
    if organisation.last_kind == SourceList.Kind.REGISTER:  # type: ignore[attr-defined]  # the same
        elsewhere = "Other lists still have it. " if organisation.is_elsewhere else ""  # type: ignore[attr-defined]
        intro = (
            f"The public register that had it is {last}, and its latest file has it no more. {elsewhere}Look for it on "
            "the register’s own website, by its number and by its name: it may be closed, have joined another, or have "
            "a new number."
        )
    else:
        intro = f"The last list that had it is {last}, and its latest file has it no more."
    return keeping.act(organisation, title="Is it closed?", button="Say so", intro=intro)


def done_words(said: GoneAnswer) -> str:
    """What came of an answer."""
    if said.answer == GoneAnswer.Answer.CLOSED:
        return f"{said.organisation} is no longer active. You can undo that below."
    return f"{said.organisation} stays as it is."
