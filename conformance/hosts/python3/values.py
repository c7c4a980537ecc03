"""Values of a plan: lowers them to Python's, and compares results."""

import math
import struct

from functions import FUNCTIONS, Thing
from metaffi import MetaFFIHandle, MetaFFITypes, metaffi_type_info

INTEGERS = {f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)} | {"size"}


def info(declared):
    """Declare a type."""
    ty = MetaFFITypes[f"metaffi_{declared['type']}_type"]
    return metaffi_type_info(ty, declared["alias"] or None, declared["dims"])


def scalar(ty, text):
    """Read a scalar."""
    if ty in INTEGERS:
        return int(text)
    if ty.startswith("float"):
        return float(text)
    return text == "true" if ty == "bool" else text


class Values:
    """A thread's variables, and the host's objects by name."""

    def __init__(self):
        """Start without variables."""
        self.variables = {}
        self.objects = {}

    def copy(self):
        """Copy the variables for a new thread."""
        made = Values()
        made.variables.update(self.variables)
        made.objects.update(self.objects)
        return made

    def lower(self, value):
        """Return the Python value that is passed."""
        if value is None:
            return None
        tag, written = next(iter(value.items()))
        match tag:
            case "var":
                return self.variables[written]
            case "object":
                return self.objects.setdefault(written, Thing())
            case "callback":
                return FUNCTIONS[written]
            case "repeat":
                return self.lower(written) * value["times"]
            case _ if tag.endswith("array"):
                return self.items(tag, written, value.get("dims", 1))
            case _:
                return scalar(tag, written)

    def items(self, tag, written, dims):
        element = tag.removesuffix("_array").removesuffix("_packed")
        if dims > 1:
            return [self.items(tag, row, dims - 1) for row in written]
        if element == "uint8":
            return bytes(int(text) for text in written)
        if element in ("any", "handle", "callable"):
            return [self.lower(item) for item in written]
        return [None if text is None else scalar(element, text) for text in written]

    def expect(self, expected, actual):
        """Compare a result with the plan."""
        if expected is not None and "store" in expected:
            assert actual is not None, "got null"
            self.variables[expected["store"]] = actual
            return
        wanted = self.lower(expected)
        assert same(wanted, actual), f"expected {short(wanted)}, got {short(actual)}"


def same(wanted, actual):
    """Compare exactly: types, the bits of floats, the identity of our own objects."""
    if isinstance(actual, memoryview):
        return isinstance(wanted, list | bytes) and same(list(wanted), actual.tolist())
    if isinstance(wanted, MetaFFIHandle) and isinstance(actual, MetaFFIHandle):
        return wanted == actual
    if type(wanted) is not type(actual):
        return callable(wanted) and wanted == actual
    if isinstance(wanted, float):
        return math.isnan(wanted) and math.isnan(actual) or pack(wanted) == pack(actual)
    if isinstance(wanted, list):
        return len(wanted) == len(actual) and all(map(same, wanted, actual))
    return wanted is actual if isinstance(wanted, Thing) else wanted == actual


def pack(value):
    """Return the bits of a float."""
    return struct.pack("d", value)


def short(value):
    """Return a value in a few characters."""
    text = repr(value)
    return text if len(text) < 300 else f"{text[:300]}… ({len(text)} characters)"
