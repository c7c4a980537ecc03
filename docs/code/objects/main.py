import metaffi
import metaffi.imports

metaffi.imports.add("openjdk", "")  # the JDK's own classes

from java.lang import Math, StringBuilder
from java.util import ArrayList, Collections, Enumeration, HashMap

names = ArrayList(["pen", "ink", "paper"])
names.add("cup")
print(names, len(names), names[-1], names[1:3], "ink" in names)
names.sort(lambda a, b: len(a) - len(b))
print(metaffi.to_python(names), Math.max(len(names), 3))

stock = HashMap({"pen": 3})
stock["ink"] = 5
print(dict(stock), stock.getOrDefault("cup", 0))

print(StringBuilder("abc").reverse().append(1.5))


@metaffi.implements(Enumeration)
class Countdown:
    def __init__(self, start: int) -> None:
        self.next = start

    def hasMoreElements(self) -> bool:
        return self.next > 0

    def nextElement(self) -> int:
        self.next -= 1
        return self.next + 1


print(Collections.list(Countdown(3)))


class Loud(ArrayList):
    def add(self, text: str) -> bool:
        return super().add(text.upper())


loud = Loud()
loud.add("quiet")
loud.addAll(["as", "is"])
print(loud, isinstance(loud, ArrayList))
