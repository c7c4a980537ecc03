"""Arrays of every element type and rank; buffers and numpy."""

from __future__ import annotations

import array
import gc
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from conftest import Echo

from metaffi import MetaFFIArgumentError, MetaFFIModule, MetaFFITypes
from metaffi._native import live_objects

NUMPY = {
    "float64": np.float64,
    "float32": np.float32,
    "int8": np.int8,
    "int16": np.int16,
    "int32": np.int32,
    "int64": np.int64,
    "uint8": np.uint8,
    "uint16": np.uint16,
    "uint32": np.uint32,
    "uint64": np.uint64,
    "size": np.uint64,
    "bool": np.bool_,
}
VALUES: dict[str, list[Any]] = {
    "float64": [0.5, -0.0, math.inf],
    "float32": [0.5, -1.0],
    "bool": [True, False, True],
    "char8": ["a", "\xff"],
    "char16": ["a", "€"],
    "char32": ["a", "😀"],
    "string8": ["", "ab", "€\0"],
    "string16": ["", "ab", "😀"],
    "string32": ["", "ab", "😀"],
}


def values(name: str) -> list[Any]:
    return VALUES.get(name, [0, 1, 100])


def listed(name: str, items: list[Any]) -> Any:
    return bytes(items) if name == "uint8" else items


@pytest.mark.parametrize("name", [*NUMPY, *list(VALUES)[3:]])
def test_lists_and_tuples_of_every_type_and_rank(echo: Echo, name: str) -> None:
    items = values(name)
    rank1, rank2, rank3 = (echo(f"{name}_array", dims) for dims in (1, 2, 3))
    for given in (items, tuple(items)):
        assert rank1(given) == listed(name, items)
    ragged = [items, [], items[:1]]
    assert rank2(ragged) == [listed(name, row) for row in ragged]
    assert rank3([[], ragged]) == [[], [listed(name, row) for row in ragged]]
    for entity in (rank1, rank2, rank3):
        assert entity([]) in ([], b"")
        assert entity(None) is None


def test_an_undeclared_rank_follows_the_value(echo: Echo) -> None:
    entity = echo("int64_array", -1)
    for value in ([1, 2], [[1], []], [[], [1]], [[[1]], []], []):
        assert entity(value) == value
    assert entity(np.arange(4).reshape(2, 2)) == [[0, 1], [2, 3]]
    itself: list[Any] = []
    itself.append(itself)
    with pytest.raises(MetaFFIArgumentError):
        entity(itself)


def test_errors_name_the_element(echo: Echo) -> None:
    with pytest.raises(
        MetaFFIArgumentError, match="argument 1: element 2: expected int32, got str 'x'"
    ):
        echo("int32_array", 1)([1, 2, "x"])
    with pytest.raises(MetaFFIArgumentError, match="element 1: element 0: int 128 is out of the"):
        echo("int8_array", 2)([[1], [128]])
    for wrong in (1, "text", {1: 2}, object(), Exception):
        with pytest.raises(MetaFFIArgumentError, match="expected int32_array, got"):
            echo("int32_array", 1)(wrong)
    with pytest.raises(MetaFFIArgumentError, match="element 0: expected int32_array, got int 1"):
        echo("int32_array", 2)([1, 2])


def test_other_sequences_and_iterables_are_read_once(echo: Echo) -> None:
    entity = echo("int64_array", 1)
    for given in (range(3), {0, 1, 2}, iter([0, 1, 2]), {0: "a", 1: "b", 2: "c"}.keys()):
        assert entity(given) == [0, 1, 2]
    assert entity(item * 2 for item in (0, 1, 2)) == [0, 2, 4]
    assert echo("int64_array", 2)(iter([row]) for row in (1, 2)) == [[1], [2]]

    def failing() -> Iterator[int]:
        yield 1
        raise KeyError("its own error")

    with pytest.raises(KeyError, match="its own error"):
        entity(failing())
    assert entity([1]) == [1]


def test_a_list_that_its_own_items_empty(echo: Echo) -> None:
    items: list[Any] = []

    class Eraser:
        def __index__(self) -> int:
            items.clear()
            return 1

    items.extend([Eraser(), Eraser(), Eraser()])
    with pytest.raises(IndexError):
        echo("int64_array", 1)(items)
    assert items == []


def test_bytes_and_bytes_like_objects(echo: Echo) -> None:
    entity = echo("uint8_array", 1)
    raw = bytes(range(256))
    for given in (raw, bytearray(raw), memoryview(raw), list(raw), np.frombuffer(raw, np.uint8)):
        result = entity(given)
        assert result == raw and type(result) is bytes
    assert echo("char8_array", 1)(b"ab") == ["a", "b"]
    locked = bytearray(b"abc")
    entity(locked)
    locked.append(1)  # the buffer was released


@pytest.mark.parametrize("name", NUMPY)
def test_numpy_of_the_declared_type(echo: Echo, name: str) -> None:
    items = values(name)
    flat = np.array(items, NUMPY[name])
    assert echo(f"{name}_array", 1)(flat) == listed(name, items)
    cube = np.stack([flat, flat])[None]
    row = listed(name, items)
    assert echo(f"{name}_array", 3)(cube) == [[row, row]]
    assert echo(f"{name}_array", 2)(np.empty((0, 3), NUMPY[name])) == []
    assert echo(f"{name}_array", 2)(np.empty((2, 0), NUMPY[name])) == [listed(name, [])] * 2


def test_buffers_that_are_not_contiguous_are_copied(echo: Echo) -> None:
    grid = np.arange(12, dtype=np.int32).reshape(3, 4)
    flat, nested = echo("int32_array", 1), echo("int32_array", 2)
    assert flat(grid[:, 1]) == [1, 5, 9]
    assert flat(grid[1, ::-1]) == [7, 6, 5, 4]
    assert nested(grid.T) == grid.T.tolist()
    assert nested(np.asfortranarray(grid)) == grid.tolist()
    shifted = np.frombuffer(b"\0" + grid.tobytes(), np.int32, offset=1)
    assert flat(shifted) == list(range(12))


def test_buffers_of_another_type_or_rank_are_refused(echo: Echo) -> None:
    entity = echo("int64_array", 1)
    for wrong, got in [
        (np.zeros(2, np.int32), "int32 and rank 1"),
        (np.zeros((2, 2), np.int64), "int64 and rank 2"),
        (np.zeros(2, ">i8"), "another type and rank 1"),
        (np.zeros(2, np.complex128), "another type and rank 1"),
        (array.array("d", [1.0]), "float64 and rank 1"),
    ]:
        with pytest.raises(MetaFFIArgumentError, match=f"int64_array of rank 1, got a .*{got}"):
            entity(wrong)
    assert entity(array.array("q", [1, 2])) == [1, 2]


@pytest.mark.parametrize("name", NUMPY)
def test_packed_arrays_are_typed_memoryviews(echo: Echo, name: str) -> None:
    items = values(name)
    for given in (items, np.array(items, NUMPY[name])):
        view = echo(f"{name}_packed_array", 1)(given)
        assert isinstance(view, memoryview) and view.tolist() == items and view.readonly
        numbers = np.asarray(view)
        assert numbers.dtype == NUMPY[name] and numbers.tolist() == items
    assert echo(f"{name}_packed_array", 1)([]).tolist() == []


def test_packed_texts_and_handles_are_lists(echo: Echo) -> None:
    item = object()
    assert echo("string8_packed_array", 1)(["a", "b"]) == ["a", "b"]
    assert echo("handle_packed_array", 1)([item])[0] is item


def test_a_packed_result_is_the_guests_buffer(module: MetaFFIModule) -> None:
    count = module.load_entity(
        "callable=range",
        [MetaFFITypes.metaffi_int64_type],
        [MetaFFITypes.metaffi_int64_packed_array_type],
    )
    before = live_objects("loopback")
    view = count(1000)
    numbers = np.asarray(view)
    assert live_objects("loopback") == before + 1
    del view
    gc.collect()
    assert numbers.sum() == 499500 and not numbers.flags.owndata
    assert not numbers.flags.writeable
    with pytest.raises((BufferError, ValueError)):
        numbers[0] = 1
    del numbers
    assert live_objects("loopback") == before
    assert count(0).tolist() == []


def test_several_results_are_a_tuple(module: MetaFFIModule) -> None:
    types = [MetaFFITypes.metaffi_string8_type, MetaFFITypes.metaffi_int64_array_type]
    entity = module.load_entity("callable=echo", types * 6, types * 6)
    arguments = ["a", [1, 2]] * 6
    assert entity(*arguments) == tuple(arguments)
