"""Refuses a Python that the native module was not built for, with a clear error."""

import sys

if sys.version_info < (3, 11) or sys.implementation.name != "cpython":
    import platform

    raise ImportError(
        "MetaFFI needs CPython 3.11 or later; this is "
        f"{platform.python_implementation()} {platform.python_version()}, {sys.executable}"
    )
