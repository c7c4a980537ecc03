"""Values nested deeply, and values that contain themselves."""


def nested(depth: int):
    value: list = []
    for _ in range(depth - 1):
        value = [value]
    return value


def cycle():
    value: list = []
    value.append(value)
    return value


def ring():
    first: list = []
    first.append([first])
    return first


def depth(value) -> int:
    found = 0
    while isinstance(value, list):
        found += 1
        value = value[0] if value else None
    return found


def through(function, levels: int) -> int:
    return depth(function(nested(levels)))


def cycle_through(function):
    return function(cycle())


def collect() -> None:
    import gc

    gc.collect()
