"""Java exceptions as Python classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from metaffi import MetaFFIError, MetaFFIHandle, MetaFFIRuntime, MetaFFITypes

T = MetaFFITypes
module = MetaFFIRuntime("openjdk").load_module(".")


class EmptyError(Exception):
    """Holds the Java exception, like exceptions of stubs."""

    _metaffi_handle: MetaFFIHandle

    def __init__(self, error: MetaFFIError) -> None:
        super().__init__(error.message)
        assert error.original is not None
        self._metaffi_handle = error.original

    def __call__(self, method: str, *results: MetaFFITypes) -> Any:
        path = f"class=Exceptions$Empty,callable={method},instance_required"
        return module.load_entity(path, [T.metaffi_handle_type], results)(self)


def resolve(type_name: str, error: MetaFFIError) -> BaseException | None:
    return EmptyError(error) if type_name == "Exceptions$Empty" else None


def raised(call: Callable[[], Any]) -> EmptyError:
    try:
        call()
    except EmptyError as error:
        return error
    raise AssertionError("no exception")


module._resolve_errors(resolve)


def load(name: str, params: list[MetaFFITypes], *results: MetaFFITypes) -> Any:
    return module.load_entity(f"class=Exceptions,callable={name}", params, results)


# It has a message, a cause, a trace, and the methods of the Java exception.
fail = load("fail", [])
error = raised(fail)
assert str(error) == "nothing here"
assert error("size", T.metaffi_int32_type) == 0
assert error("getMessage", T.metaffi_string8_type) == "nothing here"
assert isinstance(error.__cause__, MetaFFIError) and error.__cause__.message == "the cause"
assert any("Exceptions.fail" in note for note in error.__notes__)

# Functions that the module returns raise it too.
function = load("failing", [], T.metaffi_callable_type)()
assert str(raised(lambda: function(5))) == "no 5"
(function,) = load("several", [], T.metaffi_callable_array_type)()
assert str(raised(lambda: function("x"))) == "no x"

# An exception that leaves a callback is the original in Java, and so is any other one.
comes_home = load(
    "comesHome", [T.metaffi_callable_type, T.metaffi_handle_type], T.metaffi_bool_type
)


def raises(_: Any) -> None:
    raise error


def raises_another(_: Any) -> None:
    raise ValueError("mine")


assert comes_home(raises, error) is True
assert comes_home(raises_another, error) is False

print("ok")
