"""Makes the ``inspect.Signature`` of entities."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ._native import MetaFFIHandle, type_bits

_BITS = dict(type_bits())
_ARRAY, _PACKED = _BITS["ARRAY"], _BITS["PACKED"]
_NUMBERS = {
    bit
    for name, bit in _BITS.items()
    if name.startswith(("INT", "UINT", "FLOAT")) or name in ("SIZE", "BOOL")
}
_SCALARS: dict[int, Any] = {
    bit: annotation
    for prefixes, annotation in [
        (("INT", "UINT", "SIZE"), int),
        (("FLOAT",), float),
        (("BOOL",), bool),
        (("CHAR", "STRING"), str),
        (("NULL",), None),
    ]
    for name, bit in _BITS.items()
    if name.startswith(prefixes)
}
_SCALARS[_BITS["CALLABLE"]] = Callable[..., Any]


def _annotation(bits: int, dims: int, *, result: bool) -> Any:
    element = bits & ~(_ARRAY | _PACKED)
    if not bits & _ARRAY:
        handle = MetaFFIHandle if result else Any
        return handle if element == _BITS["HANDLE"] else _SCALARS.get(element, Any)
    if result and dims == 1 and bits & _PACKED and element in _NUMBERS:
        return memoryview
    if dims == 1 and element == _BITS["UINT8"]:
        return bytes
    annotation: Any = _annotation(element, 0, result=result) if element else Any
    for _ in range(max(dims, 1)):
        annotation = list[annotation]
    return annotation


def make_signature(
    params: list[tuple[int, int]], retvals: list[tuple[int, int]]
) -> inspect.Signature:
    """Make the signature of an entity from its types and ranks."""
    results = [_annotation(bits, dims, result=True) for bits, dims in retvals]
    returns: Any = None if not results else results[0]
    if len(results) > 1:
        returns = tuple[tuple(results)]  # type: ignore[misc]
    parameters = [
        inspect.Parameter(
            f"arg{index}",
            inspect.Parameter.POSITIONAL_ONLY,
            annotation=_annotation(bits, dims, result=False),
        )
        for index, (bits, dims) in enumerate(params, 1)
    ]
    return inspect.Signature(parameters, return_annotation=returns)
