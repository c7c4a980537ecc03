"""Runtimes: ``openjdk``, ``go``, ``python3``, ``loopback``."""

from __future__ import annotations

import os
import sys
from threading import Lock
from types import TracebackType

from . import _faults, _native
from ._names import checked

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from .metaffi_module import MetaFFIModule

__all__ = ["MetaFFIRuntime"]


def _shipped_with() -> str:
    """Return the installation in this package (a wheel) or around it; a checkout has none."""
    package = os.path.dirname(os.path.realpath(__file__))
    within = os.path.join(package, "_installation")
    return within if os.path.isdir(within) else os.path.dirname(os.path.dirname(package))


_SHIPPED_WITH = _shipped_with()
"""The installation that is used when METAFFI_HOME is not set."""


def command() -> str:
    """Return the ``metaffi`` command of the installation."""
    home = os.environ.get("METAFFI_HOME") or _SHIPPED_WITH
    return os.path.join(home, "bin", "metaffi.exe" if sys.platform == "win32" else "metaffi")


_WITHOUT_HANDLERS = {"python3", "python", "loopback", "test"}
"""The runtimes that do not turn faults into exceptions."""

_STARTED: set[str] = set()
"""The names of the runtimes that were loaded, as they were given."""


class MetaFFIRuntime:
    """A language's runtime in this process.

    It starts when something is first loaded through it, or by
    :meth:`load_runtime_plugin`. Several ``MetaFFIRuntime`` objects of one language share
    its runtime, and loading it again is harmless. At the end of a ``with`` block its
    entities are released; the language itself stays loaded until the process ends::

        with MetaFFIRuntime("go") as runtime:
            module = runtime.load_module("hello_MetaFFIGuest")
    """

    def __init__(self, runtime_plugin: str) -> None:
        """Name a runtime: ``openjdk`` (or ``jvm``), ``go``, ``python3`` or ``loopback``."""
        self.runtime_plugin = runtime_plugin
        self._lock = Lock()
        self._native: _native.Runtime | None = None

    def is_started(self) -> bool:
        """Return whether this program has loaded the runtime, through this or another object."""
        return self.runtime_plugin in _STARTED

    def load_runtime_plugin(self) -> None:
        """Start the runtime, unless it is already running.

        Raises MetaFFIError if there is no such runtime, listing those that were found, or
        if it cannot be started.
        """
        self._loaded()

    def release_runtime_plugin(self) -> None:
        """Make the entities that were loaded through this object raise MetaFFIError.

        Loading something through it later loads the runtime again.
        """
        with self._lock:
            native, self._native = self._native, None
        if native is not None:
            native.release()

    def load_module(self, module_path: str) -> MetaFFIModule:
        """Load a module: a path, several paths joined by ``;``, or an importable name.

        Raises MetaFFIError, naming the paths that were tried, if there is no such module.
        """
        from .metaffi_module import MetaFFIModule

        return MetaFFIModule(self, module_path)

    def _loaded(self) -> _native.Runtime:
        with self._lock:
            if self._native is None:
                name = checked("runtime", self.runtime_plugin)
                self._native = _native.Runtime(name, _SHIPPED_WITH)
                _STARTED.add(name)
                if name not in _WITHOUT_HANDLERS:
                    _faults.stay_off()
            return self._native

    def __enter__(self) -> MetaFFIRuntime:
        self.load_runtime_plugin()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release_runtime_plugin()

    def __reduce__(self) -> tuple[type[MetaFFIRuntime], tuple[str]]:
        """Pickle by name; in the other process it starts when something is loaded."""
        return MetaFFIRuntime, (self.runtime_plugin,)

    def __repr__(self) -> str:
        state = "not loaded" if self._native is None else "loaded"
        return f"<MetaFFIRuntime {self.runtime_plugin}, {state}>"
