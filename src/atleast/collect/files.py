"""Which files there are to read: those that were named, and those in folders that were named."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG

from atleast.model import Trouble, clean

STDIN = "-"
SUFFIXES = {
    ".txt": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "wire",
    ".ndjson": "wire",
    ".csv": "table",
    ".tsv": "table",
    ".xlsx": "table",
    ".xlsm": "table",
    ".ods": "table",
    ".zip": "archive",
}
_READ = "atleast reads .txt, .md, .html, .csv, .xlsx, .ods, .zip and wire-form .jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: a path, or bytes in memory, or standard input when there is neither.

    `form` is empty where only the bytes can tell.
    """

    name: str
    path: Path | None = None
    form: str = ""
    size: int = 0
    data: bytes | None = None

    @property
    def stem(self) -> str:
        """The file's name without folders and ending."""
        if self.data is not None:
            return PurePosixPath(self.name.replace("\\", "/")).stem
        return shown(Path(self.path.stem)) if self.path else "stdin"


def held(name: str, data: bytes, *, within: str = "") -> Source | Trouble | None:
    """A file in memory as a source; a Trouble where its ending is not one that is read.

    Args:
        name: As the person calls it. Folders in it mean nothing.
        data: The bytes.
        within: The archive it lies in. There, as in a folder, hidden files and READMEs are passed over: None.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    suffix = PurePosixPath(parts[-1]).suffix.lower() if parts else ""
    form, called = SUFFIXES.get(suffix, ""), clean(f"{within}/{name}" if within else name)
    if within and ("__MACOSX" in parts or any(map(_passed_over, parts))):
        return None
    if form or not suffix or not within:
        return Source(called, form=form, size=len(data), data=data)
    return Trouble("not a kind of file that atleast reads", called, suffix, _READ)


def sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Source | Trouble]:
    """Every file to read, folders in the order of their names, no file twice; a Trouble for what is none.

    In folders, hidden files and READMEs are passed over; links are followed, loops are not.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from [Source("standard input")] if str(path) == STDIN else _under(Path(path), seen)


def _under(top: Path, seen: set[tuple[int, int]]) -> Iterator[Source | Trouble]:
    left, found = [top], False
    while left:
        path = left.pop()
        try:
            stat = path.stat()
            if (known := (stat.st_dev, stat.st_ino)) in seen:
                found = True
                continue
            seen.add(known)
            if S_ISDIR(stat.st_mode):
                left.extend(sorted(_children(path), reverse=True))
                continue
        except OSError as wrong:
            yield unreadable(path, wrong)
        else:
            yield _source(path, named=path == top, size=stat.st_size, regular=S_ISREG(stat.st_mode))
        found = True
    if not found:
        yield Trouble("nothing to read in this folder", shown(top), remedy=_READ)


def _children(folder: Path) -> list[Path]:
    return [folder / name for name in os.listdir(folder) if not _passed_over(name)]


def _passed_over(name: str) -> bool:
    """Whether a file of a folder is hidden, or speaks of the folder rather than of the events."""
    return name.startswith(".") or name.partition(".")[0].casefold() == "readme"


def _source(path: Path, *, named: bool, size: int, regular: bool) -> Source | Trouble:
    form = SUFFIXES.get(path.suffix.lower(), "")
    if named or (regular and (form or not path.suffix)):
        return Source(shown(path), path, form, size if regular else 0)
    what = "not a kind of file that atleast reads" if regular else "not a regular file"
    return Trouble(what, shown(path), path.suffix, f"{_READ}; other text must be named itself to be read")


def unreadable(path: Path | None, wrong: OSError) -> Trouble:
    """What to tell of a file that the system does not give us."""
    remedy = {
        FileNotFoundError: "Check the spelling; paths start at the current folder",
        PermissionError: "Ask its owner for the right to read it",
    }.get(type(wrong), "")
    return Trouble((wrong.strerror or str(wrong)).lower(), shown(path) if path else "standard input", remedy=remedy)


def shown(path: Path) -> str:
    """A path as it can be printed anywhere, whatever bytes its name holds."""
    return clean(os.fsencode(path).decode("utf-8", "replace"))
