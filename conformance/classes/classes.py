"""A class."""


class Greeter:
    def __init__(self, greeting: str):
        self.greeting = greeting
        self.count = 0

    @staticmethod
    def polite() -> "Greeter":
        return Greeter("Good day")

    def greet(self, name: str) -> str:
        self.count += 1
        return f"{self.greeting}, {name}"

    def greeted(self) -> int:
        return self.count

    def louder(self) -> "Greeter":
        return Greeter(self.greeting.upper())

    def itself(self) -> "Greeter":
        return self


def greet_with(greeter: Greeter, name: str) -> str:
    return greeter.greet(name)
