"""Rows that a list has no more: told, flagged, and an organisation that none has any more asked about."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.audit.models import AuditEntry
from trellis.core.actors import IMPORT
from trellis.core.errors import RuleBroken
from trellis.home.kept_needs import register_to_keep
from trellis.organisations.commands import gone as commands
from trellis.organisations.imports import lists, steering, uploads
from trellis.organisations.imports.reading import Reading
from trellis.organisations.models import GoneAnswer, ImportRun, Organisation, SourceRow
from trellis.organisations.queries import gone as queries
from trellis.organisations.rules import sources as rules
from trellis.organisations.tests.lists import read, write
from trellis.organisations.tests.merging.register import merge, undo

pytestmark = pytest.mark.django_db
HEADING = "Record id,Name,Postcode,Income"
ROWS = [f"{number},{name},ME14 1X{letter},1000" for number, name, letter in (
    (1, "Ash Choir", "Q"), (2, "Bell Ringers", "R"), (3, "Cycle Club", "S"), (4, "Drama Group", "T"),
)]  # fmt: skip
GONE = {
    "a row that is left out": (ROWS[:3], ["Drama Group"]),
    "a row that only moved": (ROWS[::-1], []),
    "a row that changed its name": ([*ROWS[:3], "4,Drama Club,ME14 1XT,1000"], []),
    "a row that is refused now": ([*ROWS[:3], "4,Drama Group,ME14 1XT,lots"], []),
    "more than half: a part of a list": (ROWS[:1], []),
    "half": (ROWS[:2], ["Cycle Club", "Drama Group"]),
    "a line that cannot be read": ([*ROWS[:2], "3,Cycle"], []),
}


def names_gone() -> list[str]:
    flagged = SourceRow.objects.filter(gone_in__isnull=False)
    return sorted(flagged.values_list("organisation__name", flat=True))


@pytest.mark.parametrize("case", GONE)
def test_what_the_next_file_lacks_is_gone(tmp_path, case):
    rows, expected = GONE[case]
    read(write(tmp_path, HEADING, *ROWS))
    run = read(write(tmp_path, HEADING, *rows))
    assert names_gone() == expected
    assert run.gone == len(expected)
    assert sorted(run.lines.filter(outcome="gone").values_list("name", flat=True)) == expected
    assert Organisation.objects.count() == SourceRow.objects.count() == 4


@pytest.mark.parametrize(
    ("extent", "missing", "unreadable", "why"),
    [("", 0, 9, ""), ("", 5, 0, ""), ("", 6, 0, rules.LOOKS_PART), ("whole", 9, 0, ""), ("part", 1, 0, rules.SAID_PART),
     ("whole", 1, 1, rules.UNREADABLE), ("part", 0, 0, rules.SAID_PART)],
)  # fmt: skip
def test_a_part_of_a_list_and_one_that_cannot_be_read_make_nothing_gone(extent, missing, unreadable, why):
    assert rules.why_none_is_gone(extent=extent, held=10, missing=missing, unreadable=unreadable) == why


def test_what_somebody_said_of_a_file_goes_before_the_guess(tmp_path):
    read(write(tmp_path, HEADING, *ROWS))
    read(write(tmp_path, HEADING, *ROWS[:3]), reading=Reading(extent="part"))
    assert names_gone() == []
    assert read(write(tmp_path, HEADING, *ROWS[:1]), reading=Reading(extent="whole")).gone == 3


def test_a_row_that_is_back_is_gone_no_more_and_one_that_stays_away_is_told_once(tmp_path):
    read(write(tmp_path, HEADING, *ROWS))
    read(write(tmp_path, HEADING, *ROWS[:3]))
    again = read(write(tmp_path, HEADING, *ROWS[:2]))
    assert list(again.lines.filter(outcome="gone").values_list("name", flat=True)) == ["Cycle Club"]
    read(write(tmp_path, HEADING, *ROWS))
    assert names_gone() == []


def test_rows_of_kinds_that_are_not_wanted_any_more_are_in_the_list_all_the_same(tmp_path):
    read(write(tmp_path, "Name,Postcode,Legal form", "Ash Choir,ME14 1XQ,CIO", "Bell Ringers,ME14 1XR,Trust"))
    run = read(write(tmp_path, "Name,Postcode,Legal form", "Ash Choir,ME14 1XQ,CIO", "Bell Ringers,ME14 1XR,Trust"),
               reading=Reading(forms=("cio",)))  # fmt: skip
    assert (run.aside, run.gone, names_gone()) == (1, 0, [])


def test_an_import_that_is_paused_flags_nothing_until_it_has_gone_to_its_end(tmp_path, monkeypatch):
    read(write(tmp_path, HEADING, *ROWS))
    monkeypatch.setattr(lists, "BATCH", 1)

    def pause(table, line):
        if line == 2:
            steering.pause_import(run=ImportRun.objects.latest("pk"), by=IMPORT)

    path = write(tmp_path, HEADING, *ROWS[:3])
    paused = lists.import_organisations(path=path, by=IMPORT, source="groups", progress=pause)
    assert (paused.status, names_gone()) == ("paused", [])
    assert lists.import_organisations(path=path, by=IMPORT, source="groups").gone == 1
    assert names_gone() == ["Drama Group"]


def test_one_that_is_paused_after_its_last_row_flags_nothing(tmp_path):
    read(write(tmp_path, HEADING, *ROWS))
    path = write(tmp_path, HEADING, *ROWS[:3])

    def pause(table, line):
        steering.pause_import(run=ImportRun.objects.latest("pk"), by=IMPORT)

    assert lists.import_organisations(path=path, by=IMPORT, source="groups", progress=pause).status == "paused"
    assert names_gone() == []


def test_the_trial_shows_it_before_anybody_confirms(tmp_path, settings, page_client, cast):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    read(write(tmp_path, HEADING, *ROWS))
    content = "\r\n".join([HEADING, *ROWS[:3]]).encode()
    run = uploads.upload_list(
        upload=SimpleUploadedFile("groups.csv", content), file_name="groups.csv", source="groups", by=cast.olive
    )
    uploads.check_uploaded.call(run.reference)
    run.refresh_from_db()
    assert (run.status, run.gone, names_gone()) == ("checked", 1, [])
    page = page_client.get(f"/organisations/import/{run.reference}/?outcome=gone", by=cast.olive)
    assert "Gone from the list" in page.text
    assert "Drama Group" in page.text


def lost(tmp_path, *names: str) -> list[Organisation]:
    """Organisations that the only list which had them has no more."""
    read(write(tmp_path, HEADING, *ROWS))
    read(write(tmp_path, HEADING, *(row for row in ROWS if row.split(",")[1] not in names)))
    return list(Organisation.objects.filter(name__in=names).order_by("name"))


def asked() -> list[str]:
    return [one.name for one in queries.asked_about()]


def test_one_that_no_list_has_is_asked_about_and_one_that_another_has_is_not(tmp_path):
    read(write(tmp_path, "Name,Postcode", "Cycle Club,ME14 1XS", name="towns.csv"))
    lost(tmp_path, "Cycle Club", "Drama Group")
    assert asked() == ["Drama Group"]
    assert queries.asked_about().get().last_list == "groups"


def test_a_merged_one_is_asked_about_when_all_rows_of_its_family_are_gone(tmp_path):
    cycle, drama = lost(tmp_path, "Cycle Club", "Drama Group")
    other = Organisation.objects.get(name="Ash Choir")
    first = merge(cycle, other)
    assert asked() == ["Drama Group"]
    undo(first)
    merge(cycle, drama)
    assert len(asked()) == 1


def test_closed_is_no_longer_active_and_undo_puts_back_what_was(tmp_path, cast):
    (drama,) = lost(tmp_path, "Drama Group")
    before = Organisation.objects.filter(pk=drama.pk).values("status", "removed_on", "provenance").get()
    said = commands.answer_gone(organisation=drama, answer="closed", reason="Its hall told us.", by=cast.ada)
    drama.refresh_from_db()
    assert (drama.status, str(drama.removed_on)) == ("removed", "2018-07-02")
    assert asked() == []
    read(write(tmp_path, HEADING, *ROWS))  # a list has it again, and does not overrule a person
    drama.refresh_from_db()
    assert drama.status == "removed"
    commands.undo_gone_answer(said=said, by=cast.ada)
    assert Organisation.objects.filter(pk=drama.pk).values("status", "removed_on", "provenance").get() == before
    facts = AuditEntry.objects.filter(action__contains="gone_answer").values_list("facts", flat=True)
    assert list(facts) == [{"answer": "closed"}]
    assert AuditEntry.objects.filter(action="organisations.answer_gone").count() == 1


def test_goes_on_is_asked_again_only_when_it_is_lost_again(tmp_path, cast):
    (drama,) = lost(tmp_path, "Drama Group")
    said = commands.answer_gone(organisation=drama, answer="goes-on", reason="I met them.", by=cast.ada)
    assert asked() == []
    with pytest.raises(RuleBroken, match="answered that already"):
        commands.answer_gone(organisation=drama, answer="closed", reason="I met them.", by=cast.olive)
    commands.undo_gone_answer(said=said, by=cast.ada)
    assert asked() == ["Drama Group"]
    commands.answer_gone(organisation=drama, answer="goes-on", reason="I met them.", by=cast.ada)
    read(write(tmp_path, HEADING, *ROWS))
    read(write(tmp_path, HEADING, *ROWS[:3]))
    assert asked() == ["Drama Group"]


@pytest.mark.parametrize(
    ("who", "reason", "said"), [("alice", "I know.", "Only those who keep"), ("ada", " ", "Say how you know")]
)
def test_an_answer_is_a_keepers_and_has_a_reason(tmp_path, cast, who, reason, said):
    (drama,) = lost(tmp_path, "Drama Group")
    with pytest.raises(RuleBroken, match=said):
        commands.answer_gone(organisation=drama, answer="closed", reason=reason, by=getattr(cast, who))
    assert not GoneAnswer.objects.exists()
    assert not AuditEntry.objects.filter(action="organisations.answer_gone").exists()


def test_an_undo_does_not_overrule_what_was_said_since(tmp_path, cast):
    (drama,) = lost(tmp_path, "Drama Group")
    said = commands.answer_gone(organisation=drama, answer="closed", reason="Its hall told us.", by=cast.ada)
    Organisation.objects.filter(pk=drama.pk).update(status="active")
    with pytest.raises(RuleBroken, match="changed since"):
        commands.undo_gone_answer(said=said, by=cast.ada)
    with pytest.raises(RuleBroken, match="Only those who keep"):
        commands.undo_gone_answer(said=said, by=cast.alice)


def test_the_page_asks_and_takes_back(tmp_path, page_client, cast):
    (drama,) = lost(tmp_path, "Drama Group")
    assert "1 organisation that may be closed" in [task.name for task in register_to_keep(cast.ada)]
    page = page_client.get("/organisations/gone/", by=cast.ada)
    assert "Drama Group" in page.text
    path = f"/organisations/{drama.reference}/gone/"
    assert "The last list that had it is groups" in page_client.get(path, by=cast.ada).text
    page = page_client.post(path, {"answer": "closed", "reason": ""}, by=cast.ada, expect=200)
    assert "Say how you know" in page.text
    page_client.post(path, {"answer": "closed", "reason": "Its hall told us."}, by=cast.ada, expect=302)
    page = page_client.get("/organisations/gone/", by=cast.ada)
    assert "It is closed, 2 July 2018: Its hall told us." in page.text
    page_client.post(f"/organisations/gone/{GoneAnswer.objects.get().pk}/undo/", {}, by=cast.ada, expect=302)
    assert asked() == ["Drama Group"]
