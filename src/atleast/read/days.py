"""The days named in a sentence: which of them may be the day of an event, and which are told in passing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from .marks import Mark, Marks
from .times import LONG, NAMES_DAYS, ClockMark, DateMark, date_marks
from .tokens import Layout, Sentence

ASIDE = "after or before that day"
COUNTED_ON = "the day of a time of counting"
SINCE = "since that day"
RUN = "from the one day to the other"
WRITTEN = "dateline"
NO_EVENT = frozenset((ASIDE, COUNTED_ON))


def named_days(
    taken: Layout, sentence: Sentence, found: Marks, counted: Sequence[ClockMark], published: date | None
) -> list[DateMark]:
    """The days named in a sentence; those behind "after", "before" and beside a time of counting are no event's day."""
    if not (sentence.numbers or any(map(found.of, NAMES_DAYS))):
        return []
    aside, articles = taken.words("not_event"), taken.words("articles")
    links, leads = taken.words("date_links"), taken.words("in_place") | aside | taken.words("since")
    joints, through = taken.words("joints"), taken.words("day_joints")
    trails = taken.words("in_period")
    made = date_marks(taken.tokens, sentence, found, published, links, leads, joints, through, articles, trails)
    kept: list[DateMark] = []
    for day in _runs(taken, _once(made), found):
        before = day.first - 1
        if before > sentence.first and taken.tokens[before].fold in articles:
            before -= 1
        run = "/" in day.when and day.how != LONG  # "с 5 по 9 июня"
        if _begun(found, before, sentence) or _begun_behind(taken, found, day, sentence):
            day = replace(day, how=ASIDE)
        elif (run or day.how == RUN) and _opens(taken, day.first, found):
            pass  # "da venerdì a domenica": the word in front belongs to the stretch
        elif not run and (since := _since(taken, sentence, found, before, day)) is not None:
            day = replace(day, first=since, when=_up_to(day.when, published), how=SINCE)
        elif _led(taken, sentence, before, aside) or _of_another(taken, day, sentence, found):
            day = replace(day, how=ASIDE)
        elif _of_counting(day, found, counted):
            day = replace(day, how=COUNTED_ON)
        elif any(m.head == "commemorates" for m in _near(found, day, 8)):
            day = replace(day, how=ASIDE)
        kept.append(day)
    return kept


def _up_to(since: str, published: date | None) -> str:
    """The days from one on up to publication; nothing where either is not known."""
    begun = since[:10] if not since.startswith("--") else ""
    if not begun or published is None:
        return ""
    return begun if begun == published.isoformat() else f"{begun}/{published}"


def _of_counting(day: DateMark, found: Marks, counted: Sequence[ClockMark]) -> bool:
    """Whether a day is that of a count, not of what is counted: "as of Monday", "на 18:00 22 сентября"."""
    timed = any(0 <= day.first - c.last <= 1 or 0 <= c.first - day.last <= 1 for c in counted)
    led = (m for m in _near(found, day, 4) if m.head == "as_of" and m.last - m.first > 1)
    return timed or any(m.last == day.first for m in led)


def _once(made: Sequence[DateMark]) -> list[DateMark]:
    """The days of a sentence, one told twice as one: "on Monday, 9 October"."""
    kept: list[DateMark] = []
    for day in made:
        if kept and day.when == kept[-1].when and day.first - kept[-1].last <= 1:
            how = day.how if len(day.how) > len(kept[-1].how) else kept[-1].how
            kept[-1] = replace(kept[-1], last=day.last, how=how)
        else:
            kept.append(day)
    return kept


def _runs(taken: Layout, made: Sequence[DateMark], found: Marks) -> list[DateMark]:
    """The days of a sentence, two that bound a stretch as one: "from Friday to Sunday", "July 12 through July 26"."""
    kept: list[DateMark] = []
    for day in made:
        if kept and (earlier := _week_before(kept[-1], day)):  # "on Friday and Saturday", written on a Friday
            kept[-1] = earlier
        if kept and _one_night(kept[-1], day, found):
            kept[-1] = replace(kept[-1], last=day.last)
        elif kept and _spans(taken, kept[-1], day, found):
            begun = kept[-1].when.split("/")[0]
            kept[-1] = replace(kept[-1], last=day.last, when=f"{begun}/{day.when}", how=RUN)
        else:
            kept.append(day)
    return kept


def _one_night(one: DateMark, two: DateMark, found: Marks) -> bool:
    """ "dans la nuit de mercredi à jeudi": the day on which the night began."""
    near = (m for m in found.of("night_to") if m.first <= one.first < m.last <= two.first)
    return any(two.first - m.last <= 1 for m in near)


def _week_before(one: DateMark, two: DateMark) -> DateMark | None:
    """A weekday a week earlier, where the one named right behind it is then the next day."""
    first = day_of(one.when) if "/" not in one.when + two.when and two.first - one.last == 1 else None
    earlier = (first - timedelta(7)).isoformat() if first else ""
    return replace(one, when=earlier) if earlier and _next(earlier, two.when) else None


_BOUNDS = 4  # tokens between the first and the last day of a stretch, at most


def _spans(taken: Layout, one: DateMark, two: DateMark, found: Marks) -> bool:
    """Whether two days are the first and the last of a stretch."""
    if not one.when or one.when >= two.when or "/" in two.when or not 1 <= two.first - one.last <= _BOUNDS:
        return False
    parts = taken.words("day_parts")
    between = [t for t in taken.tokens[one.last : two.first] if t.fold not in parts]
    if len(between) > 1 and between[-1].fold in taken.words("articles"):
        between = between[:-1]
    if not 0 < len(between) <= _APART - 1:
        return False
    joined = all(t.text == "," or t.fold in taken.words("joints") for t in between)
    next_day = joined and _next(one.when[-10:], two.when)  # "Saturday, Sunday and Monday" goes on
    if len(between) == 2 or "/" in one.when:
        return next_day
    led = _opens(taken, one.first, found)
    joints = [m.label for m in found.get(one.last, ())] + ["days.joint"] * (between[0].text in "-–—")
    return "days.joint" in joints or next_day or (led and "range.joint" in joints)


def _next(one: str, two: str) -> bool:
    """Whether a day follows another: "on Friday and Saturday"."""
    first, second = day_of(one), day_of(two)
    return first is not None and second is not None and (second - first).days == 1


_APART = 3  # tokens between two days of a stretch, articles counted


def _opens(taken: Layout, first: int, found: Marks) -> bool:
    """Whether the word before a token opens a stretch: "from", "dal", "entre el"."""
    first -= first > 0 and taken.tokens[first - 1].fold in taken.words("articles")
    return any(m.label == "range.start" and m.last == first for m in found.get(first - 1, ()))


def _of_another(taken: Layout, day: DateMark, sentence: Sentence, found: Marks) -> bool:
    """Whether a day is that of something else: "the Feb. 1 coup", "elections on 9 June", "a hearing on Monday"."""
    behind = range(day.last, min(sentence.last, day.last + 2))
    front = range(max(sentence.first, day.first - 6), day.first)
    held = [m for i in (*behind, *front) for m in found.get(i, ()) if m.head == "background"]
    held = [  # "ahead of a march on Sunday" tells of the Sunday, "Friday ahead of a march" does not of the Friday
        m
        for m in held
        if (m.first >= day.last and m.tail != "before")
        or day.first - (4 if m.tail == "before" else 2) <= m.last <= day.first
    ]
    parted = any(
        taken.tokens[i].kind == "mark" for i in range(day.last, min((m.first for m in held), default=day.last))
    )
    return bool(held) and not parted


_BEGUN = 12  # tokens of "since the start of the protests on 9 June", "since protests erupted in X on 9 June"


def _since(taken: Layout, sentence: Sentence, found: Marks, before: int, day: DateMark) -> int | None:
    """Where a stretch that begins with a day is told: "since 9 June", "seit Beginn der Proteste am 9. Juni"."""
    since, begins = taken.words("since"), taken.words("begins")
    if any(m.label == "since.after" for m in found.get(day.last, ())):
        return day.first
    begun = False
    for i in range(before, max(sentence.first - 1, before - _BEGUN), -1):
        if taken.tokens[i].kind in ("mark", "number"):
            return None
        if taken.tokens[i].fold in since:
            return i if begun or i == before else None
        begun = begun or taken.tokens[i].fold in begins
    return None


def _begun(found: Marks, before: int, sentence: Sentence) -> bool:
    """ "las protestas, que empezaron el 3 de octubre": since when it has gone on, not when it happened."""
    near = range(max(sentence.first, before - 4), before + 1)
    return any(m.head == "begun" and 0 <= before + 1 - m.last <= 1 for i in near for m in found.get(i, ()))


_TO_BEGUN = 9  # tokens from a day to "began" behind it


def _begun_behind(taken: Layout, found: Marks, day: DateMark, sentence: Sentence) -> bool:
    """ "28 Aralık'ta tepki olarak başlayan gösteriler": the verb that tells a beginning stands behind the day."""
    for i in range(day.last, min(sentence.last, day.last + _TO_BEGUN)):
        if any(m.label == "begun.behind" for m in found.get(i, ())):
            return True
        if taken.tokens[i].kind in ("mark", "number"):
            return False
    return False


def _led(taken: Layout, sentence: Sentence, before: int, aside: frozenset[str]) -> bool:
    """Whether "after" stands in front of a day, or of the event of that day: "после выборов президента 9 августа"."""
    if before >= sentence.first and taken.tokens[before].fold in aside:
        return True
    after = taken.words("after_event")
    while before >= sentence.first and taken.tokens[before].kind == "word":
        if taken.tokens[before].fold in after:
            return True
        if taken.tokens[before].fold in taken.words("in_place"):
            return False
        before -= 1
    return False


def _near(found: Marks, day: DateMark, back: int) -> Iterator[Mark]:
    """The marks that begin within so many tokens in front of a day."""
    return (m for i in range(day.first - back, day.first) for m in found.get(i, ()))


def day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def is_speech(taken: Layout, day: DateMark, found: Marks, sentence: Sentence) -> bool:
    """Whether a date tells when something was said: it stands right beside the verb of saying."""
    reflexive = day.last < sentence.last and taken.tokens[day.last].fold in taken.words("reflexives")
    near = (day.last,) if reflexive else (day.last, day.last + 1)  # "el domingo se registraron": nobody speaks
    if any(m.label == "say" for i in near if i < sentence.last for m in found.get(i, ())):
        return True  # "The ministry on Friday said": right in front of the verb
    behind = range(max(sentence.first, day.first - _SAID), day.first)
    cues = [m for i in behind for m in found.get(i, ()) if m.label == "say" and m.last <= day.first]
    return any(
        not any(
            x.tail in ("verb", "noun", "person", "unit") or x.head == "that"  # "they said that on Monday …"
            for i in range(c.last, day.first)
            for x in found.get(i, ())
        )
        and (day.first - c.last < _SAID_NEAR or not _parts(taken, c.last, day.first))
        for c in cues
    )


_SAID = 9  # tokens from a verb of saying to the day on which it was said, at most
_SAID_NEAR = 4  # the same, whatever stands between


def _parts(taken: Layout, first: int, last: int) -> bool:
    """Whether a mark, a number or a new clause stands between a verb of saying and a day: "said 40 left on Monday"."""
    words = taken.words("conjunctions") | taken.words("relative") | taken.words("passive")
    between = taken.tokens[first:last]
    return any(t.kind in ("mark", "number") or t.fold in words or t.fold in taken.pack.numbers for t in between)
