"""Objects of other runtimes."""

from ._native import MetaFFIHandle

__all__ = ["MetaFFIHandle"]
