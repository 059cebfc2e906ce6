"""Several people at once: each in a thread of its own, with its own connection, let go together."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

TIMEOUT = 60


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all the deeds at the same moment; what each returned, or the exception that it raised, in the same order."""
    gate = threading.Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)

    def run(index: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait(TIMEOUT)
            outcomes[index] = deed()
        except Exception as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
    assert not any(thread.is_alive() for thread in threads), "a deed never ended: two of them wait for each other"
    return outcomes


def winners(outcomes: Sequence[Any]) -> list[Any]:
    """What those returned who got their way."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


def losers(outcomes: Sequence[Any]) -> list[Exception]:
    """What those were told who did not."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
