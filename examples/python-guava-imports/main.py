import metaffi.imports

metaffi.imports.add("openjdk", "guava-33.2.1-jre.jar")

from com.google.common.base import Joiner, Splitter
from com.google.common.collect import ArrayListMultimap, HashMultiset, Lists, Range

words = Splitter.on(",").trimResults().splitToList("pen, ink , paper")
print(list(words), words[-1], len(words), "ink" in words)
print(Joiner.on("-").join(["a", "b", "c"]))
print(Lists.transform(words, str.upper) == ["PEN", "INK", "PAPER"])

counts = HashMultiset.create(["tea", "tea", "mate"])
print(counts.count("tea"), sorted(counts))

by_length = ArrayListMultimap.create()
for word in words:
    by_length.put(len(word), word)
print(by_length.get(3), len(by_length.asMap()))

print(Range.closed(1, 5), Range.closed(1, 5).contains(3))
try:
    words.add("more")
except Exception as error:
    print(type(error).__name__)
