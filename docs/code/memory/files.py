"""Objects that hold something."""


class Log:
    """A log that is open until it is closed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Add a line."""
        self.lines.append(line)

    def close(self) -> None:
        """Close it."""
        print(f"{self.name} closed with {len(self.lines)} lines", flush=True)

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        print(f"{self.name} deleted", flush=True)
