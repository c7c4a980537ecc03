# ruff: noqa: E402 (imports that work once something was set up)

import metaffi.imports

metaffi.imports.add("openjdk", "")

from java.lang import Integer, NumberFormatException
from java.util import ArrayList


class Short:
    def test(self, word):
        return len(word) < 4


words = ArrayList(["pear", "fig", "apple"])
words.sort(lambda one, other: len(one) - len(other))
print(list(words))
words.removeIf(Short())
print(len(words), "pear" in words)
try:
    Integer.parseInt("seven")
except NumberFormatException as error:
    print(error.getMessage())
