"""What is awaited."""

from collections.abc import AsyncIterator


async def fetch(address: str, most: int = 3) -> bytes:
    """What is at `address`."""
    return b""


async def sleep(seconds: float) -> None: ...


class Queue:
    async def get(self) -> str:
        return ""

    def __aiter__(self) -> AsyncIterator[str]: ...
