import pickle

import metaffi
from metaffi import MetaFFIRuntime

greeting = metaffi.ship(MetaFFIRuntime("python3").load_module("./greeting.py"))
string8 = metaffi.MetaFFITypes.metaffi_string8_type
greet = greeting.load_entity("callable=greet", [string8], [string8])
print(len(pickle.dumps(greet)), "bytes")
