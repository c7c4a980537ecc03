"""Call Java, Go and Python modules from Python, in one process.

Load a runtime, load a module, load an entity by its entity path, and call it::

    from metaffi import MetaFFIRuntime, MetaFFITypes
    from metaffi.metaffi_types import new_metaffi_type_info

    runtime = MetaFFIRuntime("openjdk")
    module = runtime.load_module("log4j-api-2.21.1.jar;log4j-core-2.21.1.jar")
    get_logger = module.load_entity(
        "class=org.apache.logging.log4j.LogManager,callable=getLogger",
        [new_metaffi_type_info(MetaFFITypes.metaffi_string8_type)],
        [new_metaffi_type_info(MetaFFITypes.metaffi_handle_type)],
    )
    logger = get_logger("mylogger")
"""

from __future__ import annotations

from . import _requires  # noqa: F401  (first, so that its error is the one shown)
from ._faults import watch as _watch_faults
from ._pickling import ship
from ._pickling import watch as _watch_pickling
from .metaffi_error import MetaFFIArgumentError, MetaFFIError
from .metaffi_handle import MetaFFIHandle
from .metaffi_module import MetaFFIEntity, MetaFFIModule
from .metaffi_runtime import MetaFFIRuntime
from .metaffi_types import (
    MetaFFICallable,
    MetaFFITypes,
    make_metaffi_callable,
    metaffi_type_info,
    new_metaffi_type_info,
    pytype_to_metaffi_type_dict,
)

TYPE_CHECKING = False  # typing is slow to import, and type checkers know this name
if TYPE_CHECKING:
    from typing import Any

    from .natural import MetaFFIObject, implements, to_python

__all__ = [
    "MetaFFIArgumentError",
    "MetaFFICallable",
    "MetaFFIEntity",
    "MetaFFIError",
    "MetaFFIHandle",
    "MetaFFIModule",
    "MetaFFIObject",
    "MetaFFIRuntime",
    "MetaFFITypes",
    "implements",
    "make_metaffi_callable",
    "metaffi_type_info",
    "new_metaffi_type_info",
    "pytype_to_metaffi_type_dict",
    "ship",
    "to_python",
]

__version__ = "0.4.0"


def __getattr__(name: str) -> Any:
    """Import ``natural`` on first use: most programs do not use objects of other languages."""
    if name not in {"natural", "MetaFFIObject", "implements", "to_python"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    from importlib import import_module

    natural = import_module(".natural", __name__)
    globals()[name] = natural if name == "natural" else getattr(natural, name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), "natural", *__all__})


_watch_faults()
_watch_pickling()
