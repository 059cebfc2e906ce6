"""The words and rows of the pages about subcontracts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.audit import queries as audit
from trellis.contracts.models import Contract, Subcontract, SubcontractCheck
from trellis.contracts.presenters.rooms import step, summary, trail
from trellis.contracts.queries import rooms
from trellis.contracts.queries import subcontracts as queries
from trellis.contracts.rules.subcontracts import can
from trellis.core.money import pounds_and_pence, whole_pounds
from trellis.web.pieces import Event
from trellis.web.table import Column, Table, address
from trellis.web.words import counted, day

COLOURS = {
    "proposed": "yellow", "checked": "blue", "agreed": "turquoise", "running": "green", "ended": "grey",
    "dropped": "grey",
}  # fmt: skip
Status = Subcontract.Status


@dataclass(frozen=True)
class Asked:
    """A question of the due diligence, with its answer if there is one."""

    question: str
    check: SubcontractCheck | None


def room(contract: Contract) -> tuple[str, str]:
    """Its name and its address."""
    return ("Subcontracts", reverse("subcontracts", args=[contract.reference]))


def subcontracts_page(request: HttpRequest, contract: Contract, user: User, on) -> dict[str, Any]:
    """What the alliance tells its commissioner about the bodies that it has brought in."""
    found = queries.together(contract, on)
    mine = rooms.partner_for(user, contract)
    propose = ("Propose a subcontract", reverse("propose_subcontract", args=[contract.reference]))
    return {
        "contract": contract,
        "title": "Subcontracts",
        "lead": "A partner can bring a small local body in, and pays it from its own share.",
        "actions": [propose] if mine else [],
        "facts": summary(
            ("Agreed, running or ended", counted(found.number, "subcontract")),
            ("Worth", pounds_and_pence(found.value)),
            (f"With bodies whose income is under {whole_pounds(found.limit)}", f"{found.small} of {found.number}"),
            ("Invoices are paid within", counted(queries.most_days_to_pay(contract), "day")),
        ),
        "tables": [_table(request, contract)],
        "breadcrumbs": trail(contract),
    }


def _table(request: HttpRequest, contract: Contract) -> Table:
    rows, chosen = queries.subcontracts(contract), request.GET.get("status", "")
    filters = []
    if chosen in Status.values:
        rows = rows.filter(status=chosen)
        filters = [(str(Status(chosen).label), address(request, status=None))]
    return Table(
        request,
        rows,
        columns=[
            Column("organisation", "Body", value=lambda row: row.organisation.name, sort="organisation__name",
                   link=lambda row: reverse("subcontract", args=[contract.reference, row.reference])),
            Column("partner", "Brought in by", value=lambda row: row.partner.organisation.name,
                   sort="partner__organisation__name"),
            Column("value", "Value", value=lambda row: pounds_and_pence(row.value), sort="value", numeric=True),
            Column("starts_on", "From", sort="starts_on"),
            Column("ends_on", "To", sort="ends_on"),
            Column("days_to_pay", "Days to pay", sort="days_to_pay", numeric=True),
            Column("status", "Status", tag=status_tag, sort="status"),
        ],
        caption="Subcontracts",
        name="subcontracts",
        empty="No body has been brought in yet. Partners propose one here.",
        filters=filters,
    )  # fmt: skip


def status_tag(subcontract: Subcontract) -> tuple[str, str]:
    """Where it is, in a word and a colour."""
    return (subcontract.get_status_display(), COLOURS[subcontract.status])


def subcontract_page(request: HttpRequest, subcontract: Subcontract, user: User) -> dict[str, Any]:
    """One subcontract: its terms, its checks, what can be done, what has happened."""
    contract, body = subcontract.contract, subcontract.organisation
    presses, actions = _what_next(subcontract, user)
    return {
        "contract": contract,
        "title": body.name,
        "caption": f"Subcontract {subcontract.reference}",
        "status": status_tag(subcontract),
        "presses": presses,
        "actions": actions,
        "facts": summary(
            ("Brought in by", f"{subcontract.partner.organisation.name}, from its share"),
            ("Worth", pounds_and_pence(subcontract.value)),
            ("Term", f"{day(subcontract.starts_on)} to {day(subcontract.ends_on)}"),
            ("Where", ", ".join(one.name for one in subcontract.districts.all())),
            ("Its invoices are paid within", counted(subcontract.days_to_pay, "day")),
            ("The contract’s terms", "Bind the body too" if subcontract.terms_passed_on else "Not passed on yet"),
        ),
        "texts": [("What it does", subcontract.services)],
        "tables": [_checks(request, subcontract)],
        "events": _events(subcontract),
        "breadcrumbs": trail(contract, room(contract)),
    }


def subcontract_step(subcontract: Subcontract, title: str, button: str, **more: Any) -> dict[str, Any]:
    """The frame of a page that does one thing to a subcontract."""
    contract, here = subcontract.contract, subcontract_url(subcontract)
    frame = step(contract, (subcontract.organisation.name, here), title, button, **more)
    return frame | {"breadcrumbs": trail(contract, room(contract), (subcontract.organisation.name, here))}


def subcontract_url(subcontract: Subcontract) -> str:
    """Where it is."""
    return reverse("subcontract", args=[subcontract.contract.reference, subcontract.reference])


def _what_next(subcontract: Subcontract, user: User) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The buttons that do something at once, and those that ask first."""
    contract, status = subcontract.contract, subcontract.status
    mine = rooms.partner_for(user, contract) == subcontract.partner
    manages = rooms.manages(user, contract)
    if not (mine or manages):
        return [], []
    presses = [
        ("The checks are done", "check_subcontract", can(status, "check")),
        ("The terms are passed on", "pass_terms_on", can(status, "drop") and not subcontract.terms_passed_on),
        ("It has started", "start_subcontract", can(status, "start")),
    ]
    asking = [
        ("The alliance has agreed", "agree_subcontract", manages and can(status, "agree")),
        ("Answer the checks", "answer_checks", can(status, "check")),
        ("End it", "end_subcontract", can(status, "end")),
        ("Drop it", "drop_subcontract", can(status, "drop")),
    ]

    def offered(steps: list[tuple[str, str, bool]]) -> list[tuple[str, str]]:
        at = [contract.reference, subcontract.reference]
        return [(words, reverse(name, args=at)) for words, name, is_open in steps if is_open]

    return offered(presses), offered(asking)


def _checks(request: HttpRequest, subcontract: Subcontract) -> Table:
    answers = {one.code: one for one in subcontract.checks.all()}
    rows = [Asked(question, answers.get(code)) for code, question in queries.due_diligence(subcontract).items()]
    return Table(
        request,
        rows,
        columns=[
            Column("question", "Asked"),
            Column("answer", "Answer", value=lambda row: row.check and row.check.get_answer_display(),
                   absent="Not yet"),
            Column("note", "How we know", value=lambda row: row.check and row.check.note),
        ],
        caption="Due diligence",
        name="checks",
        prefix="checks-",
    )  # fmt: skip


def _events(subcontract: Subcontract) -> list[Event]:
    history = list(subcontract.history.all())[::-1]
    names = audit.names_of({one.by for one in history})
    return [Event(one.get_status_display(), one.at, names.get(one.by, ""), one.note) for one in history]
