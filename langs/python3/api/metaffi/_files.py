"""Identifies the files of modules by their content, for use in other processes.

Modules that are found by name alone, such as ``json`` or the JDK, have no files here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ._caches import cache_folder
from .metaffi_error import MetaFFIError

__all__ = ["Content", "Piece", "content_of", "find", "pieces_of"]


class Piece(NamedTuple):
    """One of the files, folders or names that make up a module path."""

    name: str
    """As it was written, with the suffix if that was left out."""
    path: str
    """The full path; empty for a module that is found by name."""
    digest: str
    """The SHA-256 of a file, or of the names and digests of a folder's files."""
    size: int


Content = tuple[tuple[str, bytes], ...]
"""Names relative to a folder, and contents; a single file has an empty name."""

_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}
_OF_PYTHON = "python3"


def pieces_of(runtime: str, module_path: str, folder: str) -> list[Piece]:
    """Split a module path that is relative to ``folder``, and hash its files."""
    pieces = []
    for written in _split(module_path, folder):
        path = _path_of(runtime, written, folder)
        if path is None:
            pieces.append(Piece(written, "", "", 0))
        elif path.endswith("*"):
            jars = sorted(Path(path[:-1]).glob("*.[jJ][aA][rR]"))
            pieces += [_piece(os.path.join(written[:-1], jar.name), str(jar)) for jar in jars]
        else:
            suffix = path[len(os.path.join(folder, written)) :]
            pieces.append(_piece(written + suffix, path))
    return pieces


def _split(module_path: str, folder: str) -> Iterator[str]:
    for part in module_path.split(";"):
        has_several = os.pathsep == ":" and not os.path.exists(os.path.join(folder, part))
        for piece in part.split(":") if has_several else [part]:
            if piece.strip():
                yield piece.strip()


def _path_of(runtime: str, written: str, folder: str) -> str | None:
    """Return the path of a file or folder; ``None`` for a module that is found by name."""
    if runtime == _OF_PYTHON and _is_importable(written):
        return None
    path = os.path.join(folder, written)
    if path.endswith("*") and os.path.isdir(path[:-1]):
        return path
    for found in (path + _SUFFIXES.get(sys.platform, ".so"), path):
        if os.path.exists(found):
            return found
    return None


def _is_importable(name: str) -> bool:
    from importlib.util import find_spec

    from ._modules import is_path

    try:
        return not is_path(name) and find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _piece(name: str, path: str) -> Piece:
    return Piece(name, path, *_digest_of(path))


def _files_in(path: str) -> list[tuple[str, str]]:
    """List the files of a folder with their names in it, without those that Python adds."""
    if not os.path.isdir(path):
        return [("", path)]
    files = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name != "__pycache__"]
        files += [os.path.join(folder, name) for name in names]
    return sorted((Path(os.path.relpath(file, path)).as_posix(), file) for file in files)


_State = tuple[tuple[str, int, int], ...]
_digests: dict[str, tuple[_State, str, int]] = {}
"""By path: the state, by which changes are noticed, the digest, the size."""


def _digest_of(path: str) -> tuple[str, int]:
    files = _files_in(path)
    statuses = [(name, os.stat(file)) for name, file in files]
    state = tuple((name, status.st_size, status.st_mtime_ns) for name, status in statuses)
    known = _digests.get(path)
    if known is None or known[0] != state:
        known = _digests[path] = state, _hashed(files), sum(size for _, size, _ in state)
    return known[1:]


def _hashed(files: list[tuple[str, str]]) -> str:
    digests = [(name, sha256(Path(file).read_bytes()).hexdigest()) for name, file in files]
    if [name for name, _ in digests] == [""]:
        return digests[0][1]
    return sha256("".join(f"{name}\0{digest}\n" for name, digest in digests).encode()).hexdigest()


def content_of(piece: Piece) -> Content | None:
    """Read the files of a piece; ``None`` for a module that is found by name."""
    return _read(piece.path, piece.digest) if piece.path else None


@lru_cache(maxsize=16)
def _read(path: str, digest: str) -> Content:
    # Cached, since a pickle stores the same bytes object only once.
    return tuple((name, Path(file).read_bytes()) for name, file in _files_in(path))


def find(piece: Piece, content: Content | None) -> str:
    """Find a piece in this process by its path, or else unpack its content if that was shipped.

    Raises MetaFFIError if it is missing, or if a different version is found.
    """
    if not piece.path:
        return piece.name
    here = [path for path in (piece.path, piece.name) if os.path.exists(path)]
    for path in here:
        if _digest_of(path)[0] == piece.digest:
            return path
    if content is not None:
        return _unpacked(piece, content)
    raise _missing(piece, here)


def _missing(piece: Piece, here: list[str]) -> MetaFFIError:
    expected = f"SHA-256 {piece.digest}, {piece.size} bytes"
    advice = (
        "copy it there, or call metaffi.ship(module) before pickling anything of the module, so "
        "that the pickle includes its files"
    )
    if not here:
        message = f"{piece.path}, which a pickle refers to ({expected}), is not here: {advice}"
        return MetaFFIError(message, kind="not_found")
    digest, size = _digest_of(here[0])
    message = (
        f"{here[0]} is not the version that a pickle refers to: it has SHA-256 {digest}, "
        f"{size} bytes, and the pickle refers to {expected}: {advice}"
    )
    return MetaFFIError(message, kind="load")


def _unpacked(piece: Piece, content: Content) -> str:
    """Write content into the user's cache folder, once; other processes wait meanwhile."""
    try:
        folder = _own_folder(cache_folder("shipped"))
        with _locked(folder / f"{piece.digest}.lock"):
            place = folder / piece.digest / os.path.basename(piece.path)
            if not (place.exists() and _digest_of(str(place))[0] == piece.digest):
                _write(place, content)
    except OSError as error:
        message = f"the content of {piece.path} from a pickle cannot be written: {error}"
        advice = "; set XDG_CACHE_HOME to a folder that this user may write"
        raise MetaFFIError(message + advice, kind="load") from error
    if _digest_of(str(place))[0] != piece.digest:
        raise MetaFFIError(f"the content of {piece.path} in a pickle is damaged", kind="load")
    return str(place)


def _own_folder(folder: Path) -> Path:
    """Make a folder, and check that nobody else can put code there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.stat()
    if os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        raise MetaFFIError(
            f"{folder} may be written by others, and code is loaded from there: make it "
            f"accessible to this user only, by chown and chmod 700, or remove it",
            kind="load",
        )
    return folder


def _write(place: Path, content: Content) -> None:
    place.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=place.parent) as scratch:
        made = Path(scratch) / place.name
        for name, data in content:
            file = made / name if name else made
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        if place.exists():  # a damaged one
            place.rename(Path(scratch) / "damaged")
        made.rename(place)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes; the system releases it when the file is closed."""
    with open(path, "a+") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
