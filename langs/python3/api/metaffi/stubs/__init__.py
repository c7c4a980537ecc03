"""What generated stubs stand on; of no use by itself, but for :func:`cast`.

A ``…_MetaFFIHost.py`` holds one :class:`Module`. Each of its functions calls a
global of its own: first an :class:`Entity`, which loads what it stands for and
puts that in its place, so that later calls look nothing up. Functions of one
name share an :class:`Overloads`; objects are instances of :class:`Object`.

Stubs that an older MetaFFI wrote import this package, too: its names and their
parameters stay.
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
