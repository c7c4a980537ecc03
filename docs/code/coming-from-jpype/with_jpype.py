# ruff: noqa: E402 (imports that work once something was set up)

import jpype
import jpype.imports

jpype.startJVM()

from java.lang import Integer, NumberFormatException
from java.util import ArrayList
from java.util.function import Predicate


@jpype.JImplements(Predicate)
class Short:
    @jpype.JOverride
    def test(self, word):
        return len(word) < 4


words = ArrayList(["pear", "fig", "apple"])
words.sort(lambda one, other: len(one) - len(other))
print([str(word) for word in words])
words.removeIf(Short())
print(len(words), "pear" in words)
try:
    Integer.parseInt("seven")
except NumberFormatException as error:
    print(error.getMessage())
