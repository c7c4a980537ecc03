"""Makes a Python class for each type of another runtime."""

from __future__ import annotations

import copyreg
import types
from collections.abc import Callable, Iterator
from functools import partial
from threading import RLock
from weakref import WeakSet, WeakValueDictionary

from .._member_kinds import GET, METHOD, SET
from .._native import MetaFFIHandle, MetaFFIMapping
from .._pickling import recipe
from ._objects import MetaFFIObject, runtime_of, type_of
from ._operations import namespace_of, register_behaviours
from ._packages import enter
from ._types import ForeignType

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ForeignClass", "class_of_type", "keep", "register", "type_of_class"]


class ForeignClass(type):
    """The class of the objects of one type of another runtime.

    Calling it makes an object there; its attributes are the type's static members and nested
    classes. ``isinstance`` and ``issubclass`` take its supertypes into account.
    """

    __metaffi_type__: ForeignType

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        """Derive a class in Python from one of another language, or from several interfaces."""
        if "__metaffi_type__" in namespace:
            return super().__new__(cls, name, bases, namespace)
        from ._deriving import derived

        return derived(cls, name, bases, namespace)

    @property
    def _metaffi_handle(cls) -> MetaFFIHandle:
        """The handle of the class in its runtime, which is passed for it as an argument."""
        handle: MetaFFIHandle | None = vars(cls).get("_metaffi_own")
        if handle is None:
            raise AttributeError(
                f"{cls.__name__} cannot be used as an object: its language has no object for it"
            )
        return handle

    def __call__(cls, *args: Any, **named: Any) -> Any:
        """Make an object of the class, in its runtime."""
        handle = cls._metaffi_handle
        kind = type_of_class(cls)
        if named:
            return kind.call_named(handle, "", args, named)
        return kind.operate(handle, "call", *args)

    def __getattr__(cls, name: str) -> Any:
        """Find a static member, a nested class, or a method of its objects."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        found = static_member(cls, name)
        if found is not None:
            return found()
        raise AttributeError(
            cls.__metaffi_type__.missing(name).replace("object", "class", 1), name=name, obj=None
        )

    def __setattr__(cls, name: str, value: Any) -> None:
        """Set a static field."""
        if name.startswith("_"):
            type.__setattr__(cls, name, value)
            return
        handle = cls._metaffi_handle
        setter = type_of_class(cls).find(handle, SET, name)
        if setter is None:
            raise AttributeError(cls.__metaffi_type__.missing(name), name=name, obj=None)
        setter(handle, value)

    def __dir__(cls) -> list[str]:
        return sorted({*type.__dir__(cls), *cls.__metaffi_type__.by_name})

    def __instancecheck__(cls, instance: Any) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        if any(
            issubclass(type(instance), kind) for kind in vars(cls).get("_metaffi_implementing", ())
        ):
            return True
        return cls._is_above(type_of(instance))

    def __subclasscheck__(cls, other: type) -> bool:
        if type.__subclasscheck__(cls, other) or other in vars(cls).get(
            "_metaffi_implementing", ()
        ):
            return True
        return cls._is_above(getattr(other, "__metaffi_type__", None))

    def _is_above(cls, kind: ForeignType | None) -> bool:
        own = cls.__dict__.get("__metaffi_type__")
        if kind is None or own is None:
            return False
        return own.language == kind.language and own.name in kind.supertypes

    def __iter__(cls) -> Iterator[Any]:
        """Iterate over the members of an enumeration."""
        return iter(type_of_class(cls).operate(cls._metaffi_handle, "iterate"))

    def __len__(cls) -> int:
        length: int = type_of_class(cls).operate(cls._metaffi_handle, "length")
        return length

    def __bool__(cls) -> bool:
        return True

    def __contains__(cls, item: Any) -> bool:
        return isinstance(item, cls)

    def __getitem__(cls, arguments: Any) -> Any:
        """Accept type arguments, which Python ignores."""
        return types.GenericAlias(cls, arguments)

    def __or__(cls, other: Any) -> Any:
        return type.__or__(cls, other)

    def __repr__(cls) -> str:
        kind = cls.__metaffi_type__
        return f"<class {kind.name!r} of {kind.language}>"


copyreg.pickle(ForeignClass, recipe("natural._recipes", "of_class"))


def keep(cls: ForeignClass, name: str, found: Any) -> None:
    """Store a member in its class, combined with a static method of the same name."""
    if BaseException in cls.__mro__:
        return  # it belongs to the exception's own object
    if cls.__metaffi_type__.has(name, "static method"):
        found = _StaticOrInstance(cls, name, found)
    type.__setattr__(cls, name, found)


def register(cls: ForeignClass, other: type) -> None:
    """Register a Python class as a subclass of a foreign one, for ``isinstance``."""
    if "_metaffi_implementing" not in vars(cls):
        type.__setattr__(cls, "_metaffi_implementing", WeakSet())
    vars(cls)["_metaffi_implementing"].add(other)


_OF_HANDLES = ("release", "runtime_id")
"""Attributes of a handle that the object itself may have too."""


class _ShadowedMember:
    """A member with the name of a handle's attribute, found on first use."""

    def __init__(self, kind: ForeignType, name: str) -> None:
        self._kind = kind
        self.__name__ = name

    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else self._kind.attribute(instance, self.__name__)


class _StaticOrInstance:
    """A static and an instance method with the same name.

    The class has the static one, its objects the other.
    """

    def __init__(self, owner: ForeignClass, name: str, method: Any) -> None:
        self._owner = owner
        self.__name__ = name
        self._method = method
        self._static: Callable[[], Any] | None = None
        self.__doc__ = getattr(method, "__doc__", None)

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is not None:
            return self._method.__get__(instance, owner)
        if self._static is None:
            self._static = static_member(self._owner, self.__name__) or (lambda: self._method)
        return self._static()


# A class is collected with its objects, so everything about it is stored in the class.
_known: WeakValueDictionary[tuple[int, int], ForeignClass] = WeakValueDictionary()
_lock = RLock()


def type_of_class(cls: ForeignClass) -> ForeignType:
    """Return the type of the class itself, as an object of its runtime."""
    found: ForeignType | None = vars(cls).get("_metaffi_class_type")
    if found is None:
        found = ForeignType(cls._metaffi_handle)
        found.python_class = cls
        type.__setattr__(cls, "_metaffi_class_type", found)
    return found


def static_member(cls: ForeignClass, name: str) -> Callable[[], Any] | None:
    """Return a function that returns a static member, or ``None`` if there is none."""
    if "_metaffi_own" not in vars(cls):
        return None
    if "_metaffi_statics" not in vars(cls):
        type.__setattr__(cls, "_metaffi_statics", {})
    statics: dict[str, Callable[[], Any]] = vars(cls)["_metaffi_statics"]
    if name in statics:
        return statics[name]
    handle, kind = cls._metaffi_handle, type_of_class(cls)
    is_method = not kind.has(name, "static value", "class", "value")
    for way in (METHOD, GET) if is_method else (GET, METHOD):
        function = kind.find(handle, way, name)
        if function is None:
            continue
        found: Callable[[], Any] = partial(function, handle)
        if way == METHOD:
            found = partial(_identity, _static_method(function, handle))
        statics[name] = found
        return found
    return None


def _identity(value: Any) -> Any:
    return value


def _static_method(function: Any, handle: MetaFFIHandle) -> Callable[..., Any]:
    """Bind the class, which the function takes first, as a class method does."""
    return types.MethodType(function, handle)


def class_of_type(handle: MetaFFIHandle, number: int, with_own: bool = True) -> ForeignClass:
    """Return the Python class for an object's type; for a class, that of its instances.

    Called by the native module, once for each number, or more often by several threads.
    """
    key = (runtime_of(handle), number)
    with _lock:
        known = _known.get(key)
        made = known if known is not None else _make_class(handle, key)
        if with_own and "_metaffi_own" not in vars(made):
            _keep_own(made, _own_of(handle, made.__metaffi_type__))
        return made


def _make_class(handle: MetaFFIHandle, key: tuple[int, int]) -> ForeignClass:
    kind = ForeignType(handle)
    if "message" in kind.operations:
        from ._exceptions import exception_class

        own = _own_of(handle, kind)
        made = exception_class(kind, own)
        _keep_own(made, own)
    else:
        made = _object_class(kind)
    kind.python_class = made
    _known[key] = made
    enter(made)
    return made


def _keep_own(made: ForeignClass, own: MetaFFIHandle | None) -> None:
    """Store the foreign class, if there is one, where static members are found."""
    if own is not None:
        type.__setattr__(made, "_metaffi_own", own)


def _own_of(handle: MetaFFIHandle, kind: ForeignType) -> MetaFFIHandle | None:
    """Return the class of an object, as an object; for a class, the class itself."""
    numbers = handle._numbers()
    if numbers is not None and numbers[2] != 0:
        return handle
    return handle._class() if "class" in kind.operations else None


def _object_class(kind: ForeignType) -> ForeignClass:
    native = (MetaFFIMapping,) if "mapping" in kind.operations else ()
    namespace = {
        **kind.namespace(),
        "__slots__": (),
        "__doc__": _documentation(kind),
        "__match_args__": tuple(member.name for member in kind.members if member.kind == "value"),
    }
    namespace |= namespace_of(kind)
    namespace |= {name: _ShadowedMember(kind, name) for name in _OF_HANDLES if name in kind.by_name}
    made: ForeignClass = ForeignClass(kind.short_name, (MetaFFIObject, *native), namespace)
    register_behaviours(made, kind)
    return made


def _documentation(kind: ForeignType) -> str:
    constructors = [member.signature for member in kind.members if member.kind == "constructor"]
    parts = [f"{kind.name} of {kind.language}.", kind.doc, *constructors]
    return "\n\n".join(part for part in parts if part)
