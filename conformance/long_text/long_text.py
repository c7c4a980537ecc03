"""Long text."""


def echo(text: str) -> str:
    return text


def code_points(text: str) -> int:
    return len(text)


def repeat(text: str, times: int) -> str:
    return text * times
