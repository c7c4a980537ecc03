"""The runtime support of generated stubs; programs use only :func:`cast` directly.

A ``…_MetaFFIHost.py`` has one :class:`Module`. Each of its functions calls a global
of its own. At first that is an :class:`Entity`, which loads the entity that it stands
for and replaces itself by it, so that later calls look nothing up. Functions of the
same name share an :class:`Overloads`; objects are instances of :class:`Object`.

Stubs written by older versions of MetaFFI import this package too, so its names and
their parameters must not change.
"""

from ..metaffihandle import MetaFFIHandle
from ._collections import at_index, of_key, pairs
from ._kinds import Char, Dynamic, Entries, Function, Items
from ._module import Entity, Module
from ._objects import (
    Array,
    Boxed,
    ClassProperty,
    Error,
    Interface,
    Mapped,
    Object,
    StaticBesideInstance,
    Value,
    cast,
    lift,
    lift_list,
    lift_results,
    lower,
)
from ._overloads import Overload, Overloads, Receiver

__all__ = [
    "Array",
    "Boxed",
    "Char",
    "ClassProperty",
    "Dynamic",
    "Entity",
    "Entries",
    "Error",
    "Function",
    "Interface",
    "Items",
    "Mapped",
    "MetaFFIHandle",
    "Module",
    "Object",
    "Overload",
    "Overloads",
    "Receiver",
    "StaticBesideInstance",
    "Value",
    "at_index",
    "cast",
    "lift",
    "lift_list",
    "lift_results",
    "lower",
    "of_key",
    "pairs",
]
