"""Loading runtimes, modules and entities, and the attributes of entities."""

from __future__ import annotations

import gc
import inspect
import os
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from metaffi import (
    MetaFFIArgumentError,
    MetaFFIEntity,
    MetaFFIError,
    MetaFFIHandle,
    MetaFFIModule,
    MetaFFIRuntime,
    MetaFFITypes,
    metaffi_type_info,
    new_metaffi_type_info,
)

INT = MetaFFITypes.metaffi_int64_type
TEXT = MetaFFITypes.metaffi_string8_type


def load_add(module: MetaFFIModule) -> MetaFFIEntity:
    return module.load_entity("callable=add", [INT, INT], [INT])


def test_types_may_be_infos_or_bare_in_lists_or_tuples(module: MetaFFIModule) -> None:
    for params in ([INT, INT], (INT, INT), [new_metaffi_type_info(INT), metaffi_type_info(INT)]):
        assert module.load_entity("callable=add", params, (INT,))(2, 3) == 5
    assert module.load_entity("callable=void", None, None)() is None
    assert module.load_entity("callable=void", [], ())() is None
    with pytest.raises(TypeError, match="expected a metaffi_type_info or one of MetaFFITypes"):
        module.load_entity("callable=add", ["int64"], None)  # type: ignore[list-item]


def test_the_attributes_of_an_entity(module: MetaFFIModule) -> None:
    add = load_add(module)
    assert (add.__name__, add.__qualname__, add.entity_path) == ("add", "add", "callable=add")
    assert add.__doc__ == "The sum of two integers; wraps at 64 bits."
    assert add.convention == "generic"
    assert repr(add) == "<MetaFFIEntity add(int64, int64) -> int64>"
    assert callable(add) and isinstance(add, MetaFFIEntity)
    assert weakref.ref(add)() is add
    get = module.load_entity(
        "field=Counter.value,instance_required,getter", [MetaFFITypes.metaffi_handle_type], [INT]
    )
    assert (get.__name__, get.__qualname__) == ("value", "Counter.value")


def test_inspect_reads_the_signature(module: MetaFFIModule) -> None:
    signature = inspect.signature(load_add(module))
    assert str(signature) == "(arg1: int, arg2: int, /) -> int"
    types = [
        metaffi_type_info(MetaFFITypes.metaffi_handle_type),
        metaffi_type_info(MetaFFITypes.metaffi_string16_array_type, dims=2),
        metaffi_type_info(MetaFFITypes.metaffi_uint8_array_type),
        metaffi_type_info(MetaFFITypes.metaffi_float32_packed_array_type),
        metaffi_type_info(MetaFFITypes.metaffi_callable_type),
        metaffi_type_info(MetaFFITypes.metaffi_any_type),
    ]
    signature = inspect.signature(module.load_entity("callable=echo", types, types))
    assert [parameter.annotation for parameter in signature.parameters.values()] == [
        Any,
        list[list[str]],
        bytes,
        list[float],
        Callable[..., Any],
        Any,
    ]
    returned = tuple[MetaFFIHandle, list[list[str]], bytes, memoryview, Callable[..., Any], Any]
    assert signature.return_annotation == returned
    assert (
        inspect.signature(module.load_entity("callable=void", None, None)).return_annotation is None
    )


def test_wrong_counts_and_keywords(module: MetaFFIModule) -> None:
    add = load_add(module)
    expected = r"`callable=add` takes 2 arguments \(int64, int64\), got {}"
    for arguments in ((), (1,), (1, 2, 3)):
        with pytest.raises(MetaFFIArgumentError, match=expected.format(len(arguments))):
            add(*arguments)
    with pytest.raises(MetaFFIArgumentError, match="takes no keyword arguments"):
        add(1, b=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        add()
    assert add(*[1, 2], **{}) == 3


def test_entities_are_made_by_loading_only() -> None:
    with pytest.raises(TypeError):
        MetaFFIEntity()
    with pytest.raises(TypeError):
        MetaFFIEntity.extra = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        type("Derived", (MetaFFIEntity,), {})  # type: ignore[misc]


def test_errors_about_missing_things_list_what_exists(runtime: MetaFFIRuntime) -> None:
    with pytest.raises(MetaFFIError, match="no runtime `openjkd`.*found in .*plugins") as caught:
        MetaFFIRuntime("openjkd").load_runtime_plugin()
    assert caught.value.kind == "not_found" and "loopback" in str(caught.value)
    with pytest.raises(MetaFFIError, match="no loopback module `lopback`; did you mean"):
        runtime.load_module("lopback")
    module = runtime.load_module("loopback")
    with pytest.raises(MetaFFIError, match="no callable `ad` in .*did you mean `add`"):
        module.load_entity("callable=ad", None, None)
    with pytest.raises(MetaFFIError) as caught:
        module.load_entity("callable=add", [TEXT], None)
    assert caught.value.kind == "signature"
    with pytest.raises(MetaFFIError, match="callable=a=b"):
        module.load_entity("callable=a=b", None, None)
    assert load_add(module)(1, 1) == 2


def test_loading_twice_is_harmless_and_releasing_one_load_leaves_the_other() -> None:
    first, second = MetaFFIRuntime("loopback"), MetaFFIRuntime("test")
    first.load_runtime_plugin()
    first.load_runtime_plugin()
    adders = [load_add(runtime.load_module("loopback")) for runtime in (first, second)]
    first.release_runtime_plugin()
    first.release_runtime_plugin()
    with pytest.raises(MetaFFIError, match="released") as caught:
        adders[0](1, 2)
    assert caught.value.kind == "released"
    assert adders[1](1, 2) == 3
    assert load_add(first.load_module("loopback"))(1, 2) == 3  # loads it again


def test_a_module_of_a_released_runtime(runtime: MetaFFIRuntime) -> None:
    with MetaFFIRuntime("loopback") as own:
        module = own.load_module("loopback")
        assert "loaded" in repr(own) and "loopback" in repr(module)
        assert module.runtime is own and module.module_path == "loopback"
        assert own.runtime_plugin == "loopback"
    with pytest.raises(MetaFFIError, match="released"):
        load_add(module)
    assert MetaFFIModule(runtime, "loopback").runtime is runtime


def test_entities_outlive_their_module_and_runtime() -> None:
    add = load_add(MetaFFIRuntime("loopback").load_module("loopback"))
    gc.collect()
    assert add(20, 22) == 42


def test_names_that_utf_8_cannot_encode(runtime: MetaFFIRuntime, module: MetaFFIModule) -> None:
    loads: list[Callable[[str], object]] = [
        lambda name: MetaFFIRuntime(name).load_runtime_plugin(),
        runtime.load_module,
        lambda name: module.load_entity(name, None, None),
        lambda name: module.load_entity("callable=echo", [metaffi_type_info(TEXT, name)], None),
    ]
    whats = ["runtime", "module path", "entity path", "alias"]
    for what, load in zip(whats, loads, strict=True):
        with pytest.raises(MetaFFIArgumentError, match="lone surrogate .at index 2.") as caught:
            load(os.fsdecode(b"a.\xff"))
        assert str(caught.value).startswith(what + r" 'a.\udcff' contains")
