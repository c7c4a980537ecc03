"""What crosses exactly, to Java and back, where any type is declared."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from metaffi import MetaFFIRuntime, MetaFFITypes

anything = MetaFFITypes.metaffi_any_type
java = MetaFFIRuntime("openjdk").load_module("")
identity = java.load_entity(
    "class=java.util.Objects,callable=requireNonNullElse", [anything, anything], [anything]
)

for value in (
    2**100,
    Decimal("0.10"),
    datetime(2024, 2, 29, 12, 30, tzinfo=UTC),
    timedelta(seconds=90),
    UUID(int=1),
):
    print(repr(identity(value, None)), identity(value, None) == value)
