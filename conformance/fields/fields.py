"""Attributes and properties."""


class Box:
    kind = "box"

    def __init__(self):
        self.size = 0
        self.next = None
        self.weights = []
        self._label = ""

    @property
    def label(self) -> str:
        return self._label

    @label.setter
    def label(self, label: str):
        self._label = label

    def describe(self) -> str:
        return f"{self.kind} {self.size} {self.label}"
