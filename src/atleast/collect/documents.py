"""One file after another, each turned into reports or passed on record by record."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import IO, Any, NamedTuple, TypeGuard

from atleast.model import BadRecord, Record, Report, Trouble, Unreadable, clean, decode, span

from .archives import Member, members
from .decoding import characters
from .files import Source, held, sources, unreadable
from .heads import parted
from .languages import language as guessed

Progress = Callable[[int, int], None]

# A longer document is no report: the largest in use, a year's running list, is under one megabyte.
LARGEST = 20_000_000
_LARGEST_TABLE = 50_000_000  # what is larger is refused by `tables` itself
_LOOKED_AT = 4_096
_UNSAFE = re.compile(r"[^\w.-]+")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person at the keyboard says of reports that do not say it themselves."""

    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    kind: str | None = None


class Part(NamedTuple):
    """One file of what was handed over.

    Attributes:
        name: As the person calls it; within a zip, the zip's name before it.
        data: Its bytes.
        wire: Whether it is in the wire form: its ids hold across files, where those of other files are made up here.
    """

    name: str
    data: bytes
    wire: bool


def reports(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> Iterator[Record | Trouble]:
    """Every report in files, folders and standard input ("-"), and every record that is in the wire form already.

    Args:
        paths: Read in this order; the files of a folder in the order of their names.
        published: When a report was published, where it does not say so itself; a date or a time with zone.
        publisher: Who published it, where it does not say so itself.
        language: Its language (BCP 47), where it does not say so itself; otherwise it is guessed from the text.
        progress: Called now and then with the bytes done and the bytes in all, as far as these are known.

    Yields:
        Records, and a Trouble for each file or line that gave none.

    Raises:
        BadRecord: `published` is no date.
    """
    span(published)
    said = _Said(published, publisher, language)
    paths = list(paths)
    # Looked for twice, so that a hundred thousand files need not be remembered only to know how far the work is.
    total = sum(each.size for each in sources(paths) if isinstance(each, Source)) if progress else 0
    count = _counter(total, progress)
    ids: set[str] = set()
    for each in sources(paths):
        yield from [each] if isinstance(each, Trouble) else _records(each, said, ids, count)


def uploaded(
    name: str,
    data: bytes,
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    ids: set[str] | None = None,
    progress: Progress | None = None,
) -> Iterator[Record | Trouble]:
    """What one file in memory holds: the same as `reports` gives for a path, and nothing touches the disk.

    Args:
        name: As the person who sent it calls it; its ending tells the form, as for a path.
        data: Its bytes.
        kind: What sort of document it is, where it does not say so itself (`vocabulary.REPORT_KINDS`).
        ids: Ids that reports have already and that no new one gets; those of this file are added.
        Everything else as for `reports`.

    Raises:
        BadRecord: `published` is no date.
    """
    span(published)
    source = held(name, data)
    if isinstance(source, Source):
        said = _Said(published, publisher, language, kind)
        yield from _records(source, said, set() if ids is None else ids, _counter(len(data), progress))
    elif source:
        yield source


def parts(name: str, data: bytes) -> Iterator[Part | Trouble]:
    """The files in one file in memory: those of a zip, anything else is itself. Each can be read by `uploaded`.

    Args:
        name: As the person who sent it calls it.
        data: Its bytes.
    """
    source = held(name, data)
    try:
        inner = _members(BytesIO(data), source) if _is_archive(source) else iter([source])
        for each in inner:
            if each:
                yield _part(each) if isinstance(each, Source) else each
    except Unreadable as wrong:
        wrong.at(name)
        yield Trouble.of(wrong)


def _is_archive(source: Source | Trouble | None) -> TypeGuard[Source]:
    return isinstance(source, Source) and source.form == "archive"


def _part(source: Source) -> Part:
    data = source.data or b""
    return Part(source.name, data, (source.form or _form(_start(BytesIO(data)))) == "wire")


def _unseen(size: int) -> None:
    """Where nobody watches."""


def _counter(total: int, progress: Progress | None) -> Callable[[int], None]:
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        if progress:
            progress(done, max(total, done))

    return count


def _records(source: Source, said: _Said, ids: set[str], count: Callable[[int], None]) -> Iterator[Record | Trouble]:
    try:
        with _opened(source) as stream:
            start = b"" if source.form else _start(stream)
            form = source.form or _form(start)
            if form == "wire":
                yield from _lines(stream, start, source.name, said, ids, count)
            elif form == "archive":
                yield from _archive(stream, source, said, ids)
                count(source.size)
            else:
                made = _table if form == "table" else _document
                data = start + stream.read(max(0, _LARGEST_TABLE + 1 - len(start)))
                yield from made(data, form, source, said, ids)
                count(source.size)
    except Unreadable as wrong:
        wrong.at(source.name)
        yield Trouble.of(wrong)
        count(source.size)
    except OSError as wrong:
        yield unreadable(source.path, wrong)


def _opened(source: Source) -> Any:
    if source.data is not None:
        return BytesIO(source.data)
    if source.path:
        return source.path.open("rb")
    if sys.stdin is None:
        raise OSError("it is closed")
    return nullcontext(sys.stdin.buffer)


def _start(stream: IO[bytes]) -> bytes:
    """The first line that is not blank, with the blank ones before it: enough to tell the wire form."""
    start = b""
    while len(start) < LARGEST and (line := stream.readline(LARGEST)):
        start += line
        if line.strip():
            break
    return start


def _form(start: bytes) -> str:
    line = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return "wire" if line.startswith(b"{") and b'"record"' in line else ""


def _archive(stream: IO[bytes], source: Source, said: _Said, ids: set[str]) -> Iterator[Record | Trouble]:
    """What the files of a zip hold, as if it were a folder."""
    for inner in _members(stream, source):
        yield from _records(inner, said, ids, _unseen) if isinstance(inner, Source) else [inner]


def _members(stream: IO[bytes], source: Source) -> Iterator[Source | Trouble]:
    found = False
    for member in members(stream, source.name):
        inner = held(*member, within=source.name) if isinstance(member, Member) else member
        if inner is not None:
            found = True
            yield inner
    if not found:
        raise Unreadable("nothing to read in this zip")


# ── The wire form, line by line ──


def _lines(
    stream: IO[bytes], start: bytes, file: str, said: _Said, ids: set[str], count: Callable[[int], None]
) -> Iterator[Record | Trouble]:
    """The records of a stream of any size. A line is read at a time, and only as much of it as a record can be."""
    for number, line in enumerate(_split(stream, start), 1):
        count(len(line))
        if line.strip():
            yield from _line(line, file, number, said, ids)


def _split(stream: IO[bytes], start: bytes) -> Iterator[bytes]:
    yield from start.splitlines(keepends=True)
    while line := stream.readline(LARGEST + 1):
        yield line
        while line and not line.endswith(b"\n") and len(line) > LARGEST:
            line = stream.readline(LARGEST + 1)


def _line(line: bytes, file: str, number: int, said: _Said, ids: set[str]) -> Iterator[Record | Trouble]:
    try:
        if len(line) > LARGEST:
            raise BadRecord(
                "a line too long for a record", value=f"over {LARGEST:,} bytes", remedy="Write one record a line"
            )
        record = decode(line.decode(), file=file, number=number)
    except UnicodeDecodeError as wrong:
        bad = line[wrong.start : wrong.start + 1]
        yield Trouble("not UTF-8", f"{file}:{number}", repr(bad), "The wire form is UTF-8; convert the file")
    except BadRecord as wrong:
        wrong.at(file, number)
        yield Trouble.of(wrong)
    else:
        ids.add(record.id)
        yield _completed(record, said) if isinstance(record, Report) else record


def _completed(report: Report, said: _Said) -> Report:
    """The report with what it does not say itself filled in. What it says stays."""
    return replace(
        report,
        published=report.published or said.published,
        publisher=report.publisher or said.publisher,
        language=report.language or said.language or guessed(report.text),
    )


# ── Documents ──


def _document(data: bytes, form: str, source: Source, said: _Said, ids: set[str]) -> Iterator[Report | Trouble]:
    if len(data) > LARGEST:
        raise Unreadable(
            f"larger than {LARGEST // 1_000_000} MB",
            value=f"{source.size:,} bytes" if source.size else None,
            remedy="Split it into one document a file, or write wire-form .jsonl, which may be of any size",
        )
    if not data.strip():
        raise Unreadable("an empty file")
    text, doubt = characters(data, page=form == "page" or b"<" in data[:_LOOKED_AT])
    if doubt:
        yield Trouble(doubt, source.name, remedy="Check the quotes, or save the file as UTF-8")
    is_page = form == "page" or (not form and bool(_PAGE.match(text[:_LOOKED_AT])))
    made, troubles = (_from_page if is_page else _from_text)(clean(text), source.name, said.kind or "news")
    yield from troubles
    if not re.search(r"\w", made.text):
        raise Unreadable("no words in it")
    report = replace(made, id=_id(source, ids), sha256=sha256(data).hexdigest())
    yield _completed(report, said)


def _table(data: bytes, form: str, source: Source, said: _Said, ids: set[str]) -> Iterator[Record | Trouble]:
    """Each sheet of a spreadsheet as a list and what its rows say, the columns guessed by their headings."""
    from . import tables

    for sheet in tables.sheets(source.name, data):
        if isinstance(sheet, Trouble):
            yield sheet
            continue
        mapping = tables.guess(sheet)
        if sheet.doubt:
            yield Trouble(sheet.doubt, sheet.where, remedy="Check the names, or save the file as UTF-8")
        yield from tables.told(sheet, mapping)
        if not mapping.reads:
            what = "no column with names or numbers is known by its heading, so nothing was read"
            yield Trouble(what, sheet.where, remedy="Give the columns headings such as name, city, detained")
            continue
        name = _id(source, ids)
        rows = list(tables.rows(sheet, mapping, report=name))
        yield _completed(tables.report_of(sheet, rows, report=name, sha256=sha256(data).hexdigest()), said)
        for row in rows:
            yield from (*row.records, *row.troubles, *row.doubts)


def _from_text(text: str, name: str, kind: str) -> tuple[Report, tuple[Trouble, ...]]:
    head, body = parted(text, file=name)
    return Report("", text=body, **{"kind": kind} | head.said, extra=head.extra), head.troubles


def _from_page(text: str, name: str, kind: str) -> tuple[Report, tuple[Trouble, ...]]:
    from .pages import page

    read = page(text)
    return Report(
        "",
        publisher=read.publisher,
        kind=kind,
        url=read.url,
        title=read.title,
        language=read.language,
        published=read.published,
        text=read.text,
    ), ()


def _id(source: Source, ids: set[str]) -> str:
    """The file's name without its ending, made fit for an id; numbered where another report has it already."""
    stem = _UNSAFE.sub("-", source.stem).strip("-.")[:80] or "report"
    number, made = 1, stem
    while made in ids:
        number += 1
        made = f"{stem}-{number}"
    ids.add(made)
    return made
