"""What runtimes say of their types, and what is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from .._member_kinds import GET, METHOD, NAMED, OPERATION, SET
from .._native import MetaFFIHandle, owner_name
from .._pickling import refused
from ..metaffi_error import MetaFFIError
from ._objects import runtime_of, type_of
from ._packages import PackageName, is_entered

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
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
    """What had all classes of the last of its objects that was pickled."""

    def __init__(self, handle: MetaFFIHandle) -> None:
        described = handle._describe()
        if described is None:
            raise TypeError(f"{handle!r} has no type that its runtime tells")
        self.name, self.doc, self.supertypes, operations, members = described
        self.language = owner_name(runtime_of(handle))
        self.operations = frozenset(operations)
        self.members = [Member(*member) for member in members]
        self._operations: dict[str, Callable[..., Any] | None] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with its class, where that does not go with its type: see ``_packages``."""
        if not is_entered(self.python_class):
            what = "a class whose name another one has, too,"
            raise refused(self.python_class, what, "pickle it without cloudpickle, or get it")
        return getattr, (self.python_class, "__metaffi_type__")

    @property
    def short_name(self) -> str:
        """The name without its package's."""
        return _last_part(self.name.replace("$", ".")) or self.name

    def namespace(self) -> dict[str, Any]:
        """Return what every class for the type has: the type itself, and where it lies."""
        return {
            "__metaffi_type__": self,
            "__module__": PackageName(self.name.rpartition(".")[0] or self.language),
            "__qualname__": _last_part(self.name).replace("$", "."),
        }

    @cached_property
    def by_name(self) -> dict[str, list[Member]]:
        """The members of each name: several are overloads."""
        found: dict[str, list[Member]] = {}
        for member in self.members:
            if member.kind != "constructor":
                found.setdefault(member.name, []).append(member)
        return found

    def has(self, name: str, *kinds: str) -> bool:
        """Whether there is a member of this name and one of these kinds."""
        return any(member.kind in kinds for member in self.by_name.get(name, ()))

    def find(self, handle: MetaFFIHandle, kind: int, name: str) -> Any:
        """Ask for what objects of the type do by a name; ``None`` where it has no such member."""
        from ._signatures import signature_of  # not before: it is heavy

        described = self.by_name.get(name, [])
        qualified = f"{self.short_name}.{name}" if name else self.short_name
        shown = (name, qualified, signature_of(described), self.documentation(name))
        return handle._member(kind, name, shown)

    def operation(self, handle: MetaFFIHandle, name: str) -> Callable[..., Any] | None:
        """Ask for an operation, once; ``None`` where it has no such one."""
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
        """Call a method with arguments by name; the object itself where ``name`` is empty."""
        function = self.find(handle, NAMED, name)
        if function is None:
            raise TypeError(
                f"{name or self.short_name}() takes no keyword arguments: {self.language} has no "
                "names for them"
            )
        return function(handle, list(args), list(named), list(named.values()))

    def attribute(self, instance: Any, name: str) -> Any:
        """Find a method, a field or a property, and keep it in the class of the objects."""
        if not (name.startswith("__") and name.endswith("__")):
            for make in self._ways(name):
                found = self._made(make, instance, name)
                if found is not None:
                    self.keep(name, found)
                    return found.__get__(instance, type(instance))
        raise AttributeError(self.missing(name), name=name, obj=None)

    def keep(self, name: str, found: Any) -> None:
        """Keep a member in the class of the objects."""
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
            raise AttributeError(
                f"{name!r} of {self.name} can be read, not set", name=name, obj=None
            )
        setter = known.fset if isinstance(known, property) else self.find(instance, SET, name)
        if setter is None:
            raise AttributeError(self.missing(name), name=name, obj=None)
        setter(instance, value)

    def documentation(self, name: str) -> str | None:
        """Return the signatures and the documentation of all members of a name."""
        described = self.by_name.get(name, ())
        parts = [member.signature for member in described]
        parts += [member.doc for member in described if member.doc]
        return "\n\n".join(dict.fromkeys(parts)) or None

    def missing(self, name: str) -> str:
        """Say that there is no such member, and offer a similar one."""
        from difflib import get_close_matches  # not before: it is heavy

        names = [*self.by_name]
        lower = {known.lower(): known for known in names}
        close = get_close_matches(name, names, 1, 0.6)
        found = lower.get(name.replace("_", "").lower()) or (close[0] if close else None)
        hint = f"; did you mean '{found}'?" if found else ""
        return f"'{self.name}' object of {self.language} has no attribute '{name}'{hint}"


def call_named(name: str, args: list[Any], names: Any) -> Any:
    """Call a method with arguments by name; called by the native module.

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
