"""Characters."""


def echo(value):
    return value


echo_char8 = echo_char16 = echo_char32 = echo
echo_char8s = echo_char16s = echo_char32s = echo


def next(character: str) -> str:  # noqa: A001
    return chr(ord(character) + 1)
