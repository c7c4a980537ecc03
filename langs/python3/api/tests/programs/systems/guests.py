"""The guests of each language, which lie in the working directory."""

from metaffi import MetaFFIRuntime, MetaFFITypes

NAME = "é ü 日本"

TEXT = MetaFFITypes.metaffi_string8_type

GUESTS = {
    "python3": ("greeting.py", "callable=greet"),
    "openjdk": ("classes", "class=Greeting,callable=greet"),
    "go": ("greeting_MetaFFIGuest", "callable=Greet"),
}
"""By runtime: the module's path, and what greets."""


def greet(runtime, path):
    """Load a module, and call it."""
    module = MetaFFIRuntime(runtime).load_module(path)
    greeting = module.load_entity(GUESTS[runtime][1], [TEXT], [TEXT])(NAME)
    assert greeting == f"Hello, {NAME}", (path, greeting)
