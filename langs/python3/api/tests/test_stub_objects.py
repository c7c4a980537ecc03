"""Objects of stub classes, wherever a value or an object is passed."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from conftest import Echo

from metaffi import MetaFFIEntity, MetaFFIError, MetaFFIHandle, MetaFFIModule, MetaFFITypes

INT = MetaFFITypes.metaffi_int64_type
HANDLE = MetaFFITypes.metaffi_handle_type
ANY = MetaFFITypes.metaffi_any_type


class Counter:
    _metaffi_handle: MetaFFIHandle | None


class FailedError(Exception):
    _metaffi_handle: MetaFFIHandle | None


class Slotted:
    __slots__ = ("_metaffi_handle",)
    _metaffi_handle: MetaFFIHandle | None


class Proxy(Counter):
    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


@pytest.fixture
def new(module: MetaFFIModule) -> MetaFFIEntity:
    return module.load_entity("callable=Counter.new", [INT], [HANDLE])


@pytest.fixture
def increment(module: MetaFFIModule) -> MetaFFIEntity:
    return module.load_entity("callable=Counter.increment,instance_required", [HANDLE], [INT])


@pytest.mark.parametrize("kind", [Counter, FailedError, Slotted, Proxy])
def test_they_are_passed_as_their_handles(
    kind: Any, new: MetaFFIEntity, increment: MetaFFIEntity, echo: Echo
) -> None:
    one = kind()
    one._metaffi_handle = new(5)
    assert increment(one) == 6
    for passed in (
        echo("any")(one),
        echo("handle")(one),
        echo("any")([1, (one,)])[1][0],
        echo("any_array", 1)([one, None])[0],
        echo("handle_array", 1)([one])[0],
        echo("handle_array", 2)([[one], []])[0][0],
    ):
        assert isinstance(passed, MetaFFIHandle) and passed == one._metaffi_handle
    del one, passed


def test_callbacks_return_them(module: MetaFFIModule, new: MetaFFIEntity) -> None:
    one = Counter()
    one._metaffi_handle = new(5)
    callable_type = MetaFFITypes.metaffi_callable_type
    for kind in (ANY, HANDLE):
        call = module.load_entity("callable=call", [callable_type, kind], [kind])
        passed = call(lambda _: one, 1)
        assert isinstance(passed, MetaFFIHandle) and passed == one._metaffi_handle
        del passed


def test_those_with_a_null_handle_are_null(echo: Echo) -> None:
    one = Counter()
    one._metaffi_handle = None
    assert echo("any")(one) is None and echo("handle")(one) is None
    assert echo("handle_array", 1)([one]) == [None]


def test_a_released_one_is_refused(new: MetaFFIEntity, increment: MetaFFIEntity) -> None:
    one = Counter()
    one._metaffi_handle = new(5)
    one._metaffi_handle.release()
    with pytest.raises(MetaFFIError, match="was released"):
        increment(one)


def test_those_without_a_handle_are_python_objects(echo: Echo) -> None:
    odd = Counter()
    odd._metaffi_handle = "a text"  # type: ignore[assignment]
    for mine in (Counter(), odd, Mock(), Proxy()):
        assert echo("any")(mine) is mine
        assert echo("handle")(mine) is mine
