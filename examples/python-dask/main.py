"""Calls a Java library and a Go guest in the processes of a Dask cluster."""

import metaffi
from dask.distributed import Client, LocalCluster
from metaffi import MetaFFIError, MetaFFIRuntime

TITLES = ["The quick brown fox", "jumps over", "the lazy dog, twice"]


def main() -> None:
    java = MetaFFIRuntime("openjdk").load_module("commons-lang3-3.17.0.jar")
    go = MetaFFIRuntime("go").load_module("texts_MetaFFIGuest")
    metaffi.ship(java)  # functions sent to the workers bring the jar along
    metaffi.ship(go)
    StringUtils = java["org.apache.commons.lang3.StringUtils"]
    Fraction = java["org.apache.commons.lang3.math.Fraction"]

    def describe(title):
        return f"{StringUtils.abbreviate(title, 12)} {go.Checksum(title)}"

    def add(one, other):
        return one.add(other)  # Java objects from another process

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        for text in client.gather(client.map(describe, TITLES)):
            print(text)
        half, third = client.map(Fraction.getFraction, [1, 1], [2, 3])
        print(client.submit(add, half, third).result())
        try:
            client.submit(Fraction.getFraction, 1, 0).result()
        except MetaFFIError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
