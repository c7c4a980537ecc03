import metaffi.imports

metaffi.imports.add("openjdk", "")  # the JDK itself

from java.lang import Integer, NumberFormatException
from java.util import ArrayList

cities = ArrayList(["Rome", "Oslo", "Lima"])
cities.add("Kyiv")
cities.removeIf(lambda city: city.endswith("a"))  # Java calls this function
cities.sort(None)
print(cities, len(cities), cities[0], "Rome" in cities)

try:
    Integer.parseInt("twelve")
except NumberFormatException as error:
    print(error.message)
