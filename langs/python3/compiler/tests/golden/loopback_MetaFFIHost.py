"""Stubs of loopback, a module of loopback, made by metaffi 0.4.0. Do not edit.

Call bind_module_to_code() before anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from metaffi import stubs as _stubs

__all__ = [
    "Counter",
    "add",
    "bind_module_to_code",
    "call",
    "call_on_thread",
    "concat",
    "divide",
    "echo",
    "echo_int64",
    "echo_string",
    "fail",
    "forget",
    "keep",
    "kept",
    "live_objects",
    "make_adder",
    "panic",
    "range",
    "sum",
    "void",
]

_module = _stubs.Module(globals(), version=2, made_by="0.4.0")


def bind_module_to_code(module_path: str, runtime_plugin: str) -> None:
    """Bind these stubs to their code; each entity is loaded when it is first called."""
    _module.bind(module_path, runtime_plugin)


if not __debug__:
    # Type checkers and editors read this block; Python's compiler skips it. Each
    # class and function is compiled from this text when it is first used.

    class Counter(_stubs.Object):
        __metaffi_id__ = "Counter"

        def __init__(self, start: int) -> None:
            """A counter."""
            self._metaffi_handle = _Counter_new(start)

        @_module.direct
        def increment(self) -> int:
            """Adds one, and returns the new value."""
            return _Counter_increment(self._metaffi_handle)

        @property
        def value(self) -> int:
            """The value."""
            return _Counter_get_value(self._metaffi_handle)

        @value.setter
        def value(self, value: int) -> None:
            """Sets the value."""
            _Counter_set_value(self._metaffi_handle, value)

    @_module.direct
    def void() -> None:
        """Does nothing."""
        _void()

    @_module.direct
    def add(a: int, b: int) -> int:
        """The sum of two integers; wraps at 64 bits."""
        return _add(a, b)

    @_module.direct
    def echo_int64(value: int) -> int:
        """The same integer."""
        return _echo_int64(value)

    @_module.direct
    def echo_string(text: str) -> str:
        """The same text."""
        return _echo_string(text)

    @_module.direct
    def concat(left: str, right: str) -> str:
        """Both texts, one after the other."""
        return _concat(left, right)

    @_module.direct
    def divide(a: int, b: int) -> tuple[int, int]:
        """Quotient and remainder; fails with loopback.DivisionByZero."""
        return _divide(a, b)

    @_module.direct
    def sum(values: _stubs.Array[float]) -> float:
        """The sum of the elements."""
        return _sum(values)

    @_module.direct
    def range(count: int) -> memoryview:
        """0 to count-1, as one buffer without a copy."""
        return _range(count)

    @_module.direct
    def fail(message: str) -> None:
        """Fails with loopback.Failure, caused by loopback.Cause."""
        _fail(message)

    @_module.direct
    def panic(message: str) -> None:
        """Panics."""
        _panic(message)

    @_module.direct
    def keep(value: object) -> None:
        """Keeps any value until `kept` or `forget`."""
        _keep(value)

    @_module.direct
    def kept() -> Any:
        """The last value passed to `keep`."""
        return _kept()

    @_module.direct
    def forget() -> None:
        """Drops the kept value."""
        _forget()

    @_module.direct
    def call(function: Callable[..., Any] | None, argument: object) -> Any:
        """Calls a function with one argument."""
        return _call(function, argument)

    @_module.direct
    def call_on_thread(function: Callable[..., Any] | None, argument: object) -> Any:
        """The same from a thread that the host has never seen."""
        return _call_on_thread(function, argument)

    @_module.direct
    def make_adder(amount: int) -> Callable[..., Any]:
        """A function that adds to its argument."""
        _result: Callable[..., Any]
        _result = _make_adder(amount)
        return _result

    @_module.direct
    def live_objects(owners: str) -> tuple[int, str]:
        """Counts objects that others hold, of runtimes with this name prefix: 3, `openjdk 2, go 1`."""
        return _live_objects(owners)

    def echo(*values: object) -> list[Any]:
        """The arguments, whatever their types."""
        _result: list[Any]
        _result = _echo(values)
        return _result

    _Counter_new = _stubs.Entity[Any](
        _module, "_Counter_new", "callable=Counter.new", ["int64"], ["handle<Counter>"]
    )
    _Counter_increment = _stubs.Entity[int](
        _module,
        "_Counter_increment",
        "callable=Counter.increment,instance_required",
        ["handle"],
        ["int64"],
    )
    _Counter_get_value = _stubs.Entity[int](
        _module,
        "_Counter_get_value",
        "field=Counter.value,instance_required,getter",
        ["handle"],
        ["int64"],
    )
    _Counter_set_value = _stubs.Entity[None](
        _module,
        "_Counter_set_value",
        "field=Counter.value,instance_required,setter",
        ["handle", "int64"],
        [],
    )
    _void = _stubs.Entity[None](_module, "_void", "callable=void", [], [])
    _add = _stubs.Entity[int](
        _module, "_add", "callable=add", ["int64", "int64"], ["int64"]
    )
    _echo_int64 = _stubs.Entity[int](
        _module, "_echo_int64", "callable=echo_int64", ["int64"], ["int64"]
    )
    _echo_string = _stubs.Entity[str](
        _module, "_echo_string", "callable=echo_string", ["string8"], ["string8"]
    )
    _concat = _stubs.Entity[str](
        _module, "_concat", "callable=concat", ["string8", "string8"], ["string8"]
    )
    _divide = _stubs.Entity[tuple[int, int]](
        _module, "_divide", "callable=divide", ["int64", "int64"], ["int64", "int64"]
    )
    _sum = _stubs.Entity[float](
        _module, "_sum", "callable=sum", ["float64_array"], ["float64"]
    )
    _range = _stubs.Entity[memoryview](
        _module, "_range", "callable=range", ["int64"], ["int64_packed_array"]
    )
    _fail = _stubs.Entity[None](_module, "_fail", "callable=fail", ["string8"], [])
    _panic = _stubs.Entity[None](_module, "_panic", "callable=panic", ["string8"], [])
    _keep = _stubs.Entity[None](_module, "_keep", "callable=keep", ["any"], [])
    _kept = _stubs.Entity[Any](
        _module, "_kept", "callable=kept", [], ["any"], lifts="_stubs.Dynamic"
    )
    _forget = _stubs.Entity[None](_module, "_forget", "callable=forget", [], [])
    _call = _stubs.Entity[Any](
        _module,
        "_call",
        "callable=call",
        ["callable", "any"],
        ["any"],
        lifts="_stubs.Dynamic",
        wraps="(_stubs.Function(None), None,)",
    )
    _call_on_thread = _stubs.Entity[Any](
        _module,
        "_call_on_thread",
        "callable=call_on_thread",
        ["callable", "any"],
        ["any"],
        lifts="_stubs.Dynamic",
        wraps="(_stubs.Function(None), None,)",
    )
    _make_adder = _stubs.Entity[Any](
        _module,
        "_make_adder",
        "callable=make_adder",
        ["int64"],
        ["callable"],
        lifts="_stubs.Dynamic",
    )
    _live_objects = _stubs.Entity[tuple[int, str]](
        _module,
        "_live_objects",
        "callable=live_objects",
        ["string8"],
        ["int64", "string8"],
    )
    _echo = _stubs.Entity[Any](
        _module,
        "_echo",
        "callable=echo",
        ["any_array"],
        ["any_array"],
        lifts="_stubs.Dynamic",
    )
