"""Loads modules for other languages: files, package folders, importable names.

Called by the native module. A file gets the name that an import would give it if
that is free, and a unique one otherwise, so that two files of the same name can be
loaded, and none hides a module of the standard library.
"""

from __future__ import annotations

import importlib
import os
import sys
from difflib import get_close_matches
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ModuleSpec,
)
from importlib.util import find_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

__all__ = ["NoSuchModuleError", "attempt", "is_path", "load"]

_SUFFIXES = (*EXTENSION_SUFFIXES, *SOURCE_SUFFIXES, *BYTECODE_SUFFIXES)


class NoSuchModuleError(LookupError):
    """There is no such module; the message lists what was tried."""


class _UniqueNames(MetaPathFinder):
    """Finds the files that were given a unique name."""

    def __init__(self) -> None:
        self.places: dict[str, Path] = {}

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        place = self.places.get(name)
        if place is None:
            return None
        if not place.is_dir():
            return spec_from_file_location(name, place)
        init = _init_file(place)
        if init is not None:
            return spec_from_file_location(name, init, submodule_search_locations=[str(place)])
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(place)]
        return spec


_unique_names = _UniqueNames()


def load(path: str) -> list[ModuleType]:
    """Import all modules that ``path`` names, joined by ``;``."""
    pieces = _pieces(path)
    if not pieces:
        raise NoSuchModuleError(
            "the module path is empty: give a file, a package folder or a name to import"
        )
    importlib.invalidate_caches()  # files may be new
    if "" not in sys.path and os.getcwd() not in sys.path:
        sys.path.append("")  # the working directory at each import
    return [_load_one(piece) for piece in pieces]


def attempt(path: str) -> list[ModuleType] | BaseException:
    """Import like :func:`load`, but return an exception that a module raises.

    Its traceback starts in the user's code.
    """
    try:
        return load(path)
    except NoSuchModuleError:
        raise
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        return error.with_traceback(trace)


def _is_ours(file: str) -> bool:
    return file in (__file__, _IMPORTLIB) or file.startswith("<frozen importlib")


_IMPORTLIB = importlib.__file__


def _pieces(path: str) -> list[str]:
    pieces = []
    for piece in path.split(";"):
        if os.pathsep == ":" and ":" in piece and not os.path.exists(piece):
            pieces.extend(piece.split(":"))
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def _load_one(piece: str) -> ModuleType:
    return _load_path(piece) if is_path(piece) else _load_name(piece)


def is_path(piece: str) -> bool:
    """Return whether it is a path rather than a name to import."""
    separators = [os.sep, os.altsep] if os.altsep else [os.sep]
    return piece.endswith(_SUFFIXES) or any(separator in piece for separator in separators)


def _load_name(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = error.name is not None and f"{name}.".startswith(f"{error.name}.")
        if not missing:
            raise
    if os.path.exists(name):
        return _load_path(name)
    known = {*sys.builtin_module_names, *sys.stdlib_module_names, *sys.modules}
    looked = ", ".join(repr(folder or os.getcwd()) for folder in sys.path)
    raise NoSuchModuleError(
        f"no module `{name}`{_similar(name, known)}; looked in {looked}; install its package for "
        f"the Python in {sys.prefix}, or activate the environment that has it"
    )


def _similar(name: str, known: set[str]) -> str:
    found = get_close_matches(name, known, 1, 0.75)
    return f"; did you mean `{found[0]}`?" if found else ""


def _load_path(piece: str) -> ModuleType:
    place = Path(os.path.abspath(piece))
    if not place.exists():
        beside = {entry.name for entry in place.parent.glob("*")}
        hint = _similar(place.name, beside)
        raise NoSuchModuleError(f"no module `{piece}`: {place} does not exist{hint}")
    if place.stem == "__init__":
        place = place.parent
    if place.is_file() and not place.name.endswith(_SUFFIXES):
        raise NoSuchModuleError(f"no module `{piece}`: {place} is not a Python file")
    return importlib.import_module(_name_for(place))


def _init_file(folder: Path) -> Path | None:
    inits = (folder / f"__init__{suffix}" for suffix in _SUFFIXES)
    return next((init for init in inits if init.is_file()), None)


def _name_for(place: Path) -> str:
    """Return the name that imports the file or folder at ``place``."""
    parts, folder = [place.name.split(".")[0]], place.parent
    while _init_file(folder) is not None:
        parts.insert(0, folder.name)
        folder = folder.parent
    name = ".".join(parts)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))  # last, so that it hides nothing
    if all(part.isidentifier() for part in parts) and _is_found_at(name, place):
        return name
    digest = sha256(os.fsencode(place)).hexdigest()[:8]
    stem = "".join(c if c.isalnum() else "_" for c in place.name.split(".")[0])
    unique = f"{stem}_{digest}"
    _unique_names.places[unique] = place
    if _unique_names not in sys.meta_path:
        sys.meta_path.append(_unique_names)
    return unique


def _is_found_at(name: str, place: Path) -> bool:
    """Return whether importing ``name`` gives the module at ``place``."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):  # the parent is not a package, or it is `__main__`
        return False
    if spec is None:
        return False
    places = [spec.origin, *(spec.submodule_search_locations or ())]
    return any(
        found is not None and os.path.exists(found) and os.path.samefile(found, place)
        for found in places
    )
