"""Which day a cell names, and what time of day. Nothing is made sharper than it was written."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from atleast.lexicon.packs import fold
from atleast.model import BadRecord

from .counts import DASH, LONGEST, packs
from .sheets import Cell, written

_EPOCH = date(1899, 12, 30)  # day 0 of Excel; its 29 February 1900, which never was, is before all that we take
_SERIALS = range(30_000, 80_000)  # days from 1982 to 2119

# ── Which day ──


class Day(NamedTuple):
    """A day or days as the wire form has them, and the time of day if the cell told it, too."""

    on: str
    clock: "Clock | None" = None
    doubt: str = ""


class Clock(NamedTuple):
    """A time of day, or from one to another; `vague` where it is "about": then it is worth no more than its day."""

    start: time
    end: time | None = None
    vague: bool = False


_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?|(\d{4})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(?:(\d{4}|\d\d)\.?(?:\s*(?:г|р|г\.|р\.))?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_WORDED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|-го|er)?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?(?:\s+(?:de\s+)?(\d{4}))?(?:\s*\S{1,4}\.?)?"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_DAYS = re.compile(rf"(\d{{1,2}}){DASH}(\d{{1,2}}\.\d{{1,2}}(?:\.\d{{2,4}})?)", re.ASCII)
_BETWEEN = re.compile(
    r"(.+?)\s*(?:\s[-–—]\s|[–—]|/(?=\d{4}-))\s*(.+)|(\d{1,2}\.\d{1,2}\.\d{2,4})-(\d{1,2}\.\d{1,2}\.\d{2,4})"
)
_TIMED = re.compile(
    r"(.+?)(?:T|,?\s+)(?:(?:в|at|о|um|à|a las|às|alle|om)\s+)?(\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?)",
    re.IGNORECASE,
)


def day(cell: Cell, *, order: str | None = None, year: int | None = None, language: str | None = None) -> Day:
    """The day or days that a cell names.

    Args:
        cell: A real date, or a date as written.
        order: What comes first in 7/10/17, "day" or "month"; None where nobody said.
        year: The year of a date that has none.
        language: Whose names of months are known, beside the English ones.

    Raises:
        BadRecord: It is no date, or one that can be read in two ways.

    >>> day("07.10.2017 18:30").on, day("7/10/17", order="month").on, day("7 октября", language="ru").on
    ('2017-10-07', '2017-07-10', '--10-07')
    """
    match cell:
        case datetime():
            _modern(cell.date(), cell)
            return Day(cell.date().isoformat(), Clock(cell.time()) if cell.time() != time.min else None)
        case date():
            _modern(cell, cell)
            return Day(cell.isoformat())
        case bool() | time() | timedelta():
            raise _no_date(cell)
        case int() | float():
            return _serial(cell)
    text = " ".join(str(cell).split())
    if len(text) > LONGEST:
        raise _no_date(cell)
    if text.isdecimal() and int(text) in _SERIALS:
        return _serial(int(text))
    known = _text_day(text, order, year, language)
    if known:
        return Day(known)
    if (timed := _TIMED.fullmatch(text)) and (known := _text_day(timed[1], order, year, language)):
        return Day(known, clock(timed[2]))
    raise _no_date(cell)


def _text_day(text: str, order: str | None, year: int | None, language: str | None) -> str | None:
    if one := _single(text, order, year, language):
        return one
    if found := _DAYS.fullmatch(text):
        last = _single(found[2], order, year, language)
        return _joined(f"{last[:-2]}{int(found[1]):02}", last, text) if last else None
    if found := _BETWEEN.fullmatch(text):
        ends = [_single(part, order, year, language) for part in (found[1] or found[3], found[2] or found[4])]
        return _joined(ends[0], ends[1], text) if ends[0] and ends[1] else None
    return None


def _joined(first: str, last: str, text: str) -> str:
    if first > last or first.startswith("--") != last.startswith("--"):
        raise BadRecord("days in the wrong order", value=text, remedy="Write the first day first, both with the year")
    return first if first == last else f"{first}/{last}"


def _single(text: str, order: str | None, year: int | None, language: str | None) -> str | None:
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _checked(text, int(found[1] or found[4]), int(found[2] or 1), int(found[3] or 1)) and text
    if found := _YEAR_FIRST.fullmatch(text):
        return _checked(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _DOTTED.fullmatch(text):
        return _checked(text, _year(found[3], year), int(found[2]), int(found[1]))
    if found := _SLASHED.fullmatch(text):
        return _checked(text, _year(found[4], year), *_ordered(text, int(found[1]), int(found[3]), order))
    if (found := _WORDED.fullmatch(text)) and (month := _month(found[2], language)):
        return _checked(text, _year(found[3], year), month, int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(text)) and (month := _month(found[1], language)):
        return _checked(text, _year(found[3], year), month, int(found[2]))
    return None


def _ordered(text: str, first: int, second: int, order: str | None) -> tuple[int, int]:
    """Month and day of 7/10."""
    if first > 12 or second > 12 or first == second:
        return (second, first) if first > 12 else (first, second)
    if order is None:
        raise BadRecord("day or month first?", value=text, remedy="Say in the mapping which comes first, day or month")
    return (second, first) if order == "day" else (first, second)


def _year(written: str | None, otherwise: int | None) -> int | None:
    if not written:
        return otherwise
    short = int(written)
    return short if len(written) == 4 else short + (1900 if short > 68 else 2000)


def _checked(text: str, year: int | None, month: int, day: int) -> str:
    try:
        made = date(2000 if year is None else year, month, day)
    except ValueError as wrong:
        raise BadRecord("no such day", value=text, remedy="Write it as 2017-10-07") from wrong
    _modern(made, text)
    return f"--{made:%m-%d}" if year is None else made.isoformat()


def _modern(made: date, cell: object) -> None:
    if made.year < 1930:
        remedy = "An empty or a time-only cell that is shown as a date says 1900: write the date anew"
        raise BadRecord("a date long past", value=str(cell), remedy=remedy)


def _serial(cell: int | float) -> Day:
    if cell == int(cell) and 1930 <= cell < 2100:
        return Day(str(int(cell)))
    if int(cell) not in _SERIALS:
        raise _no_date(cell)
    made = _EPOCH + timedelta(days=int(cell))
    doubt = f"{int(cell)} was taken for the day that Excel counts so: {made.isoformat()}"
    return Day(made.isoformat(), clock(cell % 1) if cell % 1 else None, doubt)


def _no_date(cell: Cell) -> BadRecord:
    return BadRecord("not a date", value=written(cell), remedy="Write it as 2017-10-07 or 07.10.2017")


@lru_cache(maxsize=1 << 10)
def _month(word: str, language: str | None) -> int:
    """The number of a month by its name in any case, or by three letters of it or more; 0 where it is none."""
    low = fold(word).rstrip(".ьй")
    found = {
        month for form, month in _months(language) if form == fold(word) or (len(low) > 2 and form.startswith(low))
    }
    if not found and len(low) == 2:  # май
        found = {month for form, month in _months(language) if form[:-1] == low}
    return found.pop() if len(found) == 1 else 0


def _months(language: str | None) -> Iterator[tuple[str, int]]:
    for words in packs(language):
        for line in words.lines:
            head, _, number = line.label.partition(".")
            if head == "month":
                yield from ((fold(form).strip("*"), int(number)) for form in re.split(r"[\s|]+", line.phrase))


# ── At what time ──

_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d\d)(?::\d\d)?)?\s*([ap])?\.?(?:m\.?)?(?:\s*(?:ч|h|uhr|час|часов)\.?)?", re.IGNORECASE
)
_FROM_TO = re.compile(rf"(\S.*?){DASH}(\S.*)")
_ABOUT = re.compile(r"[~≈]\s*(.+)")


def clock(cell: Cell, language: str | None = None) -> Clock:
    """The time of day that a cell names.

    Raises:
        BadRecord: It is none.

    >>> clock("21.05"), clock("9 pm").vague, clock("около 18:00", "ru").vague
    (Clock(start=datetime.time(21, 5), end=None, vague=False), True, True)
    """
    match cell:
        case time():
            return Clock(cell.replace(second=0, microsecond=0))
        case datetime():
            return Clock(cell.time().replace(second=0, microsecond=0))
        case timedelta() if timedelta() <= cell < timedelta(days=1):
            return Clock((datetime.min + cell).time().replace(second=0, microsecond=0))
        case float() if 0 <= cell < 1:
            return Clock((datetime.min + timedelta(minutes=round(cell * 1440) % 1440)).time())
    text = written(cell)
    if len(text) > LONGEST:
        raise BadRecord("not a time of day", value=text, remedy="Write it as 21:05")
    if (one := _clock(text)) is not None:
        return Clock(one, vague=not re.search(r"\d[:.]\d\d", text))  # "21 ч" is an hour, not a minute
    if (both := _FROM_TO.fullmatch(text)) and (first := _clock(both[1])) and (last := _clock(both[2])):
        return Clock(first, last)
    if (about := _ABOUT.fullmatch(text)) and (one := _clock(about[1])):
        return Clock(one, vague=True)
    head, _, tail = fold(text).partition(" ")
    for words in packs(language):
        if any(p.head in ("about", "nearly") and len(p.elements) == 1 for p in words.starting(head)) and _clock(tail):
            return Clock(_clock(tail) or time.min, vague=True)
    raise BadRecord("not a time of day", value=text, remedy="Write it as 21:05")


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment(on: str | None, at: Clock | None, zone: tzinfo | None) -> str | None:
    """Day and time as the wire form has them; the day alone where the time is vague or the day no whole date."""
    if on is None or at is None or at.vague or not re.fullmatch(r"\d{4}-\d\d-\d\d", on):
        return on
    start = datetime.combine(date.fromisoformat(on), at.start, zone)
    if at.end is None:
        return start.isoformat(timespec="minutes")
    end = datetime.combine(start.date() + timedelta(days=at.end < at.start), at.end, zone)
    return f"{start.isoformat(timespec='minutes')}/{end.isoformat(timespec='minutes')}"
