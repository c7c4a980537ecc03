from datetime import date, timedelta
from decimal import Decimal

import numpy
from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

jdk = MetaFFIRuntime("openjdk").load_module("")

# Exact values arrive as the type that the other language has for them.
print(repr(jdk["java.math.BigDecimal"]("0.10")), jdk["java.math.BigInteger"]("1" + 30 * "0"))
print(repr(jdk["java.time.LocalDate"].of(2026, 1, 31)), type(jdk["java.util.UUID"].randomUUID()))
print(repr(jdk["java.time.Duration"].ofHours(36)))
print(repr(jdk["java.time.Instant"].parse("2026-01-31T12:00:00Z")))
print(repr(jdk["java.util.Collections"].max([Decimal("0.1"), Decimal("0.25")])))

# Numbers that do not fit are refused.
int32 = MetaFFITypes.metaffi_int32_type
absolute = jdk.load_entity("class=java.lang.Math,callable=abs", [int32], [int32])
try:
    absolute(2**40)
except TypeError as error:
    print(error)

# Bytes and arrays: numpy's memory is passed without a copy, and Go writes into it.
numbers = MetaFFIRuntime("go").load_module("numbers_MetaFFIGuest")
measured = numpy.array([1.0, 2.0, 3.0])
numbers.Scale(measured, 10)
print(measured, numbers.Sum(measured))

# A packed result is a view of the guest's memory.
squares = numbers.load_entity(
    "callable=Squares",
    [MetaFFITypes.metaffi_int64_type],
    [metaffi_type_info(MetaFFITypes.metaffi_int64_packed_array_type, dims=1)],
)
view = squares(1000)
print(type(view).__name__, numpy.asarray(view)[-1])

# A dict is a map in Java, a map of Java is used like a dict.
properties = jdk["java.util.TreeMap"]({"b": 2, "a": 1})
properties["c"] = [date(2026, 1, 1), timedelta(hours=1)]
print(dict(properties)["a"], list(properties), properties["c"])
