"""The exceptions raised when MetaFFI or a guest fails."""

from __future__ import annotations

from ._native import MetaFFIHandle
from ._pickling import can_be_pickled

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ._native import ErrorRecord

__all__ = ["MetaFFIArgumentError", "MetaFFIError"]


class MetaFFIError(RuntimeError):
    """An error from a guest, from its runtime, or from MetaFFI itself.

    ``str()`` gives the guest's exception type and message, and for a panic also its stack.
    For other errors, Python prints the guest's stack trace as a note below an uncaught one::

        try:
            divide(1, 0)
        except MetaFFIError as error:
            print(error.type_name)  # java.lang.ArithmeticException

    It can be pickled and copied, without ``original`` and anything else that belongs to
    this process.
    """

    message: str
    """The guest's message."""
    type_name: str
    """The guest's exception type, or empty."""
    stack_trace: str
    """The guest's stack trace as its own language prints it, or empty."""
    cause: MetaFFIError | None
    """The error that caused it; also its ``__cause__``."""
    language: str
    """The language it came from: ``openjdk``, ``go``, …, or ``metaffi``."""
    kind: str
    """``argument``, ``not_found``, ``load``, ``signature``, ``guest``, ``panic``,
    ``released``, ``abi``, ``unsupported`` or ``internal``."""
    original: MetaFFIHandle | None
    """The guest's exception object, if its runtime still holds it."""

    def __init__(
        self,
        message: str,
        *,
        type_name: str = "",
        stack_trace: str = "",
        cause: BaseException | None = None,
        language: str = "metaffi",
        kind: str = "internal",
        original: MetaFFIHandle | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.type_name = type_name
        self.stack_trace = stack_trace
        self.cause = _metaffi_error(cause)
        self.language = language
        self.kind = kind
        self.original = original
        if cause is not None:
            self.__cause__ = cause
        if stack_trace and kind != "panic":
            self.add_note(_note(language, stack_trace))

    if not TYPE_CHECKING:  # type checkers see the attributes declared above

        def __getattr__(self, name: str) -> Any:
            if self._fill(name):
                return vars(self)[name]
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self)

    def _fill(self, name: str) -> bool:
        """Set an attribute that is not set yet, and those that are set with it.

        A guest's error gets its attributes on first access, from `_record`, which the
        native module made it from.
        """
        record = vars(self).get("_record")
        if record is None:
            return False
        if name in _TRACED:
            self._set_stack_trace(record)
        elif name in _AT_ONCE:
            self._set(zip(_AT_ONCE, (*record.parts(), _metaffi_error(self.__cause__)), strict=True))
        return name in vars(self)

    def _set_stack_trace(self, record: ErrorRecord) -> None:
        if "stack_trace" not in vars(self):
            stack_trace = record.stack_trace()
            self._set([("stack_trace", stack_trace)])
            if stack_trace and self.kind != "panic":
                self._set([("__notes__", [_note(self.language, stack_trace)])])

    def _set(self, attributes: Iterable[tuple[str, Any]]) -> None:
        for name, value in attributes:
            vars(self).setdefault(name, value)

    def __str__(self) -> str:
        name, message = self.type_name, self.message
        # The message of an exception without one is its name.
        named = message == name or message.startswith((f"{name}:", f"{name} "))
        text = f"{name}: {message}" if name and not named else message
        # A panic includes its stack, as its own language prints it.
        shows_stack = self.kind == "panic" and self.stack_trace
        return f"{text}\n\n{self.stack_trace}" if shows_stack else text

    def __reduce__(self) -> tuple[Any, ...]:
        args = self.args if can_be_pickled(self.args) else (self.message,)
        _ = self.message, self.stack_trace  # set on first access
        state = {name: value for name, value in vars(self).items() if can_be_pickled(value)}
        state.pop("_record", None)
        state["original"] = None
        if self.__cause__ is not None and can_be_pickled(self.__cause__):
            state["__cause__"] = self.__cause__
            state["__suppress_context__"] = self.__suppress_context__
        return _remake, (type(self), args), state


_AT_ONCE = ("kind", "message", "language", "type_name", "original", "cause")
"""Attributes that need no call to the guest: the parts of an ``ErrorRecord``, and the cause."""
_TRACED = ("stack_trace", "__notes__")
"""Attributes that hold the stack trace, which the guest has to be called for."""


def _metaffi_error(cause: BaseException | None) -> MetaFFIError | None:
    return cause if isinstance(cause, MetaFFIError) else None


def _note(language: str, stack_trace: str) -> str:
    return f"stack trace of {language}:\n{stack_trace}"


class MetaFFIArgumentError(MetaFFIError, TypeError):
    """The wrong number of arguments, or an argument of the wrong type or out of range."""


def _remake(kind: type[MetaFFIError], args: tuple[Any, ...]) -> MetaFFIError:
    """Make an error without calling ``__init__``, which adds notes; the state is set later."""
    return kind.__new__(kind, *args)


# Tracebacks show them as the package's own.
MetaFFIError.__module__ = MetaFFIArgumentError.__module__ = "metaffi"
