import weakref

import metaffi.imports
from metaffi import MetaFFIError

metaffi.imports.add("openjdk", "")

from java.io import StringReader
from java.util import ArrayList

# A `with` block closes the object, as Java's own try does.
with StringReader("text") as reader:
    print(chr(reader.read()))

# Otherwise an object is released when Python forgets it, or by `release()`.
names = ArrayList()
alive = weakref.ref(names)
del names
print(alive())

numbers = ArrayList([1, 2])
numbers.release()
try:
    numbers.size()
except MetaFFIError as error:
    print(error.kind)


# An object of Python in a list of Java stays alive, and is the same object afterwards.
class Thing:
    pass


shelf, thing = ArrayList(), Thing()
shelf.add(thing)
alive = weakref.ref(thing)
del thing
print(shelf[0] is alive())
