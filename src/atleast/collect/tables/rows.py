"""What each row of a sheet becomes: claims, a mention, or the reasons why it became nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from atleast.model import Report, Trouble

from .contacts import without_contacts
from .lines import Layout, Line
from .mapping import Mapping
from .records import Found, Reader, Unread
from .sheets import Cell, Sheet, written


@dataclass(frozen=True, slots=True)
class Row:
    """One row and what it becomes.

    Attributes:
        number: As the spreadsheet shows it, from 1.
        key: What tells this row from all others, the same whenever the sheet is read; never a contact. It holds names:
            hash it with a secret before it is kept.
        cells: All cells as written, those that are not read too.
        text: Its line in the text of the report; without contacts, and without columns that are not read.
        start: Where the line begins in that text.
        records: The claims, or the mention. Empty where anything in the row could not be read.
        troubles: Why it became nothing; each names row, column, value and what would work.
        doubts: What was read, but might have been meant otherwise.
        contact: Field and value of everything by which somebody can be reached. It stands nowhere else.
    """

    number: int
    key: tuple[str, ...] = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)
    text: str
    start: int
    records: tuple[Found, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    doubts: tuple[Trouble, ...] = ()
    contact: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def rows(sheet: Sheet, mapping: Mapping, *, report: str, zone: tzinfo | None = None) -> Iterator[Row]:
    """Every row that holds anything, in order. Nothing is kept by it: read so, it is a dry run.

    Args:
        sheet: Its headings must be those of the mapping; columns that the mapping does not know are not read.
        mapping: Which column is which field.
        report: The id of the report that the rows are quoted from.
        zone: The zone of the times in the sheet; None leaves them without one.
    """
    layout, reader = Layout(sheet, mapping), Reader(sheet.where, mapping, report, zone)
    start = len(_head(sheet)) + 1
    seen: Counter[tuple[str, ...]] = Counter()
    for number, cells in enumerate(sheet.rows, sheet.header + 1):
        if not any(map(written, cells)):
            continue
        row = _row(reader, layout.line(number, cells, start), cells)
        seen[row.key] += 1
        if seen[row.key] > 1:  # the same row twice: told apart in order
            row = replace(row, key=(*row.key, f"#{seen[row.key]}"))
        start += len(row.text) + 1 if row.text else 0
        yield row


def report_of(sheet: Sheet, made: Iterable[Row], *, report: str, **said: str | None) -> Report:
    """The report of kind "list" that the rows are quoted from: what stands above the headings, then a line a row.

    Args:
        sheet: The sheet.
        made: All its rows.
        report: The id.
        said: Other fields of a Report: publisher, published, language, sha256.
    """
    text = "\n".join([_head(sheet), *(row.text for row in made if row.text)])
    extra = {TABLE: sheet.name or sheet.file}
    return Report(report, said.pop("publisher", None), kind="list", text=text, extra=extra, **said)


TABLE = "sheet"
"""The field of a report that came from a sheet: its claims and mentions are its rows', and no reader is asked."""


def _head(sheet: Sheet) -> str:
    lines = [without_contacts(line)[0] for line in sheet.above]
    return "\n".join(lines or [sheet.name or sheet.file])


def _row(reader: Reader, line: Line, cells: tuple[Cell, ...]) -> Row:
    row = Row(line.number, line.key, tuple(map(written, cells)), line.text, line.start, contact=line.contact)
    doubts: list[Trouble] = []
    try:
        return replace(row, records=tuple(reader.records(line, doubts)), doubts=tuple(doubts))
    except Unread as wrong:
        return replace(row, troubles=(reader.trouble(line, *wrong.args),))
