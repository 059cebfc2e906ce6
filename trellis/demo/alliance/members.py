"""Where each partner of the demo works, what was signed and promised, and who may join."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from trellis.commissioning.models import Indicator, Outcome
from trellis.contracts import commands
from trellis.contracts.commands import checks, documents, membership, promises
from trellis.contracts.models import Contract, Document, Partner
from trellis.contracts.queries.documents import documents as documents_of
from trellis.demo.names import read
from trellis.demo.simulator import Story
from trellis.demo.staff import Staff
from trellis.organisations.models import Organisation
from trellis.places.models import District


def terms() -> dict[str, Any]:
    """What the contract says beside its money: the arguments of `create_contract` by their names."""
    data = read("members")
    funding = {source: Decimal(share) for source, share in data["funding"].items()}
    return {"funding": funding} | {name: data[name] for name in ("regime", "extensions", "leaving_notice_months")}


def say_where_they_work(contract: Contract, by_key: dict[str, Organisation], staff: Staff) -> None:
    """Say in which districts, and towards what, each partner works from the start."""
    data = read("members")
    partners = {partner.organisation: partner for partner in staff.leads}
    for key, row in data["places"].items():
        commands.restate_coverage(
            partner=partners[by_key[key]],
            starts_on=contract.starts_on,
            places=[(district, outcome) for district in _districts(row) for outcome in _outcomes(row)],
            reason="The bid, section 2 (illustrative)",
            by=staff.contract_manager,
        )


def name_documents(contract: Contract, staff: Staff) -> None:
    """The documents that were signed with the contract, and those that are withheld; their versions follow."""
    for row in read("members")["document"]:
        documents.add_document(
            contract=contract, title=row["title"], kind=row["kind"], is_public="ground" not in row,
            ground=row.get("ground", ""), withheld_reason=row.get("withheld_reason", ""), by=staff.contract_manager,
        )  # fmt: skip


def _districts(row: dict[str, Any]) -> list[District]:
    return list(District.objects.filter(code__in=row["districts"]))


def _outcomes(row: dict[str, Any]) -> list[Outcome]:
    return list(Outcome.objects.filter(code__in=row["outcomes"]))


def stories(
    contract: Contract, by_key: dict[str, Organisation], staff: Staff, organisations: list[Organisation]
) -> list[Story]:
    """What came of it since: the work shared anew, documents, promises, and somebody who may join."""
    data = read("members")
    partners = {partner.organisation: partner for partner in staff.leads}
    by_partner = {key: partners[by_key[key]] for key in data["places"]}
    least = Decimal(data["newcomer"]["least_income"])
    newcomer = next(one for one in organisations if one.latest_income and one.latest_income >= least)
    return [
        _share_the_work(contract, data["work"], by_partner, staff),
        *(_keep_versions(contract, row, staff) for row in data["document"] if row["versions"]),
        *(_promise(contract, row, by_partner, staff) for row in data["promise"]),
        _check_newcomer(contract, data["newcomer"], newcomer, staff),
    ]


def _share_the_work(contract: Contract, row: dict[str, Any], partners: dict[str, Partner], staff: Staff) -> Story:
    yield _morning(row["entered_on"])
    shares = {partners[key]: Decimal(share) for key, share in row["shares"].items()}
    document = documents_of(contract).get(title=row["document"])
    commands.enter_work_agreed_on_paper(
        contract=contract, starts_on=row["starts_on"], shares=shares, document=document, by=staff.contract_manager
    )


def _keep_versions(contract: Contract, row: dict[str, Any], staff: Staff) -> Story:
    document = documents_of(contract).get(title=row["title"])
    for version in row["versions"]:
        yield _morning(max(version["on"], contract.starts_on))
        _add_version(document, version, staff)


def _add_version(document: Document, row: dict[str, Any], staff: Staff) -> None:
    name = f"{document.title.lower().replace(' ', '-')}.txt"
    file = SimpleUploadedFile(name, row["words"].encode())
    documents.add_version(document=document, file=file, note=row["note"], by=staff.contract_manager)


def _promise(contract: Contract, row: dict[str, Any], partners: dict[str, Partner], staff: Staff) -> Story:
    yield _morning(contract.starts_on)
    manager = staff.contract_manager
    promise = promises.record_promise(
        contract=contract,
        partner=partners.get(row["by"]),
        words=row["words"],
        due_on=row["due_on"],
        indicator=Indicator.objects.filter(code=row.get("indicator", "")).first(),
        evidence=row["evidence"],
        by=manager,
    )
    if "settled_on" not in row:
        return
    yield _morning(row["settled_on"])
    if "kept" in row:
        promises.keep_promise(promise=promise, outcome=row["kept"], settled_on=row["settled_on"], by=manager)
    else:
        promises.break_promise(promise=promise, outcome=row["broken"], settled_on=row["settled_on"], by=manager)


def _check_newcomer(contract: Contract, row: dict[str, Any], newcomer: Organisation, staff: Staff) -> Story:
    """It is invited and being checked: some answers are there, and another member's lead verified a few of them."""
    yield _morning(row["invited_on"])
    manager = staff.contract_manager
    found = membership.invite_member(contract=contract, organisation=newcomer, by=manager)
    yield _morning(row["checked_on"])
    checks.start_due_diligence(membership=found, by=manager)
    asked = list(found.checks.all())[: len(row["answers"])]
    for check, note in zip(asked, row["answers"], strict=True):
        checks.answer_check(check=check, outcome="met", note=note, by=manager)
    yield _morning(row["verified_on"])
    for check in asked[: row["verified"]]:
        checks.verify_check(check=check, by=list(staff.leads.values())[1])


def _morning(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(9, 45)))
