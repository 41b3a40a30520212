"""What has been worked out so far, kept in a file, so that work that was stopped goes on where it was."""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from atleast.model import Report, Stopped, decode, encode

_KEY = 32  # letters of a key
_EVERY = 2.0  # seconds after which what was noted is put on the disk itself, in case the power fails
_MADE_BY = ("model", "lexicon", "collect", "read")


class Journal:
    """Answers under the key of their question, one a line, appended and never changed.

    A line that was torn when the machine stopped is cut off. A journal of other word lists or another version of the
    reader is begun anew, and so is one that is none.

    Attributes:
        found: How many answers were there when it was opened.
        used: How many of those were asked for.
        outdated: Whether there were some, made by another version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.found, self.outdated = 0, False
        self._old: set[str] = set()
        self._path, self._synced = path, time.monotonic()
        self._at: dict[str, int] = {}
        with working(path):
            self._file: IO[bytes] = path.open("a+b") if path else TemporaryFile("a+b")  # noqa: SIM115
            try:
                self._alone(path)
                self._read(f"atleast {made_by()}\n".encode())
            except BaseException:
                self._file.close()
                raise

    def __contains__(self, key: str) -> bool:
        return key in self._at

    def __getitem__(self, key: str) -> str:
        self._old.discard(key)
        self._file.seek(self._at[key])
        return self._file.readline().decode("utf-8", "surrogatepass").removesuffix("\n")

    @property
    def used(self) -> int:
        return self.found - len(self._old)

    def __setitem__(self, key: str, answer: str) -> None:
        """Note an answer, which holds no line break."""
        with working(self._path):
            end = self._file.seek(0, os.SEEK_END)
            self._file.write(f"{key} {answer}\n".encode("utf-8", "surrogatepass"))
            self._at[key] = end + _KEY + 1
            if self._path and time.monotonic() > self._synced + _EVERY:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._synced = time.monotonic()

    def close(self, *, done: bool) -> None:
        """Leave the journal for the next run, or take it away when all is done."""
        if self._path and done:
            self._path.unlink(missing_ok=True)
        with working(self._path):
            self._file.close()

    def _alone(self, path: Path | None) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as wrong:
            raise Stopped(
                "somebody else is writing this file", file=str(path), remedy="Wait for the other run"
            ) from wrong

    def _read(self, head: bytes) -> None:
        self._file.seek(0)
        whole, known = 0, self._file.readline()
        if known == head:
            whole = len(head)
            for line in self._file:
                if not line.endswith(b"\n") or line[_KEY : _KEY + 1] != b" ":
                    break
                self._at[line[:_KEY].decode("ascii", "replace")] = whole + _KEY + 1
                whole += len(line)
        self.found, self.outdated, self._old = len(self._at), bool(known) and known != head, set(self._at)
        self._file.truncate(whole)
        if not whole:
            self._file.write(head)


class Shelf(MutableMapping[str, Report]):
    """Reports by id in a file that nobody sees, in the order in which they came: as many as the disk holds.

    Args:
        folder: Where that file is. By default the system's folder for such files, which may be small, or memory.
    """

    def __init__(self, folder: Path | None = None) -> None:
        with working(folder):
            self._file = TemporaryFile("a+b", dir=folder)  # noqa: SIM115
        self._at: dict[str, int] = {}
        self._full: set[str] = set()

    def line(self, name: str) -> str:
        """A report in the wire form, as it was put in."""
        self._file.seek(self._at[name])
        return self._file.readline().decode("utf-8").removesuffix("\n")

    def close(self) -> None:
        self._file.close()

    def full(self, name: str) -> bool:
        """Whether a report has a text to be read."""
        return name in self._full

    def __getitem__(self, name: str) -> Report:
        if name not in self._at:
            raise KeyError(name)
        report = decode(self.line(name))
        assert isinstance(report, Report)
        return report

    def __setitem__(self, name: str, report: Report) -> None:
        with working(None):
            self._at[name] = self._file.seek(0, os.SEEK_END)
            self._file.write(f"{encode(report)}\n".encode())
        if report.text:
            self._full.add(name)

    def __delitem__(self, name: str) -> None:
        del self._at[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


def key(*parts: str) -> str:
    """The key of a question: the same for the same parts, and for no others."""
    return blake2b("\0".join(parts).encode(), digest_size=_KEY // 2).hexdigest()


def made_by() -> str:
    """What tells this reader with its word lists from any other: a digest of all that they are made of."""
    digest = blake2b(digest_size=_KEY // 2)
    for folder in _MADE_BY:
        for file in _files(files("atleast") / folder):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _files(each)
        elif each.is_file():
            yield each


def replace_file(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a file that is there whole or not at all: whoever looks before sees what was there before."""
    beside = path.with_name(f"{path.name}.new")
    with working(path):
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def working(path: Path | None) -> Iterator[None]:
    """Tells what the system says of a file that could not be written."""
    try:
        yield
    except OSError as wrong:
        name = str(path) if path else "a file for what is on the way"
        remedy = "Make room, or write to another folder" if wrong.errno == 28 else ""
        raise Stopped((wrong.strerror or str(wrong)).lower(), file=name, remedy=remedy) from wrong
