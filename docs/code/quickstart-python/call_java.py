import metaffi.imports

metaffi.imports.add("openjdk", "commons-lang3-3.17.0.jar")

from org.apache.commons.lang3 import StringUtils

print(StringUtils.capitalize("hello from Java"))
print(StringUtils.getLevenshteinDistance("kitten", "sitting"))
