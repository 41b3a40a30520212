"""Bytes → characters, whatever encoding the file was saved in."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from atleast.model import Unreadable

# Encodings in which reports are in fact saved; a guess outside this list is more often wrong than right.
PLAUSIBLE = (
    "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5",
    "cp1252", "iso8859-1", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "iso8859-9", "cp1257", "cp1253", "iso8859-7",
    "cp1255", "iso8859-8", "cp1256", "iso8859-6", "cp1258", "cp874",
    "gb18030", "gbk", "gb2312", "big5", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949",
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
)  # fmt: skip
_GUESSED = ("cp1251", "koi8_r", "cp866", "cp1252", "cp1250", "cp1254", "cp1253", "cp1255", "cp1256",
            "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"SQLite format 3", "a database"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_SAMPLE = 200_000


def characters(data: bytes, *, page: bool = False) -> tuple[str, str]:
    """The text of a file, and a doubt about it (empty when there is none).

    Tried in this order: byte order mark, UTF-8, what a page declares, UTF-16 without a mark, UTF-8
    with a few broken bytes, and at last a guess from the letters.

    Raises:
        Unreadable: It is no text, or in no encoding that makes sense of it.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"this is {name}, not text", remedy="Save its text as .txt or its page as .html")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ""
    for text, doubt in _readings(data, page):
        if _sane(text):
            return text, doubt
    raise Unreadable("binary, or text in an unknown encoding", remedy="Save it as UTF-8 text")


def _readings(data: bytes, page: bool) -> Iterator[tuple[str, str]]:
    """What the bytes may say, the likeliest first; each is worked out only when the one before made no sense."""
    for name in ("utf-8", _declared(data) if page else ""):
        if (text := _strictly(data, name)) is not None:
            yield text, ""
    if name := _two_bytes(data[:_SAMPLE]):
        yield data.decode(name, "replace"), ""
    if (text := _mended(data)) is not None:
        broken = text.count("\ufffd")
        yield text, f"{broken} broken characters in UTF-8 text" if broken else ""
    if name := _guessed(data):
        yield data.decode(name, "replace"), f"its encoding is a guess: {name}"


def _two_bytes(data: bytes) -> str:
    """UTF-16 without a mark, told by its spaces and digits: each holds a zero byte, always on the same side."""
    big, little = data[::2].count(0), data[1::2].count(0)
    return "" if (big + little) * 50 < len(data) else "utf-16-be" if big > little else "utf-16-le"


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name) if name else None
    except UnicodeError:
        return None


def _declared(data: bytes) -> str:
    """The encoding that a page's head names, if it is one that a page can be in."""
    found = _DECLARED.search(data, 0, 4096)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    # Browsers read what calls itself Latin-1 as Windows-1252, and so do those who write it.
    return "cp1252" if name == "iso8859-1" else name if name in PLAUSIBLE else ""


def _mended(data: bytes) -> str | None:
    """UTF-8 in which a few bytes were spoiled: cut in half, or surrogates written one by one."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        foreign = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
        return text if text.count("\ufffd") * 10 < foreign else None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    start = data[:_SAMPLE].rpartition(b"\n")[0] if len(data) > _SAMPLE else data
    best = from_bytes(start or data[:_SAMPLE], cp_isolation=list(_GUESSED)).best()
    return best.encoding if best else ""


def _sane(text: str) -> bool:
    """Whether it is text: at most one character in fifty is a control, unassigned or half a character."""
    sample = text[:20_000]
    odd = sum(unicodedata.category(c) in _ODD and c not in "\t\n\r\f\v" for c in sample)
    return odd * 50 <= len(sample) + 49


_ODD = frozenset({"Cc", "Cn", "Co", "Cs"})
