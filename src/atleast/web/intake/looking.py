"""Looking at a sheet before anything is kept of it: its columns, and what each of its rows would become.

A small sheet is looked at while its sender waits; of a larger one the first rows are shown at once, and a job looks at
the rest. What was seen is kept sealed with the sheet: no page opens the file again.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import translation

from atleast.collect import tables
from atleast.model import AtleastError, Claim, Mention, Trouble, Unreadable, encode
from atleast.web import files, jobs
from atleast.web.house.models import Case
from atleast.web.jobs import Doing
from atleast.web.pages import made, plain
from atleast.web.vault import vault

from . import saying, sheets
from .models import Spreadsheet

SMALL = 1_000_000
"""Bytes of a file that is opened while somebody waits: a workbook of so many takes a second."""
AT_ONCE = 2_000
"""Rows that are looked at while somebody waits: a quarter of a second."""
_FIRST, _ERRORS = 50, 200
_TELL_EVERY = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the records that it becomes, in the wire form, and what is wrong or doubtful with it."""

    number: int
    records: tuple[str, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet as it was seen.

    Attributes:
        mapping: How its columns were read; `remembered`, whether these headings were mapped before.
        looked: Rows that were looked at, blank ones too, of so many in all (`total`); `done` where nothing is left.
        rows: Rows that hold anything; `good` become something, `bad` are in error, `contacts` tell of somebody to call.
        first: The first rows that become something. `errors`: the first that do not.
        beside: What of the file could not be read, such as another sheet.
    """

    sheet: str
    doubt: str
    columns: tuple[tables.Column, ...]
    mapping: tables.Mapping
    remembered: bool
    total: int
    beside: tuple[Trouble, ...] = ()
    looked: int = 0
    done: bool = False
    rows: int = 0
    good: int = 0
    bad: int = 0
    claims: int = 0
    mentions: int = 0
    contacts: int = 0
    first: tuple[Line, ...] = ()
    errors: tuple[Line, ...] = ()


def seen(row: Spreadsheet) -> Look | None:
    """What was seen of a sheet; None where its file was not opened yet."""
    if not row.seen:
        return None
    found: Look = made(Look, vault().unseal_json(row.seen, of=_of(row)))
    return found


def errors(row: Spreadsheet) -> str:
    """The rows in error with their reasons, as CSV; empty where not all rows were looked at."""
    return vault().unseal(row.errors, of=f"{_of(row)} errors") if row.errors else ""


# ── Begun ──


def keep(
    case: Case, name: str, data: bytes, document: dict[str, str | None], *, by: Any
) -> list[Spreadsheet] | Trouble:
    """Keep a spreadsheet until its columns are mapped, and look at it: a row a sheet; a Trouble where there is none."""
    if SMALL < len(data) <= tables.LARGEST:
        row = sheets.new(case, name, files.keep(data), 0, document, by=by)
        begin(row, by=by)
        return [row]
    try:
        found, beside = _opened(name, data)
    except AtleastError as wrong:
        wrong.at(name)
        return Trouble.of(wrong)
    kept = files.keep(data)
    rows = [sheets.new(case, name, kept, at, document, by=by) for at, _ in enumerate(found)]
    for row, sheet in zip(rows, found, strict=True):
        _begin(row, sheet, beside, by=by)
    return rows


def begin(row: Spreadsheet, *, by: Any) -> None:
    """Look at a sheet, or look anew after its columns were mapped otherwise.

    Raises:
        Unreadable: A small file that is not kept any more.
    """
    data, before = files.opened(row.file) or b"", seen(row)
    if len(data) <= SMALL:
        found, beside = _opened(sheets.said(row).file, data)
        _begin(row, found[row.at], beside, by=by)
        return
    if before:
        mapping = sheets.said(row).mapping or before.mapping
        blank = Look(before.sheet, before.doubt, before.columns, mapping, False, before.total, before.beside)
        row.seen, row.errors = _sealed(row, blank), b""
    _ask(row, by=by)


def _begin(row: Spreadsheet, sheet: tables.Sheet, beside: tuple[Trouble, ...], *, by: Any) -> None:
    tally = Tally(sheet, *sheets.mapping_of(row, sheet), beside)
    rows = tally.made()
    _run(map(tally.add, islice(rows, AT_ONCE)))
    done = next(rows, None) is None
    _put(row, tally, done=done)
    if done:
        leave(row)
        row.save(update_fields=["seen", "errors"])
    else:
        _ask(row, by=by)


def _ask(row: Spreadsheet, *, by: Any) -> None:
    leave(row)
    row.looking = jobs.ask(row.case, "look", by=by, sheet=row.pk, language=translation.get_language())
    row.save(update_fields=["seen", "errors", "looking"])


def leave(row: Spreadsheet) -> None:
    """Look at a sheet no longer."""
    if row.looking and row.looking.open:
        jobs.stop(row.looking)
    row.looking = None
    row.save(update_fields=["looking"])


def _opened(name: str, data: bytes) -> tuple[list[tables.Sheet], tuple[Trouble, ...]]:
    """The sheets of a file, and what of it cannot be read.

    Raises:
        Unreadable: There is none.
    """
    all_of = list(tables.sheets(name, data))
    found = [each for each in all_of if isinstance(each, tables.Sheet)]
    beside = tuple(each for each in all_of if isinstance(each, Trouble))
    if found:
        return found, beside
    if beside:
        raise Unreadable(beside[0].what, file=beside[0].where, value=beside[0].value or None, remedy=beside[0].remedy)
    raise Unreadable("no sheet with anything in it", file=name, remedy="Open the file and see what is in it")


# ── Done ──


def look(doing: Doing) -> None:
    """Look at all rows of a sheet."""
    row = Spreadsheet.objects.filter(case=doing.case, pk=doing.asked["sheet"], looking=doing.job).first()
    if row is None:
        return
    with translation.override(doing.asked.get("language")):
        doing.step("open", 0, 0)
        found, beside = _opened(sheets.said(row).file, files.opened(row.file) or b"")
        if not row.seen and row.at == 0:
            for each in sheets.others(row, len(found), by=doing.job.made_by):
                begin(each, by=doing.job.made_by)
        sheet = found[row.at]
        tally = Tally(sheet, *sheets.mapping_of(row, sheet), beside)
        _run(through(doing, row, tally, tally.made()))


def through(doing: Doing, row: Spreadsheet, tally: "Tally", rows: Iterable[tables.Row]) -> Iterator[tables.Row]:
    """The rows, each counted as it goes by. The first are shown as soon as they were seen."""
    for each in rows:
        tally.add(each)
        if tally.rows % _TELL_EVERY == 0:
            doing.step("look", tally.looked, tally.total)
        if tally.rows == _TELL_EVERY:
            _keep(doing, row, tally, done=False)
        yield each
    _keep(doing, row, tally, done=True)


def _keep(doing: Doing, row: Spreadsheet, tally: "Tally", *, done: bool) -> None:
    """Keep what was seen, unless somebody has mapped the columns otherwise since."""
    _put(row, tally, done=done)
    mine = {"looking": doing.job} if doing.job.kind == "look" else {"job": doing.job}
    Spreadsheet.objects.filter(pk=row.pk, **mine).update(seen=row.seen, errors=row.errors)


def _put(row: Spreadsheet, tally: "Tally", *, done: bool) -> None:
    row.seen = _sealed(row, tally.look(done))
    row.errors = _errors(row, tally) if done else b""


def _errors(row: Spreadsheet, tally: "Tally") -> bytes:
    lines = tables.errors_csv(tally.sheet, tally.bad, reason=saying.reason)
    return vault().seal(lines, of=f"{_of(row)} errors")


def _sealed(row: Spreadsheet, look: Look) -> bytes:
    return vault().seal_json(plain(look), of=_of(row))


def _of(row: Spreadsheet) -> str:
    return f"spreadsheet {row.pk} seen"


def _run(steps: Iterator[Any]) -> None:
    deque(steps, maxlen=0)


class Tally:
    """Counts what the rows of a sheet become. Only rows in error are held on to, and the first of the others."""

    def __init__(
        self,
        sheet: tables.Sheet,
        mapping: tables.Mapping,
        remembered: bool = False,
        beside: tuple[Trouble, ...] = (),
    ) -> None:
        self.sheet, self.mapping, self.total = sheet, mapping, len(sheet.rows)
        self._about = (sheet.name, sheet.doubt, sheet.columns, mapping, remembered, self.total, beside)
        self.rows = self.looked = self.good = self.claims = self.mentions = self.contacts = 0
        self.bad: list[tables.Row] = []
        self._first: list[tables.Row] = []

    def made(self) -> Iterator[tables.Row]:
        """What the rows become, under an id that is none."""
        return tables.rows(self.sheet, self.mapping, report="r")

    def add(self, row: tables.Row) -> None:
        self.rows += 1
        self.looked = row.number - self.sheet.header
        self.contacts += bool(row.contact)
        self.good += bool(row.records)
        self.claims += sum(isinstance(record, Claim) for record in row.records)
        self.mentions += sum(isinstance(record, Mention) for record in row.records)
        if row.troubles:
            self.bad.append(row)
        if row.records and len(self._first) < _FIRST:
            self._first.append(row)

    def look(self, done: bool) -> Look:
        """What was seen so far."""
        return Look(
            *self._about,
            looked=self.total if done else self.looked,
            done=done,
            rows=self.rows,
            good=self.good,
            bad=len(self.bad),
            claims=self.claims,
            mentions=self.mentions,
            contacts=self.contacts,
            first=tuple(_line(row, row.doubts) for row in self._first),
            errors=tuple(_line(row, row.troubles) for row in self.bad[:_ERRORS]),
        )


def _line(row: tables.Row, troubles: tuple[Trouble, ...]) -> Line:
    return Line(row.number, tuple(map(encode, row.records)), troubles)
