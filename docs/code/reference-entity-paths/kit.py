"""A module with one of everything that a path can name."""

limit = 5


def total(*numbers, scale=1):
    return sum(numbers) * scale


async def later(value):
    return value


class Shop:
    count = 0

    def __init__(self, name):
        self.name = name

    def greet(self, whom="you"):
        return f"{self.name} greets {whom}"

    @property
    def loud(self):
        return self.name.upper()

    @staticmethod
    def twice(number):
        return 2 * number

    class Shelf:
        pass
