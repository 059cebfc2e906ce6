"""Published counts of people by district: read, kept, and offered only to documents of their day or later."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import equality as commands
from trellis.commissioning.models import AreaFigure
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.rules.equality_tables import Count, counts_in
from trellis.commissioning.tests import equality_scenes as scenes
from trellis.core.errors import RuleBroken
from trellis.places.models import District

CENSUS = Path(settings.ROOT).parent / "shared" / "data" / "equity"
LONG = [
    ["ltla21_code", "ltla21_name", "ethnic_group", "value"],
    ["E07000901", "North", "Asian (number)", "1962.0"],
    ["E07000901", "North", "Asian  (percent)", "0.7"],
]
WIDE = [
    ["ltla21_code", "district", "total_population", "older_females"],
    ["E07000901", "North", "132752.0", "7,307"],
]
OF_2021 = ["--source", "ONS, Census 2021", "--counted", "2021-03-21", "--published", "2022-11-29"]
OF_2011 = ["--source", "ONS, Census 2011", "--counted", "2011-03-27", "--published", "2012-12-11", "--group", "race"]


@pytest.fixture
def table(tmp_path) -> Path:
    file = tmp_path / "table.csv"
    file.write_text("\n".join(",".join(row) for row in [*LONG, ["E06000035", "Elsewhere", "Asian (number)", "9"]]))
    return file


def bring(*typed) -> str:
    out = StringIO()
    call_command("import_equality_data", *map(str, typed), stdout=out)
    return out.getvalue()


def test_both_layouts_are_read():
    assert list(counts_in(LONG)) == [Count("E07000901", "Asian", 1962)]
    assert list(counts_in(WIDE)) == [
        Count("E07000901", "Total population", 132_752),
        Count("E07000901", "Older females", 7_307),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "first row must name the columns"),
        ([["name", "people", "value"]], "first row must name the columns"),
        ([WIDE[0], ["E07000901", "North", "1"]], "Line 2 has 3 columns, and the heading 4."),
        ([WIDE[0], ["E07000901", "North", "1.5", "2"]], "Line 2 has '1.5' where a whole number"),
        ([WIDE[0], ["E07000901", "North", "-1", "2"]], "Line 2 has '-1' where a whole number"),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_line(rows, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        list(counts_in(rows))


def test_counts_of_our_districts_are_kept_once(cast, table):
    for _ in range(2):
        assert bring(table, *OF_2011) == "Kept 1 counts; 1 are of places elsewhere.\n"
    (figure,) = AreaFigure.objects.all()
    assert (figure.district, figure.measure, figure.people, figure.group) == (cast.north, "Asian", 1962, "race")
    assert AuditEntry.objects.filter(action="commissioning.bring_area_figures").count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (["--group", "wealth"], "--group is one of age, "),
        (["--counted", "March"], "Write --counted as a day like 2021-03-21"),
        (["--published", "2020-01-01"], "published after the day"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused(cast, table, changed, sentence):
    with pytest.raises(CommandError, match=sentence):
        bring(table, *OF_2021, *changed)
    assert not AreaFigure.objects.exists() and not AuditEntry.objects.exists()


def test_a_file_that_is_none_and_places_that_are_not_ours_are_refused(cast, table, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        bring(tmp_path / "nowhere.csv", *OF_2021)
    table.write_text(table.read_text().replace("E07000901", "E07000999"))
    with pytest.raises(CommandError, match="None of its places"):
        bring(table, *OF_2021)


def test_a_document_is_offered_only_what_was_published_by_its_day(page_client, cast, table):
    for publication in (OF_2011, OF_2021):
        bring(table, *publication)
    assessment = scenes.begun(cast)
    assert [one.source for one in queries.area_figures(assessment)] == ["ONS, Census 2011"]
    later = AreaFigure.objects.get(source="ONS, Census 2021")
    with pytest.raises(RuleBroken, match="This is dated 29 November 2022, after the assessment"):
        commands.add_area_figure(assessment=assessment, figure=later, by=cast.carol)
    address = f"/commissions/{assessment.commission.reference}/equality/1/evidence/figure/"
    page = page_client.get(address, by=cast.carol)
    assert "Asian, North: 1,962" in page.text and "2021" not in page.find("#id_figure").text_content()
    page_client.post(address, {"figure": str(queries.area_figures(assessment)[0].pk)}, by=cast.carol)
    evidence = assessment.evidence.get()
    assert evidence.statement == "Asian in North: 1,962 on 27 March 2011."
    assert (evidence.dated_on, evidence.group) == (date(2012, 12, 11), "race")


def test_without_figures_the_page_says_so(page_client, cast):
    assessment = scenes.begun(cast)
    address = f"/commissions/{assessment.commission.reference}/equality/1/evidence/figure/"
    assert "No published figures are loaded" in page_client.get(address, by=cast.carol).text


@pytest.mark.parametrize(
    ("name", "counts"),
    [("kent_medway_census2021_ethnicity.csv", 247), ("kent_medway_census2021_age_sex_households.csv", 130)],
)
def test_the_real_tables_are_read_to_the_last_line(db, name, counts):
    if not (CENSUS / name).exists():
        pytest.skip("The Census tables are not in ../shared/data.")
    District.objects.create(code="E07000105", name="One", latitude=51, longitude=1)
    told = bring(CENSUS / name, *OF_2021)
    kept = AreaFigure.objects.count()
    assert told == f"Kept {kept} counts; {counts - kept} are of places elsewhere.\n"
    assert kept == counts // 13
