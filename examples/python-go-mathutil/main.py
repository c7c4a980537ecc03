from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

int64 = metaffi_type_info(MetaFFITypes.metaffi_int64_type)
int64_array = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=1)
float64 = metaffi_type_info(MetaFFITypes.metaffi_float64_type)
float64_array = metaffi_type_info(MetaFFITypes.metaffi_float64_array_type, dims=1)

runtime = MetaFFIRuntime("go")
module = runtime.load_module("mathutil_MetaFFIGuest")

add = module.load_entity("callable=Add", [int64, int64], [int64])
divide = module.load_entity("callable=Divide", [int64, int64], [int64, int64])
mean = module.load_entity("callable=Mean", [float64_array], [float64])
primes = module.load_entity("callable=Primes", [int64], [int64_array])
golden = module.load_entity("global=Golden,getter", None, [float64])

print("add:", add(40, 2))
print("divide:", divide(47, 5))
print("mean:", mean([1.5, 2.5, 5.0]))
print("primes:", primes(30))
print("golden:", golden())

try:
    divide(1, 0)
except MetaFFIError as error:
    print("error:", error.message)

runtime.release_runtime_plugin()
