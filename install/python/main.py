import metaffi.imports

metaffi.imports.add("openjdk", "")

from java.util import ArrayList

names = ArrayList()
names.add("a")
names.add("b")
print("Hello from openjdk:", names.toString())
