"""Invalid input of every kind: each gives a clear error, and the next call works."""

import subprocess
import threading
from pathlib import Path

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

T = MetaFFITypes


def info(kind, alias=None):
    return metaffi_type_info(kind, alias)


INT = info(T.metaffi_int64_type)
INT32 = info(T.metaffi_int32_type)
TEXT = info(T.metaffi_string8_type)
HANDLE = info(T.metaffi_handle_type)

java = MetaFFIRuntime("openjdk")
go = MetaFFIRuntime("go")
loopback = MetaFFIRuntime("loopback")
jar = java.load_module(".")
guest = go.load_module("errors_MetaFFIGuest")
echo = loopback.load_module("loopback").load_entity("callable=echo_int64", [INT], [INT])
java_next = jar.load_entity("class=Errors,callable=next", None, [INT32])
go_next = guest.load_entity("callable=Next", None, [INT])


def fails(call, *texts, kind=None, language=None):
    """Check that the error of a call contains these texts, and that every guest still works."""
    try:
        result = call()
    except MetaFFIError as error:
        for text in texts:
            assert text in str(error), (text, str(error))
        assert kind is None or error.kind == kind, (kind, error.kind, str(error))
        assert language is None or error.language == language, (language, error.language)
        assert (java_next(), go_next(), echo(1)) == (42, 42, 1)
        return error
    raise AssertionError(f"no error, but {result!r}; expected {texts}")


def missing_things():
    fails(lambda: MetaFFIRuntime("cobol").load_module("x"), "no runtime `cobol`", "openjdk", "go")
    fails(lambda: java.load_module("gone.jar"), "gone.jar", kind="not_found")
    fails(lambda: go.load_module("gone_MetaFFIGuest"), "gone_MetaFFIGuest", kind="not_found")
    for path, texts in {
        "class=Eroors,callable=next": ["Eroors"],
        "class=Errors,callable=gretTo": ["gretTo", "did you mean `greetTo`"],
        "class=Errors,field=nothing": ["nothing"],
        "class=Errors": ["callable"],
        "class=Errors,callable=a=b": ["a=b"],
    }.items():
        fails(lambda path=path: jar.load_entity(path, [TEXT], [TEXT]), *texts)
    fails(lambda: guest.load_entity("callable=Nxt", None, [INT]), "Nxt", "did you mean `Next`")
    fails(lambda: guest.load_entity("global=Nothing,getter", None, [INT]), "Nothing")


def things_that_are_something_else():
    Path("no.jar").write_text("this is no jar")
    Path("no_MetaFFIGuest.so").write_bytes(b"\x7fELF but not really")
    libc = next(Path("/").glob("lib/*/libc.so.6"))
    Path("libc_MetaFFIGuest.so").write_bytes(libc.read_bytes())
    fails(lambda: java.load_module("no.jar"), "no.jar", kind="load")
    fails(lambda: go.load_module("no_MetaFFIGuest"), "no_MetaFFIGuest.so", kind="load")
    fails(lambda: go.load_module("libc_MetaFFIGuest"), "libc_MetaFFIGuest.so", kind="load")


def wrong_signatures():
    fails(
        lambda: jar.load_entity("class=Errors,callable=greetTo", [INT], [TEXT]),
        "greetTo",
        "java.lang.String",
        kind="signature",
    )
    fails(lambda: guest.load_entity("callable=Next", [INT], [INT]), "Next", kind="signature")
    fails(lambda: guest.load_entity("callable=Panic", [INT], None), "Panic", kind="signature")


def wrong_arguments():
    greet = jar.load_entity("class=Errors,callable=greetTo", [TEXT], [TEXT])
    fails(lambda: greet(), "greetTo", "1 argument", kind="argument")
    fails(lambda: greet("a", "b"), "greetTo", "1 argument", kind="argument")
    fails(lambda: greet(7), "greetTo", "string8", "int", kind="argument")
    int8 = info(T.metaffi_int8_type)
    for narrow in (
        jar.load_entity("class=Errors,callable=narrow", [int8], [int8]),
        guest.load_entity("callable=Narrow", [int8], [int8]),
    ):
        assert (narrow(127), narrow(-128)) == (127, -128)
        fails(lambda narrow=narrow: narrow(128), "128", "int8", kind="argument")
        fails(lambda narrow=narrow: narrow(2**70), str(2**70), "int8", kind="argument")
        fails(lambda narrow=narrow: narrow("x"), "int8", "str", kind="argument")
    assert greet("you") == "Hello, you"


def java_exceptions():
    checked = jar.load_entity("class=Errors,callable=checked", None, None)
    error = fails(checked, "java.io.IOException", "disk full", kind="guest", language="openjdk")
    assert error.type_name == "java.io.IOException" and error.message == "disk full"
    assert "at Errors.checked(Errors.java:" in error.stack_trace
    assert error.cause.type_name == "java.lang.IllegalStateException"
    assert error.__cause__ is error.cause
    unchecked = jar.load_entity("class=Errors,callable=unchecked", None, None)
    fails(unchecked, "java.lang.NullPointerException", kind="guest")
    overflow = jar.load_entity("class=Errors,callable=overflow", [INT32], [INT32])
    fails(lambda: overflow(0), "java.lang.StackOverflowError", kind="guest")
    threads = [threading.Thread(target=overflow_on_a_thread, args=(overflow,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert overflowed == [True] * 4


overflowed = []


def overflow_on_a_thread(overflow):
    try:
        overflow(0)
    except MetaFFIError as error:
        overflowed.append(error.type_name == "java.lang.StackOverflowError")


def go_errors_and_panics():
    fail = guest.load_entity("callable=Fail", None, [INT])
    error = fails(fail, "reading: disk full", kind="guest", language="go")
    assert error.cause.message == "disk full"
    panic = guest.load_entity("callable=Panic", [TEXT], None)
    error = fails(lambda: panic("oh no"), "panic", "oh no", kind="panic", language="go")
    assert "errors.go:" in error.stack_trace
    fails(guest.load_entity("callable=NilMap", None, None), "panic", "nil map", kind="panic")


def a_go_file_that_does_not_compile():
    command = ["metaffi", "-c", "--idl", "broken.go", "-g"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 1, result
    assert "broken.go" in result.stderr and "4" in result.stderr, result.stderr
    assert "string" in result.stderr and "int" in result.stderr, result.stderr


def exit_codes_of_the_command():
    for arguments, code in (
        (["-c", "--idl", "gone.go", "-g"], 1),
        (["-c"], 2),
        (["--no-such-option"], 2),
        (["--help"], 0),
        (["-c", "--idl", "errors.go", "-h", "cobol"], 2),
    ):
        result = subprocess.run(["metaffi", *arguments], capture_output=True, text=True)
        assert result.returncode == code, (arguments, result)


def after_release():
    other = MetaFFIRuntime("openjdk")
    entity = other.load_module(".").load_entity("class=Errors,callable=next", None, [INT32])
    assert entity() == 42
    other.release_runtime_plugin()
    fails(entity, "released", kind="released")


missing_things()
things_that_are_something_else()
wrong_signatures()
wrong_arguments()
java_exceptions()
go_errors_and_panics()
a_go_file_that_does_not_compile()
exit_codes_of_the_command()
after_release()
print("ok")
