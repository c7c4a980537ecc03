"""What is raised when MetaFFI or a guest fails."""

from __future__ import annotations

from ._native import MetaFFIHandle
from ._pickling import can_be_pickled

TYPE_CHECKING = False  # not typing's, which is heavy; type checkers know it by its name
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ._native import ErrorRecord

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
        self.cause = _metaffi_error(cause)
        self.language = language
        self.kind = kind
        self.original = original
        if cause is not None:
            self.__cause__ = cause
        if stack_trace and kind != "panic":
            self.add_note(_note(language, stack_trace))

    if not TYPE_CHECKING:  # to type checkers all attributes are there

        def __getattr__(self, name: str) -> Any:
            if self._looks_at(name):
                return vars(self)[name]
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self)

    def _looks_at(self, name: str) -> bool:
        """Get an attribute that the error has not got yet, and what comes with it.

        An error of a guest gets them when somebody looks: `_record` is what the native
        module made it of.
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
        # An exception without a message says its name instead.
        named = message == name or message.startswith((f"{name}:", f"{name} "))
        text = f"{name}: {message}" if name and not named else message
        # A panic says where it was, as its own language prints one.
        shows_stack = self.kind == "panic" and self.stack_trace
        return f"{text}\n\n{self.stack_trace}" if shows_stack else text

    def __reduce__(self) -> tuple[Any, ...]:
        args = self.args if can_be_pickled(self.args) else (self.message,)
        _ = self.message, self.stack_trace  # that are set when somebody looks
        state = {name: value for name, value in vars(self).items() if can_be_pickled(value)}
        state.pop("_record", None)
        state["original"] = None
        if self.__cause__ is not None and can_be_pickled(self.__cause__):
            state["__cause__"] = self.__cause__
            state["__suppress_context__"] = self.__suppress_context__
        return _remake, (type(self), args), state


_AT_ONCE = ("kind", "message", "language", "type_name", "original", "cause")
"""What is known of a guest's error at once: the parts of an ``ErrorRecord``, and the cause."""
_TRACED = ("stack_trace", "__notes__")
"""What its stack trace is in, which the guest is asked for."""


def _metaffi_error(cause: BaseException | None) -> MetaFFIError | None:
    return cause if isinstance(cause, MetaFFIError) else None


def _note(language: str, stack_trace: str) -> str:
    return f"stack trace of {language}:\n{stack_trace}"


class MetaFFIArgumentError(MetaFFIError, TypeError):
    """Arguments of a wrong count, type or range."""


def _remake(kind: type[MetaFFIError], args: tuple[Any, ...]) -> MetaFFIError:
    """Make an error without its ``__init__``, which adds notes; the state follows."""
    return kind.__new__(kind, *args)


# They are the package's, and tracebacks say so.
MetaFFIError.__module__ = MetaFFIArgumentError.__module__ = "metaffi"
