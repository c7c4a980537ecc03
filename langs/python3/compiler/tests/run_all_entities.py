"""Loads every entity in log4j's stubs, with the types in the stubs."""

import sys

import log4j_api_MetaFFIHost as log4j
from metaffi import stubs

log4j.bind_module_to_code(sys.argv[1], "openjdk")


class Owner:
    def reset(self):
        pass


loaded = 0
elsewhere = []
for name in dir(log4j):
    entity = getattr(log4j, name)
    if isinstance(entity, (stubs.Entity, stubs.Overload)):
        try:
            log4j._module.load(Owner(), *entity._request)
            loaded += 1
        except RuntimeError as error:
            if "class=java." in entity._request[0]:
                elsewhere.append(f"{name}: {error}")
                continue
            # The only part of log4j-api that needs another jar.
            assert "org.osgi.framework" in str(error), (name, error)
assert loaded > 1900, loaded
print(loaded, "loaded;", len(elsewhere), "of the JDK are not:", *elsewhere[:9], sep="\n")
assert len(elsewhere) < loaded / 100, len(elsewhere)
