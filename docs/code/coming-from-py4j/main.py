# ruff: noqa: E402 (imports that work once something was set up)

import metaffi.imports
from metaffi import MetaFFIError

metaffi.imports.add("openjdk", "")

from java.lang import Integer
from java.util import ArrayList, Collections


class ByLength:
    def compare(self, one, other):
        return len(one) - len(other)


words = ArrayList(["pear", "fig", "apple"])
Collections.sort(words, ByLength())
print(list(words))
try:
    Integer.parseInt("seven")
except MetaFFIError as error:
    print(error.message)
