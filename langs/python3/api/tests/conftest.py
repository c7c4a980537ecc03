"""The tests run with a staged installation, which METAFFI_HOME names."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = Path(os.environ.get("METAFFI_HOME", ""))
if not (HOME / "python" / "metaffi").is_dir():
    raise SystemExit("set METAFFI_HOME to a staged installation (cargo xtask stage)")
sys.path.insert(0, str(HOME / "python"))

from metaffi import MetaFFIEntity, MetaFFIModule, MetaFFIRuntime, MetaFFITypes  # noqa: E402
from metaffi._native import live_objects  # noqa: E402
from metaffi.metaffi_types import metaffi_type_info  # noqa: E402

Echo = Callable[..., MetaFFIEntity]


@pytest.fixture(scope="session")
def runtime() -> MetaFFIRuntime:
    runtime = MetaFFIRuntime("loopback")
    runtime.load_runtime_plugin()
    return runtime


@pytest.fixture(scope="session")
def module(runtime: MetaFFIRuntime) -> MetaFFIModule:
    return runtime.load_module("loopback")


@pytest.fixture(scope="session")
def echo(module: MetaFFIModule) -> Echo:
    """Make an entity that returns its argument, of a given type."""

    def make(name: str, dims: int = 0) -> MetaFFIEntity:
        info = metaffi_type_info(MetaFFITypes[f"metaffi_{name}_type"], dims=dims)
        return module.load_entity("callable=echo", [info], [info])

    return make


@pytest.fixture(autouse=True)
def nothing_leaks(module: MetaFFIModule) -> Iterator[None]:
    """Check that every test releases all objects, in both directions."""
    void = module.load_entity("callable=void", None, None)
    before = live_objects(), live_objects("loopback")
    yield
    module.load_entity("callable=forget", None, None)()
    gc.collect()
    void()  # a return from a call drains what other threads released
    assert (live_objects(), live_objects("loopback")) == before
