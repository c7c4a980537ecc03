"""Errors are pickled, modules and entities are loaded again, and the rest is refused."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from metaffi import (
    MetaFFIArgumentError,
    MetaFFIError,
    MetaFFIModule,
    MetaFFIRuntime,
    MetaFFITypes,
    make_metaffi_callable,
    metaffi_type_info,
    ship,
)
from metaffi._files import Piece

INT = MetaFFITypes.metaffi_int64_type
TEXT = MetaFFITypes.metaffi_string8_type
HANDLE = MetaFFITypes.metaffi_handle_type

Copy = Callable[[MetaFFIError], MetaFFIError]


def by_pickle(protocol: int) -> Copy:
    return lambda error: pickle.loads(pickle.dumps(error, protocol))


COPIES = [*map(by_pickle, range(pickle.HIGHEST_PROTOCOL + 1)), copy.copy, copy.deepcopy]


def failure(module: MetaFFIModule, text: str = "bo\0 😀") -> MetaFFIError:
    with pytest.raises(MetaFFIError) as caught:
        module.load_entity("callable=fail", [TEXT], None)(text)
    return caught.value


def parts(error: BaseException | None) -> list[Any]:
    """Return all attributes of a chain of errors."""
    if error is None:
        return []
    names = ("message", "type_name", "stack_trace", "language", "kind", "__notes__")
    own = [getattr(error, name, None) for name in names]
    return [type(error), str(error), *own, *parts(error.__cause__)]


@pytest.mark.parametrize("copied", COPIES)
def test_an_error_keeps_all_its_parts(module: MetaFFIModule, copied: Copy) -> None:
    error = failure(module)
    error.add_note("seen by the test")
    again = copied(error)
    assert again is not error
    assert parts(again) == parts(error) and len(parts(error)) > 10
    assert again.cause is again.__cause__ and again.__suppress_context__
    assert again.original is None


@pytest.mark.parametrize("copied", COPIES)
def test_attributes_that_belong_to_the_process_are_dropped(
    module: MetaFFIModule, copied: Copy
) -> None:
    handle = module.load_entity("callable=Counter.new", [INT], [HANDLE])(1)
    cause = MetaFFIArgumentError("inner", original=handle)
    cause.where = {"handle": handle}  # type: ignore[attr-defined]
    error = MetaFFIError("outer", cause=cause, original=handle)
    error.args = ("outer", handle)
    error.entity = module  # type: ignore[attr-defined]
    error.numbers = [7]  # type: ignore[attr-defined]
    again = copied(error)
    assert str(again) == "outer" and again.args == ("outer",)
    assert again.numbers == [7]  # type: ignore[attr-defined]
    assert type(again.cause) is MetaFFIArgumentError and str(again.cause) == "inner"
    assert not hasattr(again, "entity")
    if copied is copy.copy:  # a shallow copy, with the same cause
        assert again.cause is cause
    else:
        assert not hasattr(again.cause, "where")
    assert error.original is handle, "the error itself is not changed"


@pytest.mark.parametrize("copied", [*COPIES[2:-2], copy.deepcopy])
def test_an_error_that_refers_to_itself(copied: Copy) -> None:
    error = MetaFFIError("circle")
    error.itself = [error]  # type: ignore[attr-defined]
    again = copied(error)
    assert again.itself == [again]  # type: ignore[attr-defined]
    error.itself = again.itself = None  # type: ignore[attr-defined]


def test_a_python_cause_is_included() -> None:
    error = MetaFFIError("outer", cause=KeyError("inner"))
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again.__cause__, KeyError) and again.__cause__.args == ("inner",)


class OwnError(MetaFFIError):
    """Takes other arguments than its base."""

    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}", type_name="Own", stack_trace="somewhere")
        self.code = code


@pytest.mark.parametrize("copied", COPIES)
def test_a_class_derived_from_it(copied: Copy) -> None:
    again = copied(OwnError(7))
    assert isinstance(again, OwnError) and again.code == 7
    assert parts(again) == parts(OwnError(7))


def fail_in_worker(text: str) -> None:
    module = MetaFFIRuntime("loopback").load_module("loopback")
    module.load_entity("callable=fail", [TEXT], None)(text)


def test_an_error_of_a_worker_process(module: MetaFFIModule) -> None:
    want = failure(module)
    spawn = get_context("spawn")
    with ProcessPoolExecutor(1, spawn) as pool:
        from_executor = pool.submit(fail_in_worker, want.message).exception()
    assert isinstance(from_executor, MetaFFIError)
    assert parts(from_executor)[:8] == parts(want)[:8]
    assert parts(from_executor.cause) == parts(want.cause)
    with spawn.Pool(1) as processes, pytest.raises(MetaFFIError) as caught:
        processes.apply(fail_in_worker, (want.message,))
    assert parts(caught.value)[:8] == parts(want)[:8]


EVERY_PROTOCOL = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", EVERY_PROTOCOL)
def test_entities_modules_and_runtimes_are_loaded_again(
    module: MetaFFIModule, protocol: int
) -> None:
    add = module.load_entity("callable=add", [INT, INT], [INT])
    rows = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, "rows", dims=2)
    table = module.load_entity("callable=echo", [rows], [rows])
    runtime, again, table_again, add_again = pickle.loads(
        pickle.dumps([module.runtime, module, table, add], protocol)
    )
    assert runtime.runtime_plugin == "loopback" and again.module_path == module.module_path
    assert add_again(2, 3) == 5 and type(add_again) is type(add)
    assert repr(table_again) == repr(table) and table_again([[1], [2, 3]]) == [[1], [2, 3]]
    assert add_again.entity_path == add.entity_path
    assert copy.deepcopy(add)(1, 1) == 2


def test_a_pickle_leads_to_the_same_module_after_the_folder_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "recipes_here.py").write_text("def one():\n    return 1\n")
    monkeypatch.chdir(tmp_path)
    module = MetaFFIRuntime("python3").load_module("./recipes_here.py")
    one = module.load_entity("callable=one", None, [INT])
    monkeypatch.chdir("/")
    assert pickle.loads(pickle.dumps(one))() == 1


@make_metaffi_callable
def decorated(number: int) -> int:
    return number + 1


def plain(number: int) -> int:
    return number + 2


@pytest.mark.parametrize("protocol", EVERY_PROTOCOL)
def test_callables_are_pickled_by_name_or_by_their_function(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(decorated, protocol)) is decorated
    again = pickle.loads(pickle.dumps(make_metaffi_callable(plain), protocol))
    assert again(1) == 3 and again._params == make_metaffi_callable(plain)._params


def test_using_something_unavailable_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    from metaffi import _recipes, imports

    absent = _recipes.Recipe("go", (Piece("a.so", "/nowhere/a.so", "d1", 1),))
    with pytest.raises(MetaFFIError, match="/nowhere/a.so, .*d1, 1 bytes.* is not here"):
        _recipes.remake("module", absent)
    monkeypatch.setattr(_recipes, "_is_worker", lambda: True)
    value = _recipes.remake("module", absent)
    uses: list[Callable[[], Any]] = [
        value,
        value.f,
        lambda: value["f"],
        lambda: isinstance(1, value),
        lambda: list(value),
        lambda: _recipes.Named("f")(value),
        imports._imported("a", [(value, "a")]),
    ]
    for use in uses:
        with pytest.raises(MetaFFIError, match="is not here"):
            use()
    assert value.__reduce__() == (_recipes.remake, ("module", absent))


def test_a_module_without_files_cannot_be_shipped(module: MetaFFIModule) -> None:
    with pytest.raises(MetaFFIError, match="has no files to ship"):
        ship(module)


def test_errors_say_why_something_cannot_be_pickled(module: MetaFFIModule) -> None:
    counter = module.load_entity("callable=Counter.new", [INT], [HANDLE])(1)
    attempts: list[Callable[[], Any]] = [lambda: copy.deepcopy(counter)]
    for protocol in EVERY_PROTOCOL:
        attempts.append(lambda protocol=protocol: pickle.dumps([counter], protocol))  # type: ignore[misc]
    says = (
        "an object of another runtime belongs to this process; get the object again in the process"
    )
    for attempt in attempts:
        with pytest.raises(TypeError, match=f"cannot pickle or copy .*: {says}"):
            attempt()
