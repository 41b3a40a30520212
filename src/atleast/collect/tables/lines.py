"""A row laid out as a line of text: where each of its cells stands in it, and what was taken out of it."""

from typing import NamedTuple

from atleast.lexicon.headings import CONTACTS, IGNORED, meaning

from .contacts import without_contacts
from .mapping import Mapping
from .sheets import Cell, Sheet, written

_SHARED = ("place", "station", "date", "time", "source")
"""Fields that a merged cell says for all its rows. A number or a name in one stands for one row only."""
_PARTED, _AFTER = " · ", ": "


class Value(NamedTuple):
    """One cell of a field that holds something."""

    column: str
    cell: Cell
    text: str
    start: int  # in the line of the row
    end: int


class Line(NamedTuple):
    """A row laid out: its text, its cells by field, and what was taken out of it."""

    number: int
    text: str
    start: int
    fields: dict[str, list[Value]]
    contact: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    def text_of(self, name: str, joint: str = " ") -> str | None:
        """What a field says, all its columns joined; None where it says nothing or that it is not known."""
        texts = [v.text for v in self.fields.get(name, ()) if meaning(v.text) != "unknown"]
        return joint.join(texts) or None


class Layout:
    """Lays out the rows of one sheet."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self.sheet, self.mapping = sheet, mapping
        fields = dict(mapping.columns)
        self.columns = [
            (column, fields.get(column.heading, IGNORED), without_contacts(column.heading)[0])
            for column in sheet.columns
            if fields.get(column.heading, IGNORED) != IGNORED
        ]

    def line(self, number: int, cells: tuple[Cell, ...], start: int) -> Line:
        """One row; `start` is where its line begins in the text of the report."""
        text, fields, contact, key = "", dict[str, list[Value]](), list[tuple[str, str]](), list[str]()
        for column, name, label in self.columns:
            cell = self._cell(number, cells, column.at, name)
            value = written(cell)
            if not value:
                continue
            if name in CONTACTS:
                contact.append((name, value))
                continue
            if isinstance(cell, str):
                value, out = without_contacts(value)
                contact += [("contact", each) for each in out]
                cell = value if out else cell
            text += (_PARTED if text else "") + label + _AFTER
            fields.setdefault(name, []).append(Value(label, cell, value, len(text), len(text) + len(value)))
            text += value
            if column.heading in self.mapping.key or not self.mapping.key:
                key.append(f"{column.heading}={value}")
        return Line(number, text, start, fields, tuple(contact), tuple(sorted(key)))

    def _cell(self, number: int, cells: tuple[Cell, ...], at: int, name: str) -> Cell:
        cell = cells[at] if at < len(cells) else ""
        first = self.sheet.merged_from(number, at) if name in _SHARED else number
        if first == number:
            return cell
        above = self.sheet.rows[first - self.sheet.header - 1] if first > self.sheet.header else ()
        return above[at] if at < len(above) else cell
