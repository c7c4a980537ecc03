"""Objects of other languages, used like Python objects.

Each gets a class made for its type, with the type's attributes and methods, and with
Python's operators as far as the type supports them: length, items, iteration, comparison,
arithmetic, ``str``. ``help()``, ``dir()`` and completion show the members.
"""

from ._classes import ForeignClass
from ._conversions import to_python
from ._implementing import implements
from ._objects import MetaFFIObject

__all__ = ["ForeignClass", "MetaFFIObject", "implements", "to_python"]
