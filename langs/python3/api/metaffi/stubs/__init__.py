"""What generated stubs stand on; of no use by itself.

A ``…_MetaFFIHost.py`` holds one :class:`Module`. Each of its functions calls a
global of its own: first an :class:`Entity`, which loads what it stands for and
puts that in its place, so that later calls look nothing up. Functions of one
name share an :class:`Overloads`; objects are instances of :class:`Object`.

Stubs that an older MetaFFI wrote import this package, too: its names and their
parameters stay.
"""

from ..metaffihandle import MetaFFIHandle
from ._module import Entity, Module
from ._objects import Array, Boxed, ClassProperty, Object, lift, lift_list, lift_results, lower
from ._overloads import Overload, Overloads, Receiver

__all__ = [
    "Array",
    "Boxed",
    "ClassProperty",
    "Entity",
    "MetaFFIHandle",
    "Module",
    "Object",
    "Overload",
    "Overloads",
    "Receiver",
    "lift",
    "lift_list",
    "lift_results",
    "lower",
]
