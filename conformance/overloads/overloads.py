"""One function for many types."""

import gc


def kind(value: object, second: int | None = None) -> str:
    if second is not None:
        return "two"
    match value:
        case bool():
            return "flag"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "text"
        case [*_]:
            return "integers"
    return "object"


def collect() -> None:
    gc.collect()
