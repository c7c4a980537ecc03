"""A Go function that does not keep a slice gets the caller's own memory, and may write to it."""

from __future__ import annotations

import array
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import HOME

from metaffi import MetaFFIModule, MetaFFIRuntime

SOURCE = Path(__file__).parents[3] / "go" / "fixtures" / "lends" / "lends.go"


@pytest.fixture(scope="module")
def lends(tmp_path_factory: pytest.TempPathFactory) -> MetaFFIModule:
    folder = tmp_path_factory.mktemp("lends")
    command = [str(HOME / "bin" / "metaffi"), "-c", "--idl", str(SOURCE), "-g", "-o", str(folder)]
    subprocess.run(command, check=True, timeout=300, env=os.environ)
    runtime = MetaFFIRuntime("go")
    runtime.load_runtime_plugin()
    return runtime.load_module(str(folder / "lends_MetaFFIGuest.so"))


def test_memory_that_is_only_read_is_not_copied(lends: MetaFFIModule) -> None:
    data = lends.load_entity("callable=Data")
    numbers = np.arange(5, dtype=np.int64)
    assert data(numbers) == numbers.ctypes.data
    numbers.flags.writeable = False
    assert data(numbers) == numbers.ctypes.data
    assert lends.load_entity("callable=Sum")(numbers) == 10
    assert lends.load_entity("callable=Spaces")("a b é ") == 3


def test_writes_reach_writable_memory(lends: MetaFFIModule) -> None:
    double, shout = map(lends.load_entity, ("callable=Double", "callable=Shout"))
    numbers, halves = np.arange(3, dtype=np.int64), np.array([1, 3], dtype=np.float32)
    double(numbers)
    lends.load_entity("callable=Halve")(halves)
    assert numbers.tolist() == [0, 2, 4] and halves.tolist() == [0.5, 1.5]
    items = array.array("q", [1, 2])
    double(items)
    assert items.tolist() == [2, 4]
    text = bytearray(b"quiet words")
    assert shout(memoryview(text)[6:]) == 5 and text == b"quiet WORDS"
    assert shout(text) == 5 and text == b"QUIET WORDS"


def test_read_only_memory_is_not_changed(lends: MetaFFIModule) -> None:
    double, shout = map(lends.load_entity, ("callable=Double", "callable=Shout"))
    numbers, text = np.arange(3, dtype=np.int64), b"quiet"
    numbers.flags.writeable = False
    double(numbers)
    assert numbers.tolist() == [0, 1, 2]
    assert shout(text) == shout(memoryview(text)) == 5
    assert text == b"quiet"
    numbers, items = np.arange(6, dtype=np.int64), [1, 2]
    double(numbers[::2])  # not contiguous
    double(items)
    assert numbers.tolist() == [0, 1, 2, 3, 4, 5] and items == [1, 2]


def test_memory_that_is_not_aligned_is_copied(lends: MetaFFIModule) -> None:
    odd = np.frombuffer(bytearray(25), dtype=np.int64, offset=1)
    odd[:] = 7
    assert lends.load_entity("callable=Sum")(odd) == 21


def test_kept_memory_is_a_copy_and_a_bytearray_is_still_filled(
    lends: MetaFFIModule,
) -> None:
    numbers = np.arange(3, dtype=np.int64)
    lends.load_entity("callable=DoubleAndKeep")(numbers)
    numbers[:] = 100
    assert lends.load_entity("callable=Kept")() == 6
    text = bytearray(b"kept")
    source = lends.load_entity("callable=Source.EmptyStruct")()
    lends.load_entity("callable=Source.Remember,instance_required")(source, text)
    assert text == b"!ept"
    text[:] = b"gone"
    assert lends.load_entity("callable=KeptBytes")() == "!ept"


def test_a_reader_fills_a_bytearray(lends: MetaFFIModule) -> None:
    source = lends.load_entity("callable=Source.EmptyStruct")()
    source.Rest = "some text"
    buffer = bytearray(5)
    read = lends.load_entity("callable=Source.Read,instance_required")
    assert read(source, buffer) == 5 and buffer == b"some "
    assert source.Read(buffer) == 4 and buffer == b"text "


def test_several_numbers_are_filled(lends: MetaFFIModule) -> None:
    numbers = np.zeros(3, dtype=np.int64)
    lends.load_entity("callable=Fill")(7, numbers)
    assert numbers.tolist() == [7, 7, 7]
    with pytest.raises(Exception, match="nothing to fill with 7"):
        lends.load_entity("callable=Fill")(7, np.zeros(0, dtype=np.int64))
