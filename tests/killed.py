"""Work that is killed (SIGKILL) in the middle, at the very step that a test names."""

import os
import pkgutil
import signal
import traceback
from collections.abc import Callable
from typing import Any
from unittest import mock

from django.db import connections


def killed_at(target: str, act: Callable[[], Any], *, call: int = 1) -> None:
    """Do something in a process of its own, which is killed when `target` is called for the `call`th time.

    `target` is a function as "module:name" or a method as "module:Class.name". The process is a copy of this one, which
    saves the seconds that another would take to start; it has a connection of its own to the database of the test
    (`committed_db`). Fails when the work ends before it is killed.
    """
    connections.close_all()  # two processes must not speak over one
    child = os.fork()
    if child == 0:
        try:
            with _deadly(target, call):
                act()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"It ended before it came to {target}."


def _deadly(target: str, call: int) -> Any:
    module, _, path = target.partition(":")
    owner, _, name = path.rpartition(".")
    place = pkgutil.resolve_name(f"{module}:{owner}" if owner else module)
    original, left = getattr(place, name), iter(range(call, 0, -1))

    def step(*given: Any, **named: Any) -> Any:
        if next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*given, **named)

    return mock.patch.object(place, name, step)
