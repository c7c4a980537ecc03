import metaffi.imports

metaffi.imports.add("openjdk", "json-20250517.jar")
metaffi.imports.add("go", "words", name="wordcount")

import wordcount
from org.json import JSONObject

print(wordcount.Count("one two three"), JSONObject('{"a": 1}').getInt("a"))
