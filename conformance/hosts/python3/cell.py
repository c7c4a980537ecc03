"""Entities, steps, and the check for leaks at the end."""

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import functions
from failures import check_failure
from metaffi import MetaFFIRuntime, MetaFFITypes
from values import Values, info

PATIENCE = 10  # seconds


class Cell:
    """One plan, and the entities and modules loaded for it."""

    def __init__(self, plan):
        """Load nothing yet."""
        self.plan = plan
        self.runtimes = {}
        self.modules = {}
        self.entities = {}
        self.values = Values()

    def run(self):
        """Run every step."""
        self.steps(self.plan["steps"], self.values)

    def steps(self, steps, values):
        for step in steps:
            try:
                self.step(step, values)
            except BaseException as error:
                error.add_note(f"in the step {step}")
                raise

    def step(self, step, values):
        match step:
            case {"call": name}:
                self.call(name, step, values)
            case {"release": name}:
                values.variables[name].release()
            case {"forget": name}:
                del values.variables[name]
            case {"same": [left, right]}:
                assert values.variables[left] == values.variables[right]
            case {"different": [left, right]}:
                assert values.variables[left] != values.variables[right]
            case {"threads": count, "steps": steps}:
                self.on_threads(count, steps, values)
            case {"times": count, "steps": steps}:
                for _ in range(count):
                    self.steps(steps, values)
            case {"live": count}:
                self.wait_for(count, self.plan["guest"])
            case {"release_runtime": name}:
                self.runtimes.pop(name).release_runtime_plugin()
                self.modules.pop(name)
            case _:
                raise ValueError("this host does not support such a step")

    def call(self, name, step, values):
        callee = values.variables.get(name)
        arguments = [values.lower(argument) for argument in step["args"]]
        functions.enter_call()
        try:
            result = (callee or self.entity(name))(*arguments)
        except Exception as error:
            if "fails" not in step:
                raise
            self.check_failure(step["fails"], error, lambda: self.entity(name)(*arguments))
        else:
            assert "fails" not in step, f"it did not fail, but returned {result!r}"
            returns = step["returns"]
            results = {0: (), 1: (result,)}.get(len(returns), result)
            assert returns or result is None, f"got {result!r}"
            assert len(results) == len(returns), f"got {results!r}"
            for expected, actual in zip(returns, results, strict=True):
                values.expect(expected, actual)

    def check_failure(self, expected, error, call):
        if "later" not in expected:
            return check_failure(expected, error)
        with suppress(Exception):
            call()
        with ThreadPoolExecutor(1) as other:
            return other.submit(check_failure, expected, error).result()

    def entity(self, name):
        if name not in self.entities:
            entity = self.plan["entities"][name]
            self.entities[name] = self.module(entity["runtime"]).load_entity(
                entity["path"],
                [info(p) for p in entity["params"]],
                [info(r) for r in entity["returns"]],
            )
        return self.entities[name]

    def module(self, runtime):
        if runtime not in self.modules:
            self.runtimes[runtime] = MetaFFIRuntime(runtime)
            self.modules[runtime] = self.runtimes[runtime].load_module(
                self.plan["modules"][runtime]
            )
        return self.modules[runtime]

    def on_threads(self, count, steps, values):
        failures = []

        def work():
            try:
                self.steps(steps, values.copy())
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def wait_for(self, expected, owners):
        """Collect until others hold that many objects of runtimes whose names start with the
        text."""
        loopback = MetaFFIRuntime("loopback").load_module("loopback")
        number, text = MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_string8_type
        live = loopback.load_entity("callable=live_objects", [text], [number, text])
        deadline = time.monotonic() + PATIENCE
        while (found := live(owners))[0] != expected:
            assert time.monotonic() < deadline, f"{found[0]} objects are live: {found[1]}"
            gc.collect()
            for runtime in list(self.modules):
                if f"collect of {runtime}" in self.plan["entities"]:
                    self.entity(f"collect of {runtime}")()
            time.sleep(0.005)

    def finish(self):
        """Drop everything; then no objects may be left."""
        used = {entity.split(" of ")[1] for entity in self.entities}
        self.values = Values()
        self.entities.clear()
        functions.forget()
        for runtime in used - self.modules.keys():
            self.module(runtime)  # it was released, and still has to collect
        self.wait_for(0, "")
