"""Resolves entities of Python modules that other languages load.

Called by the native module, once for each entity: everything that can be decided
before a call is decided here.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from functools import partial
from types import ModuleType
from typing import Any

from ._methods import is_special, method, special_method

__all__ = [
    "NoSuchEntityError",
    "SignatureError",
    "find_in",
    "resolve_attribute",
    "resolve_callable",
    "resolve_value",
]

Target = tuple[str, Any, str, str]
"""The kind (see ``target.rs``), the object, the attribute, the documentation."""


class NoSuchEntityError(LookupError):
    """There is no such entity; the message suggests a similar one."""


class SignatureError(TypeError):
    """The declared types do not match the entity."""


def resolve_callable(
    modules: Sequence[ModuleType],
    path: str,
    instance: bool,
    await_it: bool,
    spread: int,
    count: int,
) -> Target:
    """Resolve ``callable=path``.

    ``spread`` of the ``count`` arguments are spread. With ``instance`` the first
    argument is the object. With ``await_it`` a coroutine is awaited.
    """
    kind, value, name, doc = _resolve(modules, path, instance, spread, count)
    if not await_it:
        return kind, value, name, doc
    from ._awaiting import awaited  # here, because asyncio is slow to import

    return "call", awaited(value if kind == "call" else method(name, value)), "", doc


def _resolve(
    modules: Sequence[ModuleType], path: str, instance: bool, spread: int, count: int
) -> Target:
    if instance and "." not in path:
        return _resolve_method(modules, path, spread, count)
    owner, name, value = _find(modules, path)
    if isinstance(value, property):
        raise SignatureError(
            f"`{path}` is a property; read it by attribute={path} or callable={path}.fget, "
            f"write it by callable={path}.fset"
        )
    if not callable(value):
        raise SignatureError(
            f"`{path}` is a {_type_of(value)}, which cannot be called; read it by attribute={path}"
        )
    doc = inspect.getdoc(value) or ""
    if name == "__new__" and isinstance(owner, type):
        value = partial(value, owner)
    elif instance and isinstance(owner, type):
        _check_count(path, value, count, spread, bound=_is_bound(owner, name))
        if is_special(name):
            return "call", special_method(name, spread, count), "", doc
        return "method", None, name, doc
    _check_count(path, value, count, spread, bound=False)
    return "call", value, "", doc


def _resolve_method(modules: Sequence[ModuleType], name: str, spread: int, count: int) -> Target:
    """Resolve the method ``name`` of an object of any class.

    For objects without one, the module's function of that name is called.
    """
    if is_special(name):
        return "call", special_method(name, spread, count), "", ""
    with suppress(Exception):  # a module's own `__getattr__` may raise anything
        value = _find(modules, name)[2]
        if callable(value):
            return "method_or", value, name, inspect.getdoc(value) or ""
    return "method", None, name, ""


def resolve_attribute(
    modules: Sequence[ModuleType], path: str, instance: bool, setter: bool, count: int, results: int
) -> Target:
    """Resolve ``attribute=path``."""
    params = int(instance) + int(setter)
    if count != params or (setter and results) or results > 1:
        shape = "the object" if instance else ""
        if setter:
            shape += " and the value" if instance else "the value"
        raise SignatureError(
            f"the {'setter' if setter else 'getter'} of `{path}` takes {shape or 'no parameter'} "
            f"and returns {'nothing' if setter else 'one value'}; "
            f"{count} parameter(s) and {results} result(s) are declared"
        )
    kind = "set" if setter else "get"
    name = path.rsplit(".", 1)[-1]
    if instance:
        return f"{kind}_of", None, name, _attribute_doc(modules, path)
    owner, name, _ = _find(modules, path)
    return kind, owner, name, ""


def resolve_value(modules: Sequence[ModuleType], path: str, kind: str, setter: bool) -> Any:
    """Find what a path without types names; an empty path is the module itself.

    ``kind`` is the key of the path: ``callable``, ``class``, or ``attribute``, for
    which an accessor is returned.
    """
    if not path:
        return modules[0] if len(modules) == 1 else _CombinedModule(modules)
    owner, name, value = _find(modules, path)
    if kind == "attribute":
        return partial(setattr if setter else getattr, owner, name)
    if kind == "callable" and not callable(value):
        raise SignatureError(f"`{path}` is a {_type_of(value)}, which cannot be called")
    if kind == "class" and not isinstance(value, type):
        raise SignatureError(f"`{path}` is a {_type_of(value)}, which is not a class")
    return value


class _CombinedModule(ModuleType):
    """Several modules that one module path names."""

    def __init__(self, modules: Sequence[ModuleType]) -> None:
        super().__init__(", ".join(module.__name__ for module in modules))
        self._modules = modules

    def __getattr__(self, name: str) -> Any:
        try:
            return _find(self._modules, name)[2]
        except NoSuchEntityError as failure:
            raise AttributeError(failure.args[0]) from None

    def __dir__(self) -> list[str]:
        return sorted({name for module in self._modules for name in dir(module)})


def _attribute_doc(modules: Sequence[ModuleType], path: str) -> str:
    if "." not in path:
        return ""  # the object may be of any class
    try:
        _, _, value = _find(modules, path)
    except Exception:  # many attributes exist only on instances, and some fail without one
        return ""
    return inspect.getdoc(value) or "" if isinstance(value, property) else ""


def _type_of(value: Any) -> str:
    return type(value).__name__


def _find(modules: Sequence[ModuleType], path: str) -> tuple[Any, str, Any]:
    """Find ``path`` in the first module that has it; return owner, name and value."""
    failures = []
    for module in modules:
        try:
            return find_in(module, path)
        except NoSuchEntityError as failure:
            failures.append(failure)
    # The error that got farthest along the path is the most helpful.
    raise max(failures, key=lambda failure: failure.args[1])


def find_in(owner: Any, path: str) -> tuple[Any, str, Any]:
    """Find ``path`` in a module or another object; return owner, name and value."""
    value = owner
    name = ""
    for depth, name in enumerate(path.split(".")):
        owner = value
        try:
            value = getattr(owner, name)
        except AttributeError as failure:
            value = _submodule(owner, name)
            if value is None:
                raise NoSuchEntityError(_missing(owner, name), depth) from failure
    return owner, name, value


def _submodule(owner: Any, name: str) -> ModuleType | None:
    if not (inspect.ismodule(owner) and hasattr(owner, "__path__")):
        return None
    full = f"{owner.__name__}.{name}"
    try:
        return importlib.import_module(full)
    except ModuleNotFoundError as failure:
        if failure.name != full:
            raise
        return None


def _missing(owner: Any, name: str) -> str:
    if inspect.ismodule(owner):
        where = f"module `{owner.__name__}`"
    else:
        where = f"`{getattr(owner, '__qualname__', _type_of(owner))}`"
    found = get_close_matches(name, dir(owner), 1, 0.7)
    hint = f"; did you mean `{found[0]}`?" if found else ""
    return f"{where} has no `{name}`{hint}"


def _is_bound(owner: type, name: str) -> bool:
    """Return whether the function does not take the object: a static or class method."""
    return isinstance(inspect.getattr_static(owner, name), staticmethod | classmethod)


def _check_count(path: str, value: Any, count: int, spread: int, *, bound: bool) -> None:
    """Refuse a number of parameters that no call can pass."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return  # unknown, as for some functions written in C
    given = [None] * (count - int(bound) - spread)
    try:
        if spread:
            signature.bind_partial(*given)
        else:
            signature.bind(*given)
    except TypeError as failure:
        raise SignatureError(
            f"`{path}{signature}` cannot take the {count} declared parameter(s): {failure}"
        ) from None
