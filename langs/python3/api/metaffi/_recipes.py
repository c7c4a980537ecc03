"""Recipes: what a pickle stores for a module, an entity, a class or an object.

A recipe names the runtime, the module's files (with their digests) or names, and what to load
from it. This module is imported when something is first pickled or unpickled. Pickles contain
the names :func:`remake`, :class:`Recipe` and :class:`Piece`, so these and their parameters
must not change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from threading import RLock
from typing import Any, NamedTuple, NoReturn

from ._files import Content, Piece, content_of, find, pieces_of
from ._native import MetaFFIEntity, MetaFFIMethod
from ._pickling import Source, origins, refused, sources
from .metaffi_error import MetaFFIError
from .metaffi_module import MetaFFIModule
from .metaffi_runtime import MetaFFIRuntime

__all__ = [
    "Named",
    "Piece",
    "Recipe",
    "load",
    "modules",
    "of_entity",
    "of_method",
    "of_module",
    "recipe_of",
    "remade_by",
    "remake",
    "ship",
]


class Recipe(NamedTuple):
    """How another process loads a module."""

    runtime: str
    pieces: tuple[Piece, ...]
    contents: tuple[Content | None, ...] = ()
    """The files of each piece; empty if they are not shipped."""


_Reduced = tuple[Callable[..., Any], tuple[Any, ...]]

_lock = RLock()
_shipped: set[Source] = set()
_given: dict[Source, Recipe] = {}
"""The recipes that modules were loaded by, by their origin."""
_loaded: dict[tuple[str, tuple[Piece, ...]], MetaFFIModule] = {}
"""The modules loaded by recipes; kept, since the next task needs them again."""


def recipe_of(source: Source) -> Recipe:
    """Return the recipe of a module; if it was loaded by a recipe, that recipe."""
    given = _given.get(source)
    if given is not None:
        return given
    pieces = tuple(pieces_of(*source))
    contents = tuple(map(content_of, pieces)) if source in _shipped else ()
    return Recipe(source.runtime, pieces, contents)


def ship(module: MetaFFIModule) -> MetaFFIModule:
    """Implement :func:`metaffi.ship`."""
    pieces = pieces_of(*module._source)
    if not any(piece.path for piece in pieces):
        raise MetaFFIError(
            f"{module!r} has no files to ship; install it where the other process finds it"
        )
    _shipped.add(module._source)
    return module


def load(recipe: Recipe) -> MetaFFIModule:
    """Load the module of a recipe, once."""
    key = recipe.runtime, recipe.pieces
    with _lock:
        known = _loaded.get(key)
        if known is None:
            contents = recipe.contents or (None,) * len(recipe.pieces)
            path = ";".join(map(find, recipe.pieces, contents))
            known = _loaded[key] = MetaFFIRuntime(recipe.runtime).load_module(path)
            _given[known._source] = recipe
        return known


def modules(likely: MetaFFIModule | None) -> Iterator[MetaFFIModule]:
    """Yield the modules of this process.

    Each runtime's module without files comes first, then the ``likely`` one.
    """
    known = list(sources)
    order = [Source(source.runtime, "", "") for source in known]
    order += [likely._source] if likely is not None else []
    for source in dict.fromkeys(order + known):
        try:
            module = _again(source)
        except MetaFFIError:  # its files are gone, or the runtime has no module without files
            continue
        yield module


def _again(source: Source) -> MetaFFIModule:
    """Load a module that was loaded before, even if the working directory has changed."""
    if source in _given:
        return load(_given[source])
    paths = [piece.path or piece.name for piece in pieces_of(*source)]
    module = MetaFFIRuntime(source.runtime).load_module(";".join(paths))
    if module._source != source and source in _shipped:
        _shipped.add(module._source)
    return module


def of_module(module: MetaFFIModule) -> _Reduced:
    return remade_by("module", module)


def remade_by(what: str, module: MetaFFIModule, *args: Any) -> _Reduced:
    """Return the ``__reduce__`` value for something that ``remake`` gets from a module."""
    return remake, (what, recipe_of(module._source), *args)


def of_entity(entity: MetaFFIEntity) -> _Reduced:
    origin = origins.get(entity)
    if origin is None:
        raise refused(entity, "a function from another runtime", "get it again")
    return remake, ("entity", recipe_of(origin.source), *origin[1:])


def of_method(method: MetaFFIMethod) -> _Reduced:
    return Named, (method.__name__,)


class Named:
    """A pickled method: calls the method of this name of its first argument."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __call__(self, instance: Any, /, *args: Any, **named: Any) -> Any:
        """Call it."""
        return getattr(instance, self.__name__)(*args, **named)

    def __reduce__(self) -> _Reduced:
        return Named, (self.__name__,)


def remake(what: str, recipe: Recipe, *args: Any) -> Any:
    """Recreate what was pickled.

    Raises MetaFFIError if the module's files are missing or different, or lack what was
    pickled. In a worker of ``multiprocessing`` the error is raised when the result is used:
    its pools do not survive an error while unpickling, and one of them would wait forever.
    """
    try:
        return _ways()[what](load(recipe), *args)
    except MetaFFIError as error:
        if not _is_worker():
            raise
        return Unavailable(error, (what, recipe, *args))


def _is_worker() -> bool:
    process = sys.modules.get("multiprocessing.process")
    return process is not None and process.parent_process() is not None


class Unavailable:
    """Stands for something that could not be recreated; using it raises the reason."""

    def __init__(self, error: MetaFFIError, args: tuple[Any, ...]) -> None:
        self._error = error
        self._args = args

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self  # for a pickled method of it

    def _raise(self, *args: Any, **named: Any) -> NoReturn:
        raise self._error

    __call__ = __getitem__ = __instancecheck__ = __iter__ = __len__ = __str__ = _raise

    def __reduce__(self) -> _Reduced:
        return remake, self._args


def _module(module: MetaFFIModule) -> MetaFFIModule:
    return module


def _entity(module: MetaFFIModule, path: str, params: Any, retvals: Any) -> Any:
    return module._load(path, params, retvals)


def _ways() -> dict[str, Callable[..., Any]]:
    from .natural import _recipes as natural

    return {"module": _module, "entity": _entity, **natural.WAYS}
