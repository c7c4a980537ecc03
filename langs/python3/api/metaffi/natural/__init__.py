"""Objects of other languages, used as objects of Python are.

Each gets a class that is made for its type, with what the type has: attributes and
methods, and whatever Python has a notation for: length, items, iteration, comparison,
arithmetic, text. ``help()``, ``dir()`` and completion show the members.
"""

from ._classes import ForeignClass
from ._conversions import to_python
from ._implementing import implements
from ._objects import MetaFFIObject

__all__ = ["ForeignClass", "MetaFFIObject", "implements", "to_python"]
