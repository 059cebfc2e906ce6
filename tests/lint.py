"""What is wrong with a page: each rule yields sentences. The markup itself is checked in test_html.py."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

LEAK = re.compile(r"\bundefined\b|\bNone\b(?! [a-z])|\bnan\b|\{\{|\{%|&lt;|Decimal\(|datetime\.|<\w+ object|QuerySet")
CONTROLS = "self::input[not(@type='hidden')] or self::select or self::textarea"
NAMED_BY_VALUE = {"submit", "button", "reset"}


def faults(document: HtmlElement, *, nonce: str = "") -> list[str]:
    """Every fault of a page, in sentences. `nonce` is that of its Content-Security-Policy, if it has one."""
    return [
        *one_h1_that_starts_the_title(document),
        *headings_in_order(document),
        *ids_used_once(document),
        *links_that_lead_somewhere(document),
        *controls_with_labels(document),
        *buttons_with_words(document),
        *forms_that_can_be_sent(document),
        *nothing_inline(document, nonce),
        *pictures_with_words(document),
        *tables_with_captions(document),
        *no_leaks(document),
    ]


def words(element: HtmlElement) -> str:
    """The text inside an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def at(element: HtmlElement) -> str:
    """Which element it is, for a message."""
    marks = [f'{name}="{element.get(name)}"' for name in ("id", "name", "class", "href") if element.get(name)]
    return f"<{' '.join([str(element.tag), *marks])}>"


def one_h1_that_starts_the_title(document: HtmlElement) -> Iterator[str]:
    """WCAG 2.4.2 and 2.4.6. A page that shows errors says so first."""
    titles, headings = document.xpath("//head/title"), document.xpath("//h1")
    if len(headings) != 1 or len(titles) != 1:
        yield f"It has {len(headings)} h1 and {len(titles)} title elements; there must be one of each."
        return
    title, heading = words(titles[0]), words(headings[0])
    shows_errors = bool(document.xpath("//*[contains(@class, 'govuk-error-summary')]"))
    beginning = f"Error: {heading}" if shows_errors else heading
    if not heading or not title.startswith(beginning):
        yield f"Its title {title!r} does not start with {beginning!r}."


def headings_in_order(document: HtmlElement) -> Iterator[str]:
    """WCAG 1.3.1: no level is skipped on the way down. Notices above the h1 may have their own."""
    notice = "ancestor::*[contains(@class, 'govuk-error-summary') or contains(@class, 'govuk-notification-banner')]"
    level = 0
    for heading in document.xpath(
        f"//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5][not({notice})]"
    ):
        depth = int(heading.tag[1])
        if depth > level + 1:
            yield f"Heading {words(heading)!r} is an h{depth} below an h{level}."
        level = depth


def ids_used_once(document: HtmlElement) -> Iterator[str]:
    """An id names one element."""
    for name, uses in Counter(document.xpath("//@id")).items():
        if uses > 1:
            yield f"The id {name!r} is used {uses} times."
        if not name or " " in name:
            yield f"The id {name!r} is empty or has a space."


def links_that_lead_somewhere(document: HtmlElement) -> Iterator[str]:
    """Each link has words and an address; a link within the page finds its target."""
    ids = set(document.xpath("//@id"))
    for link in document.xpath("//a"):
        address = link.get("href", "")
        if not address or address == "#" or address.startswith("javascript:"):
            yield f"{at(link)} {words(link)!r} leads nowhere."
        elif address.startswith("#") and address[1:] not in ids:
            yield f"The link {words(link)!r} leads to {address}, which is not on the page."
        if not (words(link) or link.get("aria-label") or link.xpath(".//img[@alt!='']")):
            yield f"{at(link)} has no words."


def controls_with_labels(document: HtmlElement) -> Iterator[str]:
    """WCAG 3.3.2 and 4.1.2: each control has a visible or a spoken name; choices have a legend over them."""
    ids = set(document.xpath("//@id"))
    labelled = {label.get("for") for label in document.xpath("//label[@for]") if words(label)}
    for target in document.xpath("//label/@for"):
        if target not in ids:
            yield f"A label is for {target!r}, which is not on the page."
    for control in document.xpath(f"//*[{CONTROLS}]"):
        kind = control.get("type", "text")
        if kind in NAMED_BY_VALUE and control.get("value"):
            continue
        named = control.get("aria-label") or set(control.get("aria-labelledby", "").split()) & ids
        if not (control.get("id") in labelled or named or control.xpath("ancestor::label")):
            yield f"{at(control)} has no label."
        if kind == "radio" and not control.xpath("ancestor::fieldset[legend]"):
            yield f"{at(control)} is a radio button without a fieldset and legend."
    for described in document.xpath("//*[@aria-describedby]"):
        for missing in set(described.get("aria-describedby").split()) - ids:
            yield f"{at(described)} is described by {missing!r}, which is not on the page."


def buttons_with_words(document: HtmlElement) -> Iterator[str]:
    """A button says what it does."""
    for button in document.xpath("//button"):
        if not (words(button) or button.get("aria-label")):
            yield f"{at(button)} has no words."


def forms_that_can_be_sent(document: HtmlElement) -> Iterator[str]:
    """A form goes to an address of ours, carries a token when it posts, and has a button (no JavaScript is needed)."""
    for form in document.xpath("//form"):
        action, method = form.get("action"), form.get("method", "get").lower()
        if action is not None and not action.startswith(("/", "?")):
            yield f"{at(form)} goes to {action!r}: leave action out, or give an address of ours."
        if method == "post" and not form.xpath(".//input[@name='csrfmiddlewaretoken'][@value!='']"):
            yield f"{at(form)} posts without a CSRF token."
        if not form.xpath(".//button[not(@type) or @type='submit'] | .//input[@type='submit']"):
            yield f"{at(form)} has no button."


def nothing_inline(document: HtmlElement, nonce: str) -> Iterator[str]:
    """What a strict Content-Security-Policy would block."""
    for element in document.xpath("//*[@style]"):
        yield f"{at(element)} has a style attribute."
    for element in document.xpath("//style"):
        yield f"{at(element)} is a style element."
    for element in document.xpath("//*[@*[starts-with(name(), 'on')]]"):
        yield f"{at(element)} has an inline event handler."
    for script in document.xpath("//script[not(@src)][not(@type='application/ld+json')]"):
        if not nonce or script.get("nonce") != nonce:
            yield f"An inline script does not carry the nonce of the page: {words(script)[:60]!r}"
    for address in document.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src"):
        if not address.startswith(("/", "data:image/")) or address.startswith("//"):
            yield f"{address} is fetched from somewhere else."


def pictures_with_words(document: HtmlElement) -> Iterator[str]:
    """WCAG 1.1.1: a picture says what it shows, or that it says nothing."""
    for picture in document.xpath("//img[not(@alt)]"):
        yield f"{at(picture)} has no alt."
    for drawing in document.xpath("//*[local-name()='svg'][not(ancestor::*[local-name()='svg'])]"):
        named = drawing.get("aria-label") or drawing.get("aria-labelledby")
        if drawing.get("aria-hidden") != "true" and not (drawing.get("role") == "img" and named):
            yield f"{at(drawing)} is neither hidden from screen readers nor named to them."


def tables_with_captions(document: HtmlElement) -> Iterator[str]:
    """WCAG 1.3.1: a table says what it is of, and its headings say which way they head."""
    for table in document.xpath("//table"):
        if not table.xpath("./caption") or not words(table.xpath("./caption")[0]):
            yield f"{at(table)} has no caption."
        if not table.xpath(".//th") or table.xpath(".//th[not(@scope)]"):
            yield f"{at(table)} lacks headings, or one of them lacks a scope."


def no_leaks(document: HtmlElement) -> Iterator[str]:
    """Nothing of the program shows: no None, no braces, no escaped markup."""
    for element in document.xpath("//body//*[not(self::script)] | //head/title"):
        for text in (element.text, *(child.tail for child in element)):
            if isinstance(text, str) and LEAK.search(text):
                yield f"{at(element)} shows {' '.join(text.split())[:80]!r}."
        for name in ("href", "value", "id", "name", "content", "alt", "aria-label"):
            if re.search(r"\bNone\b|undefined", element.get(name, "")):
                yield f"{at(element)} has {name}={element.get(name)!r}."
