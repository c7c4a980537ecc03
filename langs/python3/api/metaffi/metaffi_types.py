"""The types that parameters and results are declared with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import IntFlag
from functools import partial, update_wrapper

from . import _native
from ._names import checked

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any, Self

__all__ = [
    "MetaFFICallable",
    "MetaFFITypes",
    "make_metaffi_callable",
    "metaffi_type_info",
    "new_metaffi_type_info",
    "pytype_to_metaffi_type_dict",
]

_PACKED_ARRAY = 1 << 16 | 1 << 24


class MetaFFITypes(IntFlag):
    """The types; their values are the bits that the C interface uses.

    ``metaffi_array_type`` alone is an array of mixed or unknown elements.
    """

    metaffi_float64_type = 1 << 0
    metaffi_float32_type = 1 << 1
    metaffi_int8_type = 1 << 2
    metaffi_int16_type = 1 << 3
    metaffi_int32_type = 1 << 4
    metaffi_int64_type = 1 << 5
    metaffi_uint8_type = 1 << 6
    metaffi_uint16_type = 1 << 7
    metaffi_uint32_type = 1 << 8
    metaffi_uint64_type = 1 << 9
    metaffi_size_type = 1 << 17
    metaffi_bool_type = 1 << 10
    metaffi_char8_type = 1 << 11
    metaffi_char16_type = 1 << 21
    metaffi_char32_type = 1 << 22
    metaffi_string8_type = 1 << 12
    metaffi_string16_type = 1 << 13
    metaffi_string32_type = 1 << 14
    metaffi_handle_type = 1 << 15
    metaffi_any_type = 1 << 18
    metaffi_null_type = 1 << 19
    metaffi_callable_type = 1 << 20
    metaffi_array_type = 1 << 16

    metaffi_float64_array_type = metaffi_array_type | metaffi_float64_type
    metaffi_float32_array_type = metaffi_array_type | metaffi_float32_type
    metaffi_int8_array_type = metaffi_array_type | metaffi_int8_type
    metaffi_int16_array_type = metaffi_array_type | metaffi_int16_type
    metaffi_int32_array_type = metaffi_array_type | metaffi_int32_type
    metaffi_int64_array_type = metaffi_array_type | metaffi_int64_type
    metaffi_uint8_array_type = metaffi_array_type | metaffi_uint8_type
    metaffi_uint16_array_type = metaffi_array_type | metaffi_uint16_type
    metaffi_uint32_array_type = metaffi_array_type | metaffi_uint32_type
    metaffi_uint64_array_type = metaffi_array_type | metaffi_uint64_type
    metaffi_size_array_type = metaffi_array_type | metaffi_size_type
    metaffi_bool_array_type = metaffi_array_type | metaffi_bool_type
    metaffi_char8_array_type = metaffi_array_type | metaffi_char8_type
    metaffi_char16_array_type = metaffi_array_type | metaffi_char16_type
    metaffi_char32_array_type = metaffi_array_type | metaffi_char32_type
    metaffi_string8_array_type = metaffi_array_type | metaffi_string8_type
    metaffi_string16_array_type = metaffi_array_type | metaffi_string16_type
    metaffi_string32_array_type = metaffi_array_type | metaffi_string32_type
    metaffi_handle_array_type = metaffi_array_type | metaffi_handle_type
    metaffi_any_array_type = metaffi_array_type | metaffi_any_type
    metaffi_callable_array_type = metaffi_array_type | metaffi_callable_type

    metaffi_float64_packed_array_type = _PACKED_ARRAY | metaffi_float64_type
    metaffi_float32_packed_array_type = _PACKED_ARRAY | metaffi_float32_type
    metaffi_int8_packed_array_type = _PACKED_ARRAY | metaffi_int8_type
    metaffi_int16_packed_array_type = _PACKED_ARRAY | metaffi_int16_type
    metaffi_int32_packed_array_type = _PACKED_ARRAY | metaffi_int32_type
    metaffi_int64_packed_array_type = _PACKED_ARRAY | metaffi_int64_type
    metaffi_uint8_packed_array_type = _PACKED_ARRAY | metaffi_uint8_type
    metaffi_uint16_packed_array_type = _PACKED_ARRAY | metaffi_uint16_type
    metaffi_uint32_packed_array_type = _PACKED_ARRAY | metaffi_uint32_type
    metaffi_uint64_packed_array_type = _PACKED_ARRAY | metaffi_uint64_type
    metaffi_size_packed_array_type = _PACKED_ARRAY | metaffi_size_type
    metaffi_bool_packed_array_type = _PACKED_ARRAY | metaffi_bool_type
    metaffi_string8_packed_array_type = _PACKED_ARRAY | metaffi_string8_type
    metaffi_handle_packed_array_type = _PACKED_ARRAY | metaffi_handle_type
    metaffi_callable_packed_array_type = _PACKED_ARRAY | metaffi_callable_type


class metaffi_type_info:  # noqa: N801 (the documented name)
    """A declared type, with its rank and the guest's own name for it.

    For example::

        metaffi_type_info(MetaFFITypes.metaffi_handle_type, "java.util.List")
        metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=2)

    It cannot be changed, and equals another one of the same type, alias and rank.
    """

    # Not a dataclass: importing dataclasses takes longer than importing this whole package.
    __slots__ = __match_args__ = ("metaffi_type", "alias", "dims")

    metaffi_type: MetaFFITypes
    alias: str | None
    """The guest's own name for the type."""
    dims: int
    """The rank: 0 for a scalar and for an array of rank 1, -1 for mixed or unknown."""

    def __init__(self, metaffi_type: MetaFFITypes, alias: str | None = None, dims: int = 0) -> None:
        for name, value in zip(self.__slots__, (metaffi_type, alias, dims), strict=True):
            object.__setattr__(self, name, value)

    def _values(self) -> tuple[MetaFFITypes, str | None, int]:
        return self.metaffi_type, self.alias, self.dims

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"cannot set {name!r}: make another metaffi_type_info")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete {name!r}: make another metaffi_type_info")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, metaffi_type_info):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __reduce__(self) -> tuple[Any, ...]:
        return metaffi_type_info, self._values()

    def __repr__(self) -> str:
        kind, alias, dims = self._values()
        return f"metaffi_type_info(metaffi_type={kind!r}, alias={alias!r}, dims={dims!r})"


def new_metaffi_type_info(
    metaffi_type: MetaFFITypes, alias: str | None = None, dims: int = 0
) -> metaffi_type_info:
    """Make a type info."""
    return metaffi_type_info(metaffi_type, alias, dims)


class _TypesByName(dict[str, MetaFFITypes]):
    """A dict that invalidates the native module's cache of signatures when it changes."""

    def __setitem__(self, name: str, value: MetaFFITypes) -> None:
        super().__setitem__(name, value)
        _native.forget_signatures()

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        _native.forget_signatures()

    def __ior__(self, value: Any, /) -> Self:  # type: ignore[misc,override]
        self.update(value)
        return self

    def update(self, *others: Any, **types: MetaFFITypes) -> None:
        super().update(*others, **types)
        _native.forget_signatures()

    def setdefault(self, name: str, default: Any = None) -> Any:
        value = super().setdefault(name, default)
        _native.forget_signatures()
        return value

    def pop(self, name: str, *default: Any) -> Any:
        value = super().pop(name, *default)
        _native.forget_signatures()
        return value

    def popitem(self) -> tuple[str, MetaFFITypes]:
        item = super().popitem()
        _native.forget_signatures()
        return item

    def clear(self) -> None:
        super().clear()
        _native.forget_signatures()


pytype_to_metaffi_type_dict: dict[str, MetaFFITypes] = _TypesByName(
    {
        "str": MetaFFITypes.metaffi_string8_type,
        "int": MetaFFITypes.metaffi_int64_type,
        "float": MetaFFITypes.metaffi_float64_type,
        "bool": MetaFFITypes.metaffi_bool_type,
        "list": MetaFFITypes.metaffi_array_type,
        "tuple": MetaFFITypes.metaffi_array_type,
        "Tuple": MetaFFITypes.metaffi_array_type,
    }
)
"""The types that annotations stand for, by ``__name__``, for :func:`make_metaffi_callable`.

Add your own: ``pytype_to_metaffi_type_dict["bytes"] = MetaFFITypes.metaffi_uint8_array_type``.
"""

DeclaredType = tuple[int, int, str]


def _declared(info: metaffi_type_info | MetaFFITypes) -> DeclaredType:
    if isinstance(info, metaffi_type_info):
        return int(info.metaffi_type), info.dims, checked("alias", info.alias or "")
    if isinstance(info, int):
        return int(info), 0, ""
    raise TypeError(
        f"expected a metaffi_type_info or one of MetaFFITypes, got {info!r}; "
        "write new_metaffi_type_info(MetaFFITypes.metaffi_string8_type)"
    )


def declared_types(
    infos: Sequence[metaffi_type_info | MetaFFITypes] | None,
) -> list[DeclaredType]:
    """Convert declared types to the form that the native module takes."""
    return [_declared(info) for info in infos or ()]


class MetaFFICallable:
    """A Python function, and the types that other runtimes call it with.

    Made by :func:`make_metaffi_callable`. It can still be called from Python.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        params: Sequence[metaffi_type_info | MetaFFITypes],
        retvals: Sequence[metaffi_type_info | MetaFFITypes],
        more: int = 0,
    ) -> None:
        """Give ``function`` these types.

        It accepts up to ``more`` further arguments of any type; -1 means any number.
        """
        # The attributes of a class do not belong in its wrapper.
        update_wrapper(self, function, updated=() if isinstance(function, type) else ("__dict__",))
        self.__wrapped__ = function
        self._given = function, params, retvals, more
        self._params = declared_types(params)
        self._retvals = declared_types(retvals)
        self._native = _native.CallableTypes(self._params, self._retvals, more)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return self.__wrapped__(*args, **kwargs)

    def __reduce__(self) -> str | tuple[type[MetaFFICallable], tuple[Any, ...]]:
        """Pickle by name if its module has it under that name, otherwise by its function."""
        name = getattr(self, "__qualname__", "")
        module = str(getattr(self, "__module__", None))
        # The other process has another `__main__`.
        if module != "__main__" and vars(sys.modules.get(module, object)).get(name) is self:
            return name
        return MetaFFICallable, self._given

    def __repr__(self) -> str:
        return f"<MetaFFICallable of {self.__wrapped__!r}>"


def _of_annotation(annotation: Any) -> MetaFFITypes:
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return pytype_to_metaffi_type_dict.get(name, MetaFFITypes.metaffi_any_type)


def _annotations(function: Callable[..., Any]) -> dict[str, Any]:
    target: Any = function
    while isinstance(target, partial):
        target = target.func
    if isinstance(target, type):
        return _hints(target.__init__) | {"return": "Any"}  # type: ignore[misc]
    return _hints(target if hasattr(target, "__annotations__") else type(target).__call__)


def _hints(function: Any) -> dict[str, Any]:
    from typing import get_type_hints

    try:
        return get_type_hints(function)
    except Exception:  # names or syntax that only a type checker understands
        annotations = getattr(function, "__annotations__", {})
        return dict(annotations) if isinstance(annotations, dict) else {}


def _arity(function: Callable[..., Any]) -> tuple[list[str], int]:
    """Return the names of the parameters without a default, and how many more there may be.

    -1 means any number; so it is if Python does not know the signature, as of some builtins.
    """
    from inspect import Parameter, signature  # here, because it is slow to import

    positional = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    try:
        parameters = signature(function).parameters.values()
    except Exception:
        return [], -1
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        more = -1
    else:
        more = sum(p.kind in positional and p.default is not p.empty for p in parameters)
    return [p.name for p in parameters if p.kind in positional and p.default is p.empty], more


def make_metaffi_callable(f: Callable[..., Any]) -> MetaFFICallable:
    """Make a Python function callable from other runtimes, with types from its annotations.

    A parameter or result without an annotation is ``any``; ``-> None`` means no result.
    Parameters with a default, and ``*args``, accept values of any type::

        @make_metaffi_callable
        def on_event(name: str, count: int) -> bool: ...

    Anything callable is accepted: builtins, classes, partial functions, mocks. A plain
    callable that is passed where a callable is declared is wrapped automatically.
    """
    if isinstance(f, MetaFFICallable):
        return f
    if not callable(f):
        raise TypeError(f"expected a callable, got {f!r}")
    names, more = _arity(f)
    hints = _annotations(f)
    returns = hints.get("return", "Any")
    nothing = returns is None or returns is type(None) or returns == "None"
    params = [_of_annotation(hints.get(name)) for name in names]
    return MetaFFICallable(f, params, [] if nothing else [_of_annotation(returns)], more)
