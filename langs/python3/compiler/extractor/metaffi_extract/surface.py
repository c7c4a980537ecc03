"""Finds the public names of a module, and the kind of each."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import sys
import types
import typing
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import live_types
from .annotations import Reader, World
from .library import Described, Found, Library
from .scopes import Import, Scope
from .values import MISSING, attribute, readable

__all__ = ["LeftOut", "Surface", "Thing", "Walker"]


@dataclass(frozen=True)
class LeftOut:
    """Something public that is not described."""

    name: str
    reason: str


@dataclass(frozen=True)
class Thing(Described):
    """A public name, with its live object and its definitions."""

    name: str
    live: Any = MISSING
    stub: Found | None = None
    source: Found | None = None

    @property
    def kind(self) -> str:
        """``class``, ``function``, ``alias``, ``variable``, or empty."""
        if self.live is MISSING:
            return _kind_of_node(self.found)
        try:
            return _kind_of_live(self)
        except Exception:  # a proxy without its object, whose class raises
            return "variable"

    @property
    def key(self) -> object:
        """A key that is equal for two names of the same object."""
        if self.live is not MISSING:
            return id(self.live)
        return self.found.canonical if self.found is not None else self.name


@dataclass
class Surface:
    """The public names of a module."""

    name: str
    prefix: str
    """The prefix of its names in entity paths, with a dot."""
    live: types.ModuleType | None
    stub: Scope | None
    source: Scope | None
    things: list[Thing] = field(default_factory=list)
    others: list[Thing] = field(default_factory=list)
    """Classes that also have another name here."""

    @property
    def scope(self) -> Scope | None:
        """The file with the most information about its types."""
        return self.stub or self.source

    @property
    def doc(self) -> str:
        """Its docstring."""
        if self.live is not None:
            return self.live.__doc__ or ""
        return self.source.doc if self.source is not None else ""


SPECIAL_FORMS = (typing.TypeVar, typing.ParamSpec, typing.TypeVarTuple)
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    functools.partial,
)


def _kind_of_live(thing: Thing) -> str:
    value = thing.live
    if isinstance(value, SPECIAL_FORMS) or inspect.ismodule(value):
        return "none"
    if isinstance(value, type) and not isinstance(value, types.GenericAlias):
        return "alias" if typing.is_typeddict(value) else "class"
    if live_types.is_alias(value) or isinstance(value, typing.NewType):
        return "alias"
    if type(value).__name__ == "TypeAliasType":
        return "alias"
    if inspect.isroutine(value) or isinstance(value, _FUNCTIONS):
        return "function"
    if callable(value) and isinstance(attribute(value, "__name__"), str):
        return "function"
    return "alias" if _kind_of_node(thing.found) == "alias" else "variable"


def _kind_of_node(found: Found | None) -> str:
    if found is None:
        return "none"
    if found.as_class is not None:
        is_dict = any(_last(base) == "TypedDict" for base in found.as_class.bases)
        return "alias" if is_dict else "class"
    match found.node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return "function"
        case ast.AnnAssign(annotation=annotation) if _last(annotation) == "TypeAlias":
            return "alias"
        case ast.Assign(value=ast.Call(func=function)):
            made = _last(function)
            if made in ("TypeVar", "ParamSpec", "TypeVarTuple"):
                return "none"
            return "alias" if made in ("NewType", "TypedDict") else "variable"
    is_alias = hasattr(found.node, "type_params") and hasattr(found.node, "value")
    return "alias" if is_alias else "variable"


def _last(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


# --- public names ---


@dataclass
class Walker:
    """Walks a module and its public submodules, nearest first."""

    world: World
    left_out: list[LeftOut]
    seen: dict[object, str] = field(default_factory=dict)
    """Where each class and function was found first."""

    @property
    def library(self) -> Library:
        """The library of sources."""
        return self.world.library

    def surfaces(self, module: str, name: str) -> Iterator[Surface]:
        """Yield the module with the public name ``name``, and its submodules."""
        waiting = deque([(module, name, "")])
        met: set[object] = set()
        while waiting:
            own, public, prefix = waiting.popleft()
            live = sys.modules.get(own) if self.world.is_live else None
            key = id(live) if live is not None else own
            if key in met:
                continue
            met.add(key)
            surface = Surface(
                public, prefix, live, self.library.stub(own), self.library.source(own)
            )
            names, submodules = self._public(own, surface)
            surface.things = [thing for one in names if (thing := self._thing(surface, one))]
            self._once(surface)
            yield surface
            for below, alias in submodules:
                name = f"{public}.{alias}"
                if self._is_reached(surface, below, name) and self._is_importable(below, name):
                    waiting.append((below, f"{public}.{alias}", f"{prefix}{alias}."))

    def _once(self, surface: Surface) -> None:
        """Keep the first name of each class and function; others are aliases."""
        own: list[Thing] = []
        for thing in sorted(surface.things, key=_not_its_own_name):
            kind = thing.kind
            where = self.seen.get(thing.key) if kind in ("class", "function") else None
            if where is None or (where == surface.name and kind == "function"):
                self.seen[thing.key] = surface.name
                own.append(thing)
            elif kind == "class" and where == surface.name:
                surface.others.append(thing)
        names = {thing.name: thing for thing in own}
        surface.things = [names[one.name] for one in surface.things if one.name in names]

    def _public(self, own: str, surface: Surface) -> tuple[list[str], list[tuple[str, str]]]:
        exported = self._exported(surface)
        below = list(self._submodules(own))
        if exported is None:
            return self._unlisted(surface), [(f"{own}.{name}", name) for name in below]
        names, modules = [], []
        for name in exported:
            module = self._module_named(own, surface, name, below)
            if module is None:
                names.append(name)
            else:
                modules.append((module, name))
        if not modules:  # it lists no modules
            modules = [(f"{own}.{name}", name) for name in below]
        return names, modules

    def _exported(self, surface: Surface) -> list[str] | None:
        """Return the names in ``__all__``."""
        if surface.live is not None:
            listed = getattr(surface.live, "__all__", None)
            if isinstance(listed, list | tuple) and all(isinstance(one, str) for one in listed):
                return list(dict.fromkeys(listed))
            return None
        scope = surface.source or surface.stub
        return self.library.exports(scope) if scope is not None else None

    def _module_named(self, own: str, surface: Surface, name: str, below: list[str]) -> str | None:
        live = readable(attribute(surface.live, name)) if surface.live is not None else MISSING
        if isinstance(live, types.ModuleType):
            return live.__name__
        if live is MISSING and name in below:
            return f"{own}.{name}"
        return None

    def _unlisted(self, surface: Surface) -> list[str]:
        """Return the public names of a module without ``__all__``."""
        if surface.live is not None:
            # `vars` is in the order of the source.
            names = [name for name in vars(surface.live) if not name.startswith("_")]
        elif surface.scope is not None:
            names = [name for name in surface.scope.names if not name.startswith("_")]
        else:
            names = []
        return [name for name in names if self._is_own(surface, name)]

    def _is_own(self, surface: Surface, name: str) -> bool:
        """Return whether a name is the module's own, rather than an import that it uses."""
        live = readable(attribute(surface.live, name)) if surface.live is not None else MISSING
        if isinstance(live, types.ModuleType):
            return False
        scope = surface.source or surface.stub
        definitions = scope.names.get(name) if scope is not None else None
        if scope is None or definitions is None:
            return self._is_of_package(surface, live)
        imported = definitions[0]
        if not isinstance(imported, Import):
            return True
        is_near = _top(imported.module) == _top(scope.module)
        return imported.is_export or (scope.is_package and is_near)

    def _is_of_package(self, surface: Surface, live: Any) -> bool:
        """Decide by the object, since no source shows where it comes from."""
        module = attribute(live, "__module__")
        if live is MISSING or not isinstance(module, str):
            return live is not MISSING
        named = surface.live.__name__ if surface.live is not None else surface.name
        return _top(module).lstrip("_") == _top(named).lstrip("_")

    def _submodules(self, own: str) -> Iterator[str]:
        for found in pkgutil.iter_modules(self.library.locations(own) or []):
            if not found.name.startswith("_") and found.name not in _NOT_OFFERED:
                yield found.name

    def _is_importable(self, module: str, name: str) -> bool:
        if not self.world.is_live or module in sys.modules:
            return True
        try:
            importlib.import_module(module)
        except BaseException as error:  # a module may raise anything
            text = f"importing it raises {type(error).__name__}: {error}".rstrip(": ")
            self.left_out.append(LeftOut(name, text.splitlines()[0]))
            return False
        return True

    def _is_reached(self, surface: Surface, below: str, name: str) -> bool:
        """Return whether the module's name in its package refers to it.

        Checked before it is imported, since that would replace the other object.
        """
        if surface.live is None:
            return True
        found = attribute(surface.live, name.rpartition(".")[2])
        if found is MISSING or found is sys.modules.get(below):
            return True
        reason = f"its name in {surface.name} refers to something else; read it by its own name"
        self.left_out.append(LeftOut(name, reason))
        return False

    # --- things ---

    def _thing(self, surface: Surface, name: str) -> Thing | None:
        live: Any = MISSING
        if surface.live is not None:
            try:
                live = readable(getattr(surface.live, name))
            except Exception as error:
                reason = f"it cannot be read: {type(error).__name__}: {error}"
                if isinstance(error, AttributeError):
                    reason = "`__all__` lists it, but the module has no such name"
                self.left_out.append(LeftOut(f"{surface.name}.{name}", reason))
                return None
        thing = self._declared(surface, name, live)
        if live is MISSING and thing.found is None:
            return None
        return None if thing.kind == "none" else thing

    def _declared(self, surface: Surface, name: str, live: Any) -> Thing:
        stub = self._followed(surface.stub, name)
        source = self._followed(surface.source, name)
        if stub is None and source is not None and source.scope.is_stub:
            stub = source
        if source is not None and source.scope.is_stub:
            source = None
        if live is not MISSING:
            stub, source = self._of_object(live, stub, source)
        return Thing(name, live, stub, source)

    def _followed(self, scope: Scope | None, name: str) -> Found | None:
        """Find a definition, following aliases."""
        for _ in range(5):
            if scope is None:
                return None
            found = self.library.lookup(scope, name)
            if not isinstance(found, Found):
                return None
            match found.node:
                case ast.Assign(value=(ast.Name() | ast.Attribute()) as value):
                    meaning = Reader(self.world, found.scope).meaning(value)
                    if not isinstance(meaning, Found) or meaning.canonical == found.canonical:
                        return found
                    if "." in meaning.qualified:
                        return meaning
                    scope, name = meaning.scope, meaning.qualified
                case _:
                    return found
        return None

    def _of_object(
        self, live: Any, stub: Found | None, source: Found | None
    ) -> tuple[Found | None, Found | None]:
        """Find the object's own definition, unless that is of another kind."""
        module, qualified = home_of(live)
        if module:
            stub = stub or self.library.definition(self.library.stub(module), qualified)
            source = source or self.library.definition(self.library.source(module), qualified)
        as_kind = self._as_class if isinstance(live, type) else self._as_called
        if callable(live):
            stub, source = (as_kind(one) if one is not None else None for one in (stub, source))
        return stub, source

    def _as_class(self, found: Found) -> Found | None:
        """Find the class that another name stands for: ``uint8 = unsignedinteger[_8Bit]``."""
        if found.as_class is not None:
            return found
        value = getattr(found.node, "value", None)
        if not isinstance(value, ast.Name | ast.Attribute | ast.Subscript):
            return None
        return Reader(self.world, found.scope).class_at(value)

    def _as_called(self, found: Found) -> Found | None:
        """Find the called function; for an annotated variable, ``__call__`` of its class."""
        if isinstance(found.node, ast.AnnAssign):
            return Reader(self.world, found.scope).called_at(found) or found
        return found


def home_of(live: Any) -> tuple[str, str]:
    """Return an object's own module and qualified name."""
    if not isinstance(live, type):
        if not callable(live):
            return "", ""
        try:
            live = inspect.unwrap(live)
        except Exception:  # a cycle, or a proxy without its object
            return "", ""
        function = attribute(live, "__func__")
        live = live if function is MISSING else function
    module, qualified = attribute(live, "__module__"), attribute(live, "__qualname__")
    if not isinstance(module, str) or not isinstance(qualified, str) or "<" in qualified:
        return "", ""
    return module, qualified


def _not_its_own_name(thing: Thing) -> bool:
    own = attribute(thing.live, "__name__")
    if thing.live is MISSING:
        own = thing.found.qualified if thing.found is not None else None
    return bool(own != thing.name)


def _top(module: str) -> str:
    return module.partition(".")[0]


_NOT_OFFERED = {"tests", "test", "conftest", "setup"}
