"""Contrast by day and by night, worked out from the style sheet itself (WCAG 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "static" / "trellis.css").read_text()
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", part)) for part in CSS.split("prefers-color-scheme: dark"))
TEXT = ("ink", "stone", "hop", "hop-deep", "brick", "brick-deep", "sky", "plum", "gold", "leaf")
TINTS = ("green", "blue", "purple", "red", "orange", "yellow", "grey", "teal", "magenta")


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=[LIGHT, LIGHT | DARK], ids=["by day", "by night"])
def colours(request):
    return request.param


def test_contrast_is_worked_out_as_the_guidelines_do():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["paper", "surface", "raised"])
def test_words_stand_out_from_the_page(colours, ground):
    faint = {name: round(contrast(colours[name], colours[ground]), 2) for name in TEXT}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


def test_words_stand_out_from_tags_and_messages(colours):
    ratios = {tint: contrast(colours[f"on-{tint}"], colours[f"tint-{tint}"]) for tint in TINTS}
    assert {tint: ratio for tint, ratio in ratios.items() if ratio < 4.5} == {}
    assert contrast(colours["hop"], colours["tint-yellow"]) >= 4.5  # a link in the banner of the demonstration


def test_words_stand_out_from_buttons_and_tiles(colours):
    assert contrast(colours["on-hop"], colours["hop"]) >= 4.5
    assert contrast(colours["on-brick"], colours["brick"]) >= 4.5
    for level in (1, 2, 3):
        assert contrast(colours["on-light-shade"], colours[f"shade-{level}"]) >= 4.5, level
    for level in (4, 5):
        assert contrast(colours["on-dark-shade"], colours[f"shade-{level}"]) >= 4.5, level


def test_boxes_bars_and_lines_stand_out(colours):
    for name in ("stone", "leaf", "sky", "plum", "gold", "brick"):
        assert contrast(colours[name], colours["paper"]) >= 3
        assert contrast(colours[name], colours["raised"]) >= 3


def test_the_night_has_every_colour_of_the_day():
    assert set(LIGHT) == set(DARK)
