"""What is handed on to whoever comes next: whole, explained, proved, and kept from whom it may not reach."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from trellis.audit.models import AuditEntry
from trellis.contracts.tests import papers_scenes, proposal_scenes, room_scenes
from trellis.payments.tests import books_scenes
from trellis.payments.tests.quarters import an_authorised_statement
from trellis.renewal.export import files
from trellis.renewal.export.tables import TABLES
from trellis.support.tests import cases


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"renewal.{verb}").count()


@pytest.fixture
def full(cast):
    """A contract with something in each of its tables."""
    room_scenes.parts_of_addresses(cast)
    papers_scenes.parts_of_addresses(cast)
    proposal = proposal_scenes.opened(proposal_scenes.seated(cast))
    proposal_scenes.says(proposal, cast.anna, "object", reason="We need the money for the north.", interest="Cases.")
    proposal_scenes.drafted(cast)  # a draft is its member's own
    an_authorised_statement(cast)
    books_scenes.with_terms(cast)
    books_scenes.submitted(cast.bramble_partner, cast.bella)
    cases.in_progress(cast)
    return cast


def test_what_is_handed_on_proves_itself_and_names_no_person(full):
    made = files.files_of(full.contract, room_scenes.moment())
    manifest = json.loads(made["manifest.json"])
    assert {one["name"] for one in manifest["files"]} == set(made) - {"manifest.json"}
    for one in manifest["files"]:
        assert hashlib.sha256(made[one["name"]]).hexdigest() == one["sha256"]
    everything = b"".join(made.values()).decode()
    assert "person:" not in everything
    for user in (full.anna, full.olive, full.bella, full.erin):
        assert user.email not in everything
    counts = {one["name"]: one["rows"] for one in manifest["tables"]}
    assert counts["partners"] == 2 and counts["values"] == 4 and counts["plan_tasks"] == 12
    assert counts["interests"] == counts["ties"] == counts["risks"] == counts["subcontracts"] == 1
    assert counts["proposals"] == counts["positions"] == counts["statements"] == counts["books"] == counts["cases"] == 1
    assert all(
        counts[name] for name in ("statement_lines", "ledger", "documents", "promises", "memberships", "reports")
    )
    assert "need" in next(one for one in manifest["tables"] if one["name"] == "cases")["free_text"]
    assert "may name somebody" in manifest["personal_data"]


def test_csv_and_json_hold_the_same_and_each_column_is_explained(full):
    made = files.files_of(full.contract, room_scenes.moment())
    dictionary = made["dictionary.csv"].decode("utf-8-sig").splitlines()
    assert len(dictionary) == 1 + sum(len(table.columns) for table in TABLES)
    for table in TABLES:
        head, *_rows = made[f"{table.name}.csv"].decode("utf-8-sig").splitlines()
        rows = json.loads(made[f"{table.name}.json"])
        assert head.split(",") == [column.name for column in table.columns]
        assert all(list(row) == head.split(",") for row in rows)
    share = json.loads(made["shares.json"])[0]["share"]
    assert share == "0.600000"


def test_members_download_the_data_as_one_file(full, page_client):
    page = page_client.get("/contracts/SCO/plans/data/", by=full.bella)
    assert "Cases and single facts are in the council’s own export alone" in page.text
    response = page_client.get(page.href("Download what members may take (ZIP)"), by=full.bella).response
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {"manifest.json", "dictionary.csv", "contract.csv", "risks.json"} <= set(archive.namelist())
        assert not {"cases.csv", "cases.json", "evidence.csv", "case_activities.csv"} & set(archive.namelist())
    assert deeds("export_contract") == 1
    page_client.get("/contracts/SCO/plans/data.zip", by=full.alice, expect=403)


def test_export_contract_writes_a_new_folder_and_no_other(cast, tmp_path, capsys):
    call_command("export_contract", "SCO", output=str(tmp_path / "new"))
    assert (tmp_path / "new/manifest.json").exists()
    assert "files of contract SCO" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_contract", "SCO", output=str(tmp_path / "new"))
    with pytest.raises(CommandError, match="There is no contract 'OTHER'"):
        call_command("export_contract", "OTHER", output=str(tmp_path / "other"))
    with pytest.raises(CommandError, match="Say --output"):
        call_command("export_contract", "SCO")
    assert deeds("export_contract") == 1
