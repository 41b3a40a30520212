"""Taking records out of the desk: the wire form, whole, and tables of claims and mentions as they stand."""

import csv
import dataclasses
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, ClassVar

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse

from atleast.collect.tables import defused
from atleast.model import Claim, Happening, Mention, decode, unreviewed
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import body
from atleast.web.pages import note
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import standing

_CHUNK = 1_000
_NOT_IN_TABLES = frozenset({"extra", "evidence"})
_TABLES: dict[str, type[Claim] | type[Mention]] = {"claim": Claim, "mention": Mention}


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What can be taken out, and how many records of each kind there are."""

    template: ClassVar[str] = "intake/export.html"
    records: int
    claims: int
    mentions: int


def export(request: HttpRequest, case: Case) -> ExportPage:
    """What can be taken out of this case."""
    entries = Entry.objects.filter(case=case, body__isnull=False)
    return ExportPage(entries.count(), _pieces(case, "claim").count(), _pieces(case, "mention").count())


def wire(request: HttpRequest, case: Case) -> StreamingHttpResponse:
    """Everything that was said and decided, in the wire form, in the order in which it came."""
    entries = Entry.objects.filter(case=case, body__isnull=False, number__lte=case.number)
    note(request, "took records out", page="export-wire", count=entries.count())
    return _file(_lines(entries), f"{case.slug}.jsonl", "application/x-ndjson")


def claims(request: HttpRequest, case: Case) -> StreamingHttpResponse:
    """The claims that are reckoned with, as they stand, as a table."""
    return _table(request, case, "claim")


def mentions(request: HttpRequest, case: Case) -> StreamingHttpResponse:
    """The mentions that are reckoned with, as they stand, as a table."""
    return _table(request, case, "mention")


def _pieces(case: Case, record: str) -> Any:
    return Piece.objects.filter(case=case, record=record, counts=True)


def _table(request: HttpRequest, case: Case, record: str) -> StreamingHttpResponse:
    pieces = _pieces(case, record)
    note(request, "took records out", page=f"export-{record}s", count=pieces.count())
    return _file(_rows(pieces, _TABLES[record]), f"{case.slug}-{record}s.csv", "text/csv; charset=utf-8")


def _lines(entries: Any) -> Iterator[str]:
    """The lines of the wire form; what a language model proposed and nobody has looked at goes into no export."""
    for entry in _in_order(entries):
        line = body(entry)
        if not ('"llm:' in line and _only_proposed(entry, line)):
            yield line + "\n"


def _only_proposed(entry: Entry, line: str) -> bool:
    record = decode(line)
    alone = isinstance(record, Claim | Mention) and unreviewed(record)
    return alone and Piece.objects.filter(case=entry.case_id, name=entry.name, counts=False).exists()


def _rows(pieces: Any, kind: type[Claim] | type[Mention]) -> Iterator[str]:
    """A table with a byte order mark, so that Excel knows it for UTF-8; no cell of it is run by anything."""
    names = [field.name for field in dataclasses.fields(kind) if field.name not in _NOT_IN_TABLES]
    yield "\ufeff" + _row([*names, "state"])
    for piece in _in_order(pieces):
        record = standing(piece)
        yield _row([*(defused(_cell(getattr(record, name))) for name in names), piece.state])


def _row(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case Happening():
            return " ".join(filter(None, (value.what, value.at, value.detail)))
        case tuple() | list():
            return "; ".join(map(_cell, value))
    return str(value)


def _in_order(rows: Any) -> Iterator[Any]:
    """Rows by their numbers, some at a time: a reader that is slow holds no query open."""
    after = 0
    while some := list(rows.filter(number__gt=after).order_by("number")[:_CHUNK]):
        yield from some
        after = some[-1].number


def _file(lines: Iterator[str], name: str, kind: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_streamed(lines), content_type=kind)
    stem, _, ending = name.rpartition(".")
    answer["Content-Disposition"] = f'attachment; filename="{stem}-{date.today().isoformat()}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


async def _streamed(lines: Iterator[str]) -> AsyncIterator[bytes]:
    def some() -> str:
        return "".join(line for line, _ in zip(lines, range(200), strict=False))

    while chunk := await sync_to_async(some)():
        yield chunk.encode("utf-8", "surrogatepass")
