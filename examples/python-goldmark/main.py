import io

import goldmark_MetaFFIHost as goldmark

goldmark.bind_module_to_code("goldmark_MetaFFIGuest", "go")

page = io.BytesIO()
goldmark.Convert(b"# Shopping\n\n- bread\n- **coffee**\n", page)
print(page.getvalue().decode(), end="")


class Counter:
    """A Python class as an io.Writer: it has the method Write."""

    size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return len(data)


counter = Counter()
goldmark.New().Convert(b"*a*", counter)
print(counter.size)
