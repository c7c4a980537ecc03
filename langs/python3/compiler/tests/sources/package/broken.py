"""Cannot be imported."""

import a_module_that_is_not_there


def never() -> None:
    """Is read without importing it."""
    a_module_that_is_not_there.call()
