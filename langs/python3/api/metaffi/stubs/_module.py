"""The module that stubs are bound to, its entities, and the classes of its objects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakValueDictionary

from .._native import MetaFFIEntity, MetaFFIMapping, direct
from ..metaffi_error import MetaFFIError
from ..metaffi_module import MetaFFIModule
from ..metaffi_runtime import MetaFFIRuntime
from ..metaffi_types import MetaFFITypes, metaffi_type_info
from ..metaffihandle import MetaFFIHandle
from ._kinds import Dynamic, Function
from ._lazy import Lazy
from ._objects import Error, Object, Value, lift, lift_results

_R = TypeVar("_R")
_F = TypeVar("_F", bound=Callable[..., Any])
_Request = tuple[str, Sequence[str], Sequence[str]]
"""An entity path, parameter types, result types."""

_NEWEST = 2
"""The version of the newest stubs that this package can carry."""

_TYPE = re.compile(r"(\w+)(?:<(.*)>)?(?:\[(-?\d+)\])?", re.DOTALL)
"""``int64``, ``handle<java.util.List>``, ``string8_array[2]``."""


def _type_info(text: str) -> metaffi_type_info:
    found = _TYPE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a type")
    name, alias, dims = found.groups()
    return metaffi_type_info(MetaFFITypes[f"metaffi_{name}_type"], alias, int(dims or 0))


class _Resets(Protocol):
    def reset(self) -> None: ...


class Module:
    """What a stub file is bound to; ``file_globals`` are the file's.

    ``version`` is that of the stubs, ``made_by`` the metaffi that wrote them.
    The requests load what tells an object's class, all its classes, and what
    does ``text``, ``equal`` and ``hash`` on any object of the guest.
    """

    def __init__(
        self,
        file_globals: dict[str, Any],
        *,
        version: int = 1,
        made_by: str = "",
        class_of: _Request | None = None,
        supertypes_of: _Request | None = None,
        operations: Mapping[str, _Request] | None = None,
    ) -> None:
        if version > _NEWEST:
            raise ImportError(
                f"{file_globals['__name__']} was written by metaffi {made_by}, which is newer "
                f"than this one: install metaffi-api {made_by}, or write the stubs again"
            )
        self._globals = file_globals
        self._lock = Lock()
        self._bound: tuple[str, str] | None = None
        self._module: MetaFFIModule | None = None
        self._loaded: list[_Resets] = []
        self._requests = {"class_of": class_of, "supertypes_of": supertypes_of}
        self._requests.update(operations or {})
        self._operations: dict[str, Callable[..., Any] | None] = {}
        self._classes: dict[str, type[Object]] = {}
        self._lazy = Lazy(file_globals)
        file_globals["__getattr__"] = self._lazy.attribute
        file_globals["__dir__"] = self._names
        # Each as long as a guest holds what is wrapped around it.
        self._wrapped: WeakValueDictionary[Any, Callable[..., Any]] = WeakValueDictionary()

    def _names(self) -> list[str]:
        return sorted({*self._globals, *self._lazy.names()})

    def kind(self, text: str) -> Any:
        """Return what a kind that is written as text stands for."""
        return self._lazy.kind(text)

    def bind(self, module_path: str, runtime_plugin: str) -> None:
        """Load the module; entities that were loaded from another one are forgotten.

        A runtime that has not started yet is left to the first call: once it runs, it does
        not survive a fork, and programs bind their stubs before they fork their workers.
        """
        runtime = MetaFFIRuntime(runtime_plugin)
        module = self._load_module(runtime, module_path) if runtime.is_started() else None
        with self._lock:
            self._bound, self._module = (runtime_plugin, module_path), module
            loaded, self._loaded = self._loaded, []
            self._operations = {}
            for one in loaded:
                one.reset()

    def _load_module(self, runtime: MetaFFIRuntime, module_path: str) -> MetaFFIModule:
        module = runtime.load_module(module_path)
        module._resolve_errors(self._error)
        return module

    def load(
        self, owner: _Resets, path: str, params: Sequence[str], returns: Sequence[str]
    ) -> Callable[..., Any]:
        """Load an entity for ``owner``, which is told when it is outdated."""
        entity = self._entity(path, params, returns)
        self._loaded.append(owner)
        return entity

    def converting(
        self, entity: Callable[..., Any], lifts: str | None, wraps: str | None
    ) -> Callable[..., Any]:
        """Return ``entity`` with what its arguments and results need done.

        ``lifts`` and ``wraps`` are written as text, for they may name classes that are not made
        yet: the kind of the result, and a tuple with the kind of each function among the
        arguments, ``None`` for others.
        """
        if wraps is not None:
            entity = self._wrapping(entity, self._lazy.kind(wraps))
        if lifts is None:
            return entity
        kind = self._lazy.kind(lifts)
        if isinstance(kind, type) and kind is not Dynamic:
            return _lifting(kind, entity)
        lifted = self.lift_any if kind is Dynamic else partial(self.lift_results, kind)
        return lambda *args: lifted(entity(*args))

    def _wrapping(self, entity: Callable[..., Any], kinds: tuple[Any, ...]) -> Callable[..., Any]:
        wrapped = self.wrapped
        return lambda *args: entity(*map(wrapped, kinds, args))

    def _entity(
        self, path: str, params: Sequence[str], returns: Sequence[str]
    ) -> Callable[..., Any]:
        return self._loaded_module().load_entity(
            path, [_type_info(text) for text in params], [_type_info(text) for text in returns]
        )

    def _loaded_module(self) -> MetaFFIModule:
        with self._lock:
            if self._module is None:
                if self._bound is None:
                    name = self._globals["__name__"]
                    raise RuntimeError(
                        f"{name} is not bound to code; call "
                        f"{name}.bind_module_to_code(module_path, runtime_plugin) first, in each "
                        "process that uses it"
                    )
                runtime_plugin, module_path = self._bound
                self._module = self._load_module(MetaFFIRuntime(runtime_plugin), module_path)
            return self._module

    def direct(self, function: _F) -> _F:
        """Let calls go to the entity, once it is loaded, that a stub passes its arguments to.

        The stub, its parameters and a global of the file that it calls with them are all that
        there is to it; methods pass their object's handle first.
        """
        code = function.__code__
        is_method = "_metaffi_handle" in code.co_names
        made: Any = direct(self, function, code.co_names[0], code.co_argcount, is_method)
        return made  # type: ignore[no-any-return]

    def loaded(self, owner: _Resets, name: str) -> Callable[..., Any] | None:
        """Return what was loaded for the global ``name``; ``owner`` is told when it is outdated."""
        with self._lock:
            entity: Callable[..., Any] = self._globals[name]
            if isinstance(entity, Entity):
                return None
            self._loaded.append(owner)
            return entity

    def put(self, name: str, function: Callable[..., Any]) -> None:
        """Make ``function`` the file's global ``name``."""
        self._globals[name] = function

    def operation(self, name: str) -> Callable[..., Any] | None:
        """Return what does it on any object, where its guest has such."""
        if name not in self._operations:
            request = self._requests.get(name)
            self._operations[name] = None if request is None else self._entity(*request)
        return self._operations[name]

    def lift_any(self, value: Any) -> Any:
        """Put handles into instances of their own classes, in lists, too."""
        kind = type(value)
        if issubclass(kind, MetaFFIHandle) and not issubclass(kind, MetaFFIMapping):
            return lift(self._class_of(value), value)
        if type(value) is list:
            return [self.lift_any(item) for item in value]
        return value

    def lift_results(self, kind: Any, value: Any) -> Any:
        """Put handles into instances, at any rank; ``kind`` may be a tuple for several."""
        if kind is None:
            return value
        if isinstance(kind, tuple):
            return tuple(map(self.lift_results, kind, value))
        if kind is Dynamic:
            return self.lift_any(value)
        if issubclass(kind, Value):
            return _valued(kind, value)
        return lift_results(kind, value)

    def _class_of(self, handle: MetaFFIHandle) -> type[Object]:
        class_of = self.operation("class_of")
        name = "" if class_of is None else class_of(handle)
        return self._described(name) or self._nearest(name, handle)

    def _described(self, name: str) -> type[Object] | None:
        if name not in self._classes:
            found = self._lazy.class_with(name)
            if found is None:
                return None
            self._classes[name] = found
        return self._classes[name]

    def _nearest(self, name: str, handle: MetaFFIHandle) -> type[Object]:
        """Find the nearest class above that is described, and remember it."""
        supertypes_of = self.operation("supertypes_of")
        names = [] if supertypes_of is None else supertypes_of(handle)
        found = [one for other in names if (one := self._described(other)) is not None]
        self._classes[name] = nearest = found[0] if found else self._anonymous(name)
        return nearest

    def _anonymous(self, name: str) -> type[Object]:
        members = {"__metaffi_id__": name, "__module__": self._globals["__name__"]}
        return type(name.rpartition(".")[2] or "Object", (Object,), members)

    def _error(self, type_name: str, error: MetaFFIError) -> BaseException | None:
        """Return what is raised for an exception of the guest, ``None`` for the error itself."""
        kind = self._described(type_name)
        if kind is None and isinstance(error.original, MetaFFIHandle):
            kind = self._class_of(error.original)
        if kind is None or not issubclass(kind, Error):
            return None
        return kind._metaffi_of(error)

    def wrapped(self, kind: Any, value: Any) -> Any:
        """Make a function get objects of stub classes; other values stay as they are."""
        if isinstance(kind, list):
            if isinstance(value, (list, tuple)):
                return [self.wrapped(kind[0], item) for item in value]
            return value
        if not isinstance(kind, Function) or not callable(value):
            return value
        if isinstance(value, (Object, MetaFFIHandle, MetaFFIEntity)):
            return value
        key = value, repr(kind)
        try:
            known = self._wrapped.get(key)
        except TypeError:  # it has no hash
            return self._lifting(value, kind.takes)
        if known is None:
            known = self._wrapped[key] = self._lifting(value, kind.takes)
        return known

    def _lifting(
        self, function: Callable[..., Any], takes: tuple[Any, ...] | None
    ) -> Callable[..., Any]:
        if takes is None:
            lift_any = self.lift_any

            def call_any(*args: Any) -> Any:
                return function(*map(lift_any, args))

            return call_any
        lifted = self.lift_results
        kinds = tuple(map(_lifted, takes))

        def call(*args: Any) -> Any:
            return function(*map(lifted, kinds, args))

        return call


def _lifting(kind: Any, entity: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``entity`` with results in instances of ``kind``, lists of them, too."""
    if issubclass(kind, Value):
        return lambda *args: _valued(kind, entity(*args))

    def call(*args: Any) -> Any:
        value = entity(*args)
        return lift_results(kind, value) if type(value) is list else lift(kind, value)

    return call


def _valued(kind: Any, value: Any) -> Any:
    """Return a plain value as one of a named type, also in lists."""
    if type(value) is list:
        return [_valued(kind, item) for item in value]
    return None if value is None else kind(value)


def _lifted(kind: Any) -> Any:
    """Return what an argument of this kind is lifted to."""
    is_class = isinstance(kind, type) and issubclass(kind, (Object, Value))
    return kind if is_class else Dynamic


class Entity(Generic[_R]):
    """Stands in the global ``name`` until its first call, which loads the entity."""

    __slots__ = ("_lifts", "_module", "_name", "_request", "_wraps")

    def __init__(
        self,
        module: Module,
        name: str,
        path: str,
        params: Sequence[str],
        returns: Sequence[str],
        *,
        lifts: str | None = None,
        wraps: str | None = None,
    ) -> None:
        self._module = module
        self._name = name
        self._request = path, params, returns
        self._lifts = lifts
        self._wraps = wraps

    def __call__(self, *args: Any) -> _R:
        entity = self._module.load(self, *self._request)
        if self._lifts is not None or self._wraps is not None:
            entity = self._module.converting(entity, self._lifts, self._wraps)
        self._module.put(self._name, entity)
        result: _R = entity(*args)
        return result

    @property
    def __name__(self) -> str:
        return self._name

    def reset(self) -> None:
        """Stand in the global again."""
        self._module.put(self._name, self)
