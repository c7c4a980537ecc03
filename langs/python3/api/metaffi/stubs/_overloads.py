"""Overloaded functions: the arguments' types decide which one is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, Generic, Self, TypeVar

from ..metaffihandle import MetaFFIHandle
from ._kinds import Char, Entries, Function, Items
from ._module import Module
from ._objects import Object

_PLAIN = (bool, int, float, str, bytes, list, tuple)

_T = TypeVar("_T")


class Receiver:
    """The kind of a method's object, which may be any."""


_CONVERTED = 4
_NULL, _FUNCTION, _ANY, _OWN_OBJECT, _OTHER_CLASS, _REST = 30, 40, 50, 55, 60, 1000
"""Costs of converting a value; functions with any number of arguments come last."""


class Overload:
    """One of the functions.

    ``takes`` has a kind for each parameter: ``bool``, ``int``, ``float``, ``str``, ``Char``,
    ``bytes``, a stub class, ``MetaFFIHandle`` (any other object), a ``Function``, ``Items``,
    ``Entries``, ``object`` (anything), ``None``, or a tuple of those that a guest's class
    for plain values stands for; for an array, a list of one of them. With ``rest`` the last
    kind applies to all further arguments, which become an array. ``lifts`` are the kinds of
    the results, as for ``lift_results``. Both may be written as text. Only older stubs pass
    ``lowers``.
    """

    __slots__ = ("_lifts", "_request", "_rest", "_takes")

    def __init__(
        self,
        path: str,
        params: Sequence[str],
        returns: Sequence[str],
        takes: tuple[Any, ...] | str,
        *,
        lifts: Any = None,
        lowers: bool = False,
        rest: bool = False,
    ) -> None:
        self._request = path, params, returns
        self._takes: Any = takes
        self._lifts = lifts
        self._rest = rest

    def settle(self, module: Module) -> Self:
        """Evaluate kinds that are written as text, before the first use."""
        if isinstance(self._takes, str):
            self._takes = module.kind(self._takes)
        if isinstance(self._lifts, str):
            self._lifts = module.kind(self._lifts)
        return self

    def cost(self, args: tuple[Any, ...]) -> int | None:
        """Return the cost of converting ``args``, or ``None`` if they are not accepted."""
        takes = self._takes
        if self._rest:
            takes = takes[:-1] + takes[-1:] * (len(args) - len(takes) + 1)
        if len(args) != len(takes):
            return None
        return _sum(map(_cost, takes, args), _REST if self._rest else 0)

    def load(self, module: Module, owner: Overloads[Any]) -> Callable[..., Any]:
        """Load the function, and return it with the conversions that it needs."""
        entity = module.load(owner, *self._request)
        is_wrapped = any(map(_is_wrapped, self._takes))
        if not is_wrapped and not self._rest and self._lifts is None:
            return entity
        lifts, takes, rest = self._lifts, self._takes, len(self._takes) - 1

        def call(*args: Any) -> Any:
            if self._rest:
                args = (*args[:rest], args[rest:])
            if is_wrapped:
                args = tuple(map(module.wrapped, kinds, args))
            return module.lift_results(lifts, entity(*args))

        kinds = (*takes[:rest], [takes[rest]]) if self._rest else takes
        return call

    def __str__(self) -> str:
        takes = [_text(kind) for kind in self._takes if kind is not Receiver]
        if self._rest:
            takes[-1] = f"*{takes[-1]}"
        return f"({', '.join(takes)})"

    @property
    def looks_at_values(self) -> bool:
        """Return whether the arguments' types are not enough to choose it."""
        kinds: tuple[Any, ...] = self._takes
        return any(kind in (Char, [Char]) for kind in kinds)

    @property
    def takes_object(self) -> bool:
        """Return whether it is a method, whose first argument is the object."""
        return bool(self._takes[:1] == (Receiver,))


class Overloads(Generic[_T]):
    """All functions of one name, the preferred ones first."""

    def __init__(self, module: Module, name: str, *functions: Overload) -> None:
        self._module = module
        self._name = name
        self._functions = functions
        self._is_settled = False
        self._loaded: dict[Overload, Callable[..., Any]] = {}
        self._chosen: dict[tuple[type, ...], Callable[..., Any]] = {}
        # For these the choice depends on the value: on the elements of a list.
        self._value_dependent: set[type] = {list, tuple}

    def __call__(self, *args: Any) -> _T:
        types = tuple(map(type, args))
        function = self._chosen.get(types)
        if function is None:
            function = self._choose(args, types)
        result: _T = function(*args)
        return result

    @property
    def __name__(self) -> str:
        return self._name

    def _choose(self, args: tuple[Any, ...], types: tuple[type, ...]) -> Callable[..., Any]:
        if not self._is_settled:
            self._settle()
        costs = [(function.cost(args), function) for function in self._functions]
        fitting = [(cost, function) for cost, function in costs if cost is not None]
        if not fitting:
            raise TypeError(self._mismatch(types))
        _, best = min(fitting, key=lambda one: one[0])
        function = self._loaded.get(best)
        if function is None:
            function = self._loaded[best] = best.load(self._module, self)
        if self._value_dependent.isdisjoint(types):
            self._chosen[types] = function
        return function

    def _settle(self) -> None:
        for function in self._functions:
            function.settle(self._module)
        if any(function.looks_at_values for function in self._functions):
            self._value_dependent.add(str)
        self._is_settled = True

    def _mismatch(self, types: tuple[type, ...]) -> str:
        given = types[1:] if self._functions[0].takes_object else types
        names = ", ".join(one.__name__ for one in given)
        lines = [f"{self._name} does not accept ({names}); it accepts"]
        return "\n    ".join([*lines, *map(str, self._functions)])

    def reset(self) -> None:
        """Forget the loaded functions."""
        self._loaded = {}
        self._chosen = {}


def _sum(costs: Iterable[int | None], total: int = 0) -> int | None:
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return total


def _is_wrapped(kind: Any) -> bool:
    if isinstance(kind, list):
        return _is_wrapped(kind[0])
    return isinstance(kind, Function) and not kind.is_plain


def _cost(kind: Any, value: Any) -> int | None:
    if type(value) is kind and kind is not MetaFFIHandle:
        return 0
    if kind is object or kind is Receiver:
        return _ANY
    if kind is None or value is None:
        return _cost_of_null(kind, value)
    if isinstance(kind, list):
        return _cost_of_items(kind[0], value)
    if isinstance(kind, tuple):
        return _cost_of_one_of(kind, value)
    if kind in (bool, int, float, bytes):
        return _cost_of_plain(kind, value)
    if kind is Char:
        return 1 if isinstance(value, str) and _is_one_unit(value) else None
    if kind is Items or kind is Entries or isinstance(kind, Function):
        return _cost_of_converted(kind, value)
    if kind is not MetaFFIHandle and isinstance(value, kind):
        return 1 + _distance(kind, type(value))
    if kind is MetaFFIHandle or (isinstance(kind, type) and issubclass(kind, Object)):
        return _cost_of_object(value)
    return None


def _is_one_unit(text: str) -> bool:
    return len(text) == 1 and ord(text) < 0x10000


def _cost_of_null(kind: Any, value: Any) -> int | None:
    if kind is None:
        return 0 if value is None else None
    return None if kind in (bool, int, float, Char) else _NULL


def _cost_of_object(value: Any) -> int | None:
    """Accept objects of other classes, though at a high cost: only the guest can check them."""
    if isinstance(value, _PLAIN):
        return None
    if isinstance(value, MetaFFIHandle) or hasattr(value, "_metaffi_handle"):
        return _OTHER_CLASS
    return _FUNCTION if callable(value) else _OWN_OBJECT


def _cost_of_converted(kind: Any, value: Any) -> int | None:
    """Return the cost of a value that a guest converts to a function, a collection or a map."""
    is_foreign = isinstance(value, MetaFFIHandle) or hasattr(value, "_metaffi_handle")
    if isinstance(kind, Function):
        fits = callable(value)
    elif kind is Entries:
        fits = isinstance(value, Mapping) or (is_foreign and hasattr(value, "keys"))
    else:
        fits = isinstance(value, Iterable) and not isinstance(value, (str, bytes))
    if is_foreign:
        return _CONVERTED + 1 if fits else _OTHER_CLASS
    return _CONVERTED if fits else None


def _cost_of_plain(kind: type, value: Any) -> int | None:
    if kind is bytes:
        return 1 if isinstance(value, (bytearray, memoryview)) else _cost_of_items(int, value)
    if kind is bool:
        return None
    number = Integral if kind is int else Real
    if not isinstance(value, number):
        return None
    return 3 if isinstance(value, bool) else 1


def _cost_of_one_of(kinds: tuple[Any, ...], value: Any) -> int | None:
    costs = [cost for kind in kinds if (cost := _cost(kind, value)) is not None]
    if costs:
        return 1 + min(costs)
    return _OTHER_CLASS if isinstance(value, (Object, MetaFFIHandle)) else None


def _cost_of_items(kind: Any, value: Any) -> int | None:
    if isinstance(value, (list, tuple)):
        one_of_each_type = {type(item): item for item in value}.values()
        return _sum((_cost(kind, item) for item in one_of_each_type), 1)
    formats = {bool: "?", int: "bBhHiIlLqQnN", float: "efd"}.get(kind, "")
    try:
        return 2 if memoryview(value).format[-1:] in (*formats,) else None
    except TypeError:
        return None


def _distance(kind: type, of: type) -> int:
    return of.__mro__.index(kind) if kind in of.__mro__ else 0


def _text(kind: Any) -> str:
    if isinstance(kind, list):
        return f"[{_text(kind[0])}]"
    if isinstance(kind, tuple):
        return " | ".join(map(_text, kind))
    if isinstance(kind, Function):
        return "function"
    return getattr(kind, "__name__", "None")
