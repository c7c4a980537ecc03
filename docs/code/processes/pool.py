from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from metaffi import MetaFFIRuntime, MetaFFITypes

int64 = MetaFFITypes.metaffi_int64_type


def main() -> None:
    java = MetaFFIRuntime("openjdk").load_module("")  # the JDK
    absolute = java.load_entity("class=java.lang.Math,callable=abs", [int64], [int64])
    BigInteger = java["java.math.BigInteger"]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        print(list(pool.map(absolute, [-1, 2, -3])))
        print(list(pool.map(BigInteger, ["12345678901234567890", "2"])))


if __name__ == "__main__":
    main()
