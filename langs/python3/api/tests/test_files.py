"""Files of modules in recipes: how they are identified, and how their content is unpacked."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from metaffi import MetaFFIError, _files
from metaffi._files import Piece, content_of, find, pieces_of


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "metaffi" / "shipped"


def guest(folder: Path, name: str = "guest.so", data: bytes = b"code") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def only(path: str, folder: Path, runtime: str = "go") -> Piece:
    (piece,) = pieces_of(runtime, path, str(folder))
    return piece


def test_a_file_is_identified_by_name_path_and_content(tmp_path: Path) -> None:
    path = guest(tmp_path)
    digest = sha256(b"code").hexdigest()
    assert only("guest", tmp_path) == ("guest.so", str(path), digest, 4)
    assert only(str(path), tmp_path) == (str(path), str(path), digest, 4)
    path.write_bytes(b"other code")
    assert only("guest", tmp_path).digest == sha256(b"other code").hexdigest()


def test_a_digest_is_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guest(tmp_path)
    first = only("guest", tmp_path)
    monkeypatch.setattr(_files, "_hashed", None)
    assert only("guest", tmp_path) == first


def test_paths_are_split_as_runtimes_do(tmp_path: Path) -> None:
    for name in ("b.jar", "a.jar", "c.jar", "x.txt"):
        guest(tmp_path / "lib", name)
    names = [piece.name for piece in pieces_of("openjdk", "lib/c.jar; lib/a.jar", str(tmp_path))]
    assert names == ["lib/c.jar", "lib/a.jar"]
    names = [piece.name for piece in pieces_of("openjdk", "lib/*", str(tmp_path))]
    assert names == ["lib/a.jar", "lib/b.jar", "lib/c.jar"]
    if os.pathsep == ":":
        assert len(pieces_of("openjdk", "lib/c.jar:lib/a.jar", str(tmp_path))) == 2
    assert pieces_of("openjdk", "", str(tmp_path)) == []


def test_names_have_no_files(tmp_path: Path) -> None:
    guest(tmp_path / "json", "x")
    assert only("json", tmp_path, "python3") == ("json", "", "", 0)
    assert only("loopback", tmp_path, "loopback") == ("loopback", "", "", 0)


def test_a_folder_is_identified_by_its_files_except_those_that_python_adds(tmp_path: Path) -> None:
    guest(tmp_path / "classes", "A.class")
    first = only("classes", tmp_path, "openjdk")
    guest(tmp_path / "classes" / "__pycache__", "A.pyc")
    assert only("classes", tmp_path, "openjdk") == first
    guest(tmp_path / "classes", "B.class")
    assert only("classes", tmp_path, "openjdk").digest != first.digest


def test_content_is_unpacked_only_once(tmp_path: Path, cache: Path) -> None:
    path = guest(tmp_path / "here")
    piece = only("guest", tmp_path / "here")
    content = content_of(piece)
    assert find(piece, content) == str(path)
    path.unlink()
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: find(piece, content), range(16)))
    assert places == {str(cache / piece.digest / "guest.so")}
    place = Path(places.pop())
    assert place.read_bytes() == b"code" and os.listdir(place.parent) == ["guest.so"]
    place.write_bytes(b"damaged")
    assert Path(find(piece, content)).read_bytes() == b"code"


def test_a_folder_is_unpacked_with_its_folders(tmp_path: Path, cache: Path) -> None:
    path = guest(tmp_path / "package" / "", "__init__.py")
    guest(tmp_path / "package" / "sub", "module.py", b"x = 1")
    piece = only("./package", tmp_path, "python3")
    content = content_of(piece)
    path.parent.rename(tmp_path / "away")
    place = Path(find(piece, content))
    assert place.name == "package" and (place / "sub" / "module.py").read_bytes() == b"x = 1"


def test_content_is_used_instead_of_another_version(tmp_path: Path, cache: Path) -> None:
    path = guest(tmp_path)
    piece = only("guest", tmp_path)
    content = content_of(piece)
    path.write_bytes(b"newer code")
    assert find(piece, content).startswith(str(cache))
    with pytest.raises(MetaFFIError) as caught:
        find(piece, None)
    for text in (str(path), piece.digest, sha256(b"newer code").hexdigest(), "is not the version"):
        assert text in str(caught.value)


def test_a_cache_that_others_may_write_is_refused(tmp_path: Path, cache: Path) -> None:
    piece = only("guest", guest(tmp_path).parent)
    content = content_of(piece)
    guest(tmp_path).unlink()
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    with pytest.raises(MetaFFIError, match="may be written by others"):
        find(piece, content)
    cache.chmod(0o700)
    assert find(piece, content).startswith(str(cache))


def test_an_error_says_why_content_cannot_be_unpacked(tmp_path: Path, cache: Path) -> None:
    piece = only("guest", guest(tmp_path).parent)
    content = content_of(piece)
    guest(tmp_path).unlink()
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(MetaFFIError, match="cannot be written: .*XDG_CACHE_HOME"):
        find(piece, content)
    (tmp_path / "cache").unlink()
    with pytest.raises(MetaFFIError, match="is damaged"):
        find(piece, (("", b"other"),))
