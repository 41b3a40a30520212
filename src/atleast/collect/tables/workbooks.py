"""Workbooks (.xlsx, .ods): unpacked in memory within bounds, measured, and only then read.

A workbook of some kilobytes can ask for hundreds of gigabytes: by what it unpacks to, by a single value in its last
cell, or by one value that is said to be repeated. So its files are unpacked here within bounds and measured, and what
is read is a plain copy of just what was measured.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_STORED, ZipFile

from atleast.model import Trouble, Unreadable, clean

from ..archives import Limits, Member, members

MOST_UNPACKED = 150_000_000  # bytes of XML; 100,000 rows of ten columns are some 40 MB
MOST_CELLS = 5_000_000
"""Cells of a sheet, from its first row and column to its last: all of them are held in memory."""
MOST_SHEETS = 100
MOST_MERGED = 20_000

_LIMITS = Limits(members=2_000, unpacked=MOST_UNPACKED, member=MOST_UNPACKED, ratio=500)
_PLACE = re.compile(r"([A-Za-z]{1,9})(\d{1,18})", re.ASCII)
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_MEND = "Open it and save it again, or as .csv"


class Page(NamedTuple):
    """One sheet as it stands: rows from the first of the sheet, and for a column the runs of rows that are merged."""

    name: str
    rows: list[list[Any]]
    merged: dict[int, tuple[tuple[int, int], ...]]
    hidden: bool


def workbook(data: bytes, name: str, *, rows: int, columns: int) -> Iterator[Page | Trouble]:
    """The sheets of a workbook in their order; a Trouble for each that is refused.

    Raises:
        Unreadable: The file is broken, locked, too large, or holds too much.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("locked with a password, or an old .xls", remedy="Save it without a password as .xlsx")
    try:
        opened = CalamineWorkbook.from_filelike(BytesIO(_copied(data, name)))
        kept = opened.sheets_metadata[:MOST_SHEETS]
        if len(opened.sheets_metadata) > MOST_SHEETS:
            value = str(len(opened.sheets_metadata))
            yield Trouble(f"more than {MOST_SHEETS} sheets; the rest is not read", name, value, "Split the file")
        for at, about in enumerate(kept):
            yield _page(opened, at, about, name, rows, columns)
    except PasswordError as wrong:
        raise Unreadable("locked with a password", remedy="Save it without one") from wrong
    except (CalamineError, OSError, ValueError, KeyError) as wrong:
        raise Unreadable(f"a broken spreadsheet: {wrong}", remedy=_MEND) from wrong


def _page(opened: Any, at: int, about: Any, file: str, rows: int, columns: int) -> Page | Trouble:
    from python_calamine import CalamineError, SheetVisibleEnum

    name = clean(str(about.name))
    where = f"{file} [{name}]"
    try:
        found = opened.get_sheet_by_index(at)
    except (CalamineError, ValueError) as wrong:
        return Trouble(f"a sheet that cannot be read: {wrong}", where, remedy=_MEND)
    if found.total_height > rows or found.total_width > columns:
        value = f"{found.total_height:,} rows, {found.total_width:,} columns"
        what = f"more than {rows:,} rows or {columns} columns"
        return Trouble(what, where, value, "Split the sheet, or take out the columns that are not needed")
    grid = found.to_python(skip_empty_area=False) if found.start else []
    hidden = about.visible != SheetVisibleEnum.Visible
    return Page(name, grid, _merged(found.merged_cell_ranges or []), hidden)


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> dict[int, tuple[tuple[int, int], ...]]:
    made: dict[int, list[tuple[int, int]]] = {}
    for (first, left), (last, _) in ranges[:MOST_MERGED]:
        if last > first:
            made.setdefault(left, []).append((first + 1, last + 1))
    return {column: tuple(sorted(runs)) for column, runs in made.items()}


# ── Measured before it is read ──


def _copied(data: bytes, name: str) -> bytes:
    """The workbook packed anew without compression, once all of it has been read and measured.

    What a zip says of its own sizes can be a lie that one program sees through and another does not: after this,
    there is nothing left that was not looked at.
    """
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as copy:
        for member in members(BytesIO(data), name, _LIMITS):
            if isinstance(member, Trouble):
                raise Unreadable(member.what, value=member.where, remedy=member.remedy)
            _measured(member)
            copy.writestr(member.name, member.data)
    return made.getvalue()


def _measured(member: Member) -> None:
    """Raises Unreadable where a file of the workbook asks for more cells than are allowed, or is no sound XML."""
    if b"<" not in member.data[:100]:
        return  # a picture or the like
    ruler = _Ruler()
    try:
        ruler.measure(member.data)
    except ExpatError as wrong:
        raise Unreadable(f"a broken spreadsheet: {wrong}", value=member.name, remedy=_MEND) from wrong
    if ruler.most > MOST_CELLS:
        what = f"more than {MOST_CELLS:,} cells between the first and the last that is filled"
        remedy = "Look for a stray value far below or to the right, or save the sheet as .csv"
        raise Unreadable(what, value=f"{ruler.most:,} in {member.name}", remedy=remedy)


class _Ruler:
    """Finds how many cells the largest sheet in a file spans, from its first cell to the last that is filled.

    Empty cells and rows at the end cost nothing and are not counted; those before a filled one are.
    """

    def __init__(self) -> None:
        self.most = 0
        self._row = self._column = self._deepest = self._widest = 0

    def measure(self, xml: bytes) -> None:
        """Raises ExpatError where it is no XML, or has a DOCTYPE, which no spreadsheet has."""
        parser = ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.Parse(xml, True)

    def _start(self, element: str, said: dict[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "c":
            self._cell(said.get("r", ""))
        elif name in ("v", "is", "p"):
            self._filled()
        elif name == "row":
            self._row, self._column = _count(said.get("r"), self._row + 1), 0
        elif name in ("table-cell", "covered-table-cell"):
            self._column += _count(said.get(f"{_TABLE}number-columns-repeated"), 1)
            if any("value" in attribute or "formula" in attribute for attribute in said):
                self._filled()
        elif name == "table-row":
            self._row, self._column = self._row + _count(said.get(f"{_TABLE}number-rows-repeated"), 1), 0
        elif name in ("table", "sheetData"):
            self._row = self._column = self._deepest = self._widest = 0

    def _cell(self, told: str) -> None:
        found = _PLACE.fullmatch(told)
        self._column = _number(found[1]) if found else self._column + 1
        self._row = _count(found[2], 1) if found else self._row

    def _filled(self) -> None:
        self._deepest, self._widest = max(self._deepest, self._row), max(self._widest, self._column)
        self.most = max(self.most, self._deepest * self._widest)


def _no_doctype(*_: object) -> None:
    raise ExpatError("it has a DOCTYPE")


def _count(told: str | None, otherwise: int) -> int:
    return int(told) if told and told.isdecimal() and len(told) < 19 else otherwise


def _number(letters: str) -> int:
    """The number of a column, from 1.

    >>> _number("A"), _number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
