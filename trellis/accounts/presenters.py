"""Words for pages of this area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

# The first that occurs in what the browser says of itself; each later one says the earlier ones' words too.
BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "CrOS": "ChromeOS",
    "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True)
class SessionRow:
    """A browser that is signed in, as its owner would know it."""

    number: int
    browser: str
    since: datetime
    address: str
    is_this_one: bool


def browser_of(user_agent: str) -> str:
    """What a person calls the browser: "Firefox on Windows"."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if not browser:
        return "A browser that we do not know"
    return f"{browser} on {system}" if system else browser


def _first(known: dict[str, str], text: str) -> str:
    return next((name for mark, name in known.items() if mark in text), "")


def session_rows(sessions: Iterable[UserSession], *, here: str | None) -> list[SessionRow]:
    """Rows of the page of sessions; `here` is the key of the session that asks."""
    return [
        SessionRow(
            number=session.pk,
            browser=browser_of(session.user_agent),
            since=session.created_at,
            address=session.ip,
            is_this_one=session.session_key == here,
        )
        for session in sessions
    ]
