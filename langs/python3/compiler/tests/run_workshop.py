"""A Java class, used like a Python class."""

import sys

import workshop_MetaFFIHost as stub

assert stub.Workshop.MOST == 7, "a constant needs no binding"
stub.bind_module_to_code(sys.argv[1], "openjdk")
Workshop = stub.Workshop
Version, Size = Workshop.Version, Workshop.Size

# Python's operators for objects.
assert str(Version(3)) == "v3"
assert "Version" in repr(Version(3)) and "v3" in repr(Version(3))
assert Version(3) == Version(3) != Version(4)
assert len({Version(3), Version(3), Version(4)}) == 2
assert [str(one) for one in sorted([Version(2), Version(1)])] == ["v1", "v2"]
assert str(Size.LARGE) == "LARGE" and Size.LARGE.ordinal() == 1
assert Version(1).dot(Version(2)) == 1.0 and Version.dot(Version(1), Version(2)) == 2.0

# Members inherited from the JDK.
shelf = Workshop.Shelf()
assert len(shelf) == 2 and shelf[-1] == Version(2) and Version(1) in shelf
assert [str(one) for one in shelf[:1]] == ["v1"]
assert {type(one) for one in shelf} == {Version}
assert shelf.size() == 2 and shelf.add(Version(3)) is True
try:
    shelf[9]
    raise SystemExit("there is no such element")
except IndexError:
    pass

# A stub class as an argument of type Class.
assert len(Workshop.make(Workshop.Shelf)) == 2

# Maps, functions, nulls.
ages = Workshop.ages()
assert dict(ages) == {"Ann": 41, "Bob": 17} and ages["Ann"] == 41 and "Eve" not in ages
try:
    ages["Eve"]
    raise SystemExit("there is no such key")
except KeyError:
    pass
assert Workshop.greeter("Hello")("Ann") == "Hello Ann"
assert Workshop.row() == ["a", None]

# Python functions and collections.
assert Workshop.pick([Version(1), Version(2)], lambda one: one > Version(1)) == "v2"
assert Workshop.join(c for c in "ab") == "a;b;"
assert Workshop.sorted({"pen": 3, "ink": 5}, {"ink"}) == "{ink=5}"
assert Workshop.log("x") == "text x" and Workshop.log(lambda: 5).startswith("supplier 5")
assert Workshop.count("abc", "bc") == "text bc" and Workshop.count("abc", "") == "text "

# Exceptions, and `with` blocks.
try:
    Workshop.fail("broken")
    raise SystemExit("it fails")
except Workshop.Broken as error:
    assert error.getMessage() == error.message == "broken"
with Workshop.Tool():
    assert Workshop.open == 1
assert Workshop.open == 0


# Interfaces that Python implements.
class Derived(Workshop.Callback):
    """A class that derives from the interface, and does not override its default method."""

    def failed(self, why):
        """Keep why."""
        self.why = why

    def done(self, text, code):
        """Tell a number."""
        return len(text) + code


class Duck:
    """Any object with the methods."""

    def failed(self, why):
        """Do nothing."""

    def done(self, text, code):
        """Tell a number."""
        return 1

    def name(self):
        """Stand for the default method."""
        return "mine"


derived = Derived()
assert Workshop.run(derived) == "default 202" and derived.why == "first"
assert Workshop.run(Duck()) == "mine 1"
