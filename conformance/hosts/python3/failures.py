"""Checks for errors."""

import functions
from metaffi import MetaFFIError


def check_failure(expected, error):
    """Compare an error with ``fails`` of a step."""
    if "original" in expected:
        assert error is functions.last_failure(), f"it is not what the function raised: {error!r}"
        return
    if not isinstance(error, MetaFFIError):
        check_own(expected, error)
        return
    for field in ("kind", "language"):
        assert expected.get(field, getattr(error, field)) == getattr(error, field), (
            f"{field} is {getattr(error, field)!r} of {error!r}"
        )
    if "type" in expected:
        assert error.type_name == expected["type"], f"its type is {error.type_name!r}"
    for text in texts(expected, "message"):
        assert text in str(error), f"{text!r} is not in {error}"
    for text in texts(expected, "stack"):
        assert text in error.stack_trace, f"{text!r} is not in {error.stack_trace}"
    if "cause" in expected:
        assert error.cause in (None, error.__cause__)
        check_failure(expected["cause"], error.__cause__)


def check_own(expected, error):
    """Check an exception of a Python guest, which is passed as itself."""
    assert error is not None and error.__traceback__ is not None, repr(error)
    name = type(error).__qualname__
    module = type(error).__module__
    name = name if module == "builtins" else f"{module}.{name}"
    assert expected.get("type", name) == name, f"its type is {name}"
    for text in texts(expected, "message"):
        assert text in str(error), f"{text!r} is not in {error}"
    if "cause" in expected:
        check_failure(expected["cause"], error.__cause__)


def texts(expected, key):
    """Return one or several texts as a list."""
    value = expected.get(key) or []
    return [value] if isinstance(value, str) else value
