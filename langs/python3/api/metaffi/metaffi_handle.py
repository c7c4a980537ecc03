"""Objects of other runtimes."""

from .metaffihandle import MetaFFIHandle

__all__ = ["MetaFFIHandle", "metaffi_handle"]

metaffi_handle = MetaFFIHandle
"""The same by the name that types have."""
