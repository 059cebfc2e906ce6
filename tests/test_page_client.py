"""The page client itself, and one page broken in every way that it knows."""

import pytest
from lxml import html

from tests import lint

GOOD = """<!DOCTYPE html><html lang="en"><head><title>Cases - Trellis</title></head><body>
<main><h1>Cases</h1><h2>Open</h2>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"><label for="note">Note</label>
<input id="note" name="note"><button>Save</button></form><a href="/">Home</a></main></body></html>"""


def test_home_is_clean(page_client, cast):
    page = page_client.get("/")
    assert page.title.startswith(page.h1)


def test_an_unexpected_status_fails_with_what_the_page_says(page_client, cast):
    with pytest.raises(AssertionError, match="GET /no-such-page/ answered 404, not 200"):
        page_client.get("/no-such-page/")
    assert page_client.get("/no-such-page/", expect=404).h1 == "There is no such page"


def test_a_good_page_has_no_faults():
    assert lint.faults(html.document_fromstring(GOOD)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("<title>Cases", "<title>Something", "does not start with 'Cases'"),
        ("<h1>Cases</h1>", "", "0 h1"),
        ("<h2>Open</h2>", "<h3>Open</h3>", "is an h3 below an h1"),
        ("<h2>Open</h2>", "<h2 id='note'>Open</h2>", "used 2 times"),
        ('href="/"', 'href="#nowhere"', "not on the page"),
        ('<a href="/">Home</a>', "<a href='/'></a>", "has no words"),
        ('<label for="note">Note</label>', "", "has no label"),
        ("<label", "<input type='radio' aria-label='Yes'><label", "without a fieldset"),
        ('id="note"', 'id="note" aria-describedby="hint"', "described by 'hint'"),
        ('name="csrfmiddlewaretoken"', 'name="other"', "without a CSRF token"),
        ("<button>Save</button>", "", "has no button"),
        ('method="post"', 'method="post" action="https://elsewhere.example"', "an address of ours"),
        ("<h2>", '<h2 style="color: red">', "has a style attribute"),
        ("<h2>", "<style>h2 {}</style><h2>", "is a style element"),
        ("<h2>", '<h2 onclick="go()">', "inline event handler"),
        ("<h2>", "<script>go()</script><h2>", "does not carry the nonce"),
        ("<h2>", "<script src='https://cdn.example/x.js'></script><h2>", "fetched from somewhere else"),
        ("<h2>", "<img src='/x.png'><h2>", "has no alt"),
        ("<h2>", "<svg></svg><h2>", "neither hidden from screen readers nor named"),
        ("<h2>", "<table><tr><th>x</th></tr></table><h2>", "has no caption"),
        ("<h2>", "<table><caption>x</caption><tr><th>x</th></tr></table><h2>", "lacks a scope"),
        ("Open", "Held by None", "shows 'Held by None'"),
        ("Open", "&amp;lt;b&amp;gt;", "shows"),
        ('href="/"', 'href="/cases/None/"', "has href='/cases/None/'"),
    ],
)
def test_a_fault_is_found(was, becomes, fault):
    assert was in GOOD
    assert any(fault in found for found in lint.faults(html.document_fromstring(GOOD.replace(was, becomes, 1))))
