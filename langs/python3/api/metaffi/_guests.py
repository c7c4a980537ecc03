"""Builds modules from sources that have to be compiled, once, into the user's cache folder."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ._caches import cache_folder
from .metaffi_error import MetaFFIError
from .metaffi_module import MetaFFIModule
from .metaffi_runtime import MetaFFIRuntime, command

__all__ = ["built", "stem_of"]


def built(runtime: MetaFFIRuntime, module_path: str) -> MetaFFIModule:
    """Load a module, building it first if it is a source.

    Raises MetaFFIError if there is no such module, or if it cannot be built, with the
    compiler's output.
    """
    try:
        return runtime.load_module(module_path)
    except MetaFFIError as error:
        if error.kind not in ("not_found", "load") or not _may_be_source(module_path):
            raise
        failure = error
    folder = cache_folder("guests") / f"{stem_of(module_path)}-{_state_of(Path(module_path))}"
    if not any(_guests_in(folder)):
        _build(runtime.runtime_plugin, module_path, folder, failure)
    guest = next(_guests_in(folder), None)
    if guest is None:
        raise failure
    return runtime.load_module(str(guest))


def _may_be_source(module_path: str) -> bool:
    """Return whether it exists, or looks like the import path of a package: ``net/url``."""
    is_import_path = "/" in module_path and not module_path.startswith(("/", "."))
    return os.path.exists(module_path) or is_import_path


def stem_of(module_path: str) -> str:
    """Return the module's name for a file, a folder or an import path: ``util``."""
    stem = re.split(r"[;@]", module_path)[0].rstrip("/\\")
    return Path(stem).stem.removesuffix("_MetaFFIGuest")


def _guests_in(folder: Path) -> Iterator[Path]:
    """Yield the guests in a folder, without their suffixes."""
    return (found.with_suffix("") for found in sorted(folder.glob("*_MetaFFIGuest.*")))


def _state_of(source: Path) -> str:
    """Return a digest of a source's state: the names, sizes and times of its files."""
    files = sorted(source.rglob("*")) if source.is_dir() else [source]
    digest = sha256(str(source.resolve()).encode())
    for file in files:
        if file.is_file():
            status = file.stat()
            digest.update(f"{file}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:16]


def _build(language: str, source: str, folder: Path, failure: MetaFFIError) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    words = [command(), "-c", "--idl", source, "-g", language, "-o", str(folder)]
    try:
        done = subprocess.run(words, capture_output=True, text=True)
    except OSError as error:
        raise failure from error
    if done.returncode != 0:
        message = f"{source} cannot be built: {done.stderr.strip() or done.stdout.strip()}"
        raise MetaFFIError(message, kind="load", language=language) from failure
