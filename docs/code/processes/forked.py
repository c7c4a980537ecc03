import os

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes

int64 = MetaFFITypes.metaffi_int64_type
java = MetaFFIRuntime("openjdk").load_module("")
absolute = java.load_entity("class=java.lang.Math,callable=abs", [int64], [int64])
counter = MetaFFIRuntime("go").load_module("counter_MetaFFIGuest")
count = counter.load_entity("callable=Next", None, [int64])
print("parent:", count(), count(), absolute(-1), flush=True)

if os.fork() == 0:
    print("child:", count(), flush=True)  # the Go guest starts again
    try:
        absolute(-1)
    except MetaFFIError as error:
        print("child:", error, flush=True)
    os._exit(0)
os.wait()
