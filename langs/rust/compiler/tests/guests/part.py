"""A guest of the tests: a protocol, and what is asynchronous."""

import asyncio
from typing import Protocol


class Till(Protocol):
    def open(self, name: str) -> int: ...

    def pay(self, amount: float) -> float: ...


class Bad(ValueError):
    pass


class Clock:
    def __init__(self) -> None:
        self.ticks = 0

    async def tick(self, count: int) -> int:
        await asyncio.sleep(0)
        self.ticks += count
        return self.ticks


def sell(till: Till, name: str) -> str:
    return f"{till.open(name)} {till.pay(2.5)}"


async def later(text: str, *, delay: float = 0.0) -> str:
    await asyncio.sleep(delay)
    if not text:
        raise Bad("nothing to say")
    return text + "!"


async def nothing() -> None:
    await asyncio.sleep(0)
