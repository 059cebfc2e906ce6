"""How often the same visitor may do something that needs no account."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def is_too_often(request: HttpRequest, deed: str, *, most: int, seconds: int) -> bool:
    """Count a deed of this visitor, by their network address; whether it is one more than `most` in so many seconds.

    The address itself is not kept: a digest under our key is, until the seconds are over.
    """
    who = salted_hmac("trellis.web.limits", f"{deed} {_address(request)}").hexdigest()
    return not any(cache.add(f"limit:{who}:{number}", True, timeout=seconds) for number in range(most))


def _address(request: HttpRequest) -> str:
    """Where the request comes from: what our own proxy says, where there is one."""
    forwarded = request.headers.get("x-forwarded-for", "")
    if forwarded and settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return forwarded.split(",")[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
