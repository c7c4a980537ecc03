"""Python functions that guests call, and guests' functions that Python calls."""

from __future__ import annotations

import functools
import gc
import threading
import traceback
import weakref
from typing import Any
from unittest.mock import Mock

import pytest
from conftest import Echo

from metaffi import (
    MetaFFICallable,
    MetaFFIEntity,
    MetaFFIError,
    MetaFFIModule,
    MetaFFITypes,
    make_metaffi_callable,
    metaffi_types,
    pytype_to_metaffi_type_dict,
)
from metaffi._native import live_objects

ANY = MetaFFITypes.metaffi_any_type
CALLABLE = MetaFFITypes.metaffi_callable_type
INT = MetaFFITypes.metaffi_int64_type


@pytest.fixture(params=["call", "call_on_thread"])
def call(module: MetaFFIModule, request: pytest.FixtureRequest) -> MetaFFIEntity:
    return module.load_entity(f"callable={request.param}", [CALLABLE, ANY], [ANY])


def test_functions_of_every_kind_are_called(call: MetaFFIEntity) -> None:
    class Adder:
        def __init__(self, amount: int) -> None:
            self.amount = amount

        def __call__(self, value: int) -> int:
            return value + self.amount

        def method(self, value: Any) -> Any:
            return value + self.amount

    def annotated(value: int) -> int:
        return value + 1

    for function in (annotated, lambda value: value + 1, Adder(1), Adder(1).method):
        assert call(function, 41) == 42
        assert call(make_metaffi_callable(function), 41) == 42


@pytest.mark.parametrize(
    "value", [None, 1, 2.5, "text", b"raw", [1, "a", None], [[1], [2]], {1: 2}]
)
def test_values_of_every_kind_pass_through(call: MetaFFIEntity, value: Any) -> None:
    seen = []

    def look(argument: Any) -> Any:
        seen.append(argument)
        return argument

    result = call(look, value)
    assert result == seen[0] == value
    if isinstance(value, dict):
        assert result is seen[0] is value


def test_declared_types_hold_in_a_callback(call: MetaFFIEntity) -> None:
    def wrong(value: int) -> int:
        return "text"  # type: ignore[return-value]

    with pytest.raises(
        MetaFFIError, match="result of the Python function: expected int64, got str"
    ):
        call(wrong, 1)


def test_an_exception_comes_back_as_the_same_object(call: MetaFFIEntity) -> None:
    class MyError(Exception):
        pass

    raised = MyError("mine")

    def fail(value: Any) -> Any:
        raise raised

    with pytest.raises(MyError) as caught:
        call(fail, 1)
    assert caught.value is raised
    assert "raise raised" in "".join(traceback.format_exception(caught.value))


def test_a_guests_error_passes_through_a_callback(
    call: MetaFFIEntity, module: MetaFFIModule
) -> None:
    fail = module.load_entity("callable=fail", [MetaFFITypes.metaffi_string8_type], None)

    def through(value: Any) -> Any:
        return fail("from below")

    with pytest.raises(MetaFFIError) as caught:
        call(through, 1)
    assert str(caught.value) == "loopback.Failure: from below"
    assert str(caught.value.cause) == "loopback.Cause: the cause"
    assert (caught.value.language, caught.value.kind) == ("loopback", "guest")


def test_callbacks_nest(call: MetaFFIEntity) -> None:
    def deeper(depth: int) -> Any:
        return call(deeper, depth - 1) + 1 if depth else 0

    assert call(deeper, 20) == 20


def test_a_callback_is_kept_and_called_later(module: MetaFFIModule) -> None:
    keep = module.load_entity("callable=keep", [ANY], None)
    kept = module.load_entity("callable=kept", None, [ANY])

    def function(value: Any) -> Any:
        return value

    probe = weakref.ref(function)
    keep(function)
    assert kept() is function
    del function
    gc.collect()
    assert probe() is kept()
    module.load_entity("callable=forget", None, None)()
    gc.collect()
    assert probe() is None


def test_a_guests_function_is_called_like_an_entity(module: MetaFFIModule, echo: Echo) -> None:
    make_adder = module.load_entity("callable=make_adder", [INT], [CALLABLE])
    adder = make_adder(10)
    assert isinstance(adder, MetaFFIEntity) and adder(5) == 15
    assert adder.entity_path == "" and "(int64) -> int64" in repr(adder)
    with pytest.raises(MetaFFIError, match="the callable: argument 1: expected int64, got str 'x'"):
        adder("x")
    with pytest.raises(MetaFFIError, match=r"the callable takes 1 argument \(int64\), got 0"):
        adder()
    again = echo("callable")(adder)
    assert again(5) == 15 and echo("handle")(adder)
    call = module.load_entity("callable=call", [CALLABLE, ANY], [ANY])
    assert call(adder, 1) == 11


def test_an_entity_may_be_a_callback(call: MetaFFIEntity, echo: Echo) -> None:
    assert call(echo("int64"), 42) == 42


def test_objects_that_are_not_callable(call: MetaFFIEntity) -> None:
    with pytest.raises(MetaFFIError, match="argument 1: expected callable, got int 1"):
        call(1, 1)
    with pytest.raises(MetaFFIError, match=r"takes 2 argument\(s\), got 1|takes 2 arg"):
        call(lambda a, b: a, 1)
    with pytest.raises(MetaFFIError, match="callable"):
        call(None, 1)


def test_callbacks_of_many_threads_at_once(call: MetaFFIEntity) -> None:
    failures = []

    def work(number: int) -> None:
        for step in range(50):
            if call(lambda value: value * 2, number + step) != (number + step) * 2:
                failures.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_types_come_from_annotations_through_the_dict() -> None:
    def function(
        a: str, b: int, c: float, d: bool, e: list[int], f: tuple[int, str], g, h: "str"
    ) -> None:  # type: ignore[no-untyped-def]
        pass

    types = MetaFFITypes
    made = make_metaffi_callable(function)
    array = types.metaffi_array_type
    assert [ty for ty, _, _ in made._params] == [
        types.metaffi_string8_type,
        types.metaffi_int64_type,
        types.metaffi_float64_type,
        types.metaffi_bool_type,
        array,
        array,
        types.metaffi_any_type,
        types.metaffi_string8_type,
    ]
    assert made._retvals == []
    assert make_metaffi_callable(lambda: 1)._retvals == [(types.metaffi_any_type, 0, "")]
    assert made.__name__ == "function" and make_metaffi_callable(made) is made
    assert isinstance(made, MetaFFICallable)
    assert metaffi_types.make_metaffi_callable is make_metaffi_callable


def test_the_dict_can_be_added_to(monkeypatch: pytest.MonkeyPatch, call: MetaFFIEntity) -> None:
    monkeypatch.setitem(pytype_to_metaffi_type_dict, "bytes", MetaFFITypes.metaffi_uint8_array_type)

    def function(data: bytes) -> bytes:
        return data[::-1]

    assert make_metaffi_callable(function)._params == [
        (MetaFFITypes.metaffi_uint8_array_type, 0, "")
    ]
    assert call(function, b"abc") == b"cba"
    assert make_metaffi_callable(function)(b"ab") == b"ba"


def test_functions_with_optional_and_variadic_parameters(call: MetaFFIEntity) -> None:
    def some(first: int, second: int = 2, *others: int) -> int:
        return first + second + sum(others)

    shapes: list[tuple[Any, Any, Any]] = [
        (some, 40, 42),
        (int, "40", 40),
        (max, [40, 1], 40),
        (Mock(return_value=42), 40, 42),
    ]
    for function, value, expected in shapes:
        assert call(function, value) == call(make_metaffi_callable(function), value) == expected
    with pytest.raises(MetaFFIError, match=r"takes 2 argument\(s\), 1 were given"):
        call(lambda a, b: a, 1)
    with pytest.raises(MetaFFIError, match=r"takes 2 or more argument\(s\), 1 were given"):
        call(lambda a, b, *c: a, 1)
    with pytest.raises(MetaFFIError, match=r"takes 2 to 3 argument\(s\), 1 were given"):
        call(lambda a, b, c=0: a, 1)
    with pytest.raises(TypeError, match="expected a callable, got 1"):
        make_metaffi_callable(1)  # type: ignore[arg-type]


def test_functions_of_one_code_have_their_own_types(call: MetaFFIEntity) -> None:
    def typed(annotation: Any) -> Any:
        def function(value):  # type: ignore[no-untyped-def]
            return value

        if annotation is not None:
            function.__annotations__ = {"value": annotation, "return": annotation}
        return function

    for _ in range(2):
        assert call(typed(int), 1) == 1
        assert call(typed(None), "any") == "any"
        with pytest.raises(MetaFFIError, match="expected int64, got str"):
            call(typed(int), "text")
    function = typed(int)
    assert call(function, 1) == 1
    function.__annotations__["return"] = str
    with pytest.raises(MetaFFIError, match="expected string8, got int"):
        call(function, 1)


def test_decorated_functions_have_the_types_of_the_wrapped_function(call: MetaFFIEntity) -> None:
    def decorate(function: Any) -> Any:
        @functools.wraps(function)
        def wrapper(*args: Any) -> Any:
            return function(*args)

        return wrapper

    @decorate
    def number(value: int) -> int:
        return value

    @decorate
    def anything(value):  # type: ignore[no-untyped-def]
        return value

    for _ in range(2):
        assert call(number, 1) == 1 and call(anything, "any") == "any"
        with pytest.raises(MetaFFIError, match="expected int64, got str"):
            call(number, "text")


@pytest.mark.parametrize("made", [False, True])
def test_a_function_that_is_held_is_passed_as_the_same_object(
    module: MetaFFIModule, call: MetaFFIEntity, made: bool
) -> None:
    keep = module.load_entity("callable=keep", [CALLABLE], None)
    forget = module.load_entity("callable=forget", None, None)

    def function(value: int) -> int:
        return value + live_objects() - before

    passed: Any = make_metaffi_callable(function) if made else function
    before = live_objects()
    keep(passed)
    for _ in range(3):
        assert call(passed, 41) == 42  # there is one object, which is held and called
        keep(passed)
    if not made:
        function.__annotations__ = {"value": str, "return": str}
        with pytest.raises(MetaFFIError, match="expected string8"):
            call(passed, 41)
    forget()
    assert live_objects() == before
    probe = weakref.ref(passed)
    del passed, function
    gc.collect()
    assert probe() is None


def test_defaults_and_methods_of_one_code(call: MetaFFIEntity) -> None:
    class Adder:
        def add(self, value: int, more: int = 1) -> int:
            return value + more

    adder = Adder()
    for _ in range(2):
        assert call(adder.add, 41) == 42
        with pytest.raises(MetaFFIError, match=r"takes 2 to 3 argument"):
            call(Adder.add, 41)
    Adder.add.__defaults__ = None
    with pytest.raises(MetaFFIError, match=r"takes 2 argument"):
        call(adder.add, 41)


def test_a_change_of_the_dict_takes_effect_at_once(
    monkeypatch: pytest.MonkeyPatch, call: MetaFFIEntity
) -> None:
    def function(value: int) -> int:
        return value

    assert call(function, 1) == 1
    monkeypatch.setitem(pytype_to_metaffi_type_dict, "int", MetaFFITypes.metaffi_string8_type)
    with pytest.raises(MetaFFIError, match="expected string8, got int"):
        call(function, 1)
    monkeypatch.undo()
    assert call(function, 1) == 1
