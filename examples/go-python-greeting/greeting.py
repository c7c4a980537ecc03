"""Greets."""


def greet(name: str, greeting: str = "Hello") -> str:
    """Greet whoever is named."""
    return f"{greeting}, {name}! Greetings from Python."
