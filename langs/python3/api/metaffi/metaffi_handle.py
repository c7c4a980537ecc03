"""Objects of other runtimes."""

from .metaffihandle import MetaFFIHandle

__all__ = ["MetaFFIHandle", "metaffi_handle"]

metaffi_handle = MetaFFIHandle
"""An alias, spelled like the names of the types."""
