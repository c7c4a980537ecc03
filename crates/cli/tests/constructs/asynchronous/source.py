"""Coroutines and other awaitables."""

from collections.abc import AsyncIterator


async def fetch(address: str, most: int = 3) -> bytes:
    """Fetches `address`."""
    return b""


async def sleep(seconds: float) -> None: ...


class Queue:
    async def get(self) -> str:
        return ""

    def __aiter__(self) -> AsyncIterator[str]: ...
