"""Classes for exceptions of other languages, to be used with ``except``."""

from __future__ import annotations

from typing import Any

from .._member_kinds import OPERATION
from .._native import MetaFFIHandle
from ..metaffi_error import MetaFFIError
from ._classes import ForeignClass, class_of_type
from ._types import ForeignType

__all__ = ["ForeignError", "exception_class", "of_original", "raised"]


class ForeignError(MetaFFIError):
    """An exception of another language, raised and caught as an instance of its own class.

    It has the members of a ``MetaFFIError`` and those of the exception itself, ``original``.
    """

    def __new__(cls, *args: Any, **named: Any) -> Any:
        # Each memory layout of Python's exceptions has its own `__new__`.
        layout = OSError if issubclass(cls, OSError) else RuntimeError
        return layout.__new__(cls)

    def __str__(self) -> str:
        # Tracebacks show the class's name.
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as an instance of its class, or as a ``MetaFFIError`` if that cannot be found."""
        made, (kind, args), state = super().__reduce__()
        if "__metaffi_type__" not in vars(kind):
            return made, (kind, args), state  # derived in Python
        from ._recipes import class_recipe

        return _remake, (class_recipe(kind), args), state

    def __getattr__(self, name: str) -> Any:
        if self._fill(name):
            return self.__dict__[name]
        self._fill("original")
        original = self.__dict__.get("original")
        kind: ForeignType | None = getattr(type(self), "__metaffi_type__", None)
        if original is None or kind is None or name.startswith("__"):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute {name!r}")
        return kind.attribute(original, name)


def _remake(recipe: Any, args: tuple[Any, ...]) -> BaseException:
    """Make an error, whose state is set later. Unpickling an error starts no runtime."""
    from ._recipes import class_if_started

    kind = class_if_started(recipe) or MetaFFIError
    made: BaseException = kind.__new__(kind)
    made.args = args
    return made


def exception_class(kind: ForeignType, own: MetaFFIHandle | None) -> ForeignClass:
    """Make the class for an exception type; it derives from the class of the supertype."""
    bases: tuple[type, ...] = (ForeignError,)
    for base in _bases(own):
        if isinstance(base, ForeignClass) and issubclass(base, ForeignError):
            bases = (base,)
            break
    if "os_error" in kind.operations and not issubclass(bases[0], OSError):
        bases = (*bases, OSError)
    namespace = {**kind.namespace(), "__doc__": f"{kind.name} of {kind.language}."}
    made: ForeignClass = ForeignClass(kind.short_name, bases, namespace)
    return made


def _bases(own: MetaFFIHandle | None) -> list[Any]:
    if own is None:
        return []
    bases = own._member(OPERATION, "bases", ("bases", "bases", None, None))
    return [] if bases is None else list(bases(own))


def of_original(handle: MetaFFIHandle) -> BaseException:
    """Convert an exception object of another runtime to a Python exception."""
    made = _class_of(handle)
    kind = made.__metaffi_type__
    message = str(kind.operate(handle, "message") or "")
    error = MetaFFIError(
        message, type_name=kind.name, language=kind.language, kind="guest", original=handle
    )
    return _as(made, error)


def raised(_: str, error: MetaFFIError) -> BaseException | None:
    """Return the exception to raise for a guest's: an instance of its own class."""
    if error.original is None or type(error) is not MetaFFIError:
        return None
    made = _class_of(error.original)
    return _as(made, error) if issubclass(made, ForeignError) else None


def _class_of(handle: MetaFFIHandle) -> Any:
    numbers = handle._numbers()
    return MetaFFIError if numbers is None else class_of_type(handle, numbers[1])


def _as(kind: Any, error: MetaFFIError) -> BaseException:
    made: BaseException = kind.__new__(kind)
    made.args = error.args
    made.__dict__.update(error.__dict__)
    return made
