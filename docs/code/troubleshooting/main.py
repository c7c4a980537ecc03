"""Messages that the page quotes: each is still what MetaFFI says."""

import os
import subprocess
import sys

from metaffi import MetaFFIRuntime, MetaFFITypes

handle, string8 = MetaFFITypes.metaffi_handle_type, MetaFFITypes.metaffi_string8_type
integer, function = MetaFFITypes.metaffi_int32_type, MetaFFITypes.metaffi_callable_type
java = MetaFFIRuntime("openjdk").load_module("")
absolute = java.load_entity("class=java.lang.Math,callable=abs", [integer], [integer])
SUBMIT = "class=java.util.concurrent.ExecutorService,callable=submit,instance_required"


def load(runtime, module):
    return lambda: MetaFFIRuntime(runtime).load_module(module)


def entity(path, params=(), results=()):
    return lambda: java.load_entity(path, params, results)


def released_handle():
    items = java.load_entity("class=java.util.ArrayList,callable=<init>", (), [handle])()
    items.release()
    java.load_entity("class=java.lang.Object,callable=toString", [handle], [string8])(items)


def released_runtime():
    runtime = MetaFFIRuntime("loopback")
    void = runtime.load_module("loopback").load_entity("callable=void", None, None)
    runtime.release_runtime_plugin()
    void()


def in_another_process(*command, **variables):
    """Raise what a program prints."""
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True)
    raise RuntimeError(done.stdout + done.stderr)


def starting(runtime, **variables):
    code = f"import metaffi; metaffi.MetaFFIRuntime({runtime!r}).load_runtime_plugin()"
    return lambda: in_another_process(sys.executable, "-c", code, **variables)


def doctor():
    in_another_process("metaffi", "doctor", JAVA_HOME="/absent", METAFFI_PYTHON="/absent")


with open("broken.jar", "w") as file:
    file.write("no jar")
cyclic = []
cyclic.append(cyclic)

for phrase, fails in (
    ("no runtime `cobol`", load("cobol", "")),
    ("no module `absent.jar`", load("openjdk", "absent.jar")),
    ("no module `absent_module`; looked in", load("python3", "absent_module")),
    ("the go module `absent_MetaFFIGuest` cannot be found", load("go", "absent_MetaFFIGuest")),
    ("zip END header not found", load("openjdk", "broken.jar")),
    ("did you mean", entity("class=java.lang.Math,callable=abz")),
    ("no 'class'", entity("callable=abs")),
    ("two '=' in one item", entity("class=java.lang.Math,callable=abs=1")),
    ("(string8) does not", entity("class=java.lang.Math,callable=abs", [string8], [integer])),
    ("several overloads of", entity(SUBMIT, [handle, function], [handle])),
    ("cannot be int32", entity("class=java.lang.Math,callable=random", (), [integer])),
    ("is out of the range of int32", lambda: absolute(2**31)),
    ("expected int32, got", lambda: absolute("1")),
    ("takes 1 argument", lambda: absolute(1, 2)),
    ("nested too deeply", lambda: java.java.util.Objects.hashCode(cyclic)),
    ("that lacks its methods", lambda: java.java.util.ArrayList().sort(object())),
    ("was released", released_handle),
    ("was released", released_runtime),
    ("did not start", starting("openjdk", METAFFI_JVM_OPTIONS="-Xmx1x")),
    ("no MetaFFI installation", starting("go", METAFFI_HOME="/absent")),
    ("(not JAVA_HOME=/absent has no lib/server/libjvm", doctor),
):
    try:
        fails()
    except Exception as error:
        print(phrase if phrase in str(error) else f"{phrase!r} is not in: {error}")
    else:
        print(f"nothing failed with {phrase!r}")
