"""Import what lies in modules of other languages by Python's own ``import``.

A jar's packages are imported by their names, another module by its own::

    import metaffi.imports

    metaffi.imports.add("openjdk", "log4j-api-2.21.1.jar;log4j-core-2.21.1.jar")
    metaffi.imports.add("go", "mathutil.go")

    import mathutil
    from java.util import ArrayList
    from org.apache.logging.log4j import LogManager

Modules of Python's come first: a name that one has is not looked for elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import Lock
from types import ModuleType
from typing import Any

from ._guests import built, stem_of
from .metaffi_module import MetaFFIModule
from .metaffi_runtime import MetaFFIRuntime

__all__ = ["add"]


def add(runtime_plugin: str, module_path: str, *, name: str | None = None) -> MetaFFIModule:
    """Make what lies in a module importable, and load the module.

    ``name`` is what a module is imported as that has functions of its own: without it the name
    of its file. A source of a language that is compiled, such as a ``.go`` file, is built first,
    once for each of its states, into the user's cache folder; so is a package that its language
    finds by an import path, such as ``net/url`` or ``github.com/google/uuid@v1.6.0``.

    Raises MetaFFIError when there is no such module, or it cannot be built.
    """
    module = built(MetaFFIRuntime(runtime_plugin), module_path)
    _add(module, name or stem_of(module_path))
    return module


def _add(module: MetaFFIModule, name: str) -> None:
    with _finder.lock:
        _finder.sources.append(_Source(module, name))
        if _finder not in sys.meta_path:
            sys.meta_path.append(_finder)


class _Source:
    """A module, and the names under which it is imported."""

    def __init__(self, module: MetaFFIModule, name: str) -> None:
        self.added = module, name
        self._root = module._root
        kind = type(self._root).__metaffi_type__
        # What holds nothing but packages is not a module of Python by itself.
        is_package = all(member.kind in ("module", "class") for member in kind.members)
        self._prefix = "" if is_package else name
        top = {member.name for member in kind.members if member.kind == "module"}
        self.names = top if is_package else {name}

    def find(self, name: str) -> Any:
        """Return the module or package of a name; ``None`` where there is none."""
        path = name.removeprefix(self._prefix).lstrip(".")
        found = self._root
        for part in path.split(".") if path else ():
            if not type(found).__metaffi_type__.has(part, "module"):
                return None
            found = getattr(found, part)
        return found


class _Finder(MetaPathFinder, Loader):
    """Finds what was added, and makes modules of Python of it."""

    def __init__(self) -> None:
        self.sources: list[_Source] = []
        self.lock = Lock()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module; what none of the sources has costs a look into their names."""
        top = fullname.partition(".")[0]
        found = [source for source in self.sources if top in source.names]
        spaces = [space for source in found if (space := source.find(fullname)) is not None]
        if not spaces:
            return None
        spec = ModuleSpec(fullname, self, is_package=True)
        spec.loader_state = spaces
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make a module of Python for a spec of :meth:`find_spec`."""
        return _Package(spec.name, spec.loader_state)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: what lies in the module is found when it is asked for."""


class _Package(ModuleType):
    """A module or package of another language; several may share a name, as of jars."""

    def __init__(self, name: str, spaces: Sequence[Any]) -> None:
        super().__init__(name, type(spaces[0]).__metaffi_type__.documentation(name))
        self.__dict__["_spaces"] = spaces

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        failures = []
        for space in self._spaces:
            try:
                found = getattr(space, name)
            except AttributeError as failure:
                failures.append(failure)
            else:
                if isinstance(found, type):
                    self.__dict__[name] = found
                return found
        raise failures[0]

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__") or isinstance(value, ModuleType):
            super().__setattr__(name, value)
        else:
            setattr(self._spaces[0], name, value)

    def __dir__(self) -> list[str]:
        return sorted({name for space in self._spaces for name in dir(space)})

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by name, with what the other process has to add before it imports that."""
        top = self.__name__.partition(".")[0]
        added = [source.added for source in _finder.sources if top in source.names]
        return _imported, (self.__name__, added)


def _imported(name: str, added: Sequence[tuple[Any, str]]) -> Any:
    known = [(source.added[0]._source, source.added[1]) for source in _finder.sources]
    for module, alias in added:
        if not isinstance(module, MetaFFIModule):
            return module  # which tells whoever uses it why it is not here
        if (module._source, alias) not in known:
            _add(module, alias)
    return import_module(name)


_finder = _Finder()
