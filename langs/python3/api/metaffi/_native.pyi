"""The native half of the package."""

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
    """A loaded entity, or a function that another runtime handed over; call it.

    Raises MetaFFIError when the guest does, and MetaFFIArgumentError, which is
    also a TypeError, for arguments of a wrong count, type or range.
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
        """The calling convention by which it is called now: `generic`, or `upcall`."""

    @property
    def entity_path(self) -> str:
        """The entity path that it was loaded by."""

@final
class MetaFFIMethod:
    """A function of another runtime that is a method in a class of Python's."""

    def __call__(self, *args: Any) -> Any: ...
    @property
    def __name__(self) -> str: ...

@final
class ErrorRecord:
    """What a MetaFFIError was made of."""

    def parts(self) -> tuple[str, str, str, str, MetaFFIHandle | None]:
        """Give its kind, message, language, type name and original."""

    def stack_trace(self) -> str:
        """Ask the guest for its stack trace, the first time."""

class MetaFFIHandle:
    """An object that lives in another runtime.

    It comes as a result, goes as an argument wherever a handle is declared,
    and is released when it is collected, at the end of a ``with`` block, or by
    :meth:`release`. Two handles are equal when they stand for the same reference.
    """

    @property
    def runtime_id(self) -> int:
        """The id of the runtime that the object lives in."""

    def release(self) -> None:
        """Give the object back to its runtime; using the handle later raises MetaFFIError."""

    def __getattr__(self, name: str, /) -> Any:
        """Get the object's method of that name, as far as its runtime tells them."""

    def _numbers(self) -> tuple[int, int, int] | None:
        """Give the numbers of its runtime, its type and, of a class, its instances' type."""

    def _member(
        self, kind: int, name: str, shown: tuple[str, str, inspect.Signature | None, str | None]
    ) -> Callable[..., Any] | None:
        """Get what objects of its type do by a name; the object comes first."""

    def _describe(
        self,
    ) -> tuple[str, str, list[str], list[str], list[tuple[str, str, str, str]]] | None:
        """Give the name, documentation, supertypes, operations and members of its type."""

    def _class(self) -> MetaFFIHandle | None:
        """Get its class, as an object."""

    def _items(self) -> list[Any] | None:
        """Get what it gives one after the other; None where it is nothing to go through."""

    def _method(self, name: str) -> Callable[..., Any] | None:
        """Get its method of a name."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def __hash__(self) -> int: ...

class MetaFFIMapping(MetaFFIHandle):
    """A map of another runtime, which is read as a ``dict`` is."""

    def keys(self) -> KeysView[Any]:
        """Get its keys."""

    def values(self) -> ValuesView[Any]:
        """Get its values, in the order of its keys."""

    def items(self) -> ItemsView[Any, Any]:
        """Get its keys with their values."""

    def copy(self) -> dict[Any, Any]:
        """Make a ``dict`` of its entries."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Get the value of a key, or ``default`` where it has none."""

    def _followed(self, key: Any, otherwise: Any) -> Any:
        """Get the value of the key that follows as somebody goes through the keys."""

    def __getitem__(self, key: Any, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __contains__(self, key: Any, /) -> bool: ...

def naturally(handle: MetaFFIHandle) -> Any:
    """Make an object of a handle, of the class that is made for its type."""

def owner_name(runtime_id: int) -> str:
    """Name the runtime that objects with this id live in."""

@final
class Direct:
    """A stub whose calls go to its entity, without a Python frame, once that is loaded."""

    __wrapped__: Callable[..., Any]
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def reset(self) -> None:
        """Forget the entity."""

def direct(
    module: object, function: Callable[..., Any], name: str, count: int, is_method: bool, /
) -> Direct:
    """Return what runs in the place of ``function``, whose ``count`` parameters are passed on.

    ``module.loaded(stub, name)`` gives the entity, or ``None`` before it is loaded.
    """

@final
class CallableTypes:
    """The types of a Python function that other runtimes call."""

    def __new__(cls, params: list[_Declared], retvals: list[_Declared], more: int) -> CallableTypes:
        """Take the types, and how many further arguments there may be; -1 is any number."""

@final
class FaultHandlers:
    """The handlers of the signals of faults, as they are when it is made."""

    def __new__(cls) -> FaultHandlers: ...
    def keep(self) -> None:
        """Put those of other runtimes back where they were replaced."""

@final
class RaisingHandler:
    """A handler of signals which raises, as Python runs it."""

    def __new__(cls, handler: Callable[..., Any]) -> RaisingHandler: ...
    def __call__(self, *args: Any) -> Any: ...
    @property
    def handler(self) -> Callable[..., Any]:
        """The user's."""

def chain_signal(signal: int) -> None:
    """Have the calls of the main thread interrupted by a signal that Python handles."""

def interrupt_call() -> None:
    """Interrupt the main thread's call by a signal that did not come from the system."""

def take_over_exit() -> None:
    """Let this thread, and no other, run the exit handlers."""

def forget_signatures() -> None:
    """Read the types of every function anew when it is next passed."""

def type_bits() -> list[tuple[str, int]]:
    """Give the bits of the scalar types, of ARRAY and of PACKED, by name."""

def live_objects(runtime: str = "python3") -> int:
    """Count the objects of a runtime that others hold; 0 when nothing leaks."""
