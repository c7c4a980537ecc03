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

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
if TYPE_CHECKING:
    from typing import Any, TypeAlias, overload

    _Declared: TypeAlias = Sequence[metaffi_type_info | MetaFFITypes] | None

__all__ = ["MetaFFIEntity", "MetaFFIModule"]


class _Given:
    """What stands for types that were left out."""


_LEFT_OUT = _Given()


class MetaFFIModule:
    """A loaded module: a jar, a compiled Go guest, a Python module.

    What lies in it is found by attributes and by ``[]``, and used as if it were Python's:
    ``module.java.util.ArrayList()``, ``module["java.util.ArrayList"]``.
    """

    def __init__(self, runtime: MetaFFIRuntime, module_path: str) -> None:
        """Load the module at ``module_path`` into ``runtime``, which is loaded if need be."""
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
        params_metaffi_types: _Given | _Declared = _LEFT_OUT,
        retval_metaffi_types: _Given | _Declared = _LEFT_OUT,
    ) -> Any:
        """Load a function, method, constructor, field or global, to be called.

        The types may be left out, both of them: then they are the module's, and one
        of several overloads is chosen at each call by its arguments.

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
        if isinstance(params_metaffi_types, _Given) and isinstance(retval_metaffi_types, _Given):
            return self._load(entity_path, None, None)
        if isinstance(params_metaffi_types, _Given) or isinstance(retval_metaffi_types, _Given):
            raise TypeError("give the types of parameters and of results, or neither of them")
        params = declared_types(params_metaffi_types)
        retvals = declared_types(retval_metaffi_types)
        return self._load(entity_path, params, retvals)

    def _load(
        self, path: str, params: list[DeclaredType] | None, retvals: list[DeclaredType] | None
    ) -> Any:
        """Load an entity, and remember for pickles what it was loaded from."""
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
        """The module as an object, whose members are what lies in it."""
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
        """Return what lies at a path with dots: a class, a function, a package, a value.

        Raises KeyError, with what is similar, where there is nothing.
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
                type.__setattr__(found, "_metaffi_module", self)  # which a pickle of it names
        return found

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *dir(self._root)})

    def _resolve_errors(self, resolve: Callable[[str, MetaFFIError], BaseException | None]) -> None:
        """Let ``resolve`` say what is raised for an exception of the guest; once.

        It gets the exception's type and the ``MetaFFIError``, whose cause and notes what it
        returns gets too, unless it has its own. It speaks for entities that are loaded from now
        on, and for the functions that those return.
        """
        self._native.resolve_errors(resolve)

    __reduce__ = recipe("_recipes", "of_module")

    def __repr__(self) -> str:
        return f"<MetaFFIModule {self.module_path!r} of {self.runtime.runtime_plugin}>"
