"""What a reader must come to terms with: each once broke one."""

from __future__ import annotations

from functools import lru_cache, partial, singledispatchmethod

Json = dict[str, "Json"] | list["Json"] | str


class _Proxy:
    """Stands for an object that is not there."""

    def __getattr__(self, name):
        raise RuntimeError("there is no object")

    @property
    def __class__(self):
        raise RuntimeError("there is no object")


proxy = _Proxy()


class _Failing:
    """A descriptor that fails where there is no object."""

    def __get__(self, instance, owner):
        raise RuntimeError("there is no object")


class Odd:
    """Has members of every sort."""

    failing = _Failing()
    __hash__ = None

    @lru_cache  # noqa: B019
    def cached(self, value: int) -> int:
        """Remember."""
        return value

    @singledispatchmethod
    def by_type(self, value: int) -> str:
        """Choose."""
        return str(value)

    def self_is_private(*args: int) -> int:
        """Take the object with the others."""
        return len(args)


def parse(text: str) -> Json:
    """Give a type that is within itself."""
    return text


@lru_cache
def cached(value: int = 10**30) -> int:
    """Have a default beyond 64 bits."""
    return value


def odd_defaults(a=float("nan"), b=b"\x00", c="\ud800", d=object(), e=(1, 2), f=Odd):  # noqa: B008
    """Have defaults that are no plain values."""
    return [a, b, c, d, e, f]


halved = partial(cached, 3)
