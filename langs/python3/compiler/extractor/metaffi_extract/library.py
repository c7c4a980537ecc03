"""Finds the sources and stubs of modules, and the meaning of names in them.

Imports nothing: finding or reading a submodule does not run its package.
"""

from __future__ import annotations

import ast
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from . import scopes
from .scopes import Import, Scope

__all__ = ["Described", "External", "Found", "Library", "Module"]


@dataclass(frozen=True, slots=True)
class Found:
    """A definition, and its place."""

    scope: Scope
    qualified: str
    """Its name in the module, qualified with the enclosing classes."""
    nodes: tuple[ast.stmt, ...]

    @property
    def canonical(self) -> str:
        """The full name of its definition, whatever name it is imported as."""
        return f"{self.scope.module}.{self.qualified}"

    @property
    def node(self) -> ast.stmt:
        """The first of its nodes."""
        return self.nodes[0]

    @property
    def as_class(self) -> ast.ClassDef | None:
        """The class definition, if it is one."""
        return next((node for node in self.nodes if isinstance(node, ast.ClassDef)), None)

    def member(self, name: str) -> Found | None:
        """Find a name in its class, without the bases."""
        node = self.as_class
        if node is None:
            return None
        found = scopes.names_of_class(node).get(name, ())
        nodes = tuple(one for one in found if isinstance(one, ast.stmt))
        return Found(self.scope, f"{self.qualified}.{name}", nodes) if nodes else None


class Described:
    """Something that a stub file or a source defines, or both."""

    stub: Found | None
    source: Found | None

    @property
    def found(self) -> Found | None:
        """The definition with the most information about its type."""
        return self.stub or self.source


@dataclass(frozen=True, slots=True)
class External:
    """A name in a module that is not read."""

    canonical: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module."""

    name: str


Meaning = Found | External | Module

KNOWN = {"typing", "typing_extensions", "collections.abc", "builtins", "abc", "_typeshed"}
"""Modules whose types are known by name."""

_SHIPPED = [
    ("typeshed_client", "typeshed"),
    ("mypy", "typeshed"),
    ("basedpyright", "dist/typeshed-fallback"),
    ("jedi", "third_party/typeshed"),
]
"""Packages that include typeshed, the stubs of the standard library."""


class Library:
    """All sources and stubs, each read once."""

    def __init__(self) -> None:
        self.unread: dict[Path, SyntaxError] = {}
        """Files that cannot be read, such as stubs for a newer Python."""
        self._scopes: dict[Path, Scope | None] = {}
        self._stubs: dict[str, Scope | None] = {}
        self._sources: dict[str, Scope | None] = {}
        self._specs: dict[str, ModuleSpec | None] = {}
        self._typeshed: list[Path] | None = None
        self.own: dict[str, Path] = {}
        """Modules outside of Python's search path."""

    # --- files ---

    def stub(self, module: str) -> Scope | None:
        """Read the stub of a module: beside it, in a stub package, or in typeshed."""
        if module not in self._stubs:
            self._stubs[module] = None
            for path in self._stub_places(module):
                if path.is_file() and (scope := self._read(module, path)):
                    self._stubs[module] = scope
                    break
        return self._stubs[module]

    def source(self, module: str) -> Scope | None:
        """Read the source of a module."""
        if module not in self._sources:
            path = self.file(module)
            is_source = path is not None and path.suffix in (".py", ".pyw")
            self._sources[module] = self._read(module, path) if path and is_source else None
        return self._sources[module]

    def best(self, module: str) -> Scope | None:
        """Read the file with the most information about the types of a module."""
        return self.stub(module) or self.source(module)

    def file(self, module: str) -> Path | None:
        """Return the file of a module, without importing anything."""
        if module in self.own:
            return self.own[module]
        live = sys.modules.get(module)
        if isinstance(live, ModuleType):
            file = getattr(live, "__file__", None)
            return Path(file) if isinstance(file, str) else None
        spec = self.spec(module)
        origin = spec.origin if spec is not None and spec.has_location else None
        return Path(origin) if origin else None

    def spec(self, module: str) -> ModuleSpec | None:
        """Find a module, without importing anything."""
        if module not in self._specs:
            parent, _, _ = module.rpartition(".")
            path: list[str] | None = None
            if parent:
                path = self.locations(parent)
            self._specs[module] = None
            if path is None and parent:
                return None
            with suppress(ImportError, ValueError, OSError):
                self._specs[module] = PathFinder.find_spec(module, path)
        return self._specs[module]

    def locations(self, package: str) -> list[str] | None:
        """Return the folders of a package's submodules; ``None`` if it is not a package."""
        if package in self.own:
            file = self.own[package]
            return [str(file.parent)] if file.stem == "__init__" else None
        live = sys.modules.get(package)
        if isinstance(live, ModuleType):
            try:
                return [str(folder) for folder in live.__path__]
            except Exception:  # not a package, or one with an unusual `__path__`
                return None
        spec = self.spec(package)
        found = spec.submodule_search_locations if spec is not None else None
        return None if found is None else list(found)

    def _read(self, module: str, path: Path) -> Scope | None:
        if path not in self._scopes:
            self._scopes[path] = None
            try:
                self._scopes[path] = scopes.read(module, path)
            except SyntaxError as error:
                self.unread[path] = error
            except (OSError, ValueError, RecursionError, MemoryError):
                pass
        return self._scopes[path]

    def _stub_places(self, module: str) -> list[Path]:
        places: list[Path] = []
        file = self.file(module)
        if file is not None:
            stem = file.name.partition(".")[0]
            places.append(file.with_name(f"{stem}.pyi"))
        parts = module.split(".")
        roots = [Path(folder) / f"{parts[0]}-stubs" for folder in sys.path]
        for folder in [*(root.joinpath(*parts[1:]) for root in roots if root.is_dir())]:
            places.extend(_module_files(folder))
        for root in self._typeshed_folders(parts[0]):
            places.extend(_module_files(root.joinpath(*parts)))
        return places

    def _typeshed_folders(self, top: str) -> list[Path]:
        if self._typeshed is None:
            self._typeshed = []
            for package, inside in _SHIPPED:
                for folder in self.locations(package) or ():
                    self._typeshed.append(Path(folder) / inside)
        found = []
        for root in self._typeshed:
            if top in sys.stdlib_module_names or top == "_typeshed":
                found.append(root / "stdlib")
            found.append(root / "stubs" / top)
        return [folder for folder in found if folder.is_dir()]

    # --- names ---

    def exports(self, scope: Scope) -> list[str] | None:
        """Return the contents of ``__all__`` in a file, if they can be determined."""
        if scope.exports is None:
            return None
        names: list[str] = []
        for item in scope.exports:
            if isinstance(item, str):
                names.append(item)
                continue
            match item:
                case ast.Attribute(value=ast.Name(id=other), attr="__all__"):
                    meaning = self.lookup(scope, other)
                    inner = self.best(meaning.name) if isinstance(meaning, Module) else None
                    names.extend((inner and self.exports(inner)) or [])
                case _:
                    return None
        return list(dict.fromkeys(names))

    def find(self, module: str, name: str, depth: int = 0) -> Meaning | None:
        """Return the meaning of ``name`` in ``module``, wherever it was imported from."""
        if module in KNOWN:
            return External(f"{module}.{name}")
        scope = self.best(module)
        if scope is None:
            return self._module_or_external(module, name)
        return self.lookup(scope, name, depth)

    def _module_or_external(self, module: str, name: str) -> Meaning | None:
        full = f"{module}.{name}"
        return Module(full) if self.spec(full) or full in sys.modules else External(full)

    def lookup(self, scope: Scope, name: str, depth: int = 0) -> Meaning | None:
        """Return the meaning of ``name`` in a file; ``None`` if it is not bound there."""
        if depth > 30:
            return None
        definitions = scope.names.get(name)
        if definitions is None:
            return self._of_star(scope, name, depth)
        first = _chosen(definitions)
        if not isinstance(first, Import):
            nodes = tuple(node for node in definitions if isinstance(node, ast.stmt))
            return Found(scope, name, nodes)
        if first.name is None:
            return Module(first.module)
        if first.module == scope.module and first.name == name:
            return self._module_or_external(first.module, name)
        meaning = self.find(first.module, first.name, depth + 1)
        if meaning is None and self.spec(f"{first.module}.{first.name}"):
            return Module(f"{first.module}.{first.name}")
        return meaning or External(f"{first.module}.{first.name}")

    def _of_star(self, scope: Scope, name: str, depth: int) -> Meaning | None:
        for module in scope.stars:
            other = self.best(module)
            if other is None or other is scope:
                continue
            exported = self.exports(other)
            visible = name in exported if exported is not None else not name.startswith("_")
            if visible and (meaning := self.lookup(other, name, depth + 1)):
                return meaning
        return None

    def definition(self, scope: Scope | None, qualified: str) -> Found | None:
        """Find a definition by the name that it has in a file."""
        if scope is None:
            return None
        first, _, rest = qualified.partition(".")
        meaning = self.lookup(scope, first)
        found = meaning if isinstance(meaning, Found) else None
        for part in rest.split(".") if rest else ():
            found = found.member(part) if found is not None else None
        return found


def _chosen(definitions: list[scopes.Definition]) -> scopes.Definition:
    """Prefer a class or function to its fallback definition."""
    for definition in definitions:
        if isinstance(definition, ast.ClassDef | scopes.Function | Import):
            return definition
    return definitions[0]


def _module_files(place: Path) -> list[Path]:
    return [place / "__init__.pyi", place.with_name(f"{place.name}.pyi")]
