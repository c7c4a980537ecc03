"""The package as such: names, type bits, typing."""

from __future__ import annotations

import importlib
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import HOME

import metaffi
from metaffi import MetaFFITypes, metaffi_type_info, new_metaffi_type_info
from metaffi._native import type_bits


def test_the_types_have_the_bits_that_travel() -> None:
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
