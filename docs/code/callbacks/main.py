import threading

import metaffi.imports

metaffi.imports.add("openjdk", "")

from java.lang import Thread
from java.util import ArrayList
from java.util.concurrent import CompletableFuture, Executors
from java.util.function import Function

# Any callable is taken where Java declares a functional interface.
words = ArrayList(["pear", "fig", "apple"])
words.sort(lambda one, other: len(one) - len(other))
words.replaceAll(str.upper)
print(words)

# A function of Java is called as one of Python's.
identity = Function.identity()
print(identity("hi"), list(map(identity, [1, 2])))

# Java keeps it, and calls it from its own threads.
pool = Executors.newFixedThreadPool(2)
future = CompletableFuture.supplyAsync(lambda: threading.current_thread().name, pool)
print(future.thenApply(lambda name: name.startswith("pool-")).get())
pool.shutdown()


# A call gives up Python's lock, so threads call Java at once.
sleepers = [threading.Thread(target=Thread.sleep, args=(200,)) for _ in range(4)]
for sleeper in sleepers:
    sleeper.start()
for sleeper in sleepers:
    sleeper.join()
