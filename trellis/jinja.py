"""The template environment: strict, with few helpers."""

import sys

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader, UndefinedError

from trellis.core import clock
from trellis.web import words


class StrictInOurs(ChainableUndefined):
    """A typo in a template of ours fails; GOV.UK's own may ask for parameters that nobody gave."""

    def _check(self) -> None:
        template = sys._getframe(2).f_code.co_filename
        if "/jinja2/" in template and "govuk_frontend_jinja" not in template and "/site-packages/" not in template:
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

    def __bool__(self) -> bool:
        self._check()
        return False


def url(name: str, **parts) -> str:
    """The address of a view, by its name and the parts of its path."""
    return reverse(name, kwargs=parts)


def environment(**options) -> Environment:
    """Django calls this once, with its own loader and autoescape on."""
    options["undefined"] = StrictInOurs
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], components])
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = Environment(**options)  # noqa: S701
    env.globals |= {"url": url, "static": static, "messages_of": get_messages, "settings": settings, "clock": clock}
    env.filters |= words.FILTERS
    return env
