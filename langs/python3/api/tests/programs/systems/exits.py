"""How a program ends that has called every language."""

import subprocess
import sys

from guests import GUESTS, greet

CODES = [0, 3, 200, *([4000] if sys.platform == "win32" else [])]

if len(sys.argv) > 1:
    for runtime, (path, _) in GUESTS.items():
        greet(runtime, path)
    sys.exit(int(sys.argv[1]))
for code in CODES:
    child = subprocess.run([sys.executable, __file__, str(code)], timeout=120)
    assert child.returncode == code, (child.returncode, code)
print("ok")
