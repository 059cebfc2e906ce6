"""The pure parts of a report: text with figures, the paper, keeping it, what moved, versions side by side."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.errors import RuleBroken
from trellis.decisions.report import comparison, keeping, sections, staleness, template
from trellis.decisions.report.facts import Facts, Source, listed, named
from trellis.decisions.report.layout import Numbered, Prose, laid_out
from trellis.decisions.report.pieces import Figure, Heads, Listing, Paper, Paragraph, Section

SOURCE = Source("The budget", "/budget/")
VALUE = SOURCE.figure("value", "Value", "100", "£100")
YEARS = SOURCE.figure("years", "Years", "3", "three years")
TABLE = SOURCE.table("years_table", "Years", ("Year", "Value"), [("Year 1", "£60"), ("Year 2", "£40")], numeric=(1,))
CHART = SOURCE.chart(
    "chart", "It falls", "Each year.", ("Year", "Pounds"), [("Year 1", Decimal(60)), ("Year 2", Decimal(40))]
)
LIST = SOURCE.listing("things", "Things", [("One", "First."), ("", "Second.")])


def paper(*blocks, figures=(VALUE, YEARS), missing=(), lines=(("To", "A committee"),)) -> Paper:
    section = Section(
        "money", "Money", blocks or (Paragraph("money-value", "It costs {value}."), TABLE, CHART, LIST), missing
    )
    return Paper(Heads("Council", "Title", "16/00051", lines), (section,), named(*figures))


def test_text_is_filled_in_with_the_words_of_its_figures():
    text = "It costs {value} over { years }, all of {value}."
    assert template.plain(text, named(VALUE, YEARS)) == "It costs £100 over three years, all of £100."
    assert template.names(text) == ("value", "years")
    assert template.filled("{value}", named(VALUE)) == (VALUE,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It costs {valu}.", "There is no figure {valu}"),
        ("It costs {value_of_it}.", "Is {value} meant?"),
        ("It costs {value.", "Write a figure as its name in braces"),
        ("It costs {Value}.", "Write a figure as its name in braces"),
        ("It costs {{value}}.", "Write a figure as its name in braces"),
        ("{value.__class__}", "Write a figure as its name in braces"),
    ],
)
def test_text_that_names_no_figure_is_refused(text, words):
    with pytest.raises(RuleBroken) as refused:
        template.check(text, named(VALUE))
    assert words in refused.value.sentence and refused.value.field == "text"


@given(st.text(alphabet="ab {}_\n", max_size=30))
def test_whatever_is_accepted_can_be_filled_in_without_a_brace_left(text):
    try:
        template.check(text, {"a": replace(VALUE, name="a"), "b": VALUE})
    except RuleBroken:
        return
    assert not set("{}") & set(template.plain(text, {"a": replace(VALUE, name="a"), "b": VALUE}))


def test_a_figure_that_went_away_stays_in_its_braces():
    assert template.plain("It costs {value}.", {}) == "It costs {value}."


def test_a_paper_comes_back_as_it_was_kept():
    whole = paper(missing=("There is no budget yet.",))
    back = keeping.restored(keeping.kept(whole))
    assert back.sections == whole.sections and back.heads == whole.heads
    assert back.figures == {"value": VALUE}, "figures that no text names are not kept"
    assert keeping.kept(back) == keeping.kept(keeping.restored(keeping.kept(back)))


def test_nothing_has_moved_while_the_data_are_the_same():
    frozen = keeping.restored(keeping.kept(paper()))
    assert staleness.moved(frozen, paper()) == ()


def test_what_moved_is_told_from_what_to_what():
    frozen = keeping.restored(keeping.kept(paper()))
    more = replace(VALUE, value="120", words="£120")
    table = replace(TABLE, rows=(("Year 1", "£80"), ("Year 3", "£40")))
    live = paper(Paragraph("money-value", "It costs {value}."), table, figures=(more,), lines=(("To", "A board"),))

    found = {one.label: (one.before, one.now) for one in staleness.moved(frozen, live)}

    assert found["To"] == ("A committee", "A board")
    assert found["Value"] == ("£100", "£120")
    assert found["Years: Year 1"] == ("£60", "£80")
    assert found["Years: Year 2"] == ("£40", staleness.GONE)
    assert found["Years: Year 3"] == (staleness.NEW, "£40")
    assert found["Things: One"] == ("First.", staleness.GONE)


def test_rows_of_one_name_do_not_hide_one_another():
    waiting, put_off = ("Committee", "To come"), ("Committee", "Deferred")
    before, now = (replace(TABLE, rows=rows) for rows in ((waiting,), (put_off, waiting)))
    found = staleness.moved(paper(before), paper(now))
    assert [(one.label, one.before, one.now) for one in found] == [
        ("Years: Committee", "To come", "Deferred"),
        ("Years: Committee (2)", staleness.NEW, "To come"),
    ]


def test_a_figure_that_is_gone_has_moved():
    frozen = keeping.restored(keeping.kept(paper(Paragraph("a", "{value}"))))
    [one] = staleness.moved(frozen, paper(Paragraph("a", "{value}"), figures=()))
    assert (one.label, one.before, one.now) == ("Value", "£100", staleness.GONE)


def test_words_written_by_hand_do_not_move():
    frozen = keeping.restored(keeping.kept(paper(Paragraph("a", "Text", "By hand, {value}"))))
    assert staleness.moved(frozen, paper(Paragraph("a", "Text", "Other words"))) == ()


WORDS = st.lists(st.sampled_from(["one", "two", "three", "£100", "\n", "  "]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_the_runs_of_a_comparison_join_to_the_texts(before, now):
    left, right = comparison.word_changes(before, now)
    assert "".join(run.words for run in left) == before
    assert "".join(run.words for run in right) == now
    same = [run.words.split() for run in left if not run.is_changed]
    assert sum(same, []) == sum([run.words.split() for run in right if not run.is_changed], [])


def test_texts_with_little_in_common_differ_as_a_whole():
    left, right = comparison.word_changes("It costs much by year 3 of it all", "By year 3 less")
    assert [run.is_changed for run in (*left, *right)] == [True, True]


def test_versions_are_compared_word_by_word():
    before = paper(Paragraph("a", "It costs {value} in all."), TABLE)
    now = paper(
        Paragraph("a", "It costs {value} a year."), Paragraph("b", "New."), replace(TABLE, rows=(("Year 1", "£60"),))
    )

    heads, money = comparison.compare(before, now)

    assert heads.changes == 0 and money.changes == 3
    changed = [pair for pair in money.pairs if pair.is_changed]
    assert [run.words for run in changed[0].before if run.is_changed] == ["in all."]
    assert [run.words for run in changed[0].now if run.is_changed] == ["a year."]
    assert changed[1].before == () and changed[1].now == (comparison.Run("New.", True),)
    assert changed[2].now == () and changed[2].label == "Years: Year 2"


def test_a_section_says_what_is_missing_and_leaves_out_what_cannot_be_said():
    found = sections.sections(Facts(missing={"budget": "There is no budget yet."}), {})
    money = next(one for one in found if one.code == "financial-implications")
    assert money.missing == ("There is no budget yet.",)
    assert [block.key for block in money.blocks] == ["financial-implications-own"]


def test_the_sections_are_those_of_a_committee_paper():
    titles = [one["title"] for one in sections.wording()]
    assert titles == [
        "Recommendations", "Background", "Current support", "Financial implications", "Outcomes", "Contracting model",
        "Proposal", "Equality", "Conclusions", "Background documents", "Contacts",
    ]  # fmt: skip


def test_no_two_paragraphs_have_one_key_and_every_key_fits_an_address():
    keys = [block["key"] for one in sections.wording() for block in one["block"] if "key" in block]
    assert len(keys) == len(set(keys)) and all(len(key) <= 60 and key.replace("-", "").isalpha() for key in keys)


def test_a_paragraph_by_hand_that_names_what_is_gone_stays_and_is_missing_something():
    found = sections.sections(Facts(), {"proposal-own": "It costs {value}."})
    proposal = next(one for one in found if one.code == "proposal")
    assert proposal.blocks[-1].written == "It costs {value}."
    assert proposal.missing[-1] == "A paragraph by hand names what the data do not give: {value}."


def test_a_paper_is_laid_out_without_its_empty_paragraphs_unless_it_is_drafted():
    blocks = (
        Paragraph("a", "First.\n\nSecond."), Paragraph("b", ""), Paragraph("c", "Old {value}", ""),
        Paragraph("d", "One", is_numbered=True), Paragraph("e", "Two", is_numbered=True),
    )  # fmt: skip
    printed = laid_out(paper(*blocks)).sections[0].blocks
    assert [type(one) for one in printed] == [Prose, Prose, Numbered]
    assert [one.parts for one in printed[2].items] == [("One",), ("Two",)]

    drafted = laid_out(paper(*blocks), drafting=True).sections[0].blocks
    assert [(one.key, one.is_left_out) for one in drafted[:4]] == [("a", False), ("a", False), ("b", True), ("c", True)]
    assert drafted[3].is_by_hand and drafted[3].generated == "Old £100"


def test_names_are_listed_as_people_say_them():
    assert [listed(words) for words in ([], ["one"], ["one", "two"], ["one", "two", "three"])] == [
        "", "one", "one and two", "one, two and three",
    ]  # fmt: skip


def test_what_is_illustrative_is_known_of_the_whole_paper():
    assert not laid_out(paper()).has_illustrative
    drawn = Figure("value", "Value", "1", "1", is_illustrative=True)
    assert laid_out(paper(Paragraph("a", "{value}"), figures=(drawn,))).has_illustrative
    assert laid_out(paper(Listing("x", "X", (), "Source", is_illustrative=True))).has_illustrative
