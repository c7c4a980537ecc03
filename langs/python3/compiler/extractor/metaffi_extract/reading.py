"""Answers a question: finds and reads modules, and reports problems."""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from . import scopes
from .annotations import World
from .library import Library
from .modules import Description

__all__ = ["Failure", "answer"]


@dataclass
class Problem:
    """A problem in a source: what, where, and what to do about it."""

    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    help: str = ""


class Failure(Exception):  # noqa: N818  it reports a problem, not an error of this program
    """A source that cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Read the sources that a question names."""
    library = Library()
    description = Description(World(library, is_live=question["import"]))
    try:
        for source in question["sources"]:
            module, name = _module_of(library, source, question)
            if question["import"]:
                module = _imported(source, question["loader"])
            description.add(module, name)
        modules = description.modules()
    except Failure as failure:
        return {"errors": [asdict(failure.problem)]}
    if not modules:
        return {"errors": [asdict(_empty(question["sources"]))]}
    warnings = [_unread(path, error) for path, error in library.unread.items()]
    return {
        "modules": modules,
        "left_out": [asdict(one) for one in description.left_out],
        "warnings": [asdict(one) for one in warnings],
    }


def _empty(sources: list[str]) -> Problem:
    return Problem(
        "it has no public names",
        "; ".join(sources),
        help="names with a leading underscore are private; so are names that `__all__` does not "
        "list, and names that a module only imports",
    )


def _unread(path: Path, error: SyntaxError) -> Problem:
    return Problem(
        f"{error.msg}; its types are not used",
        str(path),
        error.lineno or 0,
        error.offset or 0,
        f"it may need a newer Python than {sys.version_info[0]}.{sys.version_info[1]}",
    )


# --- finding ---


def _module_of(library: Library, source: str, question: dict[str, Any]) -> tuple[str, str]:
    """Return the module's name in the library, and the name that its users use."""
    place = Path(source)
    # An unrelated folder (stubs for another language) may have the module's name.
    is_other = place.is_dir() and place.name == source and not (place / "__init__.py").is_file()
    if is_other or not place.exists():
        if library.spec(source) is None and not _is_built_in(source):
            raise Failure(_no_module(source))
        return source, source
    place = Path(os.path.abspath(place))
    if place.name == "__init__.py":
        place = place.parent
    file = place / "__init__.py" if place.is_dir() else place
    _check(file)
    module, root = _name_in_package(place)
    if str(root) not in sys.path:
        sys.path.append(str(root))  # last, so that it hides nothing
    if library.file(module) != file:
        library.own[module] = file
    return module, module.rpartition(".")[2]


def _is_built_in(name: str) -> bool:
    try:
        return importlib.util.find_spec(name.partition(".")[0]) is not None and "." not in name
    except (ImportError, ValueError):
        return False


def _name_in_package(place: Path) -> tuple[str, Path]:
    parts, folder = [place.name.split(".")[0]], place.parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    return ".".join(parts), folder


def _no_module(name: str) -> Problem:
    known = {*sys.builtin_module_names, *sys.stdlib_module_names}
    near = get_close_matches(name, known, 1, 0.75)
    return Problem(
        f"no module `{name}` for the Python in {sys.prefix}",
        help=f"did you mean `{near[0]}`?"
        if near
        else "install its package for this Python, or activate the environment that has it",
    )


def _check(file: Path) -> None:
    """Refuse a file that cannot be parsed, with the place."""
    try:
        scopes.read("", file)
    except SyntaxError as error:
        raise Failure(
            Problem(
                f"{type(error).__name__}: {error.msg}",
                str(file),
                error.lineno or 0,
                error.offset or 0,
                f"it was read by Python {sys.version_info[0]}.{sys.version_info[1]}; correct it, "
                "or use another Python",
            )
        ) from None
    except (OSError, ValueError) as error:
        raise Failure(Problem(f"it cannot be read: {error}", str(file))) from None


# --- importing ---


def _imported(source: str, loader: str) -> str:
    """Import a source as the runtime does, and return its name."""
    spec = importlib.util.spec_from_file_location("metaffi_extract_loader", loader)
    if spec is None or spec.loader is None:
        raise Failure(Problem("the package metaffi is missing", loader, help="reinstall MetaFFI"))
    modules = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = modules
    spec.loader.exec_module(modules)
    try:
        loaded = modules.load(source)
    except modules.NoSuchModuleError as error:
        raise Failure(Problem(str(error.args[0]))) from None
    except BaseException as error:
        raise Failure(_raised(source, error, modules)) from None
    module: ModuleType = loaded[0]
    return module.__name__


def _raised(source: str, error: BaseException, modules: ModuleType) -> Problem:
    """Return the problem of an import that raised, at the innermost frame of the user's code."""
    ours = {modules.__file__, importlib.__file__}
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename not in ours
        and not frame.filename.startswith("<frozen importlib")
        and Path(frame.filename).parent != Path(__file__).parent
    ]
    file, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
    if isinstance(error, SyntaxError) and error.filename:
        file, line = error.filename, error.lineno or 0
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    help_ = "fix the module, or read it without importing it: --guest-options no-import"
    if isinstance(error, ModuleNotFoundError):
        help_ = (
            f"install `{error.name}` for the Python in {sys.prefix}, or read the module without "
            "importing it: --guest-options no-import"
        )
    return Problem(f"importing `{source}` raises {text}", file, line, 0, help_)
