"""Intervals: of people (inclusive, either end may be open) and of time (half-open)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from .errors import BadRecord


@dataclass(frozen=True, slots=True)
class People:
    """How many: from `low` to `high`, both included; None is open. `low > high` means contradictory.

    >>> str(People(19, None)), str(People(3, 3)), str(People(None, 7)), str(People(271, 136))
    ('at least 19', '3', 'at most 7', 'contradictory')
    """

    low: int | None = None
    high: int | None = None

    @property
    def contradictory(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high

    @property
    def known(self) -> bool:
        """Whether anything at all is known. A count is never negative, so `low` 0 alone says nothing."""
        return bool(self.low) or self.high is not None

    def __str__(self) -> str:
        if self.contradictory:
            return "contradictory"
        if not self.known:
            return "not known"
        if self.high is None:
            return f"at least {self.low}"
        if self.low == self.high:
            return str(self.low)
        return f"{self.low} to {self.high}" if self.low else f"at most {self.high}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time, start included, end excluded; both carry a zone.

    A moment is a span of one minute, a day one from midnight to midnight in its own zone: a vague time is an
    interval and is never sharpened to its first instant.
    """

    start: datetime
    end: datetime

    def before(self, other: "Span") -> bool:
        """Whether every moment of this span comes before every moment of the other."""
        return self.end <= other.start

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        length = self.end - self.start
        if length <= timedelta(minutes=1):
            return self.start.isoformat(timespec="minutes")
        if length == timedelta(days=1) and self.start.time() == time.min:
            return self.start.date().isoformat()
        return f"{self.start.isoformat(timespec='minutes')}/{self.end.isoformat(timespec='minutes')}"


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_YEARLESS = re.compile(r"--(\d\d)-(\d\d)", re.ASCII)


def span(when: str | None, *, zone: tzinfo = UTC) -> Span | None:
    """The time that a wire-form date or time covers.

    Args:
        when: "2017", "2017-10", "2017-10-07", "2017-10-07T21:00+03:00", two of them parted by "/"
            (both included), or "--10-07" when the year is not known.
        zone: The zone of dates and of times that carry none.

    Returns:
        A Span, or None where the year is not known (or `when` is None): such a date cannot be placed.

    Raises:
        BadRecord: The text is none of these forms.

    >>> span("2017-10-07/2017-10-08").end.isoformat()
    '2017-10-09T00:00:00+00:00'
    """
    if when is None:
        return None
    if "/" in when:
        return _between(when, zone)
    if found := _YEARLESS.fullmatch(when):
        _date(when, 2000, int(found[1]), int(found[2]))
        return None
    return _moment(when, zone) if "T" in when else _stretch(when, zone)


def instant(when: str, *, zone: tzinfo = UTC) -> datetime | None:
    """When somebody did something, to the second where that is told: people change their minds within a minute.

    The beginning of a day, a month or a year where no more is told; None where the time cannot be read or placed.
    """
    try:
        if "T" in when:
            told = datetime.fromisoformat(when)
            return told if told.tzinfo else told.replace(tzinfo=zone)
        found = span(when, zone=zone)
    except (BadRecord, OverflowError, ValueError):
        return None
    return found.start if found else None


def _between(when: str, zone: tzinfo) -> Span | None:
    parts = when.split("/")
    if len(parts) != 2 or not all(parts):
        raise _bad(when)
    first, last = (span(part, zone=zone) for part in parts)
    if not (first and last):
        return None
    if last.end <= first.start:
        raise _bad(when)
    return Span(first.start, last.end)


def _moment(when: str, zone: tzinfo) -> Span:
    if not _TIME.fullmatch(when):
        raise _bad(when)
    try:
        start = datetime.fromisoformat(when)
        start = (start if start.tzinfo else start.replace(tzinfo=zone)).replace(second=0, microsecond=0)
        return Span(start, start + timedelta(minutes=1))
    except (ValueError, OverflowError) as wrong:
        raise _bad(when) from wrong


def _stretch(when: str, zone: tzinfo) -> Span:
    found = _DATE.fullmatch(when)
    if not found:
        raise _bad(when)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    first = _date(when, year, month or 1, day or 1)
    if day:
        last = first + timedelta(days=1)
    elif month:
        last = date(year + month // 12, month % 12 + 1, 1)
    else:
        last = date(year + 1, 1, 1)
    return Span(_midnight(first, zone), _midnight(last, zone))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _date(when: str, year: int, month: int, day: int) -> date:
    try:
        if not 1 <= year <= 9998:
            raise ValueError
        return date(year, month, day)
    except ValueError as wrong:
        raise _bad(when) from wrong


def _bad(when: str) -> BadRecord:
    return BadRecord(
        "not a date or time",
        value=when,
        remedy="Write 2017-10-07, 2017-10-07T21:00+03:00, --10-07 or 2017-10-07/2017-10-08",
    )
