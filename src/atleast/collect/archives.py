"""A zip as a folder of files: each is read in memory, bounded, and nothing is ever unpacked to disk.

What a zip says of itself is not believed: sizes are checked before a member is read and hold while it is read, and a
name that would lead out of a folder is refused, although nothing is written under it.
"""

import re
import zlib
from collections.abc import Iterator
from stat import S_IFMT, S_ISDIR, S_ISREG
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from atleast.model import Trouble, Unreadable, clean

MOST_MEMBERS = 20_000
MOST_UNPACKED = 500_000_000  # bytes of all members together
LARGEST_MEMBER = 100_000_000  # bytes of one
MOST_RATIO = 200
"""How many bytes a packed byte may become: text is packed to a tenth, a table full of repeats to a fiftieth."""
_SMALL = 1_000_000  # below this, ratio says nothing: a page of blanks is no bomb

_IS_UTF8, _ENCRYPTED = 0x800, 0x1
_RUSSIAN, _NO_NAME = re.compile("[А-Яа-яЁё]{2}"), re.compile(r"[^\x20-\x7eА-Яа-яЁё№]")
_OUT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
_NESTED = re.compile(r"\.(?:zip|7z|rar|gz|tgz|bz2|xz|tar|zst|jar)$", re.IGNORECASE)


class Limits(NamedTuple):
    """How much an archive may hold."""

    members: int = MOST_MEMBERS
    unpacked: int = MOST_UNPACKED
    member: int = LARGEST_MEMBER
    ratio: int = MOST_RATIO


class Member(NamedTuple):
    """One file of an archive: its name as written, and its bytes."""

    name: str
    data: bytes


def members(archive: IO[bytes], name: str, limits: Limits | None = None) -> Iterator[Member | Trouble]:
    """The files of a zip in the order of their names; a Trouble that names it for each that is refused.

    Args:
        archive: The zip, from its start; it must be able to seek.
        name: What the zip is called, for the troubles.
        limits: How much it may hold.

    Raises:
        Unreadable: It is no zip, or holds too many members, or too much. Nothing of it was read then.
    """
    limits = limits or Limits()
    try:
        opened = ZipFile(archive)
    except (BadZipFile, NotImplementedError, OSError, ValueError, UnicodeError) as wrong:
        raise Unreadable(f"a broken zip: {wrong}", file=name, remedy="Pack it again") from wrong
    with opened:
        held = sorted((info for info in opened.infolist() if not info.is_dir()), key=lambda info: info.filename)
        _bounded(held, name, limits)
        for info in held:
            yield _member(opened, info, name, limits)


def _bounded(held: list[ZipInfo], name: str, limits: Limits) -> None:
    unpacked = sum(info.file_size for info in held)
    if len(held) > limits.members:
        what, value = f"more than {limits.members:,} files in one zip", f"{len(held):,}"
        raise Unreadable(what, file=name, value=value, remedy="Split it into several zips")
    if unpacked > limits.unpacked:
        what, value = f"more than {limits.unpacked // 1_000_000} MB in one zip", f"{unpacked:,} bytes"
        raise Unreadable(what, file=name, value=value, remedy="Split it into several zips")


def _member(opened: ZipFile, info: ZipInfo, name: str, limits: Limits) -> Member | Trouble:
    shown = name_of(info)
    where = f"{name}/{shown}"
    if refused := _refused(info, shown, limits):
        what, value, remedy = refused
        return Trouble(what, where, value, remedy)
    try:
        return Member(shown, opened.read(info))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as wrong:
        return Trouble(f"a broken file in a zip: {wrong}", where, remedy="Pack it again")
    except MemoryError:
        return Trouble("a file in a zip that does not fit in memory", where, remedy="Hand it over by itself")


def _refused(info: ZipInfo, shown: str, limits: Limits) -> tuple[str, str, str] | None:
    """Why a member is not read: what, the value, what would work. None where it is."""
    mode = info.external_attr >> 16
    if _OUT.search(shown) or _OUT.search(info.orig_filename):
        return "a name that leads out of the zip", shown[:60], "Pack it again without absolute paths and .."
    if S_IFMT(mode) and not S_ISREG(mode) and not S_ISDIR(mode):
        return "not a regular file but a link or a device", "", "Put the file itself into the zip"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted", "", "Unpack it with its password and hand over what is in it"
    if _NESTED.search(shown):
        return "an archive within an archive", "", "Hand it over by itself"
    if info.file_size > limits.member:
        what = f"larger than {limits.member // 1_000_000} MB"
        return what, f"{info.file_size:,} bytes", "Split it, or hand it over by itself"
    if info.file_size > _SMALL and info.file_size > limits.ratio * max(1, info.compress_size):
        ratio = info.file_size // max(1, info.compress_size)
        return "packed so tightly that it looks like a bomb", f"1 to {ratio:,}", "Hand it over by itself, unpacked"
    return None


def name_of(info: ZipInfo) -> str:
    """A member's name in the letters it was meant in.

    A zip either says that its names are UTF-8 or says nothing; then they are UTF-8 all the same, or those of a
    Russian Windows (CP866), or, as the format has it, those of an American PC (CP437).
    """
    if info.flag_bits & _IS_UTF8:
        return clean(info.filename)
    raw = info.filename.encode("cp437", "replace")
    russian = raw.decode("cp866")
    if _RUSSIAN.search(russian) and not _NO_NAME.search(russian):  # first: "список" in CP866 is UTF-8 of sorts, too
        return clean(russian)
    try:
        return clean(raw.decode())
    except UnicodeDecodeError:
        return clean(info.filename)
