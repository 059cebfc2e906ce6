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

# The functions of Jinja and of ours that stand between a template and the check.
NOT_TEMPLATES = ("/site-packages/jinja2/", "/site-packages/markupsafe/", __file__)


class StrictInOurs(ChainableUndefined):
    """A typo in a template of ours fails; GOV.UK's own may ask for parameters that nobody gave."""

    def _check(self) -> None:
        template = _template_asking()
        if "govuk_frontend_jinja" not in template:
            raise UndefinedError(f"{self._undefined_name!r} is undefined in {template}")

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


def _template_asking() -> str:
    """The file of the nearest template among the callers."""
    frame = sys._getframe(2)
    while frame and (
        "/jinja2/" not in frame.f_code.co_filename
        and "govuk_frontend_jinja" not in frame.f_code.co_filename
        or any(part in frame.f_code.co_filename for part in NOT_TEMPLATES)
    ):
        frame = frame.f_back  # type: ignore[assignment]
    return frame.f_code.co_filename if frame else ""


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
    env = Environment(**options)  # noqa: S701
    env.globals |= GLOBALS
    env.filters |= words.FILTERS
    return env
