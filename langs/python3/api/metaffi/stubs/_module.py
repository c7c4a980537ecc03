"""The module that stubs are bound to, and its entities."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from ..metaffi_module import MetaFFIModule
from ..metaffi_runtime import MetaFFIRuntime
from ..metaffi_types import MetaFFITypes, metaffi_type_info

_R = TypeVar("_R")

_TYPE = re.compile(r"(\w+)(?:<(.*)>)?(?:\[(-?\d+)\])?", re.DOTALL)
"""``int64``, ``handle<java.util.List>``, ``string8_array[2]``."""


def _type_info(text: str) -> metaffi_type_info:
    found = _TYPE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no type")
    name, alias, dims = found.groups()
    return metaffi_type_info(MetaFFITypes[f"metaffi_{name}_type"], alias, int(dims or 0))


class _Resets(Protocol):
    def reset(self) -> None: ...


class Module:
    """What a stub file is bound to; ``file_globals`` are the file's."""

    def __init__(self, file_globals: dict[str, Any]) -> None:
        self._globals = file_globals
        self._lock = Lock()
        self._bound: tuple[str, str] | None = None
        self._module: MetaFFIModule | None = None
        self._loaded: list[_Resets] = []

    def bind(self, module_path: str, runtime_plugin: str) -> None:
        """Load the module; entities that were loaded from another one are forgotten.

        A runtime that has not started yet is left to the first call: once it runs, it does
        not survive a fork, and programs bind their stubs before they fork their workers.
        """
        runtime = MetaFFIRuntime(runtime_plugin)
        module = runtime.load_module(module_path) if runtime.is_started() else None
        with self._lock:
            self._bound, self._module = (runtime_plugin, module_path), module
            loaded, self._loaded = self._loaded, []
        for one in loaded:
            one.reset()

    def load(
        self, owner: _Resets, path: str, params: Sequence[str], returns: Sequence[str]
    ) -> Callable[..., Any]:
        """Load an entity for ``owner``, which is told when it is outdated."""
        entity = self._loaded_module().load_entity(
            path, [_type_info(text) for text in params], [_type_info(text) for text in returns]
        )
        self._loaded.append(owner)
        return entity

    def _loaded_module(self) -> MetaFFIModule:
        with self._lock:
            if self._module is None:
                if self._bound is None:
                    name = self._globals["__name__"]
                    raise RuntimeError(
                        f"{name} is not bound to code; call "
                        f"{name}.bind_module_to_code(module_path, runtime_plugin) first"
                    )
                runtime_plugin, module_path = self._bound
                self._module = MetaFFIRuntime(runtime_plugin).load_module(module_path)
            return self._module

    def put(self, name: str, function: Callable[..., Any]) -> None:
        """Make ``function`` the file's global ``name``."""
        self._globals[name] = function


class Entity(Generic[_R]):
    """Stands in the global ``name`` until its first call, which loads the entity."""

    __slots__ = ("_module", "_name", "_request")

    def __init__(
        self, module: Module, name: str, path: str, params: Sequence[str], returns: Sequence[str]
    ) -> None:
        self._module = module
        self._name = name
        self._request = path, params, returns

    def __call__(self, *args: Any) -> _R:
        entity = self._module.load(self, *self._request)
        self._module.put(self._name, entity)
        result: _R = entity(*args)
        return result

    def reset(self) -> None:
        """Stand in the global again."""
        self._module.put(self._name, self)
