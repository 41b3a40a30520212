"""What each row of a sheet becomes: claims, a mention, or the reasons why it became nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import NamedTuple

from atleast.lexicon import gazetteer, speakers
from atleast.lexicon.headings import CONTACTS, IGNORED, heading, meaning
from atleast.lexicon.packs import fold
from atleast.model import BadRecord, Claim, Evidence, Happening, Mention, Report, Trouble
from atleast.model.vocabulary import HAPPENINGS

from .contacts import without_contacts
from .counts import Count, count, fits, packs
from .mapping import BEFELL, COUNTS, GROUPS, Mapping
from .moments import Clock, clock, day, moment
from .sheets import Cell, Sheet, written

Found = Claim | Mention
_SHARED = ("place", "station", "date", "time", "source")
"""Fields that a merged cell says for all its rows. A number or a name in one stands for one row only."""
_SUMS = ("fined", "jailed")
"""What befell a person and has a number of its own, of roubles or days; a bare number in the others counts people."""
_TWO = "a name and a number of people in one row", "Give the number a row of its own"
_PARTED, _AFTER = " · ", ": "


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
    reader = _Reader(sheet, mapping, report, zone)
    start = len(_head(sheet)) + 1
    seen: Counter[tuple[str, ...]] = Counter()
    for number, cells in enumerate(sheet.rows, sheet.header + 1):
        if not any(map(written, cells)):
            continue
        row = reader.row(number, cells, start)
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


class _Value(NamedTuple):
    """One cell of a field that holds something."""

    column: str
    cell: Cell
    text: str
    start: int  # in the line of the row
    end: int


class _Line(NamedTuple):
    """A row laid out: its text, its cells by field, and what was taken out of it."""

    number: int
    text: str
    start: int
    fields: dict[str, list[_Value]]
    contact: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    def text_of(self, name: str, joint: str = " ") -> str | None:
        """What a field says, all its columns joined; None where it says nothing or that it is not known."""
        texts = [v.text for v in self.fields.get(name, ()) if meaning(v.text) != "unknown"]
        return joint.join(texts) or None


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, mapping: Mapping, report: str, zone: tzinfo | None) -> None:
        self.sheet, self.mapping, self.report, self.zone = sheet, mapping, report, zone
        fields = dict(mapping.columns)
        self.columns = [
            (column, fields.get(column.heading, IGNORED), without_contacts(column.heading)[0])
            for column in sheet.columns
            if fields.get(column.heading, IGNORED) != IGNORED
        ]

    def row(self, number: int, cells: tuple[Cell, ...], start: int) -> Row:
        line = self._line(number, cells, start)
        row = Row(number, line.key, tuple(map(written, cells)), line.text, start, contact=line.contact)
        doubts: list[Trouble] = []
        try:
            return replace(row, records=tuple(self._records(line, doubts)), doubts=tuple(doubts))
        except _Unread as wrong:
            return replace(row, troubles=(self._trouble(line, *wrong.args),))

    # ── Laid out ──

    def _line(self, number: int, cells: tuple[Cell, ...], start: int) -> _Line:
        text, fields, contact, key = "", dict[str, list[_Value]](), list[tuple[str, str]](), list[str]()
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
            fields.setdefault(name, []).append(_Value(label, cell, value, len(text), len(text) + len(value)))
            text += value
            if column.heading in self.mapping.key or not self.mapping.key:
                key.append(f"{column.heading}={value}")
        return _Line(number, text, start, fields, tuple(contact), tuple(sorted(key)))

    def _cell(self, number: int, cells: tuple[Cell, ...], at: int, name: str) -> Cell:
        cell = cells[at] if at < len(cells) else ""
        first = self.sheet.merged_from(number, at) if name in _SHARED else number
        if first == number:
            return cell
        above = self.sheet.rows[first - self.sheet.header - 1] if first > self.sheet.header else ()
        return above[at] if at < len(above) else cell

    # ── Read ──

    def _records(self, line: _Line, doubts: list[Trouble]) -> Iterator[Found]:
        if not line.fields:
            raise _Unread(None, "nothing but a contact, or columns that are not read", "Fill in a name or a number")
        if "name" in line.fields or "role" in line.fields:
            yield self._mention(line, doubts)
            counted = [v for v in line.fields.get("number", ()) if meaning(v.text) != "unknown"]
            if any(self._count(v).low != 1 for v in counted):
                raise _Unread(counted[0], *_TWO)
            return
        numbers = [(name, v) for name in COUNTS for v in line.fields.get(name, ()) if meaning(v.text) != "unknown"]
        if not numbers:
            raise _Unread(None, "nobody named and nothing counted", "Fill in a name (or “unknown”), or a number")
        for at, (name, value) in enumerate(numbers):
            yield self._claim(line, name, value, at, doubts)

    def _claim(self, line: _Line, name: str, value: _Value, at: int, doubts: list[Trouble]) -> Claim:
        found = self._count(value)
        on, when = self._when(line, doubts)
        claimant, kind = self._claimant(line)
        made = Claim(
            id=f"{self.report}#r{line.number}" + (f".{at + 1}" if at else ""),
            report=self.report,
            quote=line.text,
            start=line.start,
            end=line.start + len(line.text),
            claimant=claimant,
            claimant_kind=kind,
            quantity=self.mapping.counts if name in ("number", *GROUPS) else name,
            among=name if name in GROUPS else None,
            low=found.low,
            high=found.high,
            bound=found.bound,
            hedge=found.hedge,
            place=self._place(line, doubts),
            event_date=on,
            as_of=when if when != on else None,
        )
        said = {"number": [value], **{n: line.fields.get(n, []) for n in ("place", "claimant", "event_date")}}
        said |= {"event_date": line.fields.get("date", []), "claimant": line.fields.get("source", [])}
        return replace(made, evidence=tuple(self._evidence(line, said)))

    def _mention(self, line: _Line, doubts: list[Trouble]) -> Mention:
        told = {"name": "name", "role": "role", "place": "place", "station": "station"}
        said = {slot: line.fields.get(name, []) for slot, name in told.items()}
        return Mention(
            id=f"{self.report}#r{line.number}",
            report=self.report,
            quote=line.text,
            start=line.start,
            end=line.start + len(line.text),
            name=line.text_of("name"),
            role=self._role(line),
            place=self._place(line, doubts),
            station=line.text_of("station", ", "),
            happened=tuple(self._happened(line, doubts)),
            evidence=tuple(self._evidence(line, said)),
        )

    def _evidence(self, line: _Line, said: dict[str, list[_Value]]) -> Iterator[Evidence]:
        for slot, values in said.items():
            for value in values:
                start, end = line.start + value.start, line.start + value.end
                yield Evidence(slot, start, end, f"column “{value.column}”, row {line.number}")

    def _happened(self, line: _Line, doubts: list[Trouble]) -> Iterator[Happening]:
        _, when = self._when(line, doubts)
        alleged, _ = self._claimant(line)
        befell: dict[str, Happening] = {}
        if self.mapping.counts in HAPPENINGS:
            befell[self.mapping.counts] = Happening(self.mapping.counts, when, alleged_by=alleged)
        for name in BEFELL:
            for value in line.fields.get(name, ()):
                self._befell(name, value, alleged, befell, doubts)
        if article := line.text_of("article", "; "):
            befell["charged"] = Happening("charged", detail=article, alleged_by=alleged)
        for value in line.fields.get("status", ()):
            known = heading(value.text, self.mapping.language)
            if known and known.field in HAPPENINGS:
                befell.setdefault(known.field, Happening(known.field, alleged_by=alleged))
            elif meaning(value.text) != "unknown":
                doubts.append(self._trouble(line, value, "not a status that is known; it stands in the text only", ""))
        yield from befell.values()

    def _befell(
        self, name: str, value: _Value, alleged: str | None, befell: dict[str, Happening], doubts: list[Trouble]
    ) -> None:
        """What a cell of "released" says: yes, no, a day, or a detail."""
        said = meaning(value.text)
        if said == "no" and name in befell:
            del befell[name]  # a list of people of whom not all were detained
        if said in ("no", "unknown") or value.text == "0":
            return
        before = befell.get(name)
        if said == "yes" or value.text == "1":
            befell[name] = before or Happening(name, alleged_by=alleged)
            return
        try:
            found = day(value.cell, order=self.mapping.order, year=self.mapping.year, language=self.mapping.language)
            at = moment(found.on, found.clock, self.zone)
            befell[name] = Happening(name, at, alleged_by=alleged)
        except BadRecord:
            if name not in _SUMS and value.text.isdecimal():
                raise _Unread(value, *_TWO) from None
            befell[name] = Happening(name, before.at if before else None, value.text, alleged_by=alleged)

    # ── Slots ──

    def _count(self, value: _Value) -> Count:
        try:
            return count(value.cell, self.mapping.language)
        except BadRecord as wrong:
            raise _Unread(value, wrong.what, wrong.remedy) from wrong

    def _when(self, line: _Line, doubts: list[Trouble]) -> tuple[str | None, str | None]:
        """The day, and the day with the time of day where that is told."""
        on, at = self.mapping.date, None
        value = next((v for v in line.fields.get("date", ()) if meaning(v.text) != "unknown"), None)
        if value:
            try:
                found = day(
                    value.cell, order=self.mapping.order, year=self.mapping.year, language=self.mapping.language
                )
            except BadRecord as wrong:
                raise _Unread(value, wrong.what, wrong.remedy) from wrong
            on, at = found.on, found.clock
            if found.doubt and not any(found.doubt == d.what for d in doubts):
                doubts.append(self._trouble(line, value, found.doubt, "Format the column as dates"))
        return on, moment(on, self._clock(line, doubts) or at, self.zone)

    def _clock(self, line: _Line, doubts: list[Trouble]) -> Clock | None:
        value = next((v for v in line.fields.get("time", ()) if meaning(v.text) != "unknown"), None)
        if value is None:
            return None
        try:
            found = clock(value.cell, self.mapping.language)
        except BadRecord as wrong:
            raise _Unread(value, wrong.what, wrong.remedy) from wrong
        what = "a time that is not told to the minute; only the day is kept"
        if found.vague and not any(what == d.what for d in doubts):
            doubts.append(self._trouble(line, value, what, ""))
        return found

    def _claimant(self, line: _Line) -> tuple[str | None, str | None]:
        said = line.text_of("source", ", ")
        if not said or "://" in said:
            said = self.mapping.claimant
        known = speakers().named(said) if said else None
        return (known.name, known.kind) if known else (said, None)

    def _role(self, line: _Line) -> str | None:
        """What the person is called, in English where the word lists know it, else as written."""
        said = line.text_of("role", ", ")
        parts = fold(said or "").split()
        found = (p for words in packs(self.mapping.language) for p in words.starting(parts[0])) if parts else iter(())
        return next((p.tail for p in found if p.head == "role" and fits(p, parts)), said)

    def _place(self, line: _Line, doubts: list[Trouble]) -> str | None:
        values = [v for v in line.fields.get("place", ()) if meaning(v.text) != "unknown"]
        texts = [v.text for v in values if meaning(v.text) != "total"]
        if values and not texts and not self.mapping.place and not any(values[0].text == d.value for d in doubts):
            doubts.append(
                self._trouble(line, values[0], "a total of an unknown place", "Say in the mapping where it is")
            )
        if not texts:
            return self.mapping.place
        found = _known_place(tuple(texts), self.mapping.place)
        if found is None and not any(values[0].text == d.value for d in doubts):
            doubts.append(
                self._trouble(line, values[0], "a place that the gazetteer does not know", "Check its spelling")
            )
        return found or ", ".join(texts)

    def _trouble(self, line: _Line, value: _Value | None, what: str, remedy: str) -> Trouble:
        column = f", column “{value.column}”" if value else ""
        return Trouble(what, f"{self.sheet.where}, row {line.number}{column}", value.text[:60] if value else "", remedy)


def _known_place(texts: tuple[str, ...], within: str | None) -> str | None:
    """The gazetteer's name of a place: of several columns the narrow one may stand first or last."""
    known = gazetteer()
    if within and len(texts) == 1:
        inner = next((place.key for place in known.named(texts[0]) if known.within(place.key, within)), None)
        if inner:
            return inner
    for order in (texts, texts[::-1]):
        if place := known.at(", ".join(order)):
            return place.key
    likely = known.named(texts[0]) if len(texts) == 1 else ()
    return likely[0].key if likely else None


class _Unread(Exception):
    """A row that cannot be read: the cell (or None), what is wrong, what would work. Outside it is a Trouble."""
