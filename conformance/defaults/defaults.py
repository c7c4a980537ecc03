"""Default arguments."""


def greet(name: str, greeting: str = "Hello", mark: str = "!") -> str:
    return f"{greeting}, {name}{mark}"
