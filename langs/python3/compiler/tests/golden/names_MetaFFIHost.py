"""Stubs of names.x, a module of x, made by metaffi 0.4.0. Do not edit.

Call bind_module_to_code() before anything else.
"""

from __future__ import annotations

from builtins import list as _list
from builtins import property as _property
from builtins import str as _str
from collections.abc import Callable, Sequence
from typing import Any
from typing import overload as _overload

from metaffi import stubs as _stubs

__all__ = [
    "Client",
    "Conn",
    "bind_module_to_code",
    "deep_Client",
    "default",
    "get_Limit",
    "import_",
    "names__stubs",
    "names_bind_module_to_code",
    "optional",
    "overload",
    "property",
    "results",
    "set_Limit",
    "str",
]

_module = _stubs.Module(globals(), version=2, made_by="0.4.0")


def bind_module_to_code(module_path: _str, runtime_plugin: _str) -> None:
    """Bind these stubs to their code; each entity is loaded when it is first called."""
    _module.bind(module_path, runtime_plugin)


if not __debug__:
    # Type checkers and editors read this block; Python's compiler skips it. Each
    # class and function is compiled from this text when it is first used.

    class Client(_stubs.Object):
        """A class with members that are called like types,

        and an indented line.
        """

        __metaffi_id__ = "names.Client"

        @_overload
        def __init__(self) -> None: ...
        @_overload
        def __init__(self, name: _str, /) -> None: ...
        def __init__(self, *args: Any) -> None:
            self._metaffi_handle = _Client_new(*args)

        @_module.direct
        def Conn(self, Conn_: _Conn | None) -> _Conn:
            """Ends with "quotes" """
            _result: _Conn
            _result = _Client_Conn(self._metaffi_handle, Conn_)
            return _result

        @_module.direct
        def list(self) -> _list[_Conn]:
            _result: _list[_Conn]
            _result = _Client_list(self._metaffi_handle)
            return _result

        @_module.direct
        def __init___(self) -> None:
            _Client___init___(self._metaffi_handle)

        @_module.direct
        def close(self) -> None:
            _Client_close(self._metaffi_handle)

        @_overload
        @staticmethod
        def property(*names: _str) -> _list[_str]: ...
        @_overload
        @staticmethod
        def property(names: Sequence[_str], /) -> _list[_str]: ...
        @staticmethod
        def property(*args: Any) -> Any:
            return _Client_property(*args)

        @staticmethod
        @_module.direct
        def NewClient(name: _str) -> Client:
            _result: Client
            _result = _Client_NewClient(name)
            return _result

        @staticmethod
        @_module.direct
        def Empty() -> Client:
            _result: Client
            _result = _Client_Empty()
            return _result

        @_property
        def Conn_(self) -> Callable[..., Any]:
            _result: Callable[..., Any]
            _result = _Client_get_Conn_(self._metaffi_handle)
            return _result

        @Conn_.setter
        def Conn_(self, value: Callable[..., Any] | None) -> None:
            _Client_set_Conn_(self._metaffi_handle, value)

        def __exit__(self, *exception: object) -> None:
            _Client_release(self._metaffi_handle)
            _stubs.Object.__exit__(self, *exception)

    class Conn(_stubs.Object):
        __metaffi_id__ = "names.Conn"

    class deep_Client(Client, Conn):
        """The same name, deeper."""

        __metaffi_id__ = "names.deep.Client"

        def __init__(self) -> None:
            _stubs.Object.__init__(self)

    @_module.direct
    def import_(
        from_: _str,
        class_: int,
        self_: bool,
        x: float,
        arg: object,
        Any: object,
        größe: _str,
    ) -> _str:
        """Keywords get an underscore, "quotes" and \\ stay: \"\"\"

        Args:
            from_: where it begins
            größe: any letter
        """
        return _import_(from_, class_, self_, x, arg, Any, größe)

    @_module.direct
    def str(value: _str) -> _str:
        """A function that is called like a type.

        Deprecated: use `text`
        """
        return _str_(value)

    @_overload
    def overload(value: int, /) -> None: ...
    @_overload
    def overload(value: _str, /) -> _Conn: ...
    def overload(*args: Any) -> Any:
        return _overload_(*args)

    @_module.direct
    def names_bind_module_to_code() -> None:
        _names_bind_module_to_code()

    @_module.direct
    def names__stubs() -> None:
        _names__stubs()

    @_module.direct
    def default(a: int, b: int = -1, c: _str = "x") -> int:
        """Defaults that Python can write are written."""
        return _default(a, b, c)

    @_overload
    def optional(a: int, /) -> int: ...
    @_overload
    def optional(a: int, b: object, /) -> int: ...
    @_overload
    def optional(a: int, b: object, c: int, /) -> int: ...
    def optional(*args: Any) -> Any:
        """The others are left out of the call."""
        return _optional(*args)

    @_module.direct
    def results(
        matrix: _stubs.Array[_stubs.Array[float]],
    ) -> tuple[int, _list[_Conn], _list[Any], bytes, _list[bytes]]:
        _result: tuple[int, _list[_Conn], _list[Any], bytes, _list[bytes]]
        _result = _results(matrix)
        return _result

    @_module.direct
    def get_Limit() -> int:
        """How much."""
        return _get_Limit()

    @_module.direct
    def set_Limit(value: int) -> None:
        """
        Args:
            value: How much.
        """
        _set_Limit(value)

    _Conn = Conn
    property = Client.property
    _Client_new_1 = _stubs.Overload(
        "callable=Client.Empty", [], ["handle<names.Client>"], "()"
    )
    _Client_new_2 = _stubs.Overload(
        "callable=NewClient", ["string8"], ["handle<names.Client>"], "(_str,)"
    )
    _Client_new = _stubs.Overloads[Any](_module, "Client", _Client_new_1, _Client_new_2)
    _Client_Conn = _stubs.Entity[Any](
        _module,
        "_Client_Conn",
        "class=names.Client,callable=Conn,instance_required",
        ["handle", "handle<names.Conn>"],
        ["handle<names.Conn>"],
        lifts="_Conn",
    )
    _Client_list = _stubs.Entity[Any](
        _module,
        "_Client_list",
        "class=names.Client,callable=list,instance_required",
        ["handle"],
        ["handle_array<names.Conn>"],
        lifts="_Conn",
    )
    _Client___init___ = _stubs.Entity[None](
        _module,
        "_Client___init___",
        "class=names.Client,callable=__init__,instance_required",
        ["handle"],
        [],
    )
    _Client_close = _stubs.Entity[None](
        _module,
        "_Client_close",
        "class=names.Client,callable=close,instance_required",
        ["handle"],
        [],
    )
    _Client_property_1 = _stubs.Overload(
        "class=names.Client,callable=property",
        ["string8_array"],
        ["string8_array"],
        "(_str,)",
        rest=True,
    )
    _Client_property_2 = _stubs.Overload(
        "class=names.Client,callable=property",
        ["string8_array"],
        ["string8_array"],
        "([_str],)",
    )
    _Client_property = _stubs.Overloads[Any](
        _module, "Client.property", _Client_property_1, _Client_property_2
    )
    _Client_NewClient = _stubs.Entity[Any](
        _module,
        "_Client_NewClient",
        "callable=NewClient",
        ["string8"],
        ["handle<names.Client>"],
        lifts="Client",
    )
    _Client_Empty = _stubs.Entity[Any](
        _module,
        "_Client_Empty",
        "callable=Client.Empty",
        [],
        ["handle<names.Client>"],
        lifts="Client",
    )
    _Client_get_Conn_ = _stubs.Entity[Any](
        _module,
        "_Client_get_Conn_",
        "class=names.Client,field=Conn,getter,instance_required",
        ["handle"],
        ["callable"],
        lifts="_stubs.Dynamic",
    )
    _Client_set_Conn_ = _stubs.Entity[None](
        _module,
        "_Client_set_Conn_",
        "class=names.Client,field=Conn,setter,instance_required",
        ["handle", "callable"],
        [],
        wraps="(None, _stubs.Function(None),)",
    )
    _Client_release = _stubs.Entity[None](
        _module,
        "_Client_release",
        "class=names.Client,callable=close,instance_required",
        ["handle"],
        [],
    )
    _import_ = _stubs.Entity[_str](
        _module,
        "_import_",
        "callable=import",
        ["string8", "int64", "bool", "float64", "any", "any", "char32"],
        ["string8"],
    )
    _str_ = _stubs.Entity[_str](
        _module, "_str_", "callable=str", ["string8"], ["string8"]
    )
    _overload_1 = _stubs.Overload("callable=overload", ["int64"], [], "(int,)")
    _overload_2 = _stubs.Overload(
        "callable=overload",
        ["string8"],
        ["handle<names.Conn>"],
        "(_str,)",
        lifts="_Conn",
    )
    _overload_ = _stubs.Overloads[Any](_module, "overload", _overload_1, _overload_2)
    _names_bind_module_to_code = _stubs.Entity[None](
        _module, "_names_bind_module_to_code", "callable=bind_module_to_code", [], []
    )
    _names__stubs = _stubs.Entity[None](
        _module, "_names__stubs", "callable=_stubs", [], []
    )
    _default = _stubs.Entity[int](
        _module,
        "_default",
        "callable=default",
        ["int64", "int64", "string8"],
        ["int64"],
    )
    _optional_1 = _stubs.Overload("callable=optional", ["int64"], ["int64"], "(int,)")
    _optional_2 = _stubs.Overload(
        "callable=optional", ["int64", "any"], ["int64"], "(int, object)"
    )
    _optional_3 = _stubs.Overload(
        "callable=optional", ["int64", "any", "int64"], ["int64"], "(int, object, int)"
    )
    _optional = _stubs.Overloads[Any](
        _module, "optional", _optional_1, _optional_2, _optional_3
    )
    _results = _stubs.Entity[Any](
        _module,
        "_results",
        "callable=results",
        ["float64_array[2]"],
        ["int64", "handle_array<names.Conn>", "array", "uint8_array", "uint8_array[2]"],
        lifts="(None, _Conn, _stubs.Dynamic, None, None)",
    )
    _get_Limit = _stubs.Entity[int](
        _module, "_get_Limit", "global=Limit,getter", [], ["uint64"]
    )
    _set_Limit = _stubs.Entity[None](
        _module, "_set_Limit", "global=Limit,setter", ["uint64"], []
    )
