import pickle

from metaffi import MetaFFIRuntime

java = MetaFFIRuntime("openjdk").load_module("")
numbers = java["java.util.ArrayList"]([1, 2])
assert pickle.loads(pickle.dumps(numbers)) == numbers

try:
    pickle.dumps(java["java.lang.Thread"]())
except TypeError as error:
    print(error)
