"""Calls the loopback runtime through its stubs."""

import loopback_MetaFFIHost as loopback

try:
    loopback.add(1, 2)
    raise SystemExit("a call before the binding has to fail")
except RuntimeError as error:
    assert "loopback_MetaFFIHost.bind_module_to_code(" in str(error), error

loopback.bind_module_to_code("loopback", "loopback")

assert loopback.add(1, b=2) == 3
assert loopback.concat("left, ", "right") == "left, right"
assert loopback.divide(7, 2) == (3, 1)
assert loopback.sum([1.5, 2]) == 3.5
assert list(loopback.range(3)) == [0, 1, 2]
assert loopback.void() is None
assert loopback.echo(1, "a", None) == [1, "a", None]
assert loopback.call(lambda value: value + 1, 41) == 42
assert loopback.make_adder(2)(3) == 5
assert loopback.add.__doc__ == "The sum of two integers; wraps at 64 bits."

counter = loopback.Counter(5)
assert (counter.increment(), counter.value) == (6, 6)
counter.value = 9
assert counter.value == 9

# The object comes back as the same one, although it was declared `any`.
loopback.keep(counter)
kept = loopback.kept()
loopback.forget()
assert kept == counter

# Entities are loaded once, and again after the stubs are bound to another module.
entity = loopback._add
assert type(entity).__name__ == "MetaFFIEntity", entity
loopback.bind_module_to_code("loopback", "test")
assert loopback._add is not entity
assert loopback.add(20, 22) == 42

with loopback.Counter(1) as short:
    assert short.increment() == 2
try:
    short.increment()
    raise SystemExit("a released object has to be refused")
except RuntimeError as error:
    assert "released" in str(error), error

try:
    loopback.fail("why")
    raise SystemExit("an error has to arrive")
except RuntimeError as error:
    assert str(error) == "loopback.Failure: why", error

try:
    loopback.bind_module_to_code("elsewhere", "loopback")
    raise SystemExit("there is no such module")
except RuntimeError as error:
    assert "elsewhere" in str(error), error
assert loopback.add(1, 1) == 2, "the earlier binding stays"
