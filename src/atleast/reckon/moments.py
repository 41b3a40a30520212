"""When a figure holds. A vague time is an interval and is never sharpened."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from atleast.model import BadRecord, Claim, Report, Span, span

from .rules import CLOSING

FINAL = datetime.max.replace(tzinfo=UTC)
_YEARLESS = re.compile(r"--(?=\d\d-\d\d)")
_UNKNOWN_YEAR = 2000
# Nothing that is counted was or will be outside of these: a typing error, or an export's word for "no date".
_FIRST_YEAR, _LAST_YEAR = 1000, 9000


class Moment(NamedTuple):
    """The moment that a figure speaks of lies from `lo` to `hi`, both included.

    `key` is shared by figures that were given together: whenever that was, it was one moment.
    `shown` is the time as a person would write it, empty where none was told. `real` is when it was
    by the clock, where `lo` and `hi` stand at the end of an event that is over.
    """

    lo: datetime
    hi: datetime
    key: str
    shown: str = ""
    real: tuple[datetime, datetime] = (FINAL, FINAL)

    def settles(self, later: "Moment") -> bool:
        """Whether what was counted by this moment is surely in a count made at the other."""
        return self.hi <= later.lo or self.key == later.key

    def at_the_end(self) -> "Moment":
        """The same, of a count that is complete."""
        return self._replace(lo=FINAL, hi=FINAL, key="end")


@dataclass(frozen=True, slots=True)
class Clock:
    """The zone, year and day of a case: what turns the wire form's dates into moments."""

    zone: tzinfo
    year: int
    day: Span | None
    dated: bool

    @classmethod
    def of(cls, claims: Iterable[Claim], reports: Iterable[Report], zone: tzinfo) -> "Clock":
        """The clock of a case. It has no day until it is known which event is reckoned (see `events`)."""
        texts = [c.event_date for c in claims if c.event_date and c.quantity != "other"]
        return cls(zone, _year(texts), None, any(r.published for r in reports))

    def span(self, text: str | None) -> Span | None:
        """The time a wire-form text covers; a date without a year lies in the year of the case."""
        return _span(text, self.zone, self.year)

    def moment(self, claim: Claim, report: Report | None, speaker: str) -> Moment:
        """When the figure of a claim holds: as told, else when it was published, else unknown."""
        together = f"{speaker}|{claim.report}"
        if told := _time(claim.as_of, self.zone, self.year):
            lo, hi, instant = told
            if lo != hi:
                instant = f"{speaker}|{instant}" if self.closed(lo) else f"{together}|{claim.as_of}"
            return Moment(lo, hi, instant, claim.as_of or "", (lo, hi))
        out = report.published if report else None
        if told := _time(out, self.zone, self.year):
            lo, hi, _ = told
            return Moment(lo, hi, together, out or "", (lo, hi))
        return self._unknown(together)

    def befell(self, at: str | None, out: str | None) -> Moment:
        """By when something had befallen somebody: as told, and no later than when the report that tells it was out."""
        told, published = self.span(at), self.span(out)
        if told is not None and published is not None and _ends(published)[1] <= told.start:
            published = None  # a report that looks ahead
        known = [_ends(each) for each in (told, published) if each is not None]
        if not known:
            return self._unknown("people")
        lo, hi = min(known, key=lambda ends: (ends[1], ends[0]))
        word = at if told is not None and _ends(told) == (lo, hi) else out
        return Moment(lo, hi, f"people|{hi.astimezone(UTC).isoformat()}", word or "", (lo, hi))

    def closed(self, at: datetime) -> bool:
        """Whether the event is over at that time."""
        return self.day is not None and at >= self.day.end

    def of_event(self, moment: Moment, quantity: str, *, over: bool) -> Moment:
        """The moment as the count sees it: for a count that closes with the event, all later times are one."""
        if not over or quantity not in CLOSING:
            return moment
        if self.closed(moment.lo):
            return moment.at_the_end()
        return moment._replace(hi=FINAL) if self.closed(moment.hi) else moment

    def _unknown(self, key: str) -> Moment:
        """A claim without any time: in a case that tells no times, an account of the whole event."""
        if self.day is None:
            return Moment(FINAL, FINAL, "end")
        start, end = _ends(self.day)
        lo, hi = (start, FINAL) if self.dated else (end, end)
        return Moment(lo, hi, key, "", (lo, hi))


def shown(when: Span) -> str:
    """A span as a person would write it: days by their dates; the year that nobody told is left out.

    >>> shown(span("2017-10-07/2017-10-08")), shown(span("2017-10"))
    ('2017-10-07/2017-10-08', '2017-10')
    """
    first, last = when.start.date(), when.end.date() - timedelta(days=1)
    if when.start.time() != time.min or when.end.time() != time.min or first >= last:
        text = str(when)
    elif (first.day, when.end.day) == (1, 1) and (first.year, first.month) == (last.year, last.month):
        text = first.isoformat()[:7]
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        text = first.isoformat()[:4]
    else:
        text = f"{first}/{last}"
    return text.replace(f"{_UNKNOWN_YEAR}-", "--") if when.start.year == _UNKNOWN_YEAR else text


def _ends(when: Span) -> tuple[datetime, datetime]:
    """The first and the last moment, each with the offset that its zone has then.

    Two times that carry one zone are compared by their hands in Python, and an hour that the clock shows twice, or
    leaves out, would come out wrong.
    """
    point = when.end - when.start <= timedelta(minutes=1)
    return _fixed(when.start), _fixed(when.start if point else when.end)


def _fixed(when: datetime) -> datetime:
    offset = when.utcoffset()
    return when if offset is None else when.replace(tzinfo=timezone(offset), fold=0)


@lru_cache(maxsize=65536)
def _span(text: str | None, zone: tzinfo, year: int) -> Span | None:
    if text is None:
        return None
    try:
        found = span(_YEARLESS.sub(f"{year}-", text), zone=zone)
    except (BadRecord, OverflowError):
        return None
    return found if found and found.start.year >= _FIRST_YEAR and found.end.year <= _LAST_YEAR else None


@lru_cache(maxsize=65536)
def _time(text: str | None, zone: tzinfo, year: int) -> tuple[datetime, datetime, str] | None:
    """The first and the last moment of what a text covers, and the name of the first."""
    told = _span(text, zone, year)
    if told is None:
        return None
    lo, hi = _ends(told)
    return lo, hi, lo.astimezone(UTC).isoformat()


def _year(texts: Iterable[str]) -> int:
    years = Counter(int(text[:4]) for text in texts if re.match(r"\d{4}", text))
    return min(years, key=lambda y: (-years[y], y)) if years else _UNKNOWN_YEAR


def by_id(reports: Iterable[Report]) -> Mapping[str, Report]:
    """The reports by name; of two with one name, the first in order of their content."""
    found: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: (r.id, r.published or "", r.publisher or "")):
        found.setdefault(report.id, report)
    return found
