"""Says no types: the stub beside it does."""


def halve(value, exact=False):
    """Halve a number."""
    return value / 2 if exact else value // 2


class Store:
    """Keeps values."""

    def __init__(self, size):
        self.size = size

    def get(self, key, default=None, by=None):
        """Give what is kept."""
        return default


_instance = Store(3)
get = _instance.get
