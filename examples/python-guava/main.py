import guava_MetaFFIHost as guava

guava.bind_module_to_code("guava-33.2.1-jre.jar", "openjdk")

print(guava.Joiner.on("-").join(["a", "b", "c"]))
print(list(guava.Splitter.on(",").trimResults().split("pen, ink , paper")))
print(list(guava.Lists.transform(["x", "y"], lambda text: text.upper())))
print(list(guava.Iterables.filter([1, 2, 3, 4], lambda number: number % 2 == 0)))

prices = guava.ImmutableMap.of("pen", 3, "ink", 5)
print(prices["ink"], "pen" in prices, len(prices), dict(prices))

words = guava.ArrayListMultimap.create()
for word in ["pen", "ink", "paper"]:
    words.put(len(word), word)
print(list(words.get(3)), words.size())

print(guava.Range.closed(1, 5), guava.Range.closed(1, 5) == guava.Range.closed(1, 5))
try:
    guava.Preconditions.checkArgument(False, "too small")
except guava.java_lang_IllegalArgumentException as error:
    print(error.message)
