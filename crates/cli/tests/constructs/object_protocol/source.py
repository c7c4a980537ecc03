"""Text, equality, hash and order; arithmetic, calls and context managers."""


class Money:
    def __str__(self) -> str:
        return ""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __lt__(self, other: "Money") -> bool:
        return False

    def __add__(self, other: "Money") -> "Money":
        return self

    def __call__(self, rate: float) -> "Money":
        return self


class Purse:
    def __enter__(self) -> "Purse":
        return self

    def __exit__(self, *details: object) -> None: ...

    def close(self) -> None: ...
