"""Exception classes of stubs, raised instead of ``MetaFFIError``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metaffi import MetaFFIError, MetaFFIModule, MetaFFIRuntime, MetaFFITypes

INT = MetaFFITypes.metaffi_int64_type
TEXT = MetaFFITypes.metaffi_string8_type
ANY = MetaFFITypes.metaffi_any_type
HANDLE = MetaFFITypes.metaffi_handle_type
CALLABLE = MetaFFITypes.metaffi_callable_type
CLASSES: dict[str, Callable[[MetaFFIError], BaseException | None]] = {}


class Failure(LookupError):  # noqa: N818
    def __init__(self, error: MetaFFIError) -> None:
        super().__init__(error.message)


CLASSES["loopback.Failure"] = Failure


@pytest.fixture(scope="module")
def stubbed(runtime: MetaFFIRuntime) -> MetaFFIModule:
    """Load a module that raises Failure for one type, and MetaFFIError for others."""
    module = runtime.load_module("loopback")

    def resolve(type_name: str, error: MetaFFIError) -> BaseException | None:
        assert type(error) is MetaFFIError and error.type_name == type_name
        return CLASSES.get(type_name, lambda _: None)(error)

    module._resolve_errors(resolve)
    return module


def test_the_stubs_exception_is_raised(stubbed: MetaFFIModule, module: MetaFFIModule) -> None:
    fail = stubbed.load_entity("callable=fail", [TEXT], None)
    with pytest.raises(Failure) as caught:
        fail("boo")
    error = caught.value
    assert str(error) == "boo"
    assert isinstance(error.__cause__, MetaFFIError)
    assert error.__cause__.type_name == "loopback.Cause"
    assert error.__notes__ == ["stack trace of loopback:\nat loopback.fail"]
    assert error.__traceback__ is not None and error.__context__ is None
    with pytest.raises(MetaFFIError):  # of another load of the module
        module.load_entity("callable=fail", [TEXT], None)("boo")


def test_the_exception_being_handled_is_its_context(stubbed: MetaFFIModule) -> None:
    fail = stubbed.load_entity("callable=fail", [TEXT], None)
    before = KeyError("before")
    with pytest.raises(Failure) as caught:
        try:
            raise before
        except KeyError:
            fail("boo")
    assert caught.value.__context__ is before


def test_an_exception_that_comes_back_is_the_original(stubbed: MetaFFIModule) -> None:
    mine = Failure(MetaFFIError("mine"))
    call = stubbed.load_entity("callable=call", [CALLABLE, ANY], [ANY])

    def fails(_: object) -> None:
        raise mine

    with pytest.raises(Failure) as caught:
        call(fails, 1)
    assert caught.value is mine


def test_wrong_arguments_are_not_the_guests(stubbed: MetaFFIModule) -> None:
    with pytest.raises(TypeError, match="takes 1 argument"):
        stubbed.load_entity("callable=fail", [TEXT], None)()


def test_an_error_while_making_it_is_raised(
    stubbed: MetaFFIModule, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail = stubbed.load_entity("callable=fail", [TEXT], None)
    monkeypatch.setitem(CLASSES, "loopback.Failure", lambda error: {}["none"])
    with pytest.raises(KeyError) as caught:
        fail("boo")
    assert isinstance(caught.value.__context__, MetaFFIError)


def test_the_function_can_be_set_only_once(stubbed: MetaFFIModule) -> None:
    with pytest.raises(RuntimeError, match="already"):
        stubbed._resolve_errors(lambda *_: None)
