"""What is raised when MetaFFI or a guest fails."""

from __future__ import annotations

from ._native import MetaFFIHandle
from ._pickling import can_be_pickled

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
if TYPE_CHECKING:
    from typing import Any

__all__ = ["MetaFFIArgumentError", "MetaFFIError"]


class MetaFFIError(RuntimeError):
    """An error of a guest, of its runtime, or of MetaFFI itself.

    ``str()`` of it holds the guest's exception type and message, of a panic the
    stack, too; of others the stack trace is shown below an uncaught one::

        try:
            divide(1, 0)
        except MetaFFIError as error:
            print(error.type_name)  # java.lang.ArithmeticException

    It can be pickled and copied; ``original`` and what else belongs to this
    process stay behind.
    """

    message: str
    """The guest's message."""
    type_name: str
    """The guest's exception type, or empty."""
    stack_trace: str
    """The guest's stack trace as its own language prints it, or empty."""
    cause: MetaFFIError | None
    """What caused it; also its ``__cause__``."""
    language: str
    """Where it came from: ``openjdk``, ``go``, …, or ``metaffi``."""
    kind: str
    """``argument``, ``not_found``, ``load``, ``signature``, ``guest``, ``panic``,
    ``released``, ``abi``, ``unsupported`` or ``internal``."""
    original: MetaFFIHandle | None
    """The guest's exception object, if it lives on in its runtime."""

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
        self.cause = cause if isinstance(cause, MetaFFIError) else None
        self.language = language
        self.kind = kind
        self.original = original
        if cause is not None:
            self.__cause__ = cause
        if stack_trace and kind != "panic":
            self.add_note(f"stack trace of {language}:\n{stack_trace}")

    def __str__(self) -> str:
        name, message = self.type_name, self.message
        # An exception without a message says its name instead.
        named = message == name or message.startswith((f"{name}:", f"{name} "))
        text = f"{name}: {message}" if name and not named else message
        # A panic says where it was, as its own language prints one.
        shows_stack = self.kind == "panic" and self.stack_trace
        return f"{text}\n\n{self.stack_trace}" if shows_stack else text

    def __reduce__(self) -> tuple[Any, ...]:
        args = self.args if can_be_pickled(self.args) else (self.message,)
        state = {name: value for name, value in vars(self).items() if can_be_pickled(value)}
        state["original"] = None
        if self.__cause__ is not None and can_be_pickled(self.__cause__):
            state["__cause__"] = self.__cause__
            state["__suppress_context__"] = self.__suppress_context__
        return _remake, (type(self), args), state


class MetaFFIArgumentError(MetaFFIError, TypeError):
    """Arguments of a wrong count, type or range."""


def _remake(kind: type[MetaFFIError], args: tuple[Any, ...]) -> MetaFFIError:
    """Make an error without its ``__init__``, which adds notes; the state follows."""
    return kind.__new__(kind, *args)


# They are the package's, and tracebacks say so.
MetaFFIError.__module__ = MetaFFIArgumentError.__module__ = "metaffi"


def make_error(
    kind: str,
    message: str,
    language: str,
    type_name: str,
    stack_trace: str,
    cause: BaseException | None,
    original: MetaFFIHandle | None,
) -> MetaFFIError:
    """Make the exception for an error; the native module calls this."""
    error_class = MetaFFIArgumentError if kind == "argument" else MetaFFIError
    return error_class(
        message,
        type_name=type_name,
        stack_trace=stack_trace,
        cause=cause,
        language=language,
        kind=kind,
        original=original,
    )
