class Engine:
    """Runs."""

    def parts(self) -> "Part":
        """Give a part."""
        return Part()


class Part:
    """Has no public name, and comes as a result."""

    def weigh(self) -> float:
        """Tell the weight."""
        return 1.5


def start(engine: Engine) -> bool:
    """Start it."""
    return isinstance(engine, Engine)
