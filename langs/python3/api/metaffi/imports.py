"""Import modules of other languages with Python's own ``import`` statement.

A jar's packages are imported by their names, any other module by its own name::

    import metaffi.imports

    metaffi.imports.add("openjdk", "log4j-api-2.21.1.jar;log4j-core-2.21.1.jar")
    metaffi.imports.add("go", "mathutil.go")

    import mathutil
    from java.util import ArrayList
    from org.apache.logging.log4j import LogManager

Python modules come first: other languages are searched only for names that Python cannot find.
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
    """Load a module and make its contents importable.

    ``name`` is the name under which a module with functions of its own is imported; the
    default is the name of its file. A source of a compiled language, such as a ``.go`` file,
    is first built into the user's cache folder, again only after it changed. So is a package
    that its language finds by an import path, such as ``net/url`` or
    ``github.com/google/uuid@v1.6.0``.

    Raises MetaFFIError if there is no such module, or if it cannot be built.
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
    """A module, and the top-level names that it can be imported by."""

    def __init__(self, module: MetaFFIModule, name: str) -> None:
        self.added = module, name
        self._root = module._root
        kind = type(self._root).__metaffi_type__
        # A module that holds nothing but packages is not imported by a name of its own.
        is_package = all(member.kind in ("module", "class") for member in kind.members)
        self._prefix = "" if is_package else name
        top = {member.name for member in kind.members if member.kind == "module"}
        self.names = top if is_package else {name}

    def find(self, name: str) -> Any:
        """Return the module or package with this name, or ``None``."""
        path = name.removeprefix(self._prefix).lstrip(".")
        found = self._root
        for part in path.split(".") if path else ():
            if not type(found).__metaffi_type__.has(part, "module"):
                return None
            found = getattr(found, part)
        return found


class _Finder(MetaPathFinder, Loader):
    """Finds the modules that were added, and makes Python modules for them."""

    def __init__(self) -> None:
        self.sources: list[_Source] = []
        self.lock = Lock()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module; for names that no source has, this only checks the top-level names."""
        top = fullname.partition(".")[0]
        found = [source for source in self.sources if top in source.names]
        spaces = [space for source in found if (space := source.find(fullname)) is not None]
        if not spaces:
            return None
        spec = ModuleSpec(fullname, self, is_package=True)
        spec.loader_state = spaces
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make a Python module for a spec from :meth:`find_spec`."""
        return _Package(spec.name, spec.loader_state)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the module's contents are found when they are first used."""


class _Package(ModuleType):
    """A module or package of another language; several jars may have one of the same name."""

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
        """Pickle by name, with the modules that the other process adds before it imports that."""
        top = self.__name__.partition(".")[0]
        added = [source.added for source in _finder.sources if top in source.names]
        return _imported, (self.__name__, added)


def _imported(name: str, added: Sequence[tuple[Any, str]]) -> Any:
    known = [(source.added[0]._source, source.added[1]) for source in _finder.sources]
    for module, alias in added:
        if not isinstance(module, MetaFFIModule):
            return module  # an Unavailable, which raises the reason when it is used
        if (module._source, alias) not in known:
            _add(module, alias)
    return import_module(name)


_finder = _Finder()
