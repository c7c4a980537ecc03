"""Greets."""


def greet(name: str, greeting: str = "Hello") -> str:
    """Greet a person by name."""
    return f"{greeting}, {name}! Greetings from Python."
