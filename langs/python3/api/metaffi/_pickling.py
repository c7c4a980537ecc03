"""What of the package may leave the process, and what says that it may not.

Errors do, so that a worker's error reaches its pool; see ``MetaFFIError``. What
stands for something of a runtime in this process does not, and says so here: the
interpreter's own message would name the class only, and pickle's oldest protocols
would make an object of nothing.
"""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, NoReturn

from . import _native

__all__ = ["can_be_pickled", "refusal", "watch"]


def refusal(what: str, advice: str) -> Callable[[Any], NoReturn]:
    """Make a ``__reduce__`` that tells what the object is, and what to do instead."""

    def reduce(value: Any) -> NoReturn:
        raise TypeError(
            f"cannot pickle or copy {value!r}: {what} belongs to this process; "
            f"{advice} in the one that needs it"
        )

    return reduce


def watch() -> None:
    """Make pickle and copy refuse the native module's objects with a reason."""
    refuse = copyreg.pickle
    of_object = refusal("an object of another runtime", "get the object again")
    refuse(_native.MetaFFIHandle, of_object)
    refuse(_native.MetaFFIMapping, of_object)
    refuse(_native.MetaFFIEntity, refusal("a function of another runtime", "load the entity"))


_trying: ContextVar[bool] = ContextVar("_trying", default=False)


def can_be_pickled(value: Any) -> bool:
    """Tell whether ``value``, which an error carries, can go with it."""
    if isinstance(value, (str, bytes, int, float, type(None))):
        return True
    if _trying.get():  # it leads back to an error that asks this already
        return False
    token = _trying.set(True)
    try:
        pickle.dumps(value)
    except Exception:  # whatever its own methods raise
        return False
    finally:
        _trying.reset(token)
    return True
