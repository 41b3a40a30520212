"""When a number was: the day of what is counted, and the moment up to which was counted."""

import re
from datetime import date, timedelta

from .days import COUNTED_ON, NO_EVENT, SINCE, WRITTEN, is_speech
from .line import PEOPLE, Frame
from .page import Page
from .passage import Passage, Thread
from .slots import Slot, inherited, seen
from .times import LATELY, ClockMark, DateMark
from .who import Source

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def event_day(passage: Passage, frame: Frame, thread: Thread) -> Slot:
    """The day of what is counted: the nearest in the sentence, else the report's."""
    page = passage.page
    if any(m.label == "past" and m.first < frame.first for m in passage.marks.of("past")):
        return Slot()
    days = [d for d in passage.dates if d.how not in NO_EVENT and not _said(passage, d)]
    days = [d for d in days if d.how != WRITTEN or d.when == page.day]
    days = [d for d in days if _opens(passage, d) or not _background(page, d, frame)]
    days = [d for d in days if d.how not in (SINCE, LATELY) or _runs(passage, d, frame)]
    nights = [d for d in days if _of_night(passage, d)]
    days = [d for d in days if not any(0 < night.first - d.last <= 2 for night in nights)]  # "from Sunday to Monday"
    days = [d for d in days if not (_past_semicolon(passage, d, frame) or _let_go_on(passage, d, frame))]
    if days:
        near = min(days, key=lambda d: _distance(d, frame))
        whole = page.day if near.when.startswith("--") and (page.day or "").endswith(near.when[1:]) else near.when
        if whole and _DAY.fullmatch(whole) and _of_night(passage, near):
            whole = f"{date.fromisoformat(whole) - timedelta(1)}/{whole}"
        if not whole:
            return Slot()
        return Slot(whole, (seen("event_date", near, passage.tokens, near.how),))
    if thread.day and passage.dayless:
        return Slot(thread.day, (inherited("event_date", "the day that the paragraph tells of"),))
    return Slot(page.day, (inherited("event_date", "the day the report is about"),) if page.day else ())


def _opens(passage: Passage, day: DateMark) -> bool:
    """Whether a sentence opens with the only day it names: then it tells of that day, however long past."""
    return len(passage.dates) == 1 and day.first - passage.sentence.first <= 1 and "/" not in day.when


def _past_semicolon(passage: Passage, day: DateMark, frame: Frame) -> bool:
    """Whether a day stands in a later part of the sentence, and tells nothing of this one."""
    return passage.line.between(frame.last, day.first, ";") > 0


def _let_go_on(passage: Passage, day: DateMark, frame: Frame) -> bool:
    """ "the 373 people detained by police were released Monday": a day of the release, not of what was counted."""
    line, behind = passage.line, range(frame.last, day.first)
    taken = frame.quantity in _TAKEN
    freed = [m for i in behind for m in line.marks.get(i, ()) if m.label == "released.verb"] if taken else []
    return any(0 <= day.first - m.last <= 1 and m.first >= frame.last for m in freed)


_TAKEN = frozenset({"detained", "injured"})


def _runs(passage: Passage, since: DateMark, frame: Frame) -> bool:
    """Whether a number is counted since that day: "since March 900 were detained", not "40, the most since 2012".

    Of several numbers behind it the first tells: "28 Aralık'tan bu yana 2 bin kişi öldü, 900 kişi gözaltına alındı".
    """
    sentence = passage.sentence
    a, b = (since.last, frame.first) if since.last <= frame.first else (frame.last, since.first)
    told = next((i for i in range(a, b) if passage.tokens[i].kind == "number"), b) if a == since.last else b
    apart = passage.line.between(max(a, told - _ASIDE), told, ",")  # "40 people, the most since 2012"
    return since.first - sentence.first <= 2 or not (apart or passage.line.between(a, b, *":;—–()"))


_ASIDE = 5  # tokens from the comma of a remark to "since"


def _of_night(passage: Passage, day: DateMark) -> bool:
    """ "в ночь на 8 октября", "overnight and on 8 October": the night began the day before."""
    near = range(max(passage.sentence.first, day.first - 6), day.first)
    return any(m.first in near and 0 <= day.first - m.last <= 1 for m in passage.marks.of("night_to"))


def _distance(mark: DateMark | ClockMark, frame: Frame) -> int:
    return min(abs(mark.first - frame.last), abs(frame.first - mark.last))


_PAST = 7  # days: so far back a day is background in a report that does not tell its own day


def _background(page: Page, day: DateMark, frame: Frame) -> bool:
    """A day well before the report's own, and not beside the number, is background: "sentenced on 2 October"."""
    if day.how == SINCE or not (page.day and _DAY.fullmatch(day.when) and _DAY.match(page.day)):
        return False
    back = (date.fromisoformat(page.day[:10]) - date.fromisoformat(day.when[:10])).days
    return back > (1 if page.told else _PAST) and _distance(day, frame) > 4


def as_of(passage: Passage, frame: Frame, thread: Thread, day: str | None, source: Source | None) -> Slot:
    """The moment up to which was counted: told in the sentence, at the head of the paragraph, or with the source."""
    clocks = [c for c in passage.clocks if c.as_of and frame.quantity in PEOPLE | {"cities", "charges"}]
    if clocks:
        near = min(clocks, key=lambda c: _distance(c, frame))
        own = next((d.when for d in passage.dates if d.how == COUNTED_ON), day)
        if when := moment(passage.page, near, own):
            return Slot(when, (seen("as_of", near, passage.tokens, "time of counting"),))
    if thread.clock:
        return Slot(thread.clock, (inherited("as_of", "time at the head of the paragraph"),))
    if thread.counted_at and source and source.voice.how.startswith("same: "):
        return Slot(thread.counted_at, (inherited("as_of", "time of the same count"),))
    if thread.as_of and (frame.listed or (source.inherited if source else passage.page.voice)):
        return Slot(thread.as_of, (inherited("as_of", "time of counting told before"),))
    said = next((d for d in passage.dates if _said(passage, d) and "/" not in d.when), None)
    return Slot(said.when, (seen("as_of", said, passage.tokens, "day it was said"),)) if said else Slot()


def _said(passage: Passage, day: DateMark) -> bool:
    return is_speech(passage.page.layout, day, passage.marks, passage.sentence)


def moment(page: Page, clock: ClockMark, day: str | None) -> str | None:
    """A time of day on a day, with the zone told beside it or the one the report is written in."""
    day = day or page.day
    if day is None or not _DAY.fullmatch(day):
        return None
    return f"{day}T{clock.clock}{clock.zone or page.offset}"
