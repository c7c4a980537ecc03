"""What of the package may leave the process, and what says that it may not.

Errors do, so that a worker's error reaches its pool; see ``MetaFFIError``. Modules, and
what lies in them, do by recipes, by which another process loads them again; see
``_recipes``, which is not imported before. Else what stands for something of a runtime in
this process does not, and says so here: the interpreter's own message would name the class
only, and pickle's oldest protocols would make an object of nothing.
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

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
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
        """What a module was loaded from."""

        runtime: str
        path: str
        folder: str
        """The working directory, where the path has use for one."""

    class Origin(NamedTuple):
        """What an entity was loaded from."""

        source: Source
        path: str
        params: list[tuple[int, int, str]] | None
        """``None`` where the types were left out."""
        retvals: list[tuple[int, int, str]] | None

else:  # the same, without importing typing
    Source = namedtuple("Source", "runtime path folder")
    Origin = namedtuple("Origin", "source path params retvals")


sources: dict[Source, None] = {}
"""What modules of this process were loaded from, in their order."""

origins: WeakKeyDictionary[_native.MetaFFIEntity, Origin] = WeakKeyDictionary()
"""What the entities of this process were loaded from."""


def remember(runtime: str, path: str) -> Source:
    """Remember what a module was loaded from."""
    try:
        folder = os.getcwd()
    except OSError:  # it is gone, and so is what lay there
        folder = ""
    source = Source(runtime, path, folder)
    sources[source] = None
    return source


def refused(value: Any, what: str, advice: str) -> TypeError:
    """Make the error that tells what an object is, and what to do instead."""
    return TypeError(
        f"cannot pickle or copy {value!r}: {what} belongs to this process; "
        f"{advice} in the one that needs it"
    )


def recipe(module: str, function: str) -> Callable[[Any], Any]:
    """Make a ``__reduce__`` that does what a function does, whose module is imported then."""

    def reduce(value: Any) -> Any:
        if _trying.get():
            raise refused(value, "what an error carries", "get it again")
        return getattr(import_module(f"metaffi.{module}"), function)(value)

    return reduce


def watch() -> None:
    """Make pickle and copy treat the objects of the native module as the package's own."""
    copyreg.pickle(_native.MetaFFIHandle, recipe("natural._recipes", "of_handle"))
    copyreg.pickle(_native.MetaFFIMapping, recipe("natural._recipes", "of_handle"))
    copyreg.pickle(_native.MetaFFIEntity, recipe("_recipes", "of_entity"))
    copyreg.pickle(_native.MetaFFIMethod, recipe("_recipes", "of_method"))


def ship(module: MetaFFIModule) -> MetaFFIModule:
    """Let pickles carry the files of a module: jars, compiled guests, sources of Python.

    What is pickled of the module from now on, by this process and those that get it, brings
    the files along; a process that lacks them unpacks them into the user's cache folder, once
    for each content. Without this it looks for them under the same paths::

        module = metaffi.ship(metaffi.MetaFFIRuntime("go").load_module("hello_MetaFFIGuest"))

    Returns the module. Raises MetaFFIError where the module has no files: one that is found
    by its name is installed in the other process, as a wheel.
    """
    from . import _recipes

    return _recipes.ship(module)


_trying: ContextVar[bool] = ContextVar("_trying", default=False)


def can_be_pickled(value: Any) -> bool:
    """Tell whether ``value``, which an error carries, can go with it.

    What has to be loaded in the other process cannot: an error must arrive there.
    """
    if isinstance(value, (str, bytes, int, float, type(None))):
        return True
    if _trying.get():  # it leads back to an error that asks this already
        return False
    import pickle  # not before: it is heavy

    token = _trying.set(True)
    try:
        pickle.dumps(value)
    except Exception:  # whatever its own methods raise
        return False
    finally:
        _trying.reset(token)
    return True
