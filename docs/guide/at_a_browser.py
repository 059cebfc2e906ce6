"""What a person of the guide does at a browser, and how a picture of it is kept (see screenshots.py beside it)."""

import sys
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

IMAGES = Path(__file__).parent / "images"
WIDTH, TALLEST = 1000, 760
SHARPEST, COLOURS, MARGIN = 120_000, 48, 24
WANTED = set(sys.argv[2:])  # whose pictures; none: everybody's


def sign_in(page: Page, email: str) -> None:
    """Sign in as somebody of the demo, with one click."""
    page.goto("/demo/sign-in/")
    page.locator(f"form:has(input[value='{email}']) button").click()


def choose(page: Page, words: str) -> None:
    """Choose the answer with these words."""
    page.locator("main").get_by_label(words, exact=True).check()


def write(page: Page, label: str, words: str) -> None:
    """Fill the field whose label begins so."""
    page.locator("main").get_by_label(label).first.fill(words)


def on_day(page: Page, question: str, day: str) -> None:
    """Answer a question that has three boxes: "12 6 2018"."""
    boxes = page.get_by_role("group", name=question).first
    for part, number in zip(("Day", "Month", "Year"), day.split(), strict=True):
        boxes.get_by_label(part).fill(number)


def press(page: Page, words: str) -> None:
    """Press the button that sends a form."""
    page.locator("main").get_by_role("button", name=words, exact=True).last.click()


def follow(page: Page, words: str) -> None:
    """Follow the link, or the button that is one."""
    page.locator("main a").filter(has_text=words).first.click()


def look(page: Page, address: str, name: str, tallest: int = TALLEST) -> None:
    """Go to an address and keep a picture of it."""
    page.goto(address)
    picture(page, name, tallest)


def picture(page: Page, name: str, tallest: int = TALLEST, part: str = "main") -> None:
    """Keep the main part of a page, or another: at most `tallest` pixels, in few colours so that it loads fast."""
    if WANTED and not name.startswith(tuple(WANTED)):
        return
    file = IMAGES / f"{name}.png"
    page.evaluate("window.scrollTo(0, 0)")  # boxes are measured from what is in view
    box = page.locator(part).bounding_box()
    page.screenshot(path=file, full_page=True, clip={**box, "x": 0, "width": WIDTH})
    whole = Image.open(file).convert("RGB")
    whole = whole.crop((0, 0, whole.width, min(whole.height, tallest)))
    paper = Image.new("RGB", whole.size, whole.getpixel((0, 0)))
    _left, _top, _right, bottom = ImageChops.difference(whole, paper).getbbox() or (0, 0, 0, whole.height)
    whole = whole.crop((0, 0, whole.width, min(whole.height, bottom + MARGIN)))
    whole.quantize(COLOURS).save(file, optimize=True)
    size = file.stat().st_size
    if size > SHARPEST:
        sys.exit(f"{file.name} is {size:,} bytes: cut it lower than {tallest} pixels.")
    print(f"{size:>8,}  {name}")
