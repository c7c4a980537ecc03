import io

import metaffi.imports

metaffi.imports.add("go", "github.com/yuin/goldmark@v1.7.8")

import goldmark

page = io.BytesIO()
goldmark.Convert(b"# Shopping\n\n- bread\n- **coffee**\n", page)
print(page.getvalue().decode(), end="")
markdown = goldmark.New(goldmark.WithExtensions())
markdown.Convert(b"*a*", page)
print(len(page.getvalue()))
