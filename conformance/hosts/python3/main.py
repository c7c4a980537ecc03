"""The Python host: runs one cell's plan through the public API, and prints ok."""

import json
import sys
from pathlib import Path

from cell import Cell

cell = Cell(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
cell.run()
if not cell.plan["leaves"]:
    cell.finish()
print("ok")
