"""Files as they came in, kept sealed. A file's name on disk is a keyed hash of what it holds and tells nothing."""

import os
from pathlib import Path

from django.conf import settings

from .vault import vault


def keep(data: bytes) -> str:
    """Keep a file; gives the name by which it is found. The same bytes are kept once, and never half a file."""
    name = vault().name(data)
    path = _path(name)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            _written(part, vault().seal_bytes(data, of=f"file {name}"))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return name


def _written(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def opened(name: str) -> bytes | None:
    """What a file holds; None where there is none of that name, or it was erased."""
    try:
        return vault().unseal_bytes(_path(name).read_bytes(), of=f"file {name}")
    except FileNotFoundError:
        return None


def erase(name: str) -> None:
    """Take a file away, its bytes overwritten first: as far as the medium lets us."""
    path = _path(name)
    if path.exists():
        with path.open("r+b") as out:
            out.write(b"\0" * path.stat().st_size)
            out.flush()
            os.fsync(out.fileno())
        path.unlink()


def _path(name: str) -> Path:
    if not name.isalnum():
        raise ValueError("not the name of a kept file")
    return Path(settings.ATLEAST_FOLDER.files) / name[:2] / name
