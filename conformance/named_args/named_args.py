"""Named arguments."""


def new_options() -> dict[str, object]:
    return {}


def put(options: dict[str, object], name: str, value: object) -> None:
    options[name] = value


def describe(what: str, *, size: int = 1, color: str = "red") -> str:
    return f"{what}, size {size}, {color}"


def describe_all(*numbers: int, size: int = 1, color: str = "red") -> str:
    return f"{len(numbers)} boxes, size {size}, {color}"
