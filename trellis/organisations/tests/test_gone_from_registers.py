"""A charity or a company that a later extract of its register lacks is flagged, and those who keep ours are asked."""

import pytest

from trellis.core.actors import IMPORT
from trellis.organisations.commands import gone as commands
from trellis.organisations.imports import register
from trellis.organisations.imports.reading import Reading
from trellis.organisations.imports.register import import_charities
from trellis.organisations.models import Organisation, SourceRow
from trellis.organisations.queries import gone as queries
from trellis.organisations.rules import sources as rules
from trellis.organisations.tests import extracts
from trellis.organisations.tests.lists import read, write
from trellis.organisations.tests.merging.register import merge

pytestmark = pytest.mark.django_db
NUMBERS = range(203460, 203480)
LATER = "2018-07-01 00:00:00.0000000"
COMPANIES = "CompanyName,CompanyNumber,CompanyCategory,CompanyStatus,IncorporationDate,RegAddress.PostCode"
REGISTER = {"kind": "register", "terms": "licence", "agreement_reference": "OGL"}


def rows_of(*without: int, **columns: str) -> list[dict[str, str] | str]:
    return [
        extracts.charity(number, charity_name=f"Charity {number}", **columns)
        for number in NUMBERS if number not in without
    ]  # fmt: skip


def charities(folder, *without: int, also: list[dict[str, str] | str] = (), extent: str = "", **columns: str):  # type: ignore[assignment]
    extracts.write(folder, "charity", [*rows_of(*without, **columns), *also])
    return import_charities(path=folder, by=IMPORT, extent=extent)


def asked() -> list[str]:
    return [one.name for one in queries.asked_about()]


def names_gone() -> list[str]:
    return sorted(SourceRow.objects.filter(gone_in__isnull=False).values_list("organisation__name", flat=True))


def test_a_charity_that_a_later_extract_lacks_is_flagged_told_and_asked_about(tmp_path):
    charities(tmp_path)
    run = charities(tmp_path, 203461)
    assert (run.gone, names_gone(), asked()) == (1, ["Charity 203461"], ["Charity 203461"])
    assert list(run.lines.values_list("name", "outcome")) == [("Charity 203461", "gone")]
    assert queries.asked_about().get().last_list == "Register of charities"
    assert Organisation.objects.active().count() == len(NUMBERS), "nobody has said yet that it is closed"
    again = charities(tmp_path, 203461)
    assert (again.gone, asked()) == (0, ["Charity 203461"])
    back = charities(tmp_path)
    assert (back.gone, names_gone(), asked()) == (0, [], [])


def test_other_tables_and_other_lists_do_not_keep_a_charity_in_the_register(tmp_path):
    side = extracts.side(203461, charity_name_id="1", charity_name="Singers", charity_name_type="Working name")
    extracts.write(tmp_path, "charity_other_names", [side])
    charities(tmp_path)
    (tmp_path / "publicextract.charity_other_names.txt").unlink()
    read(write(tmp_path, "Name,Charity number,Postcode", "Charity 203461,203461,ME14 1XQ", name="towns.csv"))
    (tmp_path / "towns.csv").unlink()
    charities(tmp_path, 203461)
    assert asked() == ["Charity 203461"]
    assert queries.asked_about().get().is_elsewhere


def test_an_answer_holds_while_other_lists_come_and_go(tmp_path, cast):
    towns = "Name,Charity number,Postcode"
    others = [f"Other {number},,ME14 1X{letter}" for number, letter in enumerate("ABCD")]
    extract = tmp_path / "extract"
    extract.mkdir()
    charities(extract)
    for name in ("towns.csv", "halls.csv"):
        read(write(tmp_path, towns, "Charity 203461,203461,ME14 1XQ", *others, name=name))
    charities(extract, 203461)
    lost = queries.asked_about().get()
    commands.answer_gone(organisation=lost, answer="goes-on", reason="I met them.", by=cast.ada)
    read(write(tmp_path, towns, *others, name="halls.csv"))
    assert asked() == [], "towns has it, and the register's loss was answered"
    read(write(tmp_path, towns, *others, name="towns.csv"))
    assert asked() == ["Charity 203461"], "now nothing has it any more"


@pytest.mark.parametrize(
    ("case", "why"),
    [("few of them", rules.LOOKS_PART_OF_REGISTER), ("said part", rules.SAID_PART),
     ("a line that says nothing", rules.UNREADABLE)],
)  # fmt: skip
def test_a_part_of_the_register_makes_nothing_gone(tmp_path, case, why):
    charities(tmp_path)
    if case == "few of them":
        run = charities(tmp_path, *range(203460, 203466))
    elif case == "said part":
        run = charities(tmp_path, 203461, extent="part")
    else:
        run = charities(tmp_path, 203461, also=["nothing at all"])
    assert (run.gone, names_gone()) == (0, [])
    assert run.notes == {"none_is_gone": why}


def test_what_somebody_says_is_whole_is_whole(tmp_path):
    charities(tmp_path)
    assert charities(tmp_path, *range(203460, 203466), extent="whole").gone == 6


def test_one_table_alone_and_a_row_that_is_refused_now_make_nothing_gone(tmp_path):
    charities(tmp_path)
    names = extracts.side(203460, charity_name_id="1", charity_name="Singers")
    alone = tmp_path / "alone"
    alone.mkdir()
    assert import_charities(path=extracts.write(alone, "charity_other_names", [names]), by=IMPORT).gone == 0
    broken = extracts.charity(203461, charity_name="", date_of_extract=LATER)
    short = "\t".join(["2018-07-01", "203462", "203462"])
    run = charities(tmp_path, 203461, 203462, also=[broken, short])
    assert (run.refused, run.gone, names_gone()) == (2, 0, [])


def test_an_earlier_extract_does_not_make_gone_what_a_later_one_brought(tmp_path):
    charities(tmp_path, date_of_extract=LATER)
    assert charities(tmp_path, 203461).gone == 0
    assert charities(tmp_path, 203461, date_of_extract="2018-08-01 00:00:00.0000000").gone == 1


def test_one_that_is_removed_or_merged_into_one_that_is_there_is_not_asked_about(tmp_path):
    charities(tmp_path)
    gone, removed, kept = (Organisation.objects.get(name=f"Charity {number}") for number in (203461, 203462, 203463))
    Organisation.objects.filter(pk=removed.pk).update(status="removed")
    kept.identifiers.all().delete()  # two numbers of one register are never in one family
    merge(gone, kept)
    charities(tmp_path, 203461, 203462)
    assert names_gone() == ["Charity 203461", "Charity 203462"]
    assert [one.last_list for one in queries.asked_about()] == ["Register of charities"]
    assert asked() == [Organisation.objects.get(pk=kept.pk).standing.name]


def test_an_import_that_broke_off_and_goes_on_flags_once(tmp_path, monkeypatch):
    charities(tmp_path)
    monkeypatch.setattr(register, "BATCH", 5)
    extracts.write(tmp_path, "charity", rows_of(203461, 203478))

    def break_off(table, line):
        if line > 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_charities(path=tmp_path, by=IMPORT, progress=break_off)
    assert names_gone() == []
    run = import_charities(path=tmp_path, by=IMPORT)
    assert (run.gone, run.unchanged) == (2, len(NUMBERS) - 2)
    assert names_gone() == ["Charity 203461", "Charity 203478"]


def companies(folder, *lines: str, **reading):
    path = write(folder, COMPANIES, *lines, name="companies.csv")
    return read(path, record=REGISTER, reading=Reading(**reading))


def test_a_company_that_the_next_file_lacks_is_flagged_and_one_that_is_filtered_out_is_not(tmp_path):
    cic, other = (f"{name},0123456{digit},{kind},Active,01/02/2010,ME14 1XQ" for name, digit, kind in (
        ("Ash Kitchen CIC", 7, "Community Interest Company"), ("Bell Halls", 8, "PRI/LTD BY GUAR/NSC"),
    ))  # fmt: skip
    third = "Cycle Repairs CIC,01234569,Community Interest Company,Active,01/02/2010,ME14 1XR"
    assert companies(tmp_path, cic, other, third).gone == 0
    assert companies(tmp_path, cic, other, third, forms=("cic",)).gone == 0
    run = companies(tmp_path, cic, third, forms=("cic",))
    assert (run.gone, asked()) == (1, ["Bell Halls"])
    assert companies(tmp_path, cic, third, served=True).gone == 0, "these districts are not served, and yet in the file"


def test_the_pages_say_which_register_lost_it_and_what_to_do(tmp_path, page_client, cast):
    charities(tmp_path)
    charities(tmp_path, 203461)
    lost = Organisation.objects.get(name="Charity 203461")
    page = page_client.get("/organisations/gone/", by=cast.ada)
    assert "Register of charities" in page.text
    page = page_client.get(f"/organisations/{lost.reference}/gone/", by=cast.ada)
    assert "The public register that had it is Register of charities, and its latest file has it no more." in page.text
    assert "Look for it on the register’s own website" in page.text
