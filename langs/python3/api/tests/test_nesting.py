"""Nested lists: as deep as allowed, deeper, and cyclic; on large and small stacks."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from conftest import Echo

from metaffi import MetaFFIArgumentError, MetaFFIModule, MetaFFITypes

MOST = 256
ANY = MetaFFITypes.metaffi_any_type
CALLABLE = MetaFFITypes.metaffi_callable_type


class Mine:
    pass


def nested(depth: int, innermost: Any = None) -> list[Any]:
    value = [] if innermost is None else [innermost]
    for _ in range(depth - 1):
        value = [value]
    return value


def cycle() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


def ring() -> list[Any]:
    pair: tuple[list[Any]] = ([],)
    pair[0].append(pair)
    return pair[0]


def test_the_deepest_list_is_returned(echo: Echo) -> None:
    for innermost in (None, 1, 2.5, "text", Mine()):
        value = nested(MOST, innermost)
        assert echo("any")(value) == value
        assert echo("any_array", -1)(value) == value


@pytest.mark.parametrize("value", [nested(MOST + 1), nested(100_000), cycle(), ring()])
def test_a_deeper_list_is_an_argument_error(echo: Echo, value: Any) -> None:
    for entity in (echo("any"), echo("any_array"), echo("any_array", -1), echo("any_array", 3)):
        with pytest.raises(
            MetaFFIArgumentError, match="nested too deeply, or contains itself"
        ) as caught:
            entity(value)
        assert caught.value.kind == "argument"
        assert len(str(caught.value)) < 300
    assert echo("any")([1]) == [1]


def test_the_contents_of_handles_are_not_checked(echo: Echo) -> None:
    value = cycle()
    assert echo("handle")(value) is value


def test_results_of_callbacks_too(module: MetaFFIModule) -> None:
    call = module.load_entity("callable=call", [CALLABLE, ANY], [ANY])
    assert call(lambda _: nested(MOST), None) == nested(MOST)
    for value in (nested(MOST + 1), cycle()):
        with pytest.raises(MetaFFIArgumentError, match="nested too deeply"):
            call(lambda _, value=value: value, None)  # type: ignore[misc]


def test_objects_made_before_a_failure_are_released(module: MetaFFIModule) -> None:
    """`nothing_leaks` counts."""
    call = module.load_entity("callable=call", [CALLABLE, ANY], [ANY])
    for broken in (cycle(), "\ud800"):
        with pytest.raises(MetaFFIArgumentError):
            call(lambda _, broken=broken: [Mine(), [Mine(), broken]], None)  # type: ignore[misc]


def on_thread(kilobytes: int, function: Any, *args: Any) -> Any:
    """Call a function on a thread with a stack of that size."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(function(*args))
        except MetaFFIArgumentError as error:
            outcome.append(error)

    before = threading.stack_size(kilobytes * 1024)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    return outcome[0]


@pytest.mark.parametrize("kilobytes", [256, 512, 1024, 8192])
def test_a_small_stack_is_an_error_and_not_a_crash(echo: Echo, kilobytes: int) -> None:
    assert on_thread(kilobytes, echo("any"), nested(32)) == nested(32)
    deepest = on_thread(kilobytes, echo("any"), nested(MOST))
    if kilobytes >= 1024:
        assert deepest == nested(MOST)
    elif deepest != nested(MOST):
        assert "for the stack of this thread" in str(deepest)
