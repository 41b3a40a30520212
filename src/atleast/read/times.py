"""Dates and times of day as written, and what they make of a claim: event date, or moment of counting."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from .marks import Mark, Marks
from .shapes import shape
from .tokens import Sentence, Token


@shape
class DateMark:
    """A day (or a run of days) at tokens `first` up to `last`, in the wire form; "--10-07" without a year.

    `when` is empty where a month is named and no year can be told.
    """

    first: int
    last: int
    when: str
    how: str


@shape
class ClockMark:
    """A time of day, "20:00", with the zone told beside it ("+03:00") or None."""

    first: int
    last: int
    clock: str
    zone: str | None
    as_of: bool


LONG = "a whole month or year"
LATELY = "over the last days"
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})$")
_CLOCK = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d)|[hH]([0-5]\d)?)$")  # 18:30, 18.30, 18h30, 18h
_HOUR = re.compile(r"([01]?\d|2[0-3])$")
_COUNTABLE = frozenset(("people", "crowd", "among", "paper"))


def date_marks(
    tokens: Sequence[Token],
    sentence: Sentence,
    marks: Marks,
    published: date | None,
    links: frozenset[str] = frozenset(),
    leads: frozenset[str] = frozenset(),
    joints: frozenset[str] = frozenset(),
    through: frozenset[str] = frozenset(),
    articles: frozenset[str] = frozenset(),
    trails: frozenset[str] = frozenset(),
) -> list[DateMark]:
    """All days named in a sentence. Years and weekdays are filled in from the day of publication.

    Args:
        links: Words that may stand between day, month and year: "7 de octubre de 2017".
        leads: Words that tell of a whole month or year when right in front of it: "in March", "since 2020".
        joints: Words such as "and", between two days that follow each other: "17 y 18 de marzo".
        through: Words that join two days however far apart: "с 5 по 9 июня".
        articles: Words that may stand in front of either day: "entre le 3 et le 9 mars".
        trails: Words that tell of a whole month or year when right behind it: "2024 yılında", "Ekim ayında".
    """
    found: list[DateMark] = []
    first, last = sentence.first, sentence.last
    past, months = first, {mark.first for mark in marks.of("month")}
    for i in sorted({*sentence.numbers, *(mark.first for head in NAMES_DAYS for mark in marks.of(head))}):
        if i < past:
            continue
        told = i in months
        words = (links, joints, through, articles)
        made = _day_month(tokens, i, first, last, marks, published, *words) if told else None
        made = made or _other_day(tokens, i, marks, published)
        led = i > first and tokens[i - 1].fold in leads
        if made is None and (led or trails):
            made = _month(tokens, i, last, marks, published, links) or _whole_year(tokens, i, marks)
            made = made if made and (led or _trailed(tokens, made, last, trails)) else None
        if made:
            found.append(made)
            past = made.last
    return found


def _trailed(tokens: Sequence[Token], made: DateMark, last: int, trails: frozenset[str]) -> bool:
    """Whether a word or an ending behind a month or year tells of all of it: "2024 yılında", "Ekim'de"."""
    behind = tokens[made.last].fold if made.last < last else ""
    return behind in trails or f"'{tokens[made.last - 1].ending}" in trails


NAMES_DAYS = ("month", "day", "lately", "weekend", "weekday")


def clock_marks(tokens: Sequence[Token], sentence: Sentence, marks: Marks) -> list[ClockMark]:
    """All times of day in a sentence."""
    first, last, found = sentence.first, sentence.last, []
    for i in sentence.numbers:
        if match := _CLOCK.match(tokens[i].text):
            minute = int(match[2] or match[3] or 0)
            found.append(_clock(tokens, i, first, last, marks, int(match[1]), minute, i + 1))
        elif told := _hour(tokens, i, last, marks):
            found.append(_clock(tokens, i, first, last, marks, *told))
    return [clock for clock in found if clock]


def _hour(tokens: Sequence[Token], i: int, last: int, marks: Marks) -> tuple[int, int, int] | None:
    """ "à 17 heures", "18 h 30", "alle 22": hour, minute, and where it ends. A word beside it tells."""
    match = _HOUR.match(tokens[i].text) if tokens[i].kind == "number" else None
    if match is None:
        return None
    led = [m for back in range(1, 5) for m in marks.get(i - back, ()) if m.head == "as_of" and m.last == i]
    unit = next((m for m in marks.get(i + 1, ()) if m.label == "hour"), None)
    if unit:
        minutes = unit.last < last and re.fullmatch(r"[0-5]\d", tokens[unit.last].text) is not None
        if minutes:
            return int(match[1]), int(tokens[unit.last].text), unit.last + 1
        return (int(match[1]), 0, unit.last) if led else None
    alone = not any(m.head in _COUNTABLE or m.tail in ("person", "noun", "unit") for m in marks.get(i + 1, ()))
    return (int(match[1]), 0, i + 1) if alone and any(m.tail == "hour" for m in led) else None


def _clock(
    tokens: Sequence[Token], i: int, first: int, last: int, marks: Marks, hour: int, minute: int, stop: int
) -> ClockMark | None:
    half = "".join(t.fold for t in tokens[stop : stop + 4] if t.text != ".")[:2]
    if half in ("pm", "am") and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
        stop += (
            4
            if stop + 3 < last and tokens[stop + 1].text == "."
            else 2
            if stop + 1 < last and len(tokens[stop].fold) == 1
            else 1
        )
    zone = next((m for near in (stop, stop + 1, stop + 2) for m in marks.get(near, ()) if m.head == "zone"), None)
    if zone:
        stop = zone.last
    as_of = any(m.head == "as_of" and m.last == i for back in range(1, 5) for m in marks.get(i - back, ()))
    as_of = as_of or any(m.label == "as_of.after" for m in marks.get(stop, ()))
    if "." in tokens[i].text and not (zone or as_of or i == first or stop > i + 1):
        return None  # 20.2 and 7.10 are not times unless something says so
    return ClockMark(i, stop, f"{hour:02}:{minute:02}", zone.tail if zone else None, as_of or i == first)


def _day_month(
    tokens: Sequence[Token],
    i: int,
    first: int,
    last: int,
    marks: Marks,
    published: date | None,
    links: frozenset[str],
    joints: frozenset[str],
    through: frozenset[str],
    articles: frozenset[str],
) -> DateMark | None:
    """ "October 7", "7 October", "Oct. 7, 2017", "7–8 октября 2017 года", "9 и 10 июня"."""
    month = next((m for m in marks.get(i, ()) if m.head == "month"), None)
    if not month:
        return None
    start, stop = i, i + 1
    day = i - 1 - (i - 1 > first and tokens[i - 1].fold in links)
    if i > first and tokens[day].kind in ("number", "mixed"):
        days, start = _days_back(tokens, day + 1, first, joints, through, articles, marks)
    else:
        days, stop = _days_on(tokens, stop, last, joints, through, marks)
    if not days:
        return None
    year, stop = _year(tokens, stop, last, links)
    made = [_wire(year, int(month.tail), day, published) for day in days]
    if not all(made):
        return None
    return DateMark(start, stop, "/".join(str(m) for m in made), "day and month")


def _days_on(
    tokens: Sequence[Token], stop: int, last: int, joints: frozenset[str], through: frozenset[str], marks: Marks
) -> tuple[list[int], int]:
    """The day or days behind a month: "October 7", "Oct. 7-8", "between October 7 and 12"."""
    if stop < last and tokens[stop].text == ".":
        stop += 1
    if stop + 2 < last and tokens[stop].text == "," and tokens[stop + 2].text in ",.;)":
        stop += 1  # "on March, 12, in the centre"
    day = _day(tokens[stop].text) if stop < last else 0
    second = _day(tokens[stop + 2].text) if day and stop + 2 < last else 0
    if second > day and (
        tokens[stop + 1].fold in through
        or _to(tokens, stop + 1, second - day, joints, marks.get(stop + 1, ()), _opened(marks, stop - 1))
    ):
        return [day, second], stop + 3
    return ([day], stop + 1) if day else ([], stop)


def _days_back(
    tokens: Sequence[Token],
    i: int,
    first: int,
    joints: frozenset[str],
    through: frozenset[str],
    articles: frozenset[str],
    marks: Marks,
) -> tuple[list[int], int]:
    day = _day(tokens[i - 1].text)
    joint = i - 2 - (i - 2 > first and tokens[i - 2].fold in articles - through)
    start = joint - 1
    earlier = _day(tokens[start].text) if day and start >= first else 0
    led = start - (start > first and tokens[start - 1].fold in articles)
    if 0 < earlier < day and (
        tokens[joint].fold in through
        or _to(tokens, joint, day - earlier, joints, marks.get(joint, ()), _opened(marks, led))
    ):
        return [earlier, day], start
    return ([day], i - 1) if day else ([], i)


def _opened(marks: Marks, at: int) -> bool:
    """Whether a word such as "from" or "between" ends right before a token."""
    return any(m.label == "range.start" and m.last == at for m in marks.get(at - 1, ()))


def _to(
    tokens: Sequence[Token], i: int, apart: int, joints: frozenset[str], here: Sequence[Mark], opened: bool
) -> bool:
    """Whether a dash or a word between two days makes them a stretch: "7-12", "7 and 8", "between 7 and 12"."""
    joined = tokens[i].fold in joints and apart == 1
    return tokens[i].text in "-–—" or joined or (opened and any(m.label == "range.joint" for m in here))


def _day(text: str) -> int:
    digits = re.match(r"(\d{1,2})[^\W\d_]{0,2}$", text)
    return int(digits[1]) if digits and 1 <= int(digits[1]) <= 31 else 0


def _year(tokens: Sequence[Token], stop: int, last: int, links: frozenset[str]) -> tuple[int, int]:
    for skip in (0, 1):
        at = stop + skip
        if (
            at < last
            and re.fullmatch(r"(19|20)\d\d", tokens[at].text)
            and (not skip or tokens[stop].text == "," or tokens[stop].fold in links)
        ):
            return int(tokens[at].text), at + 1
    return 0, stop


def _other_day(tokens: Sequence[Token], i: int, marks: Marks, published: date | None) -> DateMark | None:
    numeric = _NUMERIC.match(tokens[i].text) if tokens[i].kind == "number" else None
    if numeric:
        year = int(numeric[3]) + (2000 if len(numeric[3]) == 2 else 0)
        when = _wire(year, int(numeric[2]), int(numeric[1]), None)
        return DateMark(i, i + 1, when, "numeric date") if when else None
    if published is None:
        return None
    for mark in marks.get(i, ()):
        if mark.head == "day":
            day = published + timedelta(int(mark.tail))
            stop = _numbered(tokens, mark.last, [day], marks)[1]
            return DateMark(i, stop, day.isoformat(), f"{mark.label}, {mark.source}")
        if mark.head == "lately":  # "over the last five days": up to the day it was written
            return DateMark(i, mark.last, f"{published - timedelta(int(mark.tail) - 1)}/{published}", LATELY)
        if mark.head == "weekend":
            saturday = published - timedelta((published.weekday() - 5) % 7)
            return DateMark(i, mark.last, f"{saturday}/{saturday + timedelta(1)}", mark.source)
        if mark.head == "weekday":
            back = (published.weekday() - int(mark.tail)) % 7
            near = [published - timedelta(back + 7 * week) for week in range(-1, 5)]
            told, stop = _numbered(tokens, mark.last, near, marks)
            return DateMark(i, stop, (told or published - timedelta(back)).isoformat(), mark.source)
    return None


_BARE_DAY = re.compile(r"(\d{1,2})(?:[./](\d{1,2}))?$")


def _numbered(tokens: Sequence[Token], at: int, days: Sequence[date], marks: Marks) -> tuple[date | None, int]:
    """Which of the days the number behind a weekday says, and where it ends: "domingo (4)", "sábado, 9", "lunes 12"."""
    if at + 2 >= len(tokens):
        return None, at
    bare = tokens[at].text not in "(,"
    said = _BARE_DAY.match(tokens[at + (not bare)].text)
    if bare:
        closed = not _goes_on(tokens, at + 1, marks)
    else:
        closed = tokens[at + 2].text == ")" if tokens[at].text == "(" else tokens[at + 2].text in ",.;:)"
    fits = (d for d in days if said and d.day == int(said[1]) and d.month == int(said[2] or d.month))
    told = next(fits, None) if closed else None
    return told, at + (3 if tokens[at].text == "(" else 1 if bare else 2) if told else at


def _goes_on(tokens: Sequence[Token], i: int, marks: Marks) -> bool:
    """Whether a number that ends before token `i` has a month, an hour or what it counts behind it."""
    if tokens[i].text in ":.%-–" or tokens[i].kind == "number":
        return True
    here, then = marks.get(i, ()), marks.get(i + 1, ())
    if any(m.head in (*_COUNTABLE, "month") for m in (*here, *then)):
        return True
    return any(m.head == "block" or m.tail in ("person", "noun", "unit", "verb") for m in here)


def _month(
    tokens: Sequence[Token], i: int, last: int, marks: Marks, published: date | None, links: frozenset[str]
) -> DateMark | None:
    """ "in March", "в мае 2019": the days from its first to its last; without a year, the latest that had begun.

    Without a day of publication either, there is nothing to tell: the mark only keeps the word from other uses.
    """
    named = next((int(m.tail) for m in marks.get(i, ()) if m.head == "month"), 0)
    if not named:
        return None
    year, stop = _year(tokens, i + 1, last, links)
    if not year and published is None:
        return DateMark(i, stop, "", LONG)
    if not year and published:
        year = published.year - (named > published.month)
    days = monthrange(year, named)[1]
    return DateMark(i, stop, f"{year}-{named:02}-01/{year}-{named:02}-{days}", LONG)


def _whole_year(tokens: Sequence[Token], i: int, marks: Marks) -> DateMark | None:
    """ "in 2019": the days from its first to its last. A word for people behind it makes it a count."""
    counts = any(m.head in _COUNTABLE or m.tail in ("person", "noun", "unit") for m in marks.get(i + 1, ()))
    if counts or not re.fullmatch(r"(19|20)\d\d", tokens[i].text):
        return None
    return DateMark(i, i + 1, f"{tokens[i].text}-01-01/{tokens[i].text}-12-31", LONG)


def _wire(year: int, month: int, day: int, published: date | None) -> str:
    """A day in the wire form. Without a year, the one that puts it nearest to the day of publication.

    What is reported lies behind more often than ahead: a day to come counts as three times as far.
    """
    try:
        if year:
            return date(year, month, day).isoformat()
        if published is None:
            date(2000, month, day)
            return f"--{month:02}-{day:02}"
        near = [
            date(published.year + shift, month, day)
            for shift in (-1, 0, 1)
            if _exists(published.year + shift, month, day)
        ]
        return min(near, key=lambda d: _away(d, published)).isoformat() if near else ""
    except ValueError:
        return ""


def _away(day: date, published: date) -> int:
    days = (day - published).days
    return -days if days < 0 else 3 * days


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def main_day(dates: Iterable[DateMark], published: date | None = None) -> str | None:
    """The day a text is mostly about, None when it names none.

    Each naming counts (see `_weight`); among equals the first wins.
    """
    weight: Counter[str] = Counter()
    told = [m for m in dates if not _long_before(m, published)]
    near = any(m.how != "dateline" and not far(m, published) for m in told)
    for mark in told:
        if not (near and _when_written(mark, published)):
            weight[mark.when] += _weight(mark, published) + 2 * (mark.first < _OPENING)
    return max(weight, key=lambda when: weight[when], default=None)


def _weight(mark: DateMark, published: date | None) -> int:
    """A date told in full counts most, a weekday or a run of days less, a day long before publication less again."""
    if mark.how == "dateline":
        return 3
    plain = mark.how in ("day and month", "numeric date") or mark.how.startswith("day.")
    return (4 if plain and "/" not in mark.when else 2) - far(mark, published)


def far(mark: DateMark, published: date | None) -> bool:
    """Whether a day lies well before the day of publication."""
    if published is None or mark.when.startswith("--"):
        return False
    return mark.when[:10] < (published - timedelta(3)).isoformat()


_OLD = 4  # days before publication; a day so long past is background unless the text opens with it
_OPENING = 30  # tokens


def _long_before(mark: DateMark, published: date | None) -> bool:
    """Whether a day is told as background: long past, and not where the text opens."""
    if published is None or mark.when.startswith("--") or mark.first < _OPENING:
        return False
    return mark.when[:10] < (published - timedelta(_OLD)).isoformat()


def _when_written(mark: DateMark, published: date | None) -> bool:
    """Whether a dateline only repeats the day of publication: then a near day that is named is the event's."""
    return mark.how == "dateline" and published is not None and mark.when == published.isoformat()
