"""The age part of a backup: written and read as a stream, in memory that does not grow with the desk."""

import io
import json
import os
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from atleast.model import Unreadable

_BODY, _IDENTITY = "desk.age", "identity.age"
_READ = 1 << 16
_GZIP = 31


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens a backup: an age identity (its line that begins with AGE-SECRET-KEY-1), or a passphrase."""

    identity: str = ""
    ask: Callable[[], str] | None = None


def once_asked(ask: Callable[[], str]) -> Callable[[], str]:
    """The same answer each time, asked for once."""
    return cache(ask)


def recipients(lines: Iterable[str]) -> list[Any]:
    """Public keys from what was typed.

    Raises:
        Unreadable: One of them is no age recipient.
    """
    found = []
    for line in lines:
        try:
            found.append(pyrage.x25519.Recipient.from_str(line.strip()))
        except Exception as wrong:
            raise Unreadable(
                "this is no age recipient", value=line, remedy="Give a public key that begins with age1"
            ) from wrong
    return found


def write(out: BinaryIO, lines: Iterable[bytes], to: Sequence[Any], passphrase: str = "") -> str:
    """Write a backup. Gives the identity that opens it, made for it alone; it is on no disk unless locked.

    Args:
        to: Recipients who can open it with their own identity.
        passphrase: What locks the identity that is put beside the body; empty for none.
    """
    once = pyrage.x25519.Identity.generate()
    if passphrase:
        _member(out, _IDENTITY, lambda: out.write(pyrage.passphrase.encrypt(str(once).encode(), passphrase)))
    source = _Source(_packed(lines))
    _member(out, _BODY, lambda: _encrypted(source, out, [*to, once.to_public()]))
    out.write(b"\0" * tarfile.BLOCKSIZE * 2)
    return str(once)


def _encrypted(source: "_Source", out: BinaryIO, to: list[Any]) -> None:
    try:
        pyrage.encrypt_io(source, out, to)
    except Exception:
        if source.failed:
            raise source.failed from None
        raise


def _member(out: BinaryIO, name: str, write: Callable[[], object]) -> None:
    """One file within the tar, whose size is known once it is written."""
    begin = out.tell()
    out.write(b"\0" * tarfile.BLOCKSIZE)
    write()
    end = out.tell()
    size = end - begin - tarfile.BLOCKSIZE
    out.write(b"\0" * (-size % tarfile.BLOCKSIZE))
    after = out.tell()
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    out.seek(begin)
    out.write(info.tobuf(tarfile.GNU_FORMAT))
    out.seek(after)


class _Source(io.RawIOBase):
    """Pieces of bytes as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""
        self.failed: BaseException | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return b""
        except BaseException as wrong:
            self.failed = wrong
            raise
        size = len(self._left) if size is None or size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    for line in lines:
        if piece := packer.compress(line):
            yield piece
    yield packer.flush()


@contextmanager
def opened(path: Path, opener: Opener) -> Iterator[Iterator[bytes]]:
    """The lines of a backup, one after another.

    Raises:
        Unreadable: It is no backup, cannot be opened with this, or ends in the middle.
    """
    with path.open("rb") as file:
        identity, body = _parts(file, path, opener)
        reading, writing = os.pipe()
        wrong: list[BaseException] = []
        thread = threading.Thread(target=_decrypted, args=(body, writing, identity, wrong), daemon=True)
        thread.start()
        try:
            with os.fdopen(reading, "rb", buffering=_READ) as packed:
                yield _lines(packed, path, wrong, thread)
        finally:
            thread.join()


def head(lines: Iterator[bytes], path: Path) -> dict[str, Any]:
    """The first line of a backup: which version made it, when, on which database; its settings and its key."""
    with suppress(StopIteration, ValueError, KeyError, TypeError):
        found: dict[str, Any] = json.loads(next(lines))["head"]
        return found
    raise Unreadable("this is no backup of a desk", file=str(path))


def _parts(file: BinaryIO, path: Path, opener: Opener) -> tuple[Any, BinaryIO]:
    """The identity that opens the body, and the body."""
    try:
        # Not closed here: its members are read while the file is open.
        tar = tarfile.TarFile(fileobj=file)
        members = {member.name: tar.extractfile(member) for member in tar.getmembers()}
        body, locked = members[_BODY], members.get(_IDENTITY)
    except (tarfile.TarError, KeyError, OSError) as wrong:
        raise Unreadable("this is no backup of a desk, or a part of one", file=str(path)) from wrong
    assert body is not None
    if opener.identity:
        return _identity(opener.identity, path), body  # type: ignore[return-value]
    if locked is None:
        raise Unreadable(
            "this backup is locked with an age key", file=str(path), remedy="Name the identity by --identity FILE"
        )
    try:
        line = pyrage.passphrase.decrypt(locked.read(), opener.ask() if opener.ask else "").decode()
    except pyrage.DecryptError as wrong:
        raise Unreadable("the passphrase does not open this backup", file=str(path), remedy="Try again") from wrong
    return _identity(line, path), body  # type: ignore[return-value]


def _identity(text: str, path: Path) -> Any:
    line = next((line.strip() for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-1")), "")
    try:
        return pyrage.x25519.Identity.from_str(line)
    except Exception as wrong:
        raise Unreadable(
            "no age identity was given", file=str(path), remedy="Give a file with a line AGE-SECRET-KEY-1…"
        ) from wrong


def _decrypted(body: BinaryIO, pipe: int, identity: Any, wrong: list[BaseException]) -> None:
    try:
        with os.fdopen(pipe, "wb", buffering=_READ) as out:
            pyrage.decrypt_io(body, out, [identity])
    except BaseException as failed:
        wrong.append(failed)


def _lines(packed: BinaryIO, path: Path, wrong: list[BaseException], thread: threading.Thread) -> Iterator[bytes]:
    unpacker, left = zlib.decompressobj(_GZIP), b""
    while piece := packed.read(_READ):
        while piece:
            left += unpacker.decompress(piece, _READ)
            *whole, left = left.split(b"\n")
            yield from whole
            piece = unpacker.unconsumed_tail
    thread.join()
    if wrong or not unpacker.eof:
        raise Unreadable(
            "this backup cannot be opened, or it ends in the middle",
            file=str(path),
            value=str(wrong[0]) if wrong else None,
            remedy="Take another backup, or the identity that it was made for",
        ) from (wrong[0] if wrong else None)
