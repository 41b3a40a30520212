"""Bytes → sheets: .csv in whatever encoding and delimiter, .xlsx and .ods. No formula is ever run."""

import csv
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import islice
from pathlib import PurePosixPath

from atleast.lexicon.headings import heading
from atleast.model import Trouble, Unreadable, clean

from ..decoding import characters
from .workbooks import workbook

Cell = str | int | float | bool | date | datetime | time | timedelta

MOST_ROWS = 200_000
MOST_COLUMNS = 300
LARGEST = 50_000_000  # bytes of a file as it comes in: as many rows as are allowed, of 250 letters each
LONGEST_CELL = 100_000  # characters
_DELIMITERS = ",;\t|"
_LOOKED_AT = 60  # rows that tell the delimiter
_HEADER_WITHIN = 25  # rows in which the headings are looked for
_SAMPLES = 5
_TOLD = re.compile(r"\s*sep=(.)\s*\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading (made unique), its place from 0, and the first values in it as they would be written."""

    heading: str
    at: int
    samples: tuple[str, ...] = field(repr=False)  # among them phones; kept out of logs


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a spreadsheet, whole, with its headings found.

    Attributes:
        file: What the file is called.
        name: What the sheet is called; empty in a .csv.
        columns: The columns with a heading or a value.
        header: The number of the row with the headings, as a spreadsheet shows it (from 1); 0 where there is none.
        above: What stands above the headings: a title, a date.
        rows: The rows below the headings. The first is number `header` + 1.
        merged: For a column, the rows (numbers, first and last, both included) that are one merged cell.
        doubt: What is not sure about how it was read; empty when nothing is.
        hidden: Whether the sheet was hidden by who made it.
    """

    file: str
    name: str
    columns: tuple[Column, ...]
    header: int
    above: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    merged: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, hash=False)
    doubt: str = ""
    hidden: bool = False

    @property
    def where(self) -> str:
        """File and sheet, for a person."""
        return f"{self.file} [{self.name}]" if self.name else self.file

    def merged_from(self, number: int, column: int) -> int:
        """The row that holds the value of a cell: its own, or the first of those that it is merged with."""
        ranges = self.merged.get(column, ())
        i = bisect_right(ranges, (number, 1 << 30)) - 1
        return ranges[i][0] if i >= 0 and ranges[i][0] <= number <= ranges[i][1] else number


def sheets(name: str, data: bytes) -> Iterator[Sheet | Trouble]:
    """Every sheet of a file that holds anything, and a Trouble for each that cannot be read.

    Raises:
        Unreadable: The file as a whole is too large, broken, locked with a password, or no spreadsheet.
    """
    if len(data) > LARGEST:
        remedy = "Split it into several files with the same headings, or save it as .xlsx, which is packed"
        raise Unreadable(
            f"a spreadsheet larger than {LARGEST // 1_000_000} MB", value=f"{len(data):,} bytes", remedy=remedy
        )
    if not data.strip():
        raise Unreadable("an empty file")
    if data.startswith(b"PK") or PurePosixPath(name).suffix.lower() in (".xlsx", ".xlsm", ".ods"):
        for page in workbook(data, name, rows=MOST_ROWS, columns=MOST_COLUMNS):
            if isinstance(page, Trouble):
                yield page
            else:
                yield from _sheet(name, page.name, page.rows, merged=page.merged, hidden=page.hidden)
    else:
        text, doubt = characters(data)
        yield from _sheet(name, "", list(_csv(clean(text))), doubt=doubt)


def sheet(name: str, data: bytes, *, at: int = 0) -> Sheet:
    """One sheet of a file, by its place among those that hold anything.

    Raises:
        Unreadable: Like `sheets`, or there is no such sheet.
    """
    found = list(sheets(name, data))
    good = [each for each in found if isinstance(each, Sheet)]
    if at < len(good):
        return good[at]
    trouble = next((each for each in found if isinstance(each, Trouble)), None)
    if trouble:
        raise Unreadable(trouble.what, file=name, value=trouble.value or None, remedy=trouble.remedy)
    raise Unreadable("no sheet with anything in it" if not good else f"no sheet number {at + 1}", file=name)


def written(cell: Cell) -> str:
    """A cell as a person would write it: whole numbers without a point, dates as 2017-10-07, times as 21:05."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case _:
            return " ".join(clean(str(cell)).split())


# ── Finding the headings ──


def _sheet(
    file: str,
    name: str,
    grid: Sequence[Sequence[Cell]],
    *,
    merged: dict[int, tuple[tuple[int, int], ...]] | None = None,
    doubt: str = "",
    hidden: bool = False,
) -> Iterator[Sheet | Trouble]:
    if not any(any(written(cell) for cell in row) for row in grid):
        return
    where = f"{file} [{name}]" if name else file
    if len(grid) > MOST_ROWS or max(map(len, grid)) > MOST_COLUMNS:
        value = f"{len(grid):,} rows, {max(map(len, grid)):,} columns"
        what = f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns"
        yield Trouble(what, where, value, "Split the sheet, or take out the columns that are not needed")
        return
    header = _header(grid)
    body = grid[header + 1 :]
    headings = _unique([written(cell) for cell in grid[header]] if header >= 0 else [])
    above = tuple(filter(None, (" ".join(filter(None, map(written, row))) for row in grid[: max(0, header)])))
    columns = tuple(_columns(headings, body))
    rows = tuple(map(tuple, body))
    yield Sheet(file, name, columns, header + 1, above, rows, merged or {}, doubt, hidden)


def _header(grid: Sequence[Sequence[Cell]]) -> int:
    """Which row holds the headings, from 0: the first with the most known ones; -1 where none has any.

    A row of headings is text: "12" or a date is no heading, so a row with one of these is data.
    """
    counts = [_known(row) for row in grid[:_HEADER_WITHIN]]
    best = max(counts, default=0)
    if best:
        return counts.index(best)
    widest = max((sum(map(bool, map(written, row))) for row in grid[:_HEADER_WITHIN]), default=0)
    full = (i for i, row in enumerate(grid[:_HEADER_WITHIN]) if sum(map(bool, map(written, row))) == widest)
    first = next(full, -1)
    return first if first >= 0 and all(isinstance(c, str) and not re.search(r"\d", c) for c in grid[first]) else -1


def _known(row: Sequence[Cell]) -> int:
    """How many of its cells are known headings; none where a cell cannot be one. A sentence is a title, no heading."""
    texts = [cell for cell in row if written(cell)]
    if not all(isinstance(cell, str) and len(cell) < 80 for cell in texts):
        return 0
    found = {known.field for cell in texts if (known := heading(str(cell))) and len(str(cell).split()) <= 6}
    return len(found)


def _unique(headings: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    made = []
    for each in headings:
        seen[each] += 1
        made.append(f"{each} ({seen[each]})" if each and seen[each] > 1 else each)
    return made


def _columns(headings: Sequence[str], body: Sequence[Sequence[Cell]]) -> Iterator[Column]:
    width = max([len(headings), *(len(row) for row in body)])
    for at in range(width):
        named = headings[at] if at < len(headings) else ""
        samples = tuple(_first(body, at))
        if named or samples:
            yield Column(named or _letters(at), at, samples)


def _first(body: Sequence[Sequence[Cell]], at: int) -> Iterator[str]:
    left = _SAMPLES
    for row in body:
        if at < len(row) and (value := written(row[at])):
            yield value[:80]
            left -= 1
            if not left:
                return


def _letters(at: int) -> str:
    """The name that a spreadsheet gives a column: A, B, … Z, AA.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


# ── CSV ──


def _csv(text: str) -> Iterator[list[Cell]]:
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1):
            if number > MOST_ROWS + 1:  # one more than allowed is enough to tell
                return
            yield list(row)
    except csv.Error as wrong:
        remedy = "A quotation mark that is never closed is the usual cause"
        raise Unreadable(f"not a table: {wrong}", remedy=remedy) from wrong


def _delimiter(text: str) -> str:
    """The mark that parts the cells: the one by which most of the first rows have equally many, and more than one."""

    def fit(mark: str) -> tuple[float, int]:
        try:
            first = islice(csv.reader(StringIO(text, newline=""), delimiter=mark), _LOOKED_AT)
            widths = [len(row) for row in first if row]
        except csv.Error:
            return 0, 0
        common = Counter(width for width in widths if width > 1).most_common(1)
        return (common[0][1] / len(widths), common[0][0]) if common else (0, 0)

    return max(_DELIMITERS, key=fit)
