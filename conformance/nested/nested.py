"""A class in a class in a class."""


class Outer:
    class Inner:
        class Innermost:
            @staticmethod
            def where() -> str:
                return "innermost"

        def __init__(self, number: int):
            self.number = number

        def doubled(self) -> int:
            return self.number * 2

    def __init__(self):
        self.inner = Outer.Inner(1)

    def total(self) -> int:
        return self.inner.number + 1
