"""Modules of a runtime, and their entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ._names import checked
from ._native import MetaFFIEntity
from ._pickling import refusal
from .metaffi_error import MetaFFIError
from .metaffi_runtime import MetaFFIRuntime
from .metaffi_types import MetaFFITypes, declared_types, metaffi_type_info

__all__ = ["MetaFFIEntity", "MetaFFIModule"]


class MetaFFIModule:
    """A loaded module: a jar, a compiled Go guest, a Python module."""

    def __init__(self, runtime: MetaFFIRuntime, module_path: str) -> None:
        """Load the module at ``module_path`` into ``runtime``, which is loaded if need be."""
        self.runtime = runtime
        self.module_path = module_path
        self._native = runtime._loaded().load_module(checked("module path", module_path))

    def load_entity(
        self,
        entity_path: str,
        params_metaffi_types: Sequence[metaffi_type_info | MetaFFITypes] | None,
        retval_metaffi_types: Sequence[metaffi_type_info | MetaFFITypes] | None,
    ) -> MetaFFIEntity:
        """Load a function, method, constructor, field or global, to be called.

        ``None`` means no parameters, or no results. With no results a call
        returns ``None``, with one the value, with several a tuple::

            add = module.load_entity(
                "callable=add",
                [MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_int64_type],
                [MetaFFITypes.metaffi_int64_type],
            )
            assert add(2, 3) == 5

        Raises MetaFFIError when there is no such entity, or none (or several)
        with these types; the message lists what there is.
        """
        params = declared_types(params_metaffi_types)
        retvals = declared_types(retval_metaffi_types)
        return self._native.load_entity(checked("entity path", entity_path), params, retvals)

    def _resolve_errors(self, resolve: Callable[[str, MetaFFIError], BaseException | None]) -> None:
        """Let ``resolve`` say what is raised for an exception of the guest; once.

        It gets the exception's type and the ``MetaFFIError``, whose cause and notes what it
        returns gets too, unless it has its own. It speaks for entities that are loaded from now
        on, and for the functions that those return.
        """
        self._native.resolve_errors(resolve)

    __reduce__ = refusal("a loaded module", "load the module")

    def __repr__(self) -> str:
        return f"<MetaFFIModule {self.module_path!r} of {self.runtime.runtime_plugin}>"
