import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.commissioning.rules import answers as rules
from trellis.commissioning.rules import answers_counts as counts
from trellis.commissioning.rules.answers import Asked, Offered, Part
from trellis.core.errors import RuleBroken

CHOICES = tuple(Offered(10 + place, words) for place, words in enumerate(("Good", "Fair", "Poor")))
ROWS = tuple(Offered(20 + place, words) for place, words in enumerate(("Training", "Advice")))


def asked(kind: str, **options) -> Asked:
    shape = {
        "scale": {"lowest": 1, "highest": 5, "lowest_words": "Not at all"},
        "matrix": {"choices": CHOICES, "rows": ROWS},
    }.get(kind, {"choices": CHOICES} if kind in ("one", "many", "rank") else {})
    return Asked(1, "code", kind, "How good?", **shape | options)


choice_ids = st.sampled_from([one.id for one in CHOICES])
VALUES = {
    "text": st.text(min_size=1, max_size=50),
    "one": choice_ids,
    "many": st.sets(choice_ids, min_size=1).map(lambda ids: tuple(sorted(ids))),
    "scale": st.integers(1, 5),
    "rank": st.lists(choice_ids, unique=True, min_size=1).map(
        lambda ids: {one: place for place, one in enumerate(ids, 1)}
    ),
    "matrix": st.dictionaries(st.sampled_from([row.id for row in ROWS]), choice_ids, min_size=1),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_an_answer_comes_back_from_its_parts(kind, data):
    value = data.draw(VALUES[kind])
    parts = rules.parts_of(asked(kind), value)
    assert rules.value_of(asked(kind), parts) == value
    assert len({part.slot for part in parts}) == len(parts)
    assert rules.words_of(asked(kind), value)


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("nothing", [None, "", (), {}])
def test_no_answer_has_no_parts(kind, nothing):
    assert rules.parts_of(asked(kind), nothing) == ()
    assert rules.words_of(asked(kind), nothing) == []
    assert rules.value_of(asked(kind), ()) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "x" * 4001),
        ("one", 99),
        ("many", (10, 99)),
        ("scale", 0),
        ("scale", 6),
        ("rank", {10: 2}),
        ("rank", {10: 1, 11: 1}),
        ("rank", {99: 1}),
        ("matrix", {99: 10}),
        ("matrix", {20: 99}),
    ],
)
def test_what_a_question_does_not_offer_is_refused(kind, value):
    with pytest.raises(RuleBroken, match="How good"):
        rules.parts_of(asked(kind), value)


@pytest.mark.parametrize(
    ("kind", "value", "is_required", "refused"),
    [
        ("one", None, True, True),
        ("one", None, False, False),
        ("one", 10, True, False),
        ("many", (), True, True),
        ("matrix", {20: 10}, True, True),
        ("matrix", {20: 10}, False, False),
        ("matrix", {20: 10, 21: 12}, True, False),
        ("rank", {}, True, True),
    ],
)
def test_what_must_be_answered_is(kind, value, is_required, refused):
    question = asked(kind, is_required=is_required)
    if refused:
        with pytest.raises(RuleBroken, match="Answer “How good"):
            rules.check_required(question, value)
    else:
        rules.check_required(question, value)


def test_questions_that_follow_each_other_under_one_heading_are_one_page():
    questions = [asked("text", section=section) for section in ("You", "You", "Help", "You")]
    assert [(page.number, page.title, len(page.questions)) for page in rules.sections(questions)] == [
        (1, "You", 2),
        (2, "Help", 1),
        (3, "You", 1),
    ]
    assert rules.sections([]) == ()


def test_answers_are_words_on_the_page_where_they_are_checked():
    assert rules.words_of(asked("scale"), 1) == ["1, not at all"]
    assert rules.words_of(asked("scale"), 5) == ["5"]
    assert rules.words_of(asked("rank"), {12: 1, 10: 2}) == ["1. Poor", "2. Good"]
    assert rules.words_of(asked("matrix"), {20: 10}) == ["Training: Good"]


def groups(question: Asked, values: list) -> list:
    """What the database would give: each part counted by choice, row and number."""
    found: dict = {}
    for value in values:
        for part in rules.parts_of(question, value):
            key = (part.choice, part.row, part.number)
            found[key] = found.get(key, 0) + 1
    return [(*key, people) for key, people in found.items()]


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_counts_are_those_of_counting_one_by_one(kind, data):
    """The slow twin asks each answer in turn."""
    question = asked(kind)
    values = data.draw(st.lists(st.one_of(st.none(), VALUES[kind]), max_size=12))
    answered = [value for value in values if value is not None]
    found = counts.count(question, groups(question, answered), len(answered), len(values))
    assert found.answered == len(answered)
    for tally, row in zip(found.tallies, ROWS if kind == "matrix" else (None,), strict=False):
        for cell in tally.cells:
            assert cell.people == sum(gave(question, value, cell.words, row) for value in answered)
        if tally.is_split:
            assert sum(cell.people for cell in tally.cells) + tally.unanswered == len(values)
    if kind == "scale" and answered:
        assert found.tallies[0].mean == pytest.approx(sum(answered) / len(answered))


def gave(question: Asked, value, words: str, row) -> bool:
    """Whether an answer is, or puts first, what these words say."""
    said = {"rank": f"1. {words}", "matrix": f"{row.words if row else ''}: {words}"}.get(question.kind, words)
    return said in rules.words_of(question, value)


def test_published_figures_withhold_what_few_gave_and_means_with_it():
    question = asked("scale")
    found = counts.count(question, [(None, None, 1, 3), (None, None, 2, 20)], 23, 30)
    assert found.tallies[0].mean == pytest.approx((3 + 40) / 23)
    shown = counts.published(found, 30, threshold=5)
    assert [cell.people for cell in shown.tallies[0].cells] == [None, 20, 0, 0, 0]
    assert shown.tallies[0].unanswered is None and shown.answered is None and shown.tallies[0].mean is None


@pytest.mark.parametrize(
    ("good", "poor", "answered", "shown"),
    [
        (48, 20, 50, None),  # 2 people ticked something, and not the first
        (20, 30, 50, 50),
        (20, 4, 24, None),  # 24 less those who ticked the first are the 4 who are withheld
        (40, 4, 40, 40),  # all who are withheld ticked the first too
        (50, 50, 50, 50),
    ],
)
def test_how_many_answered_is_withheld_where_it_tells_what_few_ticked(good, poor, answered, shown):
    question = asked("many")
    found = counts.count(question, [(10, None, None, good), (11, None, None, poor)], answered, 100)
    published = counts.published(found, 100, threshold=5)
    assert published.answered == shown
    assert published.tallies[0].unanswered == (None if shown is None else 100 - answered)


@pytest.mark.parametrize(
    ("themes", "shown"),
    [
        ((22, 19, None), None),  # 45 wrote, of whom 41 are in a theme that is shown: the other 4 are in the last
        ((22, 43), None),  # 2 people wrote of something else than the second theme
        ((30, 19, None), 45),
        ((22, 19), 45),
        ((), 45),
    ],
)
def test_how_many_wrote_is_withheld_where_it_tells_a_theme_of_few(themes, shown):
    found = counts.count(asked("text"), [], 45, 100)
    assert counts.published(found, 100, threshold=5, themes=themes).answered == shown


def test_how_many_answered_is_withheld_where_it_tells_how_few_left_out_a_row():
    question = asked("matrix")
    first, second = question.rows[:2]
    found = counts.count(question, [(10, first.id, None, 48), (10, second.id, None, 30)], 50, 100)
    published = counts.published(found, 100, threshold=5)
    assert published.answered is None and published.tallies[0].unanswered == 52


def test_published_places_are_left_out():
    question = asked("rank")
    found = counts.count(question, [(10, None, 1, 30), (11, None, 2, 2)], 30, 30)
    assert [cell.place for cell in found.tallies[0].cells] == [1, 2, None]
    assert [cell.place for cell in counts.published(found, 30, threshold=5).tallies[0].cells] == [None] * 3


def test_a_part_is_nothing_by_itself():
    assert Part() == Part(0, None, None, None, "")
