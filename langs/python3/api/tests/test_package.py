"""The package itself: names, type bits, typing."""

from __future__ import annotations

import copy
import importlib
import os
import pickle
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import HOME

import metaffi
from metaffi import MetaFFITypes, metaffi_type_info, new_metaffi_type_info
from metaffi._native import type_bits


def test_the_types_have_the_bits_of_the_c_interface() -> None:
    bits = {name.lower(): bit for name, bit in type_bits()}
    packed = bits.pop("packed")
    array = bits["array"]
    for name, bit in bits.items():
        assert MetaFFITypes[f"metaffi_{name}_type"] == bit
        if name not in ("null", "array"):
            assert MetaFFITypes[f"metaffi_{name}_array_type"] == bit | array
        with_packed = f"metaffi_{name}_packed_array_type"
        if with_packed in MetaFFITypes.__members__:
            assert MetaFFITypes[with_packed] == bit | array | packed
    assert len(MetaFFITypes.__members__) == 23 + 21 + 15


def test_type_infos() -> None:
    info = new_metaffi_type_info(MetaFFITypes.metaffi_handle_type, "java.util.List", 1)
    assert info == metaffi_type_info(
        MetaFFITypes.metaffi_handle_type, alias="java.util.List", dims=1
    )
    assert (info.metaffi_type, info.alias, info.dims) == (
        MetaFFITypes.metaffi_handle_type,
        "java.util.List",
        1,
    )
    assert new_metaffi_type_info(MetaFFITypes.metaffi_any_type).alias is None


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("metaffi_runtime", ["MetaFFIRuntime"]),
        ("metaffi_module", ["MetaFFIModule", "MetaFFIEntity"]),
        ("metaffihandle", ["MetaFFIHandle"]),
        ("metaffi_handle", ["MetaFFIHandle"]),
        (
            "metaffi_types",
            ["MetaFFITypes", "metaffi_type_info", "make_metaffi_callable"],
        ),
    ],
)
def test_names_are_the_same_everywhere(name: str, names: list[str]) -> None:
    found = importlib.import_module(f"metaffi.{name}")
    for public in names:
        assert getattr(found, public) is getattr(metaffi, public)
        assert public in metaffi.__all__ and public in found.__all__


def test_a_module_is_loaded_by_its_constructor() -> None:
    module = metaffi.MetaFFIModule(metaffi.MetaFFIRuntime("loopback"), "loopback")
    assert (module.runtime.runtime_plugin, module.module_path) == ("loopback", "loopback")
    int64 = MetaFFITypes.metaffi_int64_type
    assert module.load_entity("callable=add", [int64, int64], [int64])(2, 3) == 5


def test_an_object_is_a_metaffi_handle() -> None:
    from metaffi.metaffi_handle import metaffi_handle

    module = metaffi.MetaFFIRuntime("loopback").load_module("loopback")
    types = [MetaFFITypes.metaffi_int64_type], [MetaFFITypes.metaffi_handle_type]
    counter = module.load_entity("callable=Counter.new", *types)(41)
    assert isinstance(counter, metaffi_handle)
    assert metaffi.metaffi_handle.MetaFFIHandle is metaffi_handle


def test_a_type_info_is_a_value() -> None:
    info = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=2)
    assert hash(info) == hash(copy.copy(info)) and pickle.loads(pickle.dumps(info)) == info
    assert info != metaffi_type_info(MetaFFITypes.metaffi_int64_array_type) and info != 2
    assert repr(info).startswith("metaffi_type_info(metaffi_type=") and "dims=2)" in repr(info)
    with pytest.raises(AttributeError, match="make another"):
        info.dims = 3
    with pytest.raises(AttributeError, match="make another"):
        del info.alias
    match info:
        case metaffi_type_info(_, None, 2):
            pass
        case _:
            raise AssertionError(info)


HEAVY = {
    *(
        "argparse",
        "ast",
        "asyncio",
        "contextlib",
        "dataclasses",
        "difflib",
        "dis",
        "importlib.metadata",
    ),
    *(
        "inspect",
        "json",
        "logging",
        "pathlib",
        "pickle",
        "platform",
        "re",
        "subprocess",
        "tempfile",
    ),
    *("traceback", "typing", "urllib", "zipfile"),
}
"""Modules that take longer to import than this whole package."""


def test_the_import_is_fast_and_has_no_warnings() -> None:
    code = """
import sys
before = set(sys.modules)
import metaffi
print(*(set(sys.modules) - before), metaffi.__version__)
"""
    # Without `site`, which imports other modules, and without the sources beside the tests.
    command = [sys.executable, "-P", "-S", "-W", "error", "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(HOME / "python")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    *modules, version = done.stdout.split()
    assert "metaffi._native" in modules and version == metaffi.__version__
    assert not HEAVY.intersection(modules)


def test_natural_is_imported_when_it_is_used() -> None:
    code = """
import sys
import metaffi
print("metaffi.natural" in sys.modules, {"natural", "MetaFFIObject"} <= set(dir(metaffi)))
from metaffi import MetaFFIObject
print(metaffi.natural.MetaFFIObject is MetaFFIObject, "MetaFFIObject" in vars(metaffi))
print(getattr(metaffi, "nothing", None))
"""
    environment = {**os.environ, "PYTHONPATH": str(HOME / "python")}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True", "True", "None"]


def test_every_public_name_is_documented() -> None:
    for name in metaffi.__all__:
        assert getattr(metaffi, name).__doc__, name


def test_the_package_and_its_use_are_typed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            """
            from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes
            from metaffi.metaffi_types import new_metaffi_type_info

            with MetaFFIRuntime("loopback") as runtime:
                module = runtime.load_module("loopback")
                text = new_metaffi_type_info(MetaFFITypes.metaffi_string8_type)
                concat = module.load_entity("callable=concat", (text, text), [text])
                try:
                    answer: str = concat("a", "b")
                except MetaFFIError as error:
                    print(error.type_name, error.cause, concat.__name__, concat.convention)
            """
        )
    )
    package = HOME / "python" / "metaffi"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--cache-dir",
            str(tmp_path),
            str(package),
            str(program),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
