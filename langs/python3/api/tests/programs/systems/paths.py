"""Modules at paths of every form that the system has."""

import os
import shutil
import sys
from pathlib import Path

from guests import GUESTS, greet

FOLDER = "a folder é 日本"
IS_WINDOWS = sys.platform == "win32"


def forms(name):
    """Paths of a file or a folder in the folder."""
    there = os.path.join(os.getcwd(), FOLDER, name)
    yield there
    yield os.path.join(FOLDER, name)
    yield os.path.join(".", FOLDER, "..", FOLDER, name)
    if IS_WINDOWS:
        drive, below = os.path.splitdrive(there)
        yield there.replace("\\", "/")
        yield "\\\\?\\" + there
        yield below  # of the drive's root
        yield drive + os.path.join(FOLDER, name)  # of the drive's working directory
        share = os.environ.get("METAFFI_TEST_SHARE")  # this working directory as \\server\share
        # Java finds no classes in a folder of a share.
        if share and not os.path.isdir(there):
            yield os.path.join(share, FOLDER, name)
            yield os.path.join("\\\\?\\UNC" + share[1:], FOLDER, name)


os.makedirs(FOLDER, exist_ok=True)
for name, _ in GUESTS.values():
    for file in Path().glob(name + "*"):
        copy = shutil.copytree if file.is_dir() else shutil.copy
        if not os.path.exists(os.path.join(FOLDER, file)):
            copy(file, os.path.join(FOLDER, file))
wrong = []
for runtime, (name, _) in GUESTS.items():
    for path in forms(name):
        try:
            greet(runtime, path)
        except Exception as error:
            wrong.append(f"{runtime} {path}: {error}")
# Several, joined by `;` on every system; the first has nothing.
os.makedirs("nothing here", exist_ok=True)
greet("openjdk", "nothing here;classes")
greet("openjdk", f"{FOLDER}/classes;nothing here")
print("\n".join(map(ascii, wrong)) or "ok")
