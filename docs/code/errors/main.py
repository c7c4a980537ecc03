import metaffi.imports
from metaffi import MetaFFIError

metaffi.imports.add("openjdk", "")

from java.io import FileInputStream, IOException
from java.lang import Integer, NumberFormatException
from java.util import ArrayList

# Exceptions of Java are classes, which derive as they do there.
try:
    Integer.parseInt("ten")
except NumberFormatException as error:
    print(error)
try:
    FileInputStream("/no/such/file")
except IOException as error:
    print(type(error).__mro__[1].__name__, isinstance(error, OSError))

# Every one is a MetaFFIError.
try:
    ArrayList(-1)
except MetaFFIError as error:
    print(error.kind, error.language, error.type_name, error.message, sep=" | ")
    print(error.stack_trace.splitlines()[1].strip())
    print(error.original.getMessage(), error.cause)

# What a callback raises passes through Java as the same object.
failure = LookupError("not this one")


def check(item: str) -> None:
    raise failure


try:
    ArrayList(["a"]).forEach(check)
except LookupError as error:
    print(error is failure)

# Mistakes in the call itself.
for wrong in (
    lambda: Integer.parseInt(),
    lambda: Integer.parse("1"),
    lambda: metaffi.MetaFFIRuntime("openjdk").load_module("no.jar"),
):
    try:
        wrong()
    except (MetaFFIError, AttributeError) as error:
        print(getattr(error, "kind", type(error).__name__))
