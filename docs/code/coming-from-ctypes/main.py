# ruff: noqa: E402 (imports that work once something was set up)

import metaffi.imports
from metaffi import MetaFFIError

metaffi.imports.add("go", "shop.go")

import shop

print(shop.Greet("Ann"))
print(shop.Total([1.5, 2.5]))
try:
    shop.Share(12, 0)
except MetaFFIError as error:
    print("failed:", error)
