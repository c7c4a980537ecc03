"""Overloads, objects and names of a Java class, through its stubs."""

import sys

import choice_MetaFFIHost as choice

choice.bind_module_to_code(sys.argv[1], "openjdk")
one = choice.Choice("one")

assert one.text("x") == "String"
assert one.text(5) == "Object"
assert one.text(one) == "Object"
assert one.sequence("x") == "CharSequence"
assert one.sequence(5) == "Object"

assert [one.number(value) for value in (True, 5, 2.5, "x")] == [
    "boolean",
    "long",
    "double",
    "String",
]

assert one.object(one) == "Choice"
assert one.object("x") == "Object"
assert one.object(one.parent()) == "Parent"

assert one.list([1, 2]) == "int[]"
assert one.list([1, 2.5]) == "double[]"
assert one.list(("a", "b")) == "String[]"
assert one.list([1, 2], True) == "byte[]"

assert one.rest("a") == "String"
assert one.rest("a", 1, None) == "Object... 2"
assert one.rest(1) == "int... 0"
assert one.rest(1, 2, 3) == "int... 2"

assert one.shared(1) == "Choice.shared(int)"
assert one.shared("x") == "Parent.shared(String)"
assert one.inherited() == "Parent.inherited"

assert isinstance(one.self(), choice.Choice)
assert one.self() == one and hash(one.self()) == hash(one)
assert one.self() != choice.Choice("one")
both = one.both(choice.Choice())
assert [other.name for other in both] == ["one", "nobody"]
assert one.nothing() is None
assert type(one.parent()) is choice.Parent
assert one.read(one.foreign()) == "a"

copy = choice.Choice(one, 7)
assert (copy.name, copy.amount) == ("one", 7)
copy.amount = -(2**63)
assert copy.amount == -(2**63)

assert choice.Choice.count == 1
choice.Choice.set_count(2)
assert choice.Choice.count == 2
assert choice.Choice.Size is choice.Choice_Size
assert one.size(choice.Choice.Size.SMALL) == choice.Choice_Size.LARGE
assert choice.Choice.Nested().hello("you") == "hello you"

assert choice.twice("ab") == choice.Choice.twice("ab") == "abab"
assert choice.make("two").name == "two"

try:
    one.text()
    raise SystemExit("nothing is not enough")
except TypeError as error:
    # Every overload takes an object: one signature covers the others.
    assert "text() missing 1 required positional argument" in str(error), error

try:
    choice.Parent()
    raise SystemExit("an abstract class has no constructor")
except TypeError as error:
    assert str(error) == "Parent has no constructor", error
