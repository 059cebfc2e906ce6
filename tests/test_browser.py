"""Which pages axe need not see because it saw their like: words, figures and the number of rows may differ."""

import pytest

from tests.journeys.browser import make_of

SEEN = """<main><h1>Case C-1</h1><a href="/case/1/">Open</a><input id="note-1" value="Rang them">
<img alt="A map" src="1.png">
<ul><li><a href="/a/">One</a></li> <li><a href="/b/">Two</a></li> </ul></main>"""


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("Case C-1", "Case C-27"),
        ("/case/1/", "/case/2/"),
        ("Rang them", "Wrote"),
        ("note-1", "note-12"),
        ("</ul>", '<li><a href="/c/">Three</a></li> </ul>'),
    ],
)
def test_a_page_with_other_words_is_of_the_same_make(was, becomes):
    assert make_of(SEEN.replace(was, becomes)) == make_of(SEEN)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("Open</a>", "</a>"),
        ("Open</a>", " \n</a>"),
        ('alt="A map"', 'alt=""'),
        ('alt="A map"', ""),
        ("h1", "h2"),
        ("<input", '<input class="new"'),
        ('id="note-1"', 'id="other"'),
        ("Two</a>", "Two</a> again"),
        ("</ul>", "<li>Three</li></ul>"),
    ],
)
def test_a_page_of_other_elements_is_not(was, becomes):
    assert make_of(SEEN.replace(was, becomes)) != make_of(SEEN)
