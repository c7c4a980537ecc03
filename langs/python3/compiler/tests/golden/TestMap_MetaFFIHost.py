"""Stubs of TestMap.go, a module of go, made by metaffi 0.4.0. Do not edit.

Call bind_module_to_code() before anything else.
"""

from __future__ import annotations

from typing import Any

from metaffi import stubs as _stubs

__all__ = ["NewTestMap", "TestMap", "bind_module_to_code"]

_module = _stubs.Module(globals(), version=2, made_by="0.4.0")


def bind_module_to_code(module_path: str, runtime_plugin: str) -> None:
    """Bind these stubs to their code; each entity is loaded when it is first called."""
    _module.bind(module_path, runtime_plugin)


if not __debug__:
    # Type checkers and editors read this block; Python's compiler skips it. Each
    # class and function is compiled from this text when it is first used.

    class TestMap(_stubs.Object):
        """TestMap keeps values of every kind under a name."""

        __metaffi_id__ = "TestMap"

        def __init__(self) -> None:
            """NewTestMap makes an empty map."""
            self._metaffi_handle = _TestMap_new()

        @_module.direct
        def Contains(self, k: str) -> bool:
            """Contains says whether something is kept under k."""
            return _TestMap_Contains(self._metaffi_handle, k)

        @_module.direct
        def Get(self, k: str) -> Any:
            """Get returns what is kept under k, or nil."""
            return _TestMap_Get(self._metaffi_handle, k)

        @_module.direct
        def Set(self, k: str, v: object) -> None:
            """Set keeps v under k."""
            _TestMap_Set(self._metaffi_handle, k, v)

        @staticmethod
        @_module.direct
        def EmptyStruct() -> TestMap:
            """EmptyStruct makes a zero TestMap."""
            _result: TestMap
            _result = _TestMap_EmptyStruct()
            return _result

        @property
        def Name(self) -> str:
            """Name is for whoever prints the map."""
            return _TestMap_get_Name(self._metaffi_handle)

        @Name.setter
        def Name(self, value: str) -> None:
            """Name is for whoever prints the map."""
            _TestMap_set_Name(self._metaffi_handle, value)

    @_module.direct
    def NewTestMap() -> TestMap:
        """NewTestMap makes an empty map."""
        _result: TestMap
        _result = _NewTestMap()
        return _result

    _TestMap_new = _stubs.Entity[Any](
        _module, "_TestMap_new", "callable=NewTestMap", [], ["handle<*TestMap>"]
    )
    _TestMap_Contains = _stubs.Entity[bool](
        _module,
        "_TestMap_Contains",
        "callable=TestMap.Contains,instance_required",
        ["handle", "string8"],
        ["bool"],
    )
    _TestMap_Get = _stubs.Entity[Any](
        _module,
        "_TestMap_Get",
        "callable=TestMap.Get,instance_required",
        ["handle", "string8"],
        ["any"],
        lifts="_stubs.Dynamic",
    )
    _TestMap_Set = _stubs.Entity[None](
        _module,
        "_TestMap_Set",
        "callable=TestMap.Set,instance_required",
        ["handle", "string8", "any"],
        [],
    )
    _TestMap_EmptyStruct = _stubs.Entity[Any](
        _module,
        "_TestMap_EmptyStruct",
        "callable=TestMap.EmptyStruct",
        [],
        ["handle<*TestMap>"],
        lifts="TestMap",
    )
    _TestMap_get_Name = _stubs.Entity[str](
        _module,
        "_TestMap_get_Name",
        "field=TestMap.Name,instance_required,getter",
        ["handle"],
        ["string8"],
    )
    _TestMap_set_Name = _stubs.Entity[None](
        _module,
        "_TestMap_set_Name",
        "field=TestMap.Name,instance_required,setter",
        ["handle", "string8"],
        [],
    )
    _NewTestMap = _stubs.Entity[Any](
        _module,
        "_NewTestMap",
        "callable=NewTestMap",
        [],
        ["handle<*TestMap>"],
        lifts="TestMap",
    )
