"""The native part of the package."""

import inspect
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from os import PathLike
from types import TracebackType
from typing import Any, Self, final

from .metaffi_error import MetaFFIError

_Declared = tuple[int, int, str]
"""A type, its rank, its alias."""

@final
class Runtime:
    def __new__(cls, name: str, shipped: str | PathLike[str]) -> Runtime: ...
    def release(self) -> None: ...
    def load_module(self, path: str) -> Module: ...

@final
class Module:
    def load_entity(
        self, path: str, params: list[_Declared], retvals: list[_Declared]
    ) -> MetaFFIEntity: ...
    def load_value(self, path: str) -> Any: ...
    def resolve_errors(
        self, resolve: Callable[[str, MetaFFIError], BaseException | None]
    ) -> None: ...

@final
class MetaFFIEntity:
    """A loaded entity, or a function from another runtime; call it.

    Raises MetaFFIError if the guest fails, and MetaFFIArgumentError, which is also a
    TypeError, for the wrong number of arguments, or one of the wrong type or out of range.
    """

    def __call__(self, *args: Any) -> Any: ...
    @property
    def __name__(self) -> str: ...
    @property
    def __qualname__(self) -> str: ...
    @property
    def __signature__(self) -> inspect.Signature: ...
    @property
    def convention(self) -> str:
        """The calling convention that is used for it now: `generic` or `upcall`."""

    @property
    def entity_path(self) -> str:
        """The entity path that it was loaded with."""

@final
class MetaFFIMethod:
    """A function of another runtime that is a method in a Python class."""

    def __call__(self, *args: Any) -> Any: ...
    @property
    def __name__(self) -> str: ...

@final
class ErrorRecord:
    """The record that a MetaFFIError was made from."""

    def parts(self) -> tuple[str, str, str, str, MetaFFIHandle | None]:
        """Return its kind, message, language, type name and original."""

    def stack_trace(self) -> str:
        """Return the guest's stack trace; the first call gets it from the guest."""

class MetaFFIHandle:
    """An object that lives in another runtime.

    It is returned as a result, can be passed wherever a handle is declared, and is
    released when it is garbage-collected, at the end of a ``with`` block, or by
    :meth:`release`. Two handles are equal if they stand for the same reference.
    """

    @property
    def runtime_id(self) -> int:
        """The id of the runtime that the object lives in."""

    def release(self) -> None:
        """Release the object; using the handle later raises MetaFFIError."""

    def __getattr__(self, name: str, /) -> Any:
        """Return the object's method of that name, if its runtime describes its objects."""

    def _numbers(self) -> tuple[int, int, int] | None:
        """Return the numbers of its runtime, its type and, for a class, its instances' type."""

    def _member(
        self, kind: int, name: str, shown: tuple[str, str, inspect.Signature | None, str | None]
    ) -> Callable[..., Any] | None:
        """Return a member of its type as a function; the object is its first argument."""

    def _describe(
        self,
    ) -> tuple[str, str, list[str], list[str], list[tuple[str, str, str, str]]] | None:
        """Return the name, documentation, supertypes, operations and members of its type."""

    def _class(self) -> MetaFFIHandle | None:
        """Return its class, as an object."""

    def _items(self) -> list[Any] | None:
        """Return all its elements; ``None`` if it cannot be iterated over."""

    def _method(self, name: str) -> Callable[..., Any] | None:
        """Return its method of that name."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def __hash__(self) -> int: ...

class MetaFFIMapping(MetaFFIHandle):
    """A map of another runtime, which is read like a ``dict``."""

    def keys(self) -> KeysView[Any]:
        """Return its keys."""

    def values(self) -> ValuesView[Any]:
        """Return its values, in the order of its keys."""

    def items(self) -> ItemsView[Any, Any]:
        """Return its keys with their values."""

    def copy(self) -> dict[Any, Any]:
        """Return a ``dict`` of its entries."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the value of a key, or ``default`` if there is none."""

    def _followed(self, key: Any, otherwise: Any) -> Any:
        """Return the value of ``key`` if it is the next one of an iteration over the keys."""

    def __getitem__(self, key: Any, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __contains__(self, key: Any, /) -> bool: ...

def naturally(handle: MetaFFIHandle) -> Any:
    """Convert a handle to an object of the class that is made for its type."""

def owner_name(runtime_id: int) -> str:
    """Return the name of the runtime with this id."""

@final
class Direct:
    """A stub that calls its entity without a Python frame, once that is loaded."""

    __wrapped__: Callable[..., Any]
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def reset(self) -> None:
        """Forget the entity."""

def direct(
    module: object, function: Callable[..., Any], name: str, count: int, is_method: bool, /
) -> Direct:
    """Return a replacement for ``function`` that passes its ``count`` parameters on.

    ``module.loaded(stub, name)`` returns the entity, or ``None`` before it is loaded.
    """

@final
class CallableTypes:
    """The types of a Python function that other runtimes call."""

    def __new__(cls, params: list[_Declared], retvals: list[_Declared], more: int) -> CallableTypes:
        """Store the types, and how many further arguments there may be; -1 is any number."""

@final
class FaultHandlers:
    """A snapshot of the handlers of fault signals."""

    def __new__(cls) -> FaultHandlers: ...
    def keep(self) -> None:
        """Restore those of other runtimes that were replaced."""

@final
class RaisingHandler:
    """A signal handler that raises, as Python runs it."""

    def __new__(cls, handler: Callable[..., Any]) -> RaisingHandler: ...
    def __call__(self, *args: Any) -> Any: ...
    @property
    def handler(self) -> Callable[..., Any]:
        """The user's handler."""

def chain_signal(signal: int) -> None:
    """Make a signal that Python handles interrupt the calls of the main thread."""

def interrupt_call() -> None:
    """Interrupt the main thread's call, as for a signal that did not come from the system."""

def take_over_exit() -> None:
    """Let this thread, and no other, run the exit handlers."""

def forget_signatures() -> None:
    """Clear the cache of signatures, so that functions are inspected again when passed."""

def type_bits() -> list[tuple[str, int]]:
    """Return the bits of the scalar types, of ARRAY and of PACKED, by name."""

def live_objects(runtime: str = "python3") -> int:
    """Count the objects of a runtime that others hold; 0 if nothing leaks."""
