"""References that people read out on the telephone: CASE-7K2M."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import IntegrityError, models, transaction

# No vowels (no words by accident) and none of 0 O 1 I L 5 S 8 B Z, which are taken for one another.
ALPHABET = "234679CDFGHJKMNPQRTVWX"
TRIES = 20
Row = TypeVar("Row", bound=models.Model)
# Picks a character of the alphabet. The simulator sets its own, so that the demo is the same each time.
choose: ContextVar[Callable[[str], str]] = ContextVar("choose", default=secrets.choice)


def new_reference(prefix: str, *, length: int = 4) -> str:
    """A reference such as CASE-7K2M; `length` is the number of characters after the hyphen."""
    pick = choose.get()
    return f"{prefix}-{''.join(pick(ALPHABET) for _ in range(length))}"


def create_with_reference(model: type[Row], prefix: str, *, length: int = 4, **fields) -> Row:
    """Insert a row under a reference that nobody has.

    The unique constraint decides, not a look beforehand: two who draw the same reference at once are told apart.
    After each pair of collisions the reference grows by a character, so a full space never blocks a write.
    """
    for attempt in range(TRIES):
        reference = new_reference(prefix, length=length + attempt // 2)
        try:
            with transaction.atomic():
                return model._default_manager.create(reference=reference, **fields)
        except IntegrityError:
            if not model._default_manager.filter(reference=reference).exists():
                raise  # some other constraint: that is the caller's to hear about
    raise RuntimeError(f"{TRIES} references of {prefix} collided: the random source is broken.")
