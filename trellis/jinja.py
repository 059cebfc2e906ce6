"""The template environment: strict, with few globals."""

import sys

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader, UndefinedError

from trellis.core import clock
from trellis.home.navigation import navigation
from trellis.web import words
from trellis.web.forms import problems

# What is nothing and meant to be: an "if" without an "else" in an expression, and a macro called without a body.
MEANT = ("the inline if-expression", "No caller defined")


class StrictInOurs(ChainableUndefined):
    """A typo in a template of ours fails wherever it ends up; GOV.UK's own may ask for parameters that nobody gave."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._template = _template_asking()
        meant = (self._undefined_hint or "").startswith(MEANT)
        self._forgiven = meant or "/govuk_frontend_jinja/" in self._template

    def _check(self) -> None:
        if not self._forgiven:
            raise UndefinedError(f"{self._undefined_message} in {self._template}")

    def __str__(self) -> str:
        self._check()
        return ""

    def __html__(self) -> str:
        self._check()
        return ""

    def __iter__(self):
        self._check()
        return iter(())

    def __len__(self) -> int:
        self._check()
        return 0

    def __bool__(self) -> bool:
        self._check()
        return False

    def __eq__(self, other) -> bool:
        self._check()
        return type(self) is type(other)

    __hash__ = ChainableUndefined.__hash__


def _template_asking() -> str:
    """The file of the template that asked for a name: the nearest caller that is neither Jinja nor we."""
    frame = sys._getframe(2)
    while frame.f_back and ("/jinja2/" in frame.f_code.co_filename and "/site-packages/" in frame.f_code.co_filename):
        frame = frame.f_back
    return frame.f_code.co_filename


def url(name: str, **parts) -> str:
    """The address of a view, by its name and the parts of its path."""
    return reverse(name, kwargs=parts)


GLOBALS = {
    "url": url,
    "static": static,
    "messages_of": get_messages,
    "navigation": navigation,
    "problems": problems,
    "settings": settings,
    "clock": clock,
}


def environment(**options) -> Environment:
    """Django calls this once, with its own loader and autoescape on."""
    options["undefined"] = StrictInOurs
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], components])
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = Environment(**options)  # noqa: S701 Django puts autoescape into the options
    env.globals |= GLOBALS
    env.filters |= words.FILTERS
    return env
