"""`trellis appraise` as people and programs run it, and what it refuses."""

import copy
import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from trellis.commissioning.appraisal import reading
from trellis.core.errors import RuleBroken
from trellis.settings import ROOT

SCHEMA = json.loads((ROOT / "trellis/commissioning/appraisal/schema.json").read_text())
GOOD = {
    "options": ["A", "B"],
    "criteria": [
        {"name": "reach", "swing": 100, "scale": "relative"},
        {
            "name": "money",
            "swing": 60,
            "children": [
                {"name": "cost", "swing": 1, "scale": "fixed", "worst": 100, "best": 0},
                {"name": "share", "swing": 1, "scale": "fixed", "worst": 0, "best": 1},
            ],
        },
    ],
    "scores": {"A": {"reach": 300, "cost": 20, "share": 0.9}, "B": {"reach": 500, "cost": 60, "share": 0.5}},
}


def changed(path: list, value: object) -> dict:
    """The good file with one thing put another way; `...` takes it away."""
    document = copy.deepcopy(GOOD)
    *way, last = path
    inner: object = document
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return document


def trellis(*typed: str, stdin: str = "") -> subprocess.CompletedProcess:
    """Run the command line with an empty environment."""
    return subprocess.run(
        [sys.executable, "-m", "trellis", *typed],
        env={}, cwd=ROOT, capture_output=True, text=True, timeout=120, input=stdin,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path):
    """Write a document, or a text, to a file; gives its path."""

    def write(document: object) -> str:
        path = tmp_path / "options.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return str(path)

    return write


def appraised(path: str, *typed: str) -> dict:
    out = StringIO()
    call_command("appraise", path, "--json", *typed, stdout=out)
    return json.loads(out.getvalue())


def test_it_runs_with_no_database_and_no_environment(file):
    ran = trellis("appraise", file(GOOD), "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    assert list(found) == [
        "weights", "values", "ranking", "crossings", "rank_acceptability", "standard_error", "dominated",
    ]  # fmt: skip
    assert found["weights"] == {"reach": 0.625, "cost": 0.1875, "share": 0.1875}
    assert found["values"] == {"A": pytest.approx(31.875), "B": pytest.approx(79.375)}
    assert found["ranking"] == ["B", "A"]
    assert found["crossings"] == [
        {"criterion": "reach", "between": ["A", "B"], "weight": pytest.approx(40 / 140)},
        {"criterion": "cost", "between": ["A", "B"], "weight": pytest.approx(44 / 70)},
        {"criterion": "share", "between": ["A", "B"], "weight": pytest.approx(44 / 70)},
    ]
    assert [len(shares) for shares in found["rank_acceptability"].values()] == [2, 2]
    assert found["dominated"] == []
    assert trellis("appraise", file(GOOD), "--json", "--draws", "100000", "--seed", "1").stdout == ran.stdout


def test_it_prints_tables_to_read(file):
    ran = trellis("appraise", file(changed(["scores", "A"], {"reach": 200, "cost": 80, "share": 0})))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1     B        79.4    100.0%\n" in ran.stdout
    assert "No two options change places" in ran.stdout
    assert "Ranks in 100,000 draws of weights, each set as likely as any other (seed 1; " in ran.stdout
    assert ran.stdout.endswith("A is dominated by B: nowhere better, and somewhere worse.\n")


def test_the_tables_hold_what_concerns_the_first_place_and_count_the_rest(file):
    document = changed(["options"], ["A", "B", "C"])
    document["scores"]["C"] = {"reach": 310, "cost": 30, "share": 0.1}
    text = trellis("appraise", file(document)).stdout
    assert "reach      A and B                 28.6%   62.5%\n" in text
    assert "A and C " not in text
    others = [each for each in appraised(file(document))["crossings"] if "B" not in each["between"]]
    assert f"Options below B change places {len(others)} time" in text


def test_it_reads_standard_input_and_draws_as_told():
    ran = trellis("appraise", "-", "--draws", "7", "--seed", "0", "--json", stdin=json.dumps(GOOD))
    shares = json.loads(ran.stdout)["rank_acceptability"]["A"]
    assert {round(share * 7, 9) % 1 for share in shares} == {0}


def test_notes_of_ones_own_a_byte_order_mark_and_an_empty_list_of_children_are_passed_over(file):
    document = changed(["criteria", 0, "children"], [])
    document["criteria"][0]["note"] = "counted in 2015"
    assert appraised(file("\ufeff" + json.dumps(document | {"title": "x"}))) == appraised(file(GOOD))


REFUSED = [
    (["options"], ..., "options is missing."),
    (["options"], [], "options must be a list in brackets, with one entry at least."),
    (["options"], "A", "options must be a list in brackets, with one entry at least."),
    (["options", 1], " ", "options[1] must be a name, in quotation marks."),
    (["options", 1], 7, "options[1] must be a name, in quotation marks."),
    (["options", 1], "A", "options[1] is “A”, as another before it: give each a name of its own."),
    (["options", 1], "B\nC", "options[1] must be a name on one line, without control characters."),
    (["criteria"], ..., "criteria is missing."),
    (["criteria"], {}, "criteria must be a list in brackets, with one entry at least."),
    (["criteria", 1], "money", "criteria[1] must be an object in braces."),
    (["criteria", 1, "name"], ..., "criteria[1].name is missing."),
    (["criteria", 0, "name"], "cost",
     "criteria[1].children[0].name is “cost”, as another before it: give each a name of its own."),
    (["criteria", 1, "swing"], ..., "criteria[1].swing is missing."),
    (["criteria", 1, "swing"], -1, "criteria[1].swing must be 0 or more."),
    (["criteria", 1, "swing"], "60", "criteria[1].swing must be a number."),
    (["criteria", 1, "swing"], None, "criteria[1].swing must be a number."),
    (["criteria", 1, "swing"], True, "criteria[1].swing must be a number."),
    (["criteria", 1, "swing"], float("nan"), "criteria[1].swing must be a finite number."),
    (["criteria", 1, "swing"], float("-inf"), "criteria[1].swing must be a finite number."),
    (["criteria", 1, "swing"], 10**400, "criteria[1].swing is too long a number, too large or too small."),
    (["criteria", 1, "children"], {}, "criteria[1].children must be a list in brackets, with one entry at least."),
    (["criteria", 1, "children"], ..., "criteria[1].scale is missing."),
    (["criteria", 1, "children", 1, "swing"], [], "criteria[1].children[1].swing must be a number."),
    (["criteria", 0, "scale"], ..., "criteria[0].scale is missing."),
    (["criteria", 0, "scale"], "fixd", 'criteria[0].scale must be "fixed" (with worst and best) or "relative".'),
    (["criteria", 0, "scale"], ["fixed"], 'criteria[0].scale must be "fixed" (with worst and best) or "relative".'),
    (["criteria", 0, "scale"], "fixed", "criteria[0].worst is missing."),
    (["criteria", 1, "children", 0, "best"], ..., "criteria[1].children[0].best is missing."),
    (["criteria", 1, "children", 0, "best"], 100, "criteria[1].children[0].best must differ from worst."),
    (["scores"], ..., "scores is missing."),
    (["scores"], [], "scores must be an object in braces."),
    (["scores", "B"], ..., "scores.B is missing."),
    (["scores", "C"], {}, "scores.C is no option."),
    (["scores", "Key Partner"], {}, 'scores["Key Partner"] is no option.'),
    (["scores", "B", "reach"], ..., "scores.B.reach is missing."),
    (["scores", "B", "reach"], "500", "scores.B.reach must be a number."),
    (["scores", "B", "money"], 1, "scores.B.money is no criterion that is scored."),
    (["scores", "B", "cost"], 100.5, "scores.B.cost is outside its scale, which goes from 0 to 100."),
    (["scores", "A", "share"], -0.1, "scores.A.share is outside its scale, which goes from 0 to 1."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "sentence"), REFUSED, ids=[each[2].replace(".", "") for each in REFUSED])
def test_what_is_wrong_is_named_by_its_path(path, value, sentence, file):
    with pytest.raises(CommandError) as refused:
        appraised(file(changed(path, value)))
    assert str(refused.value).endswith(f"options.json, {sentence}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is not JSON: Expecting value at line 1, column 1."),
        ("{", "it is not JSON: Expecting property name enclosed in double quotes at line 1, column 2."),
        ("[]", "the whole of it must be an object in braces."),
        ('{"options": ["A"], "options": ["B"]}', "options stands twice."),
        (json.dumps(GOOD).replace('"cost": 60', '"cost": 60, "cost": 6'), "scores.B.cost stands twice."),
        ("[" * 100_000, "it is not JSON that can be read: a number is too long or lists stand too deep."),
        ("9" * 5000, "it is not JSON that can be read: a number is too long or lists stand too deep."),
        (json.dumps(GOOD).replace("300", "1e400"), "scores.A.reach is too long a number, too large or too small."),
        (json.dumps(GOOD).replace("300", "1e-999999999"),
         "scores.A.reach is too long a number, too large or too small."),
    ],
)  # fmt: skip
def test_what_is_no_appraisal_at_all_is_refused(text, sentence, file):
    with pytest.raises(CommandError) as refused:
        appraised(file(text))
    assert str(refused.value).endswith(f"options.json, {sentence}")


def test_swings_that_are_all_nought_are_refused_and_one_is_not():
    document = changed(["criteria", 1, "children", 0, "swing"], 0)
    assert reading.problem(document)
    document["criteria"][1]["children"][1]["swing"] = 0
    with pytest.raises(RuleBroken) as refused:
        reading.problem(document)
    assert refused.value.field == "criteria[1].children[0].swing"


def test_criteria_may_stand_20_deep_and_no_deeper():
    criteria = [{"name": "reach", "swing": 1, "scale": "relative"}]
    for _ in range(19):
        criteria = [{"name": "above", "swing": 1, "children": criteria}]
    document = {"options": ["A"], "criteria": criteria, "scores": {"A": {"reach": 1}}}
    assert reading.problem(document)
    document["criteria"] = [{"name": "above", "swing": 1, "children": criteria}]
    with pytest.raises(RuleBroken, match="is deeper than 20"):
        reading.problem(document)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "The following arguments are required: FILE.json.\n"),
        (["nowhere.json"], "The file nowhere.json cannot be read: No such file or directory.\n"),
        (["trellis"], "The file trellis cannot be read: Is a directory.\n"),
        (["-", "--draws", "0"], "Write --draws as a number from 1 to 100,000,000.\n"),
        (["-", "--draws", "many"], "Write --draws as a whole number like 1000, not 'many'.\n"),
        (["-", "--seed=-1"], "Write --seed as a whole number like 1000, not '-1'.\n"),
        (["-"], "In standard input, criteria[1].swing must be 0 or more.\n"),
    ],
)
def test_a_refusal_is_one_sentence_on_standard_error_and_exit_2(typed, sentence):
    ran = trellis("appraise", *typed, "--json", stdin=json.dumps(changed(["criteria", 1, "swing"], -5)))
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", sentence)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "options.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="is not text in UTF-8"):
        appraised(str(path))


# --- The published schema

BEYOND_A_SCHEMA = (
    "as another before it", "is no option", "is no criterion", "scores.B is missing", "scores.B.reach is missing",
    "must differ", "outside its scale", "finite", "too long", "control characters",
)  # fmt: skip


def test_the_schema_is_one_and_takes_the_good_file():
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(GOOD)


@pytest.mark.parametrize(("path", "value", "sentence"), REFUSED, ids=[each[2].replace(".", "") for each in REFUSED])
def test_the_schema_refuses_what_a_schema_can(path, value, sentence):
    takes = Draft202012Validator(SCHEMA).is_valid(changed(path, value))
    assert not takes or any(each in sentence for each in BEYOND_A_SCHEMA)
