"""Recipes for classes and objects of other languages; see ``metaffi._recipes``.

A class is found in its module by name. A Java object is recreated from Java's serialization.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .._native import MetaFFIHandle, naturally
from .._pickling import refused
from .._recipes import Recipe, load, modules, remade_by
from ..metaffi_error import MetaFFIError
from ..metaffi_module import MetaFFIModule
from ..metaffi_runtime import MetaFFIRuntime
from ..metaffi_types import MetaFFITypes
from ._classes import ForeignClass
from ._objects import MetaFFIObject, runtime_of, type_of

__all__ = [
    "WAYS",
    "class_if_started",
    "class_named",
    "class_recipe",
    "of_class",
    "of_handle",
    "of_object",
]

_Reduced = tuple[Callable[..., Any], tuple[Any, ...]]

_HANDLE = MetaFFITypes.metaffi_handle_type
_BYTES = MetaFFITypes.metaffi_uint8_array_type
_SERIALIZED = "class=metaffi.internal.Serialized,callable="


def of_class(cls: ForeignClass) -> str | _Reduced:
    """Reduce a class; one that is derived in Python is pickled by name, like any Python class."""
    if "__metaffi_type__" not in vars(cls):
        return cls.__qualname__
    name = cls.__metaffi_type__.name
    for module in _modules_of(vars(cls).get("_metaffi_own"), cls):
        if _class(module, name) is cls:
            return remade_by("class", module, name)
    raise refused(
        cls, "a class that no loaded module has under its name", "keep its module, or get it"
    )


def _modules_of(handle: MetaFFIHandle | None, cls: type) -> Iterator[MetaFFIModule]:
    """Yield the modules of an object's runtime; its class may know its module, which is first."""
    if handle is None:
        return
    for module in modules(vars(cls).get("_metaffi_module")):
        root = module._root
        if isinstance(root, MetaFFIHandle) and runtime_of(root) == runtime_of(handle):
            yield module


def _class(module: MetaFFIModule, name: str) -> Any:
    try:
        return module[name]
    except (KeyError, MetaFFIError):
        return None


def class_named(module: MetaFFIModule, name: str) -> Any:
    """Return the class, or anything else, that a module has under a name."""
    try:
        return module[name]
    except KeyError as error:
        message = f"the pickled {name!r} cannot be found in {module!r}: {error.args[0]}"
        raise MetaFFIError(message, kind="not_found") from None


def class_recipe(cls: ForeignClass) -> tuple[Any, ...] | None:
    """Return the arguments of ``remake`` for a class, or ``None`` if it cannot be pickled."""
    try:
        reduced = of_class(cls)
    except TypeError:
        return None
    return None if isinstance(reduced, str) else reduced[1]


def class_if_started(recipe: tuple[str, Recipe, str] | None) -> Any:
    """Return the class of a recipe if its runtime is running and has it, or ``None``."""
    if recipe is None or not MetaFFIRuntime(recipe[1].runtime).is_started():
        return None
    try:
        return class_named(load(recipe[1]), recipe[2])
    except MetaFFIError:
        return None


def of_object(instance: Any) -> _Reduced:
    """Reduce an object whose class is made."""
    reduced = _of_package(instance) or _of_serializable(instance, "object")
    if reduced is not None:
        return reduced
    raise refused(
        instance,
        f"a {type_of(instance).name}",  # type: ignore[union-attr]
        "pickle what metaffi.to_python makes of it, or what it is made from, and make it",
    )


def of_handle(handle: MetaFFIHandle) -> Any:
    """Reduce a handle to a handle; the handle of a class, to the class."""
    natural = naturally(handle)
    if isinstance(natural, ForeignClass):
        return of_class(natural)
    reduced = None
    if isinstance(natural, MetaFFIObject) and type_of(natural) is not None:
        reduced = _of_serializable(natural, "handle")
    if reduced is None:
        raise refused(handle, "an object of another runtime", "get the object again")
    return reduced


def _of_package(instance: Any) -> _Reduced | None:
    """Reduce a module's root object, or a package in it."""
    kind = type_of(instance)
    if kind is None or kind.supertypes != [kind.name]:  # other types have supertypes
        return None
    package = re.match(r"package (\S+) of ", str(instance)) if kind.name == "package" else None
    for module in _modules_of(instance, type(instance)):
        if _is_same(module._root, instance):
            return remade_by("root", module)
        if package is not None and MetaFFIHandle.__eq__(module[package[1]], instance):
            return remade_by("class", module, package[1])
    return None


def _is_same(root: MetaFFIHandle, instance: Any) -> bool:
    """Return whether both are root objects of one module; a guest may make a new one each time."""
    is_like = type(root) is type(instance) and str(root) == str(instance)
    return is_like or MetaFFIHandle.__eq__(root, instance)


def _of_serializable(instance: Any, way: str) -> _Reduced | None:
    kind = type_of(instance)
    if kind is None or "java.io.Serializable" not in kind.supertypes:
        return None
    failure = None
    for module in _candidates(kind, instance):
        try:
            data = _serialization(module, "write", [_HANDLE, _HANDLE], _BYTES)(
                module._root, instance
            )
        except MetaFFIError as error:
            failure = error
            if error.type_name != "java.io.InvalidClassException":
                break  # no other module can serialize it
        else:
            kind.home = module
            return remade_by(way, module, bytes(data))
    raise TypeError(f"cannot pickle or copy {instance!r}: {failure}") from failure


def _candidates(kind: Any, instance: Any) -> Iterator[MetaFFIModule]:
    """Yield modules that may have an object's classes, starting with the last that did."""
    if kind.home is not None:
        yield kind.home
    yield from _modules_of(instance, type(instance))


def _serialization(module: MetaFFIModule, name: str, takes: list[Any], gives: Any) -> Any:
    known: dict[str, Any] = module.__dict__.setdefault("_serialization", {})
    if name not in known:
        known[name] = module.load_entity(f"{_SERIALIZED}{name}", takes, [gives])
    return known[name]


def _handle(module: MetaFFIModule, data: bytes) -> MetaFFIHandle:
    read = _serialization(module, "read", [_HANDLE, _BYTES], _HANDLE)
    handle: MetaFFIHandle = read(module._root, data)
    return handle


def _object(module: MetaFFIModule, data: bytes) -> Any:
    return naturally(_handle(module, data))


def _root(module: MetaFFIModule) -> Any:
    return module._root


WAYS: dict[str, Callable[..., Any]] = {
    "class": class_named,
    "handle": _handle,
    "object": _object,
    "root": _root,
}
"""The functions that recreate something, by the kind that a recipe names."""
