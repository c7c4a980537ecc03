"""Defaults, keyword-only arguments and variable numbers of arguments."""


def dump(value: object, /, *, indent: int = 0, sort_keys: bool = False) -> str:
    return ""


def split(text: str, by: str = ",", most: int = -1) -> list[str]:
    return text.split(by, most)


def join(first: str, *others: str) -> str:
    return "".join([first, *others])


def configure(name: str, **options: int) -> None: ...
