"""Text."""


def echo(text: str) -> str:
    return text


echo_utf16 = echo_utf32 = echo


def concat(left: str, right: str) -> str:
    return left + right


def code_points(text: str) -> int:
    return len(text)
