from metaffi import MetaFFIRuntime

jdk = MetaFFIRuntime("openjdk").load_module("")
words = MetaFFIRuntime("go").load_module("words_MetaFFIGuest")
greeting = MetaFFIRuntime("python3").load_module("greeting.py")

print(jdk["java.lang.Math"].floorMod(-7, 3))
print(words.Count("one two three"))
print(greeting.greet("Python"))
