"""A class and one that extends it."""


class Animal:
    def __init__(self, name: str):
        self.name = name

    @staticmethod
    def kingdom() -> str:
        return "animals"

    def sound(self) -> str:
        return "something"

    def speak(self) -> str:
        return self.sound()

    def describe(self) -> str:
        return f"{self.name} says {self.sound()}"


class Dog(Animal):
    def sound(self) -> str:
        return "woof"

    def fetch(self) -> str:
        return f"{self.name} fetches"
