"""Python classes that derive from classes and interfaces of other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ._exceptions import ForeignError
from ._implementing import implements

if TYPE_CHECKING:
    from ._classes import ForeignClass
    from ._types import ForeignType

__all__ = ["Derived", "derived"]


def derived(metaclass: type, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
    """Make the class for a ``class`` statement with foreign bases."""
    if any(issubclass(base, ForeignError) for base in bases):
        return type.__new__(metaclass, name, bases, namespace)
    foreign: list[Any] = [base for base in bases if isinstance(base, metaclass)]
    others = tuple(base for base in bases if not isinstance(base, metaclass))
    classes = [base for base in foreign if "interface" not in base.__metaffi_type__.operations]
    if not classes:
        made = type(name, others or (object,), namespace)
        return implements(*foreign)(made)
    if len(classes) > 1:
        names = ", ".join(base.__name__ for base in classes)
        raise TypeError(f"{name} derives from several classes of another language: {names}")
    interfaces = [base for base in foreign if base is not classes[0]]
    return type(name, (_base_of(classes[0], interfaces), *others), namespace)


class Derived:
    """An object of a Python class that derives from a class of another language.

    It also has an object in the other language, with the members of the foreign class, which
    calls the methods that are overridden here; ``super()`` calls those of the other language.
    Each of the two keeps the other alive: call ``release()`` when the object is not needed any
    more.
    """

    __metaffi_type__: ClassVar[ForeignType]
    _metaffi_base: ClassVar[ForeignClass]
    _metaffi_interfaces: ClassVar[list[ForeignClass]]
    _metaffi_made: ClassVar[ForeignClass | None] = None
    _metaffi_handle: Any

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._metaffi_made = None
        if "_metaffi_base" not in vars(cls):
            from ._classes import register

            _class_for(cls)  # fails here if the class cannot be derived from
            for base in (cls._metaffi_base, *cls._metaffi_interfaces):
                register(base, cls)

    def __init__(self, *args: Any) -> None:
        self._metaffi_handle = _class_for(type(self))(self, *args)

    def __getattr__(self, name: str) -> Any:
        if name == "_metaffi_handle":
            raise AttributeError(f"{type(self).__name__}.__init__ did not call super().__init__()")
        return getattr(self._metaffi_handle, name)

    def release(self) -> None:
        """Release the object of the other language."""
        handle = self.__dict__.pop("_metaffi_handle", None)
        if handle is not None:
            handle.release()

    def _items(self) -> Any:
        return self._metaffi_handle._items()

    def __str__(self) -> str:
        return str(self._metaffi_handle)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._metaffi_handle}>"

    def __eq__(self, other: object) -> bool:
        return self is other or bool(self._metaffi_handle == other)

    def __hash__(self) -> int:
        return hash(self._metaffi_handle)


def _base_of(base: ForeignClass, interfaces: list[ForeignClass]) -> type:
    """Make the Python base of all classes that derive from a class of another language."""
    from ._operations import namespace_of

    kind = base.__metaffi_type__
    found = namespace_of(kind)
    namespace: dict[str, Any] = {
        name: value for name, value in found.items() if name not in vars(Derived)
    }
    namespace |= {name: _Inherited(name) for name in kind.by_name if name not in namespace}
    namespace |= {"__metaffi_type__": kind, "_metaffi_base": base}
    return type(base.__name__, (Derived,), {**namespace, "_metaffi_interfaces": interfaces})


class _Inherited:
    """A member of the foreign class, which a Python class may override."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None:
            return getattr(owner._metaffi_base, self._name)
        is_overridden = self._name in _overrides(type(instance))
        handle = instance._metaffi_handle
        return getattr(handle, f"super${self._name}" if is_overridden else self._name)

    def __set__(self, instance: Any, value: Any) -> None:
        setattr(instance._metaffi_handle, self._name, value)


def _overrides(cls: Any) -> list[str]:
    """Return the names of members of the foreign class that Python classes override."""
    found: dict[str, None] = {}
    kinds = [cls._metaffi_base, *cls._metaffi_interfaces]
    names = {name for base in kinds for name in base.__metaffi_type__.by_name}
    for base in cls.__mro__:
        if "_metaffi_base" in vars(base):
            break
        found |= {
            name: None for name, value in vars(base).items() if callable(value) and name in names
        }
    return list(found)


def _class_for(cls: type[Derived]) -> ForeignClass:
    """Make the foreign class whose methods call those of a Python class."""
    if cls._metaffi_made is None:
        from ._classes import type_of_class

        base = cls._metaffi_base
        cls._metaffi_made = type_of_class(base).operate(
            base._metaffi_handle, "derive", cls._metaffi_interfaces, _overrides(cls), cls.__name__
        )
    return cls._metaffi_made
