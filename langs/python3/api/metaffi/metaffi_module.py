"""Modules of a runtime, and their entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from ._names import checked
from ._native import MetaFFIEntity
from ._pickling import Origin, Source, origins, recipe, remember
from .metaffi_error import MetaFFIError
from .metaffi_runtime import MetaFFIRuntime
from .metaffi_types import DeclaredType, MetaFFITypes, declared_types, metaffi_type_info

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any, TypeAlias, overload

    _Declared: TypeAlias = Sequence[metaffi_type_info | MetaFFITypes] | None

__all__ = ["MetaFFIEntity", "MetaFFIModule"]


class _Omitted:
    """The default of types that are left out."""


_OMITTED = _Omitted()


class MetaFFIModule:
    """A loaded module: a jar, a compiled Go guest, a Python module.

    Its classes, functions and values are attributes, and also found by ``[]``. They are used
    like Python's own: ``module.java.util.ArrayList()``, ``module["java.util.ArrayList"]``.
    """

    def __init__(self, runtime: MetaFFIRuntime, module_path: str) -> None:
        """Load the module at ``module_path`` into ``runtime``, loading that first if necessary."""
        self.runtime = runtime
        self.module_path = module_path
        self._classes: dict[str, type] = {}
        self._native = runtime._loaded().load_module(checked("module path", module_path))
        self._source: Source = remember(runtime.runtime_plugin, module_path)

    if TYPE_CHECKING:

        @overload
        def load_entity(self, entity_path: str) -> Any: ...
        @overload
        def load_entity(
            self,
            entity_path: str,
            params_metaffi_types: _Declared,
            retval_metaffi_types: _Declared,
        ) -> MetaFFIEntity: ...

    def load_entity(
        self,
        entity_path: str,
        params_metaffi_types: _Omitted | _Declared = _OMITTED,
        retval_metaffi_types: _Omitted | _Declared = _OMITTED,
    ) -> Any:
        """Load a function, method, constructor, field or global, and return a callable.

        Both lists of types may be left out. Then the types come from the module, and
        each call chooses among overloads by its arguments.

        ``None`` means no parameters, or no results. A call returns ``None`` if there are
        no results, the value if there is one, and a tuple if there are several::

            add = module.load_entity(
                "callable=add",
                [MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_int64_type],
                [MetaFFITypes.metaffi_int64_type],
            )
            assert add(2, 3) == 5

        Raises MetaFFIError if there is no such entity, or if none or several of its
        overloads match the types; the message lists the candidates.
        """
        if isinstance(params_metaffi_types, _Omitted) and isinstance(
            retval_metaffi_types, _Omitted
        ):
            return self._load(entity_path, None, None)
        if isinstance(params_metaffi_types, _Omitted) or isinstance(retval_metaffi_types, _Omitted):
            raise TypeError("give the types of both parameters and results, or of neither")
        params = declared_types(params_metaffi_types)
        retvals = declared_types(retval_metaffi_types)
        return self._load(entity_path, params, retvals)

    def _load(
        self, path: str, params: list[DeclaredType] | None, retvals: list[DeclaredType] | None
    ) -> Any:
        """Load an entity, and remember its origin, which a pickle of it needs."""
        checked("entity path", path)
        if params is None or retvals is None:
            found = self._native.load_value(path)
        else:
            found = self._native.load_entity(path, params, retvals)
        if type(found) is MetaFFIEntity:
            origins[found] = Origin(self._source, path, params, retvals)
        return found

    @cached_property
    def _root(self) -> Any:
        """The module as an object; its members are the module's contents."""
        return self._native.load_value("")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"'MetaFFIModule' object has no attribute {name!r}")
        return getattr(self._root, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name in ("runtime", "module_path"):
            object.__setattr__(self, name, value)
        else:
            setattr(self._root, name, value)

    def __getitem__(self, path: str) -> Any:
        """Return what a dotted path names: a class, a function, a package or a value.

        Raises KeyError, suggesting a similar name, if there is no such thing.
        """
        known = self._classes.get(path)
        if known is not None:
            return known
        try:
            found = getattr(self._root, path)
        except AttributeError as error:
            raise KeyError(str(error)) from None
        if isinstance(found, type):
            self._classes[path] = found
            if "_metaffi_module" not in vars(found):
                type.__setattr__(found, "_metaffi_module", self)  # for pickles
        return found

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *dir(self._root)})

    def _resolve_errors(self, resolve: Callable[[str, MetaFFIError], BaseException | None]) -> None:
        """Set the function that chooses what is raised for a guest's exception; only once.

        ``resolve`` gets the exception's type and the ``MetaFFIError``. The exception that it
        returns also gets that error's cause and notes, unless it has its own. It applies to
        entities that are loaded from now on, and to the functions that those return.
        """
        self._native.resolve_errors(resolve)

    __reduce__ = recipe("_recipes", "of_module")

    def __repr__(self) -> str:
        return f"<MetaFFIModule {self.module_path!r} of {self.runtime.runtime_plugin}>"
