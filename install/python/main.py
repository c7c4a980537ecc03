import metaffi

java = metaffi.MetaFFIRuntime("openjdk").load_module("")
names = java["java.util.ArrayList"]()
names.add("a")
names.add("b")
print("Hello from openjdk:", names.toString())
