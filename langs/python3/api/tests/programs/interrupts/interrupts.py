"""Signals that arrive while the main thread is in a call."""

import _thread
import asyncio
import functools
import os
import signal
import sys
import threading
import time

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

BOOL = MetaFFITypes.metaffi_bool_type
HANDLE = MetaFFITypes.metaffi_handle_type
INT, INT32 = MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_int32_type
CALLABLE = metaffi_type_info(MetaFFITypes.metaffi_callable_type, "java.util.concurrent.Callable")

LONG = 20_000
"""Milliseconds of a wait that is always interrupted."""

loaded = []


def load():
    loaded.append(MetaFFIRuntime("openjdk").load_module("."))
    loaded.append(MetaFFIRuntime("go").load_module("interrupts_MetaFFIGuest"))


loader = threading.Thread(target=load)  # not the thread where handlers can be installed
loader.start()
loader.join()
jar, guest = loaded
block = jar.load_entity("class=Interrupts,callable=block", [INT32], [INT32])
spin = jar.load_entity("class=Interrupts,callable=spin", [INT32], [INT32])
call = jar.load_entity(
    "class=Interrupts,callable=call", [CALLABLE], [MetaFFITypes.metaffi_any_type]
)
is_interrupted = jar.load_entity("class=Interrupts,callable=isInterrupted", None, [BOOL])
fail = guest.load_entity("callable=Fail", [INT], None)
wait = guest.load_entity("callable=Wait", [HANDLE, INT], None)


def later(action, *args):
    threading.Timer(0.3, action, args).start()


def send(number):
    later(os.kill, os.getpid(), number)


def raised(kind, function, *args):
    """Return what the call soon raises, and check that the next call works."""
    began = time.monotonic()
    try:
        result = function(*args)
    except kind as error:
        took = time.monotonic() - began
        assert took < LONG / 4000, took
        assert not is_interrupted() and block(1) == 1
        return error
    raise AssertionError(f"returned {result}")


def ring(*_):
    raise TimeoutError("late")


class Owner:
    def ring(self, number, frame):
        raise TimeoutError(f"{number}, {frame.f_lineno}")

    def __call__(self, *_):
        raise TimeoutError("late")


def a_blocking_call_of_java():
    send(signal.SIGINT)
    context = raised(KeyboardInterrupt, block, LONG).__context__
    assert isinstance(context, MetaFFIError), context
    assert context.type_name == "java.lang.InterruptedException"
    later(_thread.interrupt_main)
    raised(KeyboardInterrupt, block, LONG)


def any_handler_that_raises():
    leave = lambda *_: sys.exit(3)  # noqa: E731
    partial = functools.partial(ring, "more")
    for handler in (ring, Owner().ring, Owner(), partial, leave):
        before = signal.signal(signal.SIGALRM, handler)
        assert signal.getsignal(signal.SIGALRM) == handler
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        raised((TimeoutError, SystemExit), block, LONG)
        assert signal.signal(signal.SIGALRM, before) == handler


def a_handler_that_does_not_raise():
    seen = []
    signal.signal(signal.SIGUSR1, lambda number, _: seen.append(number))
    send(signal.SIGUSR1)
    assert block(600) == 600
    assert seen == [signal.SIGUSR1] and not is_interrupted()


def a_call_that_fails_meanwhile():
    send(signal.SIGINT)
    error = raised(KeyboardInterrupt, fail, 600)
    assert isinstance(error.__context__, MetaFFIError) and error.__context__.message == "failed"
    send(signal.SIGINT)
    try:
        raise LookupError("handled")
    except LookupError as handled:
        error = raised(KeyboardInterrupt, fail, 600)
        assert error.__context__.__context__ is handled


def a_call_that_ends_by_itself():
    send(signal.SIGINT)
    raised(KeyboardInterrupt, lambda: [spin(600), time.sleep(1)])


def calls_of_the_handlers_of_exceptions():
    def clean_up(waits, *args):
        try:
            waits(*args)
        except KeyboardInterrupt:
            return block(300)

    for waits, args in ((time.sleep, (20,)), (block, (LONG,)), (fail, (600,))):
        send(signal.SIGINT)
        assert clean_up(waits, *args) == 300


def a_callback():
    send(signal.SIGINT)
    raised(KeyboardInterrupt, call, lambda: time.sleep(20))
    send(signal.SIGINT)
    raised(KeyboardInterrupt, call, lambda: block(LONG))


def other_threads():
    results = []
    thread = threading.Thread(target=lambda: results.append(block(1000)))
    thread.start()
    send(signal.SIGINT)
    raised(KeyboardInterrupt, time.sleep, 20)
    thread.join()
    assert results == [1000]


def contexts_of_go():
    keeper = guest.load_entity("callable=NewKeeper", [HANDLE], [HANDLE])(None)
    lives = guest.load_entity("callable=Keeper.Lives,instance_required", [HANDLE], [BOOL])
    send(signal.SIGINT)
    context = raised(KeyboardInterrupt, wait, None, LONG).__context__
    assert context.message == "context canceled", context
    assert lives(keeper) and wait(None, 1) is None
    new = guest.load_entity("callable=NewContext", None, [HANDLE])
    assert guest.load_entity("callable=IsMine", [HANDLE], [BOOL])(new())
    is_background = guest.load_entity("callable=IsBackground", [HANDLE], [BOOL])
    results = []
    thread = threading.Thread(target=lambda: results.append(is_background(None)))
    thread.start()
    thread.join()
    assert results == [True]


def an_event_loop():
    async def main():
        loop = asyncio.get_running_loop()
        received = asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR2, received.set)
        send(signal.SIGUSR2)
        waiting = loop.run_in_executor(None, block, 600)
        await asyncio.wait_for(received.wait(), 5)
        assert await waiting == 600

    asyncio.run(main())


a_blocking_call_of_java()
any_handler_that_raises()
a_handler_that_does_not_raise()
a_call_that_fails_meanwhile()
a_call_that_ends_by_itself()
calls_of_the_handlers_of_exceptions()
a_callback()
other_threads()
contexts_of_go()
an_event_loop()
print("ok")
