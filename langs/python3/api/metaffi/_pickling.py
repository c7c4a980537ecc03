"""Decides what can be pickled, and refuses the rest with a helpful error.

Errors can, so that a worker's error reaches its pool; see ``MetaFFIError``. Modules and
their contents can, as recipes from which another process loads them again; see
``_recipes``, which is imported on first use. Everything else that stands for something in
a runtime of this process cannot. It is refused here, because Python's own message would
name only the class, and pickle's oldest protocols would make an empty object.
"""

from __future__ import annotations

import copyreg
import os
from collections import namedtuple
from collections.abc import Callable
from contextvars import ContextVar
from importlib import import_module
from weakref import WeakKeyDictionary

from . import _native

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any, NamedTuple

    from .metaffi_module import MetaFFIModule

__all__ = [
    "Origin",
    "Source",
    "can_be_pickled",
    "origins",
    "recipe",
    "refused",
    "remember",
    "ship",
    "sources",
    "watch",
]


if TYPE_CHECKING:

    class Source(NamedTuple):
        """The origin of a module."""

        runtime: str
        path: str
        folder: str
        """The working directory, which a relative path refers to."""

    class Origin(NamedTuple):
        """The origin of an entity."""

        source: Source
        path: str
        params: list[tuple[int, int, str]] | None
        """``None`` if the types were left out."""
        retvals: list[tuple[int, int, str]] | None

else:  # the same, without importing typing
    Source = namedtuple("Source", "runtime path folder")
    Origin = namedtuple("Origin", "source path params retvals")


sources: dict[Source, None] = {}
"""The origins of this process's modules, in the order of loading."""

origins: WeakKeyDictionary[_native.MetaFFIEntity, Origin] = WeakKeyDictionary()
"""The origins of this process's entities."""


def remember(runtime: str, path: str) -> Source:
    """Remember the origin of a module."""
    try:
        folder = os.getcwd()
    except OSError:  # it was deleted, with its files
        folder = ""
    source = Source(runtime, path, folder)
    sources[source] = None
    return source


def refused(value: Any, what: str, advice: str) -> TypeError:
    """Return an error that says why ``value`` cannot be pickled, and what to do instead."""
    return TypeError(
        f"cannot pickle or copy {value!r}: {what} belongs to this process; "
        f"{advice} in the process that needs it"
    )


def recipe(module: str, function: str) -> Callable[[Any], Any]:
    """Return a ``__reduce__`` that calls a function, importing its module on first use."""

    def reduce(value: Any) -> Any:
        if _trying.get():
            raise refused(value, "an attribute of an error", "get it again")
        return getattr(import_module(f"metaffi.{module}"), function)(value)

    return reduce


def watch() -> None:
    """Make pickle and copy handle the native module's objects like the package's own."""
    copyreg.pickle(_native.MetaFFIHandle, recipe("natural._recipes", "of_handle"))
    copyreg.pickle(_native.MetaFFIMapping, recipe("natural._recipes", "of_handle"))
    copyreg.pickle(_native.MetaFFIEntity, recipe("_recipes", "of_entity"))
    copyreg.pickle(_native.MetaFFIMethod, recipe("_recipes", "of_method"))


def ship(module: MetaFFIModule) -> MetaFFIModule:
    """Include a module's files in pickles: jars, compiled guests, Python sources.

    Everything of the module that is pickled from now on includes the files, in this process
    and in those that unpickle it. A process that lacks the files unpacks them into the user's
    cache folder, once for each version. Without this, it expects them under the same paths::

        module = metaffi.ship(metaffi.MetaFFIRuntime("go").load_module("hello_MetaFFIGuest"))

    Returns the module. Raises MetaFFIError if the module has no files: a module that is found
    by its name has to be installed in the other process, as a wheel.
    """
    from . import _recipes

    return _recipes.ship(module)


_trying: ContextVar[bool] = ContextVar("_trying", default=False)


def can_be_pickled(value: Any) -> bool:
    """Return whether ``value``, an attribute of an error, can be pickled with the error.

    Values that the other process would have to load cannot, since the error must arrive there.
    """
    if isinstance(value, (str, bytes, int, float, type(None))):
        return True
    if _trying.get():  # an error that refers to itself
        return False
    import pickle  # here, because it is slow to import

    token = _trying.set(True)
    try:
        pickle.dumps(value)
    except Exception:  # whatever its own methods raise
        return False
    finally:
        _trying.reset(token)
    return True
