"""So many deeds of one visitor, and no more."""

import pytest
from django.test import RequestFactory

from trellis.web.limits import is_too_often

pytestmark = pytest.mark.django_db


def asks(address: str, times: int = 1, deed: str = "wave", **headers) -> list[bool]:
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)
    return [is_too_often(request, deed, most=2, seconds=60) for _ in range(times)]


def test_a_visitor_is_counted_by_deed_and_address():
    assert asks("192.0.2.1", times=3) == [False, False, True]
    assert asks("192.0.2.2") == asks("192.0.2.1", deed="smile") == [False]


def test_behind_our_proxy_its_own_word_counts_and_no_other(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = {"x-forwarded-for": "6.6.6.6, 192.0.2.3"}
    assert asks("127.0.0.1", times=3, **proxy) == [False, False, True]
    assert asks("127.0.0.1", **{"x-forwarded-for": "7.7.7.7, 192.0.2.3"}) == [True]
    assert asks("127.0.0.1", **{"x-forwarded-for": "6.6.6.6, 192.0.2.4"}) == [False]
