"""What befell people: the words that tell it, and what is told beside: term, sum, article, day, hour."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from .line import Frame, Line
from .marks import Mark
from .predicates import negated
from .times import ClockMark, DateMark
from .tokens import Token

_SAME = {"still_held": "detained", "charges": "charged", "to_court": "hearing"}
"""Quantities of claims by the happening that they are of one person."""

_BEFALLS = frozenset(("detained", "released", "charged", "fined", "jailed", "injured", *_SAME))
AT_ONCE = ("detained", "injured", "search")
"""What is of the day that the report is about when no other day is named."""

_MONEY = frozenset("$€£₽¥")  # in front of a sum
_DEEDS = frozenset(("verb", "person", "noun"))
_HYPOTHETICAL = ("future", "wish", "planned", "attempt")
_AHEAD = 4  # words between such a word and the verb it makes doubtful


class Cue(NamedTuple):  # made as often as tokens are
    """A word that tells what befell somebody. `what` is "" for a verdict: its term or sum tells."""

    what: str
    mark: Mark
    taken: Frame | None = None  # the number that it was read as the predicate of


class Detail(NamedTuple):  # made as often as tokens are
    """A term, a sum or an article of law at tokens `first` up to `last`."""

    what: str  # jailed, fined, charged
    first: int
    last: int


def cues(line: Line, made: Sequence[Frame]) -> list[Cue]:
    """The words of a sentence that tell what befell somebody, in order; denied and hypothetical ones are left out."""
    parts = {(m.first, m.last): f for f in made for m in f.parts.values()}
    found: list[Cue] = []
    told = [mark for mark in line.marks.all if _told(mark)]
    for _, here in groupby(told, key=lambda m: m.first):
        mark = max(here, key=lambda m: (m.head == "befell", m.last, m.head != "verdict"))
        if (found and mark.last <= found[-1].mark.last) or _doubtful(line, mark):
            continue
        found.append(Cue(_what(mark), mark, parts.get((mark.first, mark.last))))
    return found


def _told(mark: Mark) -> bool:
    return mark.head in ("befell", "verdict") or (mark.head in _BEFALLS and mark.tail in _DEEDS)


def _what(mark: Mark) -> str:
    if mark.head == "verdict":
        return ""
    return mark.tail if mark.head == "befell" else _SAME.get(mark.head, mark.head)


def _doubtful(line: Line, mark: Mark) -> bool:
    """Whether the deed is denied, threatened or only demanded."""
    before = range(max(line.sentence.first, mark.first - _AHEAD), mark.first)
    near = [i for i in before if i not in line.blocked]  # the May of a date is no "may"
    ahead = any(line.at(i, *_HYPOTHETICAL) and not line.between(i, mark.first, ",", ";", ":") for i in near)
    cause = any(
        m.label == "whose" and m.last > mark.first for i in (mark.first - 1, mark.first) for m in line.marks.get(i, ())
    )
    return cause or (ahead and mark.head != "to_court") or negated(line, mark)


# ---------------------------------------------------------------- terms, sums, articles


def details(line: Line) -> list[Detail]:
    """Terms, sums and articles of a sentence in order; those that only threaten are left out."""
    found: list[Detail] = []
    past = line.sentence.first
    for i in _beginnings(line):
        if i < past:
            continue
        made = _article(line, i) or _measure(line, i) or (_left_out(line, i, found[-1]) if found else None)
        if made and not (made.what != "charged" and _threatened(line, made.first)):
            found.append(made)
        past = made.last if made else past
    return found


def _threatened(line: Line, first: int) -> bool:
    near = range(max(line.sentence.first, first - 8), first)
    return any(line.at(i, "future", "wish") and not line.between(i, first, ";", ".") for i in near)


def _beginnings(line: Line) -> list[int]:
    """The tokens with which alone a term, a sum or an article begins: a number, a sign of money, a word of the law."""
    tokens, words, sentence = line.tokens, line.pack.numbers, line.sentence
    numbers = [i for i in range(sentence.first, sentence.last) if tokens[i].fold in words]
    money = [i for i in sentence.signs if tokens[i].text in _MONEY]
    return sorted({*sentence.numbers, *numbers, *money, *(mark.first for mark in line.marks.of("article"))})


def _measure(line: Line, i: int) -> Detail | None:
    """ "10 суток", "8-day", "20 тысяч рублей", "$500"."""
    tokens, last = line.tokens, line.sentence.last
    start = i
    if tokens[i].text in _MONEY and i + 1 < last and _numeral(line, i + 1):
        stop = _past_numerals(line, i + 1)
        return Detail("fined", start, stop)
    if tokens[i].kind == "mixed" and (unit := _unit_within(line, tokens[i])):
        return Detail(unit, i, i + 1)
    if not _numeral(line, i):
        return None
    stop = _past_numerals(line, i)
    if stop < last and tokens[stop].text in "$€£₽":
        return Detail("fined", start, stop + 1)
    for at in range(stop, min(last, stop + 2)):
        if tokens[at].kind == "mark":
            break
        if mark := line.at(at, "measure.days", "measure.sum"):
            return Detail("jailed" if mark.tail == "days" else "fined", start, mark.last)
    return None


def _left_out(line: Line, i: int, before: Detail) -> Detail | None:
    """ "Чайке — 10 суток, Дуброву — восемь": a number alone behind a dash is of the unit before."""
    if before.what == "charged" or not _numeral(line, i) or i <= before.last:
        return None
    dash = next((j for j in (i - 1, i - 2) if j > before.last and line.tokens[j].text in "—–"), None)
    stop = _past_numerals(line, i)
    ended = stop >= line.sentence.last or line.tokens[stop].text in ",;.)"
    return Detail(before.what, i, stop) if dash is not None and ended else None


def _numeral(line: Line, i: int) -> bool:
    token = line.tokens[i]
    return token.kind == "number" or (token.kind == "word" and token.fold in line.pack.numbers)


def _past_numerals(line: Line, i: int) -> int:
    """Behind a number written in digits, words or both: "20 тыс.", "thirty-five thousand"."""
    links = line.pack.settings.get("number_links", ())
    while i < line.sentence.last:
        if (
            _numeral(line, i)
            or (
                line.tokens[i].text in ".-–"
                and i + 1 < line.sentence.last
                and line.tokens[i - 1].fold in line.pack.numbers
            )
            or (line.tokens[i].fold in links and i + 1 < line.sentence.last and _numeral(line, i + 1))
        ):
            i += 1
        else:
            break
    return i


def _unit_within(line: Line, token: Token) -> str | None:
    """The unit of a number that is one word with it: the "day" of 8-day, the "суточный" of 10-суточный."""
    unit = token.fold.lstrip("0123456789.,-–")
    found = [p for p in line.pack.starting(unit) if p.head == "measure" and len(p.elements) == 1] if unit else []
    return ("jailed" if found[0].tail == "days" else "fined") if found else None


def _article(line: Line, i: int) -> Detail | None:
    """ "ч. 5 ст. 20.2 КоАП", "Article 318", "§ 113 StGB"."""
    if not line.at(i, "article"):
        return None
    stop, numbered, named = i, False, False
    while stop < line.sentence.last:
        if mark := line.at(stop, "article", "law"):
            named = named or mark.label != "article.part"
            stop = mark.last
        elif line.tokens[stop].kind in ("number", "mixed") and not line.at(stop + 1, "month"):
            numbered, stop = True, stop + 1
        elif behind := _on(line, stop):
            stop = behind
        else:
            break
    return Detail("charged", i, stop) if numbered and named else None


def _on(line: Line, i: int) -> int:
    """Behind what may stand within an article of law when it goes on there: "Article 23.34 of the Code"; else 0."""
    links = frozenset(line.pack.settings.get("article_links", ()))
    j = i
    while j < line.sentence.last and j - i < 3 and (line.tokens[j].text in ".,-–" or line.tokens[j].fold in links):
        j += 1
    if j == i or j >= line.sentence.last:
        return 0
    goes_on = line.at(j, "article", "law") or (line.tokens[j].kind == "number" and line.tokens[i].text != ",")
    return j if goes_on else 0


# ---------------------------------------------------------------- days and hours


def day_beside(line: Line, mark: Mark, dates: Sequence[DateMark], others: Sequence[Mark]) -> str | None:
    """The day named beside a deed: nearest to it, none of another deed's, none of the rally's own."""
    best: tuple[int, str] | None = None
    for day in dates:
        if not day.when or of_rally(line, day):
            continue
        gap = _gap(line, mark, day.first, day.last)
        if any(_gap(line, other, day.first, day.last) < gap for other in others if other is not mark):
            continue
        if gap <= 10 and (best is None or gap < best[0]):
            best = gap, day.when
    return best[1] if best else None


def clock_beside(line: Line, mark: Mark, clocks: Sequence[ClockMark]) -> ClockMark | None:
    """The time of day named right beside a deed."""
    near = [c for c in clocks if _gap(line, mark, c.first, c.last) <= 4]
    return min(near, key=lambda c: _gap(line, mark, c.first, c.last), default=None)


def of_rally(line: Line, day: DateMark) -> bool:
    """ "за митинг 7 октября", "the June 4 vigil": the day of what the person did, not of what befell."""
    before = (m for i in range(max(line.sentence.first, day.first - 3), day.first) for m in line.marks.get(i, ()))
    behind = line.marks.get(day.last, ())
    return any(m.head in ("rallies", "participants") and m.last >= day.first - 1 for m in before) or any(
        m.head == "rallies" for m in behind
    )


def _gap(line: Line, mark: Mark, first: int, last: int) -> int:
    a, b = (mark.last, first) if first >= mark.last else (last, mark.first)
    return sum(t.kind != "mark" for t in line.tokens[a:b]) + 20 * line.between(a, b, ";") + 2 * line.between(a, b, ",")
