"""A hotline call or note read line by line: "five people in a van to station 78".

What comes out is to be confirmed by whoever typed it, so nothing is of tier A, and nobody's total is taken from it: a
caller tells of one van, one yard, one station. `of` says which, and `note` that it is only a part, so that the number
bounds the town's from below and never from above, and is never added to another caller's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from atleast.lexicon import Pack, gazetteer
from atleast.model import Claim, Evidence, Happening, Mention, Report

from .call_counts import Count, counts
from .call_line import CallLine, Clock, Holder
from .call_people import Told, nominative, people
from .line import Line
from .marks import Mark, marks
from .numbers import Amount
from .page import Page, Setting, page_of
from .slots import inherited

CALLS = frozenset(("call", "note"))
CALLERS = {"witness": "witness", "detainee": "detainee", "lawyer": "lawyer", "relative": "witness"}
"""Who calls, as `extra["caller"]` of a report says it, and what sort of speaker that is."""
_LONGEST = 60  # tokens of a line; what is longer is prose
_SOON = timedelta(minutes=30)  # a clock of a caller may be so far ahead of ours
PART = "only of a part: what one caller tells of"


def telegraphic(report: Report) -> bool:
    """Whether a report is a call or a note in short lines; one in long lines is read as other reports are."""
    return report.kind in CALLS and all(len(line.split()) <= _LONGEST for line in report.text.split("\n"))


def called(report: Report, known: Pack, setting: Setting) -> tuple[list[Claim], list[Mention], str | None]:
    """The claims and mentions of a call in the order of its text, and the country it is from."""
    page = page_of(report, known, setting)
    claims: list[Claim] = []
    found: list[Mention] = []
    for line in _lines(page):
        made = counts(line)
        call = _Call(page, line, setting)
        told = people(page.layout, line, made, caller_held=call.kind == "detainee")
        claims += [call.claim(count, told) for count in made]
        found += [call.mention(somebody) for somebody in told]
    return claims, found, page.country


def _lines(page: Page) -> Iterator[CallLine]:
    """The lines of a text, whatever full stops are in them."""
    sentences, above = page.layout.sentences, None
    for paragraph in dict.fromkeys(s.paragraph for s in sentences):
        own = [s for s in sentences if s.paragraph == paragraph]
        whole = replace(
            own[0],
            last=own[-1].last,
            end=own[-1].end,
            capitals=[i for s in own for i in s.capitals],
            numbers=[i for s in own for i in s.numbers],
            signs=[i for s in own for i in s.signs],
        )
        found = marks(page.layout.tokens, whole.first, whole.last, page.pack)
        line = Line(page.layout.tokens, whole, found, page.pack, frozenset())
        taken = CallLine(page.report.text, line, above)
        above = taken.heads or (None if taken.holders else above)
        yield taken


class _Call:
    """What is the same for all that one line of a call says: who says it, when, and where."""

    def __init__(self, page: Page, line: CallLine, setting: Setting) -> None:
        self.page, self.line, self.report = page, line, page.report
        caller = next(iter(line.line.each("caller.lawyer", "caller.detainee")), None) or _opening(line)
        told = self.report.extra.get("caller")
        told = told if told in CALLERS else None
        self.kind = CALLERS[told or "witness"] if caller is None else _kind(caller)
        how = caller.source if caller else "told at the head of the call" if told else "the caller"
        self.who = (
            Evidence("claimant", *self._at(caller.first, caller.last), how) if caller else inherited("claimant", how)
        )
        self.claimant = f"{self.kind if caller else told or 'caller'} ({self.report.id})"
        self.place, self.where = self._place()
        self.day = self._day(setting)

    def claim(self, count: Count, told: Sequence[Told]) -> Claim:
        """A count as a claim."""
        start, end = self._quote(count)
        when = self._moment(count.clock)
        holder = count.holder
        beside = count.group is None and any(t.name for t in told) and self._added(count.amount)
        return Claim(
            id="",
            report=self.report.id,
            quote=self.report.text[start:end],
            start=start,
            end=end,
            claimant=self.claimant,
            claimant_kind=self.kind,
            quantity=count.quantity,
            among=count.among,
            low=_whole(count.amount.low),
            high=_whole(count.amount.high),
            bound=count.amount.bound,
            hedge=count.amount.hedge,
            place=self.place,
            event_date=when[:10] if when else self.day,
            as_of=when,
            of=self._of(holder),
            note=f"{PART}, besides those named" if beside else PART,
            tier="B" if count.sure else "C",
            evidence=tuple(self._evidence(count, when)),
        )

    def mention(self, told: Told) -> Mention:
        """Somebody told of as a mention."""
        start, end = self._at(told.first, told.last)
        when = self._moment(told.clock)
        happened = [Happening(what, when or self.day, alleged_by=self._alleging(what)) for what, _ in told.happened]
        station = told.holder.text if told.holder and told.holder.kind == "station" else None
        words = [Evidence("happened", *self._at(m.first, m.last), m.source) for _, m in told.happened if m]
        words += [self._held(told.holder, "station")] if station and told.holder else []
        words += [Evidence("role", *self._at(told.role.first, told.role.last), told.role.source)] if told.role else []
        return Mention(
            id="",
            report=self.report.id,
            quote=self.report.text[start:end],
            start=start,
            end=end,
            name=self.page.layout.shown(told.first, told.last) if told.name else None,
            nominative=nominative(self.line, told) if told.name else None,
            role=_role(told),
            place=self.place,
            station=station,
            happened=tuple(happened),
            evidence=tuple(words),
        )

    def _alleging(self, what: str) -> str | None:
        return self.claimant if what in ("force", "denied_counsel", "denied_care", "confiscated") else None

    def _added(self, amount: Amount) -> bool:
        before = amount.first - 1
        return before >= self.line.first and self.line.tokens[before].text == "+"

    def _of(self, holder: Holder | None) -> str | None:
        """What is counted over: the station or van as written, a van with where it goes."""
        if holder is None:
            return None
        goal = self.line.destination(holder)
        return f"{holder.text} → {goal.text}" if goal else holder.text

    # ------------------------------------------------------------ words

    def _quote(self, count: Count) -> tuple[int, int]:
        """The words that carry a claim: the number, what is counted, and what befell them."""
        spans = [(count.amount.first, count.amount.last), (count.amount.start, count.amount.stop)]
        spans += [(m.first, m.last) for m in (count.word, count.group) if m]
        clause = self.line.clause(count.amount.start)
        goal = self.line.destination(count.holder) if count.holder else None
        spans += [(h.first, h.last) for h in (count.holder, goal) if h and clause.first <= h.first < clause.last]
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
        noun = self.line.line.at(last, "people", "unnamed") if last < self.line.last else None
        return self._at(first, noun.last if noun else last)

    def _at(self, first: int, last: int) -> tuple[int, int]:
        return self.line.tokens[first].start, self.line.tokens[last - 1].end

    def _evidence(self, count: Count, when: str | None) -> Iterator[Evidence]:
        amount = count.amount
        yield Evidence("number", *self._at(amount.first, amount.last), amount.how)
        if count.word:
            yield Evidence("quantity", *self._at(count.word.first, count.word.last), count.how)
        else:
            yield inherited("quantity", count.how)
        if count.group:
            yield Evidence("among", *self._at(count.group.first, count.group.last), count.group.source)
        if count.holder:
            yield self._held(count.holder, "of")
            if goal := self.line.destination(count.holder):
                yield self._held(goal, "of")
        if count.clock and when:
            yield Evidence("as_of", *self._at(count.clock.first, count.clock.last), "time of day in the line")
        if self.place:
            yield self.where
        yield self.who
        yield inherited("tier", "a hotline call is confirmed by whoever took it")

    def _held(self, holder: Holder, slot: str) -> Evidence:
        start, end = self._at(holder.first, holder.last)
        return Evidence(slot, start, end, holder.source, inherited=holder == self.line.above)

    # ------------------------------------------------------------ where and when

    def _place(self) -> tuple[str | None, Evidence]:
        """The town: named in the line, else told at the head of the call, else where the whole call is from."""
        used = self.line.used | self.line.named
        here = (m for group in self.page.places for m in group if self.line.first <= m.first < self.line.last)
        for mark in here:
            if mark.place.kind == "city" and mark.how == "named" and mark.located and mark.first not in used:
                return mark.place.key, Evidence("place", *self._at(mark.first, mark.last), mark.how)
        told = self.report.extra.get("place")
        if isinstance(told, str) and told.strip():
            known = gazetteer().at(told.strip())
            return known.key if known else told.strip(), inherited("place", "told at the head of the call")
        return self.page.country, inherited("place", "from the call as a whole")

    def _day(self, setting: Setting) -> str | None:
        """The day of what is told: the case's, when the call came in on it or in the night after; else the call's."""
        taken = _time(self.report.published)
        if taken is None:
            return (self.report.published or "")[:10] or setting.day
        night = (taken - timedelta(hours=_NIGHT)).date().isoformat()
        return night if setting.day == night else taken.date().isoformat()

    def _moment(self, clock: Clock | None) -> str | None:
        """A time of day of the call's own day and zone; one that had not come yet is of the day before."""
        taken = _time(self.report.published)
        if clock is None:
            return None
        if taken is None:
            return f"{self.day}T{clock.told}{self.page.offset}" if _DAY.fullmatch(self.day or "") else None
        hour, minute = map(int, clock.told.split(":"))
        told = taken.replace(hour=hour, minute=minute, second=0, microsecond=0)
        told -= timedelta(days=told > taken + _SOON)
        return f"{told:%Y-%m-%dT%H:%M}{self.page.offset}"


def _kind(caller: Mark) -> str:
    return "detainee" if caller.tail == "detainee" else "lawyer"


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NIGHT = 6  # hours after midnight that belong to the night before


def _opening(line: CallLine) -> Mark | None:
    """ "lawyer: 14 at station 31": who speaks, at the head of a line."""
    colon = line.first + 1 < line.last and line.tokens[line.first + 1].text == ":"
    return line.line.at(line.first, "role.lawyer", "among.lawyers") if colon else None


def _time(published: str | None) -> datetime | None:
    if not published or "T" not in published or "/" in published:
        return None
    try:
        return datetime.fromisoformat(published)
    except ValueError:  # what no clock shows is told where the report is taken in
        return None


def _role(told: Told) -> str | None:
    if told.role is None:
        return None
    return "lawyer" if told.role.tail in ("lawyer", "lawyers") else told.role.tail


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
