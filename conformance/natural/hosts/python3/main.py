"""Uses a library of another language by its names: main.py GUEST MODULE CONSTRUCT..."""

import importlib
import sys

import check
from metaffi import MetaFFIRuntime

guest, path, *constructs = sys.argv[1:]
module = MetaFFIRuntime(guest).load_module(path)
program = importlib.import_module(f"of_{guest}").Program(module)
for construct in constructs:
    getattr(program, construct)()
del program, module
check.finish(guest, path)
print("ok")
