import commons_lang3_MetaFFIHost as lang

lang.bind_module_to_code("commons-lang3-3.17.0.jar", "openjdk")

print(lang.StringUtils.capitalize("crème"), lang.StringUtils.leftPad("7", 3, "0"))
print(lang.StringUtils.join(["a", "b", "c"], "-"), lang.StringUtils.split("a, b", ", "))
print(lang.StringUtils.substringBetween("[x]", "[", "]"), lang.StringUtils.isBlank(None))
print(lang.ArrayUtils.add([1, 2], 3), lang.ArrayUtils.contains([1, 2], 5))

half, third = lang.Fraction.getFraction("1/2"), lang.Fraction.getFraction(1, 3)
print(half.add(third), third < half, half == lang.Fraction.getFraction(2, 4).reduce())

pair = lang.Pair.of("pen", 3)
print(pair, pair.getLeft(), pair == lang.Pair.of("pen", 3))
print(lang.Range.of(1, 10).contains(5), lang.Range.of(1, 10))
print(lang.StrSubstitutor.replace("Hello ${name}", {"name": "Ann"}))
print(lang.JavaVersion.JAVA_17.atLeast(lang.JavaVersion.JAVA_11))
try:
    lang.Validate.inclusiveBetween(1, 5, 7)
except lang.java_lang_IllegalArgumentException as error:
    print(error.message)
