"""The types of other runtimes, as these describe them, and their members."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from .._member_kinds import GET, METHOD, NAMED, OPERATION, SET
from .._native import MetaFFIHandle, owner_name
from .._pickling import refused
from ..metaffi_error import MetaFFIError
from ._objects import runtime_of, type_of
from ._packages import PackageName, is_entered

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from ..metaffi_module import MetaFFIModule
    from ._classes import ForeignClass

__all__ = ["ForeignType", "Member"]


class Member:
    """A member of a type, as its runtime describes it."""

    __slots__ = ("doc", "kind", "name", "signature")

    def __init__(self, name: str, kind: str, signature: str, doc: str) -> None:
        self.name = name
        self.kind = kind
        """``method``, ``static method``, ``constructor``, ``value``, ``static value``, …"""
        self.signature = signature
        self.doc = doc


class ForeignType:
    """A type of another runtime: its name, what it derives from, what it can do."""

    python_class: ForeignClass
    """The class of its objects."""
    home: MetaFFIModule | None = None
    """The module that had all classes of the last pickled object of this type."""

    def __init__(self, handle: MetaFFIHandle) -> None:
        described = handle._describe()
        if described is None:
            raise TypeError(f"the runtime of {handle!r} does not describe its type")
        self.name, self.doc, self.supertypes, operations, members = described
        self.language = owner_name(runtime_of(handle))
        self.operations = frozenset(operations)
        self.members = [Member(*member) for member in members]
        self._operations: dict[str, Callable[..., Any] | None] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as an attribute of its class, which must be pickled by name: see ``_packages``."""
        if not is_entered(self.python_class):
            what = "a class that shares its name with another"
            raise refused(self.python_class, what, "pickle it without cloudpickle, or get it")
        return getattr, (self.python_class, "__metaffi_type__")

    @property
    def short_name(self) -> str:
        """The name without its package."""
        return _last_part(self.name.replace("$", ".")) or self.name

    def namespace(self) -> dict[str, Any]:
        """Return what every class for the type has: the type itself, its module and its name."""
        return {
            "__metaffi_type__": self,
            "__module__": PackageName(self.name.rpartition(".")[0] or self.language),
            "__qualname__": _last_part(self.name).replace("$", "."),
        }

    @cached_property
    def by_name(self) -> dict[str, list[Member]]:
        """The members by name; several of one name are overloads."""
        found: dict[str, list[Member]] = {}
        for member in self.members:
            if member.kind != "constructor":
                found.setdefault(member.name, []).append(member)
        return found

    def has(self, name: str, *kinds: str) -> bool:
        """Return whether there is a member of this name and one of these kinds."""
        return any(member.kind in kinds for member in self.by_name.get(name, ()))

    def find(self, handle: MetaFFIHandle, kind: int, name: str) -> Any:
        """Get a member from the runtime, as a function; ``None`` if there is no such member."""
        from ._signatures import signature_of  # here, because it is slow to import

        described = self.by_name.get(name, [])
        qualified = f"{self.short_name}.{name}" if name else self.short_name
        shown = (name, qualified, signature_of(described), self.documentation(name))
        return handle._member(kind, name, shown)

    def operation(self, handle: MetaFFIHandle, name: str) -> Callable[..., Any] | None:
        """Get an operation from the runtime, once; ``None`` if the type does not have it."""
        if name not in self._operations:
            shown = (name, f"{self.short_name}.{name}", None, None)
            self._operations[name] = handle._member(OPERATION, name, shown)
        return self._operations[name]

    def operate(self, handle: MetaFFIHandle, name: str, *args: Any) -> Any:
        """Do an operation that the type has."""
        function = self.operation(handle, name)
        if function is None:
            raise TypeError(f"'{self.name}' object of {self.language} does not support {name}")
        return function(handle, *args)

    def call_named(
        self, handle: MetaFFIHandle, name: str, args: Sequence[Any], named: Mapping[str, Any]
    ) -> Any:
        """Call a method with keyword arguments; an empty ``name`` calls the object itself."""
        function = self.find(handle, NAMED, name)
        if function is None:
            raise TypeError(
                f"{name or self.short_name}() takes no keyword arguments: {self.language} does "
                "not support them"
            )
        return function(handle, list(args), list(named), list(named.values()))

    def attribute(self, instance: Any, name: str) -> Any:
        """Find a method, a field or a property, and store it in the objects' class."""
        if not (name.startswith("__") and name.endswith("__")):
            for make in self._ways(name):
                found = self._made(make, instance, name)
                if found is not None:
                    self.keep(name, found)
                    return found.__get__(instance, type(instance))
        raise AttributeError(self.missing(name), name=name, obj=None)

    def keep(self, name: str, found: Any) -> None:
        """Store a member in the objects' class."""
        from ._classes import keep

        keep(self.python_class, name, found)

    def _made(self, make: Callable[[Any, str], Any], instance: Any, name: str) -> Any:
        try:
            return make(instance, name)
        except MetaFFIError as error:
            if error.kind != "not_found":
                raise
            raise AttributeError(error.message, name=name, obj=None) from None

    def _ways(self, name: str) -> list[Callable[[Any, str], Any]]:
        is_value = self.has(name, "value") and not self.has(name, "method", "abstract method")
        return [self._property, self._method] if is_value else [self._method, self._property]

    def _method(self, instance: Any, name: str) -> Any:
        return self.find(instance, METHOD, name)

    def _property(self, instance: Any, name: str) -> Any:
        getter = self.find(instance, GET, name)
        if getter is None:
            return None
        return property(getter, self.find(instance, SET, name), doc=self.documentation(name))

    def set_attribute(self, instance: Any, name: str, value: Any) -> None:
        """Set a field or a property."""
        known = getattr(type(instance), name, None)
        if isinstance(known, property) and known.fset is None:
            raise AttributeError(f"{name!r} of {self.name} is read-only", name=name, obj=None)
        setter = known.fset if isinstance(known, property) else self.find(instance, SET, name)
        if setter is None:
            raise AttributeError(self.missing(name), name=name, obj=None)
        setter(instance, value)

    def documentation(self, name: str) -> str | None:
        """Return the signatures and the documentation of all members with a name."""
        described = self.by_name.get(name, ())
        parts = [member.signature for member in described]
        parts += [member.doc for member in described if member.doc]
        return "\n\n".join(dict.fromkeys(parts)) or None

    def missing(self, name: str) -> str:
        """Return a message that there is no such member, suggesting a similar one."""
        from difflib import get_close_matches  # here, because it is slow to import

        names = [*self.by_name]
        lower = {known.lower(): known for known in names}
        close = get_close_matches(name, names, 1, 0.6)
        found = lower.get(name.replace("_", "").lower()) or (close[0] if close else None)
        hint = f"; did you mean '{found}'?" if found else ""
        return f"'{self.name}' object of {self.language} has no attribute '{name}'{hint}"


def call_named(name: str, args: list[Any], names: Any) -> Any:
    """Call a method with keyword arguments. Called by the native module.

    ``names`` is a dict, or the names of the last arguments.
    """
    if not isinstance(names, dict):
        values = args[len(args) - len(names) :]
        args, names = args[: len(args) - len(names)], dict(zip(names, values, strict=True))
    instance, *positional = args or [None]
    kind = type_of(instance)
    if kind is None:
        raise TypeError(f"{name}() takes no keyword arguments")
    return kind.call_named(instance, name, positional, names)


def _last_part(name: str) -> str:
    return name.replace("/", ".").rpartition(".")[2]
