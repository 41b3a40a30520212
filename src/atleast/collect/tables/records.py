"""What a row says: claims, a mention, or the reason why it says nothing that can be read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from atleast.lexicon import gazetteer, speakers
from atleast.lexicon.headings import heading, meaning
from atleast.lexicon.packs import fold
from atleast.model import BadRecord, Claim, Evidence, Happening, Mention, Trouble
from atleast.model.vocabulary import HAPPENINGS

from .counts import Count, count, fits, packs
from .lines import Line, Value
from .mapping import BEFELL, COUNTS, GROUPS, Mapping
from .moments import Clock, clock, day, moment

Found = Claim | Mention
_SUMS = ("fined", "jailed")
"""What befell a person and has a number of its own, of roubles or days; a bare number in the others counts people."""
_TWO = "a name and a number of people in one row", "Give the number a row of its own"


class Unread(Exception):
    """A row that cannot be read: the cell (or None), what is wrong, what would work. Outside it is a Trouble."""


class Reader:
    """Reads the rows of one sheet.

    Args:
        where: File and sheet, for a person.
        report: The id of the report that the rows are quoted from.
        zone: The zone of the times in the sheet; None leaves them without one.
    """

    def __init__(self, where: str, mapping: Mapping, report: str, zone: tzinfo | None) -> None:
        self.where, self.mapping, self.report, self.zone = where, mapping, report, zone

    def records(self, line: Line, doubts: list[Trouble]) -> Iterator[Found]:
        """The records of a row; what is doubtful about them is added to `doubts`.

        Raises:
            Unread: Something in it cannot be read.
        """
        if not line.fields:
            raise Unread(None, "nothing but a contact, or columns that are not read", "Fill in a name or a number")
        if "name" in line.fields or "role" in line.fields:
            yield self._mention(line, doubts)
            counted = [v for v in line.fields.get("number", ()) if meaning(v.text) != "unknown"]
            if any(self._count(v).low != 1 for v in counted):
                raise Unread(counted[0], *_TWO)
            return
        numbers = [(name, v) for name in COUNTS for v in line.fields.get(name, ()) if meaning(v.text) != "unknown"]
        if not numbers:
            raise Unread(None, "nobody named and nothing counted", "Fill in a name (or “unknown”), or a number")
        for at, (name, value) in enumerate(numbers):
            yield self._claim(line, name, value, at, doubts)

    def _claim(self, line: Line, name: str, value: Value, at: int, doubts: list[Trouble]) -> Claim:
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

    def _mention(self, line: Line, doubts: list[Trouble]) -> Mention:
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

    def _evidence(self, line: Line, said: dict[str, list[Value]]) -> Iterator[Evidence]:
        for slot, values in said.items():
            for value in values:
                start, end = line.start + value.start, line.start + value.end
                yield Evidence(slot, start, end, f"column “{value.column}”, row {line.number}")

    def _happened(self, line: Line, doubts: list[Trouble]) -> Iterator[Happening]:
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
                doubts.append(self.trouble(line, value, "not a status that is known; it stands in the text only", ""))
        yield from befell.values()

    def _befell(
        self, name: str, value: Value, alleged: str | None, befell: dict[str, Happening], doubts: list[Trouble]
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
                raise Unread(value, *_TWO) from None
            befell[name] = Happening(name, before.at if before else None, value.text, alleged_by=alleged)

    # ── Slots ──

    def _count(self, value: Value) -> Count:
        try:
            return count(value.cell, self.mapping.language)
        except BadRecord as wrong:
            raise Unread(value, wrong.what, wrong.remedy) from wrong

    def _when(self, line: Line, doubts: list[Trouble]) -> tuple[str | None, str | None]:
        """The day, and the day with the time of day where that is told."""
        on, at = self.mapping.date, None
        value = next((v for v in line.fields.get("date", ()) if meaning(v.text) != "unknown"), None)
        if value:
            try:
                found = day(
                    value.cell, order=self.mapping.order, year=self.mapping.year, language=self.mapping.language
                )
            except BadRecord as wrong:
                raise Unread(value, wrong.what, wrong.remedy) from wrong
            on, at = found.on, found.clock
            if found.doubt and not any(found.doubt == d.what for d in doubts):
                doubts.append(self.trouble(line, value, found.doubt, "Format the column as dates"))
        return on, moment(on, self._clock(line, doubts) or at, self.zone)

    def _clock(self, line: Line, doubts: list[Trouble]) -> Clock | None:
        value = next((v for v in line.fields.get("time", ()) if meaning(v.text) != "unknown"), None)
        if value is None:
            return None
        try:
            found = clock(value.cell, self.mapping.language)
        except BadRecord as wrong:
            raise Unread(value, wrong.what, wrong.remedy) from wrong
        what = "a time that is not told to the minute; only the day is kept"
        if found.vague and not any(what == d.what for d in doubts):
            doubts.append(self.trouble(line, value, what, ""))
        return found

    def _claimant(self, line: Line) -> tuple[str | None, str | None]:
        said = line.text_of("source", ", ")
        if not said or "://" in said:
            said = self.mapping.claimant
        known = speakers().named(said) if said else None
        return (known.name, known.kind) if known else (said, None)

    def _role(self, line: Line) -> str | None:
        """What the person is called, in English where the word lists know it, else as written."""
        said = line.text_of("role", ", ")
        parts = fold(said or "").split()
        found = (p for words in packs(self.mapping.language) for p in words.starting(parts[0])) if parts else iter(())
        return next((p.tail for p in found if p.head == "role" and fits(p, parts)), said)

    def _place(self, line: Line, doubts: list[Trouble]) -> str | None:
        values = [v for v in line.fields.get("place", ()) if meaning(v.text) != "unknown"]
        texts = [v.text for v in values if meaning(v.text) != "total"]
        if values and not texts and not self.mapping.place and not any(values[0].text == d.value for d in doubts):
            doubts.append(
                self.trouble(line, values[0], "a total of an unknown place", "Say in the mapping where it is")
            )
        if not texts:
            return self.mapping.place
        found = _known_place(tuple(texts), self.mapping.place)
        if found is None and not any(values[0].text == d.value for d in doubts):
            doubts.append(
                self.trouble(line, values[0], "a place that the gazetteer does not know", "Check its spelling")
            )
        return found or ", ".join(texts)

    def trouble(self, line: Line, value: Value | None, what: str, remedy: str) -> Trouble:
        """What is wrong with a row, or with one of its cells."""
        column = f", column “{value.column}”" if value else ""
        return Trouble(what, f"{self.where}, row {line.number}{column}", value.text[:60] if value else "", remedy)


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
