import hello_MetaFFIHost as hello

hello.bind_module_to_code("hello_MetaFFIGuest", "go")
result = hello.SayHello("Python")

print(result)
