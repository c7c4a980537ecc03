"""Calls a Java library in tasks and actors of Ray."""

import metaffi
import ray
from metaffi import MetaFFIRuntime

ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)

java = metaffi.ship(MetaFFIRuntime("openjdk").load_module("commons-lang3-3.17.0.jar"))
Fraction = java["org.apache.commons.lang3.math.Fraction"]


@ray.remote
def fraction(above, below):
    return Fraction.getFraction(above, below)  # a Java object is passed through Ray's store


@ray.remote
class Sum:
    def __init__(self):
        self.total = Fraction.ZERO

    def add(self, number):
        self.total = self.total.add(number)
        return str(self.total)


total = Sum.remote()
for above in (1, 2, 3):
    print(ray.get(total.add.remote(fraction.remote(above, 7))))
ray.shutdown()
