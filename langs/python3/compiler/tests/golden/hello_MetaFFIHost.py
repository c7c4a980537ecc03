"""Stubs of hello.go, a module of go, made by metaffi 0.4.0. Do not edit.

Call bind_module_to_code() before anything else.
"""

from __future__ import annotations

from metaffi import stubs as _stubs

__all__ = ["SayHello", "bind_module_to_code"]

_module = _stubs.Module(globals(), version=2, made_by="0.4.0")


def bind_module_to_code(module_path: str, runtime_plugin: str) -> None:
    """Bind these stubs to their code; each entity is loaded when it is first called."""
    _module.bind(module_path, runtime_plugin)


if not __debug__:
    # Type checkers and editors read this block; Python's compiler skips it. Each
    # class and function is compiled from this text when it is first used.

    @_module.direct
    def SayHello(name: str) -> str:
        """SayHello greets whoever is named."""
        return _SayHello(name)

    _SayHello = _stubs.Entity[str](
        _module, "_SayHello", "callable=SayHello", ["string8"], ["string8"]
    )
