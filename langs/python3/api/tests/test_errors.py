"""Errors of guests, and that everything works after one."""

from __future__ import annotations

import traceback

import pytest

from metaffi import MetaFFIArgumentError, MetaFFIEntity, MetaFFIError, MetaFFIModule, MetaFFITypes

INT = MetaFFITypes.metaffi_int64_type
TEXT = MetaFFITypes.metaffi_string8_type


@pytest.fixture
def fail(module: MetaFFIModule) -> MetaFFIEntity:
    return module.load_entity("callable=fail", [TEXT], None)


def test_a_guests_error_has_all_its_parts(fail: MetaFFIEntity) -> None:
    with pytest.raises(MetaFFIError) as caught:
        fail("nö\0pe 😀")
    error = caught.value
    assert isinstance(error, RuntimeError) and not isinstance(error, TypeError)
    assert str(error) == "loopback.Failure: nö\0pe 😀"
    assert error.message == "nö\0pe 😀"
    assert error.type_name == "loopback.Failure"
    assert error.stack_trace == "at loopback.fail"
    assert (error.language, error.kind) == ("loopback", "guest")
    assert error.original is None


def test_attributes_are_set_on_first_access(fail: MetaFFIEntity) -> None:
    with pytest.raises(MetaFFIError) as caught:
        fail("boo")
    error = caught.value
    assert "message" not in vars(error), "not accessed yet"
    error.type_name = "mine"
    error.add_note("mine")
    assert str(error) == "mine: boo"
    assert error.__notes__ == ["stack trace of loopback:\nat loopback.fail", "mine"]
    del error.__notes__
    assert not hasattr(error, "__notes__") and error.stack_trace == "at loopback.fail"
    with pytest.raises(AttributeError, match="'MetaFFIError' object has no attribute 'other'"):
        _ = error.other  # type: ignore[attr-defined]


def test_causes_are_chained_like_pythons(fail: MetaFFIEntity) -> None:
    with pytest.raises(MetaFFIError) as caught:
        fail("boo")
    cause = caught.value.cause
    assert cause is caught.value.__cause__
    assert isinstance(cause, MetaFFIError) and str(cause) == "loopback.Cause: the cause"
    assert cause.cause is None
    shown = "".join(traceback.format_exception(caught.value))
    assert "metaffi.MetaFFIError: loopback.Failure: boo" in shown
    assert "at loopback.fail" in shown and "direct cause" in shown


def test_a_panic_is_an_error(module: MetaFFIModule) -> None:
    with pytest.raises(MetaFFIError, match="panic: oh no") as caught:
        module.load_entity("callable=panic", [TEXT], None)("oh no")
    assert caught.value.kind == "panic"


def test_a_guests_own_error_about_arguments(module: MetaFFIModule) -> None:
    any_type = MetaFFITypes.metaffi_any_type
    add = module.load_entity("callable=add", [any_type, any_type], [any_type])
    with pytest.raises(MetaFFIArgumentError, match="expected int64, got string8"):
        add(1, "2")
    assert add(1, 2) == 3


def test_the_next_call_works(module: MetaFFIModule, fail: MetaFFIEntity) -> None:
    divide = module.load_entity("callable=divide", [INT, INT], [INT, INT])
    for _ in range(100):
        with pytest.raises(MetaFFIError, match="loopback.DivisionByZero: 7 cannot be divided by 0"):
            divide(7, 0)
        assert divide(7, 2) == (3, 1)


def test_a_refused_argument_leaves_nothing_behind(module: MetaFFIModule) -> None:
    handle, string = MetaFFITypes.metaffi_handle_array_type, MetaFFITypes.metaffi_string8_type
    entity = module.load_entity("callable=echo", [handle, string], [handle, string])
    for _ in range(10):
        with pytest.raises(MetaFFIArgumentError, match="argument 2"):
            entity([object(), object()], 5)


def test_an_error_has_the_exception_being_handled_as_context(fail: MetaFFIEntity) -> None:
    handled = KeyError("first")
    with pytest.raises(MetaFFIError) as caught:
        try:
            raise handled
        except KeyError:
            fail("second")
    assert caught.value.__context__ is handled


def test_errors_made_by_hand() -> None:
    error = MetaFFIError("message", type_name="T", cause=ValueError("v"))
    assert str(error) == "T: message" and error.cause is None
    assert isinstance(error.__cause__, ValueError)
    assert str(MetaFFIError("plain")) == "plain"
    assert str(MetaFFIError("T", type_name="T")) == "T"
