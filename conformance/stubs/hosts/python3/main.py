"""Calls a library through its stubs: main.py GUEST MODULE CONSTRUCT..."""

import importlib
import sys

import check

guest, module, *constructs = sys.argv[1:]
program = importlib.import_module(f"of_{guest}")
if "binding" in constructs:
    program.binding()
program.books.bind_module_to_code(module, guest)
for construct in constructs:
    if construct != "binding":
        getattr(program, construct)()
check.finish(program.books.Collect if guest == "go" else program.books.collect)
print("ok")
