"""What is known of a report as a whole before its sentences are read one by one."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise

from atleast.lexicon import Pack, fold, gazetteer, speakers
from atleast.model import Report

from .days import COUNTED_ON, NO_EVENT, SINCE, WRITTEN, day_of, is_speech, named_days
from .marks import Mark, Marks, marks
from .names import with_shorts
from .quotes import quotations
from .shapes import shape
from .times import LATELY, LONG, ClockMark, DateMark, clock_marks, far, main_day
from .tokens import Layout, Sentence, layout
from .voice import Voice
from .voices import voices
from .where import PlaceMark, country_of, place_marks

_NOT_THE_DAY = NO_EVENT | {LONG, SINCE}  # never the day a report is about
"""Days that a text names which are no event's day; told by `DateMark.how`."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a case as a whole says of each of its reports: the day and the country it is about."""

    day: str | None = None
    country: str | None = None
    offset: str = ""  # "+03:00" when all times that tell their zone tell this one


@shape
class Page:
    """What is known of a report as a whole before its sentences are read one by one."""

    report: Report
    pack: Pack
    layout: Layout
    marks: Sequence[Marks]
    places: Sequence[Sequence[PlaceMark]]
    dates: Sequence[Sequence[DateMark]]
    clocks: Sequence[Sequence[ClockMark]]
    country: str | None
    default: str | None  # the place of what names no place
    day: str | None
    told: bool  # the day is told by the report's own words
    offset: str  # "+03:00" when the report's own time tells it, else ""
    head: frozenset[int]  # the sentences that only say where and when it was written
    voices: Sequence[Sequence[Voice]]
    voice: Voice | None  # a publisher that speaks for itself: a monitor, a ministry
    quoted: Sequence[tuple[int, int]]  # what stands in quotation marks, as runs of tokens
    monitor: Voice | None  # the only monitor named, whom "a group that counts arrests" then means
    abroad: bool  # its places lie in several countries
    many_days: bool  # it names several days

    def long_past(self, n: int) -> str | None:
        """The only day that a sentence names, when it lies well before the report's own."""
        days = {d.when for d in self.dates[n] if d.how not in NO_EVENT | {SINCE}}
        only = next(iter(days)) if len(days) == 1 else ""
        dated = self.day and _DATE.match(only) and _DATE.match(self.day)
        past = (date.fromisoformat(self.day[:10]) - date.fromisoformat(only[:10])).days if dated and self.day else 0
        return only if past > _BACKGROUND and n >= _LEAD else None

    def offices(self, n: int) -> list[PlaceMark]:
        """The places of a sentence as those whose office may speak: the region of "поліція в Одеській області"."""
        return [self._region(mark) for mark in self.places[n]]

    def _region(self, mark: PlaceMark) -> PlaceMark:
        stems, tokens = tuple(self.pack.settings.get("region_words", ())), self.layout.tokens
        told = mark.how == "adjective" and mark.place.kind == "city" and mark.last < len(tokens) and bool(stems)
        here = told and tokens[mark.last].fold.startswith(stems)
        region = gazetteer().at(mark.place.parent or "") if here else None
        return mark._replace(place=region) if region else mark


def page_of(report: Report, known: Pack, setting: Setting, wanted: Collection[int] | None = None) -> Page:
    """The page of a report, as far as its wanted paragraphs tell; without a word about them, of all."""
    taken = layout(report.text, known, wanted)
    marked = [marks(taken.tokens, s.first, s.last, known) for s in taken.sentences]
    every = _without_seats(taken, marked, place_marks(taken, gazetteer(), known, marked, hint=setting.country))
    starts = [mark.first for mark in every]  # in the order of the text
    within = (every[bisect_left(starts, s.first) : bisect_left(starts, s.last)] for s in taken.sentences)
    named = [_not_themes(here, m) for here, m in zip(within, marked, strict=True)]
    country = country_of(m for here in named for m in here) or country_of(every) or setting.country
    spoken = _voices(taken, marked, country)
    if country is None and (country := _speakers_country(spoken) or _home(report, known)):
        spoken = _voices(taken, marked, country)
    published = day_of(report.published)
    places = [
        _of_owners(taken, _of_capitals(n + _national(taken, m, s, country, n), m))
        for n, s, m in zip(named, taken.sentences, marked, strict=True)
    ]
    clocks = [clock_marks(taken.tokens, s, m) for s, m in zip(taken.sentences, marked, strict=True)]
    dates = [
        named_days(taken, s, m, [c for c in told if c.as_of], published)
        for s, m, told in zip(taken.sentences, marked, clocks, strict=True)
    ]
    places = [_from_desk(taken, s, here, days) for s, here, days in zip(taken.sentences, places, dates, strict=True)]
    head = _dateline(taken, marked, dates, places)
    dates = [
        [replace(d, how=WRITTEN) if n in head or _leads(taken, d, s, n) else d for d in here]
        for n, (s, here) in enumerate(zip(taken.sentences, dates, strict=True))
    ]
    quoted = quotations(taken)
    opening = _opening(taken)
    opens_dated = any(d.how not in _NOT_THE_DAY for here in dates[:opening] for d in here)
    days = [
        (d, is_speech(taken, d, m, s))
        for n, (s, m, ds) in enumerate(zip(taken.sentences, marked, dates, strict=True))
        for d in ds
        if not (n > 2 and ("day.-1" in d.how or far(d, published)))
        and not (published and n >= opening and not opens_dated)
        and (d.how not in _NOT_THE_DAY or (d.how == COUNTED_ON and published and d.when == published.isoformat()))
        and not _as_spoken(d, quoted)
        and not (d.how == LATELY and n >= _LEAD)  # it counts more than the report is about
        and not _long_ago(d, published, n)
    ]
    return Page(
        report,
        known,
        taken,
        marked,
        places,
        dates,
        clocks,
        country,
        _default(country, taken, marked, places, head, spoken),
        *_main_day(days, published, setting),
        offset_of(report.published) or setting.offset,
        head,
        spoken,
        _publisher(report.publisher or "", country, known),
        quoted,
        _monitor(spoken),
        len({mark.place.country for here in places for mark in here}) > 1,
        len({mark.when for here in dates for mark in here}) > 1,
    )


def _opening(taken: Layout) -> int:
    """How many sentences make up the opening of a text: its first few, headings and other short lines not counted."""
    told = (n for n, s in enumerate(taken.sentences) if s.paragraph not in taken.headings and s.last - s.first > _SHORT)
    return next(islice(told, _HEAD, None), len(taken.sentences))


_SHORT = 6  # tokens of a line that is no sentence, at most


def _as_spoken(day: DateMark, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether "today" is the day of whoever is quoted, not that of the report."""
    return day.how.startswith("day.") and any(a < day.first < b for a, b in quoted)


def _main_day(
    days: Sequence[tuple[DateMark, bool]], published: date | None, setting: Setting
) -> tuple[str | None, bool]:
    """The day the report is about, and whether its own words tell it."""
    today = published.isoformat() if published else "9"
    days = [(d, said) for d, said in days if d.when[:10] <= today]  # what is yet to come is not told of
    told = main_day((d for d, said in days if not said), published) or main_day((d for d, _ in days), published)
    named = any(d.when == told and d.how != WRITTEN for d, _ in days)
    if told and named and not (told.startswith("--") and setting.day and setting.day.endswith(told[1:])):
        return told, True
    near = setting.day and (published is None or 0 <= (published - date.fromisoformat(setting.day)).days <= 3)
    return (setting.day if near else told or (published.isoformat() if published else None)), False


_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_BACKGROUND = 30  # days before publication; what the lead does not tell of is background then
_LEAD = 2  # sentences
_HEAD = 4  # sentences; a day first named farther down is not that of a report that tells its own date
_RECENT = 3  # days; what is told so late of an earlier day is background too
_LATE = 5  # sentences
_SAME_DAY = 2  # days round the day of a year on which it is remembered


def _long_ago(day: DateMark, published: date | None, n: int) -> bool:
    """Whether a day is told as background: long past and told late, or on the same day of another year."""
    if published is None or not _DATE.match(day.when):
        return False
    when = date.fromisoformat(day.when[:10])
    past = (published - when).days
    years = round(past / 365.25)
    late = (past > _BACKGROUND and n >= _LEAD) or (past > _RECENT and n >= _LATE)
    return late or (years > 0 and abs(past - years * 365.25) <= _SAME_DAY)


def _voices(taken: Layout, marked: Sequence[Marks], country: str | None) -> list[list[Voice]]:
    spoken = [voices(taken, s, m, speakers(), country) for s, m in zip(taken.sentences, marked, strict=True)]
    return with_shorts(taken, marked, spoken)


def _speakers_country(spoken: Sequence[Sequence[Voice]]) -> str | None:
    """Where the speakers of a text are at home, for a text that names no place."""
    known = [v.country for group in spoken for v in group if v.country]
    return Counter(known).most_common(1)[0][0] if known else None


def _not_themes(here: Sequence[PlaceMark], found: Marks) -> list[PlaceMark]:
    """The places of a sentence, without those that only name a zone ("Moscow time") or a theme ("the war in X")."""
    if not (here and (found.of("zone") or found.of("theme"))):
        return list(here)
    zones = {i for m in found.of("zone") for i in range(m.first, m.last)}
    themes = {m.last for m in found.of("theme") if m.tail != "behind"}
    behind = {m.first for m in found.of("theme") if m.tail == "behind"}  # "Filistin'e destek", "the Gaza protests"
    return [m for m in here if m.first not in zones | themes and m.last not in behind]


def _national(
    text: Layout, found: Marks, sentence: Sentence, country: str | None, named: Sequence[PlaceMark]
) -> list[PlaceMark]:
    """The country where a sentence says "nationwide", its capital where it says "in the capital"."""
    if not (found.of("national") or found.of("capital")):
        return []
    places = {"national": gazetteer().at(country), "capital": gazetteer().capital(country)} if country else {}
    # "the capital X", "в столице Республики Каракалпакстан", not "the capital of Armenia"
    others = {m.first for m in named if m.place.kind != "country"}
    if text.pack.capitals_tell:
        others |= {i for i in range(sentence.first, sentence.last) if text.tokens[i].capital}
        others -= {m.first for m in named if m.place.kind == "country"}
    told = (m for i in range(sentence.first, sentence.last) for m in found.get(i, ()) if m.head in places)
    if any(m.place.kind == "city" for m in named):  # "police in Kampala … the corruption in the country"
        told = (m for m in told if m.tail != "weak")
    owned = {i for i in range(sentence.first, sentence.last) if text.tokens[i].kind == "genitive"}  # its biggest rally
    marks = ((m, places[m.head]) for m in told if m.last not in (owned if m.head == "national" else others))
    return [PlaceMark(m.first, m.last, place, m.label, True) for m, place in marks if place]


def _of_capitals(here: Sequence[PlaceMark], found: Marks) -> list[PlaceMark]:
    """The places of a sentence without the country in "Malaysia's capital", "Serbiens Hauptstadt Belgrad"."""
    begun = {m.first for m in found.of("capital")}
    if not begun:
        return list(here)
    return [m for m in here if not (m.place.kind == "country" and {m.last - 1, m.last} & begun)]


def _of_owners(taken: Layout, here: Sequence[PlaceMark]) -> list[PlaceMark]:
    """The places of a sentence; in "in Vietnam's southern hub Ho Chi Minh City" it is the city that is meant."""
    tokens, kept = taken.tokens, list(here)
    for one, two in pairwise(here):
        between = tokens[one.last : two.first]
        owns = one.place.kind == "country" and one.how == "named" and bool(between) and between[0].kind == "genitive"
        inside = two.place.kind == "city" and two.how == "named" and two.place.country == one.place.key
        words = all(t.kind == "word" and not t.capital and t.fold not in taken.words("stops") for t in between[1:])
        if owns and inside and words and len(between) <= _TO_CITY:
            kept = [m._replace(located=m.located or one.located) if m is two else m for m in kept if m is not one]
    return kept


_TO_CITY = 6  # tokens from a country to its city, at most


def _default(
    country: str | None,
    taken: Layout,
    marked: Sequence[Marks],
    places: Sequence[Sequence[PlaceMark]],
    head: frozenset[int],
    spoken: Sequence[Sequence[Voice]],
) -> str | None:
    """The only city of a text, if it speaks of one and never of the whole country; else the country.

    The city of the dateline counts when nothing in the text lies outside it and it is not where the
    country's press sits (its biggest city).
    """
    body = [m for n, group in enumerate(places) if n not in head for m in group if m.how != DESK]
    cities = {m.place.key for m in body if m.place.kind == "city"}
    firsts = {s.first for s in taken.sentences}
    wide = (
        m
        for group, here in zip(places[:3], spoken, strict=False)
        for m in group
        if (m.how == "national" and not _whose_office(taken, m, here)) or _topic(m, firsts)
    )
    if next(wide, None) is not None or _of_many(taken, marked):
        return country
    named = (m for group in places[:3] for m in group if m.place.kind == "country" and m.how == "named" and m.located)
    if len(cities) == 1 and (any(m.located for m in body if m.place.kind == "city") or next(named, None) is None):
        return next(iter(cities))
    early = ((n, m) for n, group in enumerate(places[:3]) if n not in head for m in group if _happened_at(m))
    lead = {m.place.key for n, m in early if not any(marked[n].of(label) for label in _PARTS)}
    if len(lead) == 1 and len(cities) <= _FEW:  # what comes later only tells what happened elsewhere, too
        return lead.pop()
    written = (m for n, group in enumerate(places) for m in group if m.how == DESK or n in head)
    desk = None if cities else next((m.place for m in written if m.place.kind == "city"), None)
    inside = desk and desk.population < 3_000_000 and all(m.place.key in gazetteer().path(desk.key) for m in body)
    capital = gazetteer().capital(country) if country else None
    told = capital and desk == capital and any(m.place.kind == "country" and m.how == "named" for m in body)
    return desk.key if desk and inside and not told else country


def _topic(mark: PlaceMark, firsts: Collection[int]) -> bool:
    """Whether a sentence opens with what happened in a country: "In Belarus 114 were detained"."""
    opens = mark.first in firsts or mark.first - 1 in firsts
    return opens and mark.place.kind == "country" and mark.how == "named" and mark.located


_PARTS = ("largest", "leading", "some")  # "most of them in A": only a part of it was there


def _whose_office(taken: Layout, mark: PlaceMark, here: Sequence[Voice]) -> bool:
    """Whether "of the country" only tells whose office speaks: "the country's interior ministry"."""
    led = taken.tokens[mark.first].fold in taken.words("in_place")
    return not led and any(v.first <= mark.first <= v.last and v.kind == "authority" for v in here)


_FEW = 2  # cities; a text of more is about the country


def _happened_at(mark: PlaceMark) -> bool:
    return mark.place.kind == "city" and mark.located and mark.how != DESK


def _of_many(taken: Layout, marked: Sequence[Marks]) -> bool:
    """Whether a text counts cities: "protests that have swept over 125 cities"."""
    counted = (m for found in marked for here in found.values() for m in here if m.label == "cities.unit")
    numbers = taken.pack.numbers
    return any(
        taken.tokens[i].kind == "number" or taken.tokens[i].fold in numbers
        for m in counted
        for i in range(max(0, m.first - 3), m.first)
    )


DESK = "where it was written"


def _from_desk(
    taken: Layout, sentence: Sentence, here: Sequence[PlaceMark], days: Sequence[DateMark]
) -> list[PlaceMark]:
    """The places of a sentence, one that only tells where it was written marked so: "HARARE, March 31 - …"."""
    start = _past_agency(taken, sentence)
    first = next((m for m in here if m.first == start and m.place.kind != "country"), None)
    opens = sentence.first == 0 or taken.text[taken.tokens[sentence.first - 1].end : sentence.start].count("\n")
    if first is None or not opens or sentence.paragraph in taken.headings:
        return list(here)
    dated = {i for day in days for i in range(day.first, day.last)}
    stop = next((i for i in range(first.last, min(sentence.last, first.last + 14)) if _leaves(taken, i, dated)), None)
    if stop is not None and stop + 1 < sentence.last and taken.tokens[stop + 1].kind == "number":
        return list(here)  # "Perm - 18": a line of a list
    shouted = taken.tokens[first.first].text.isupper() and taken.tokens[min(first.last, sentence.last - 1)].text != ":"
    dashed = stop is not None and taken.tokens[stop].text in _DASHES
    if not dashed and taken.tokens[min(first.last, sentence.last - 1)].text == ":" and _alone(taken, sentence):
        return [m._replace(how=DESK) if m is first else m for m in here]
    if not (dashed or shouted):
        return list(here)
    until = stop if dashed and stop else first.last
    return [m._replace(how=DESK) if m.first < until else m for m in here]


_DASHES = "—–-‑•|"
_AGENCY = 8  # tokens of "(ANSA-AFP) - ", at most


def _past_agency(taken: Layout, sentence: Sentence) -> int:
    """Where a sentence begins behind the agency in brackets at its head: "(ANSA) - ROMA, 27 FEB - …"."""
    first, tokens = sentence.first, taken.tokens
    if tokens[first].text != "(":
        return first
    closed = (i for i in range(first, min(sentence.last, first + _AGENCY)) if tokens[i].text == ")")
    stop = next(closed, sentence.last)
    return stop + 2 if stop + 2 < sentence.last and tokens[stop + 1].text in _DASHES else first


def _alone(taken: Layout, sentence: Sentence) -> bool:
    """Whether a label with a colon stands at the head of the text and nowhere else: "NEW DELHI: …" is no list."""
    rest = [s for s in taken.sentences if s.paragraph not in taken.headings]
    labels = (s for s in rest if any(taken.tokens[i].text == ":" for i in range(s.first, min(s.last, s.first + 3))))
    return rest[:1] == [sentence] and len(list(labels)) == 1


def _leaves(taken: Layout, i: int, dated: Collection[int]) -> bool:
    """Whether a token cannot stand in a dateline, or ends it."""
    token = taken.tokens[i]
    if token.text in _DASHES:
        return True
    return i not in dated and not token.capital and token.kind not in ("mark", "number", "mixed")


def _timely(found: Marks) -> list[Mark]:
    return [m for group in found.values() for m in group if m.head in ("zone", "block")]


def _dateline(
    taken: Layout, marked: Sequence[Marks], dates: Sequence[Sequence[DateMark]], places: Sequence[Sequence[PlaceMark]]
) -> frozenset[int]:
    """The sentences that only say where and when the report was written: "Москва, 8 октября." """
    if not any(dates[:4]):
        return frozenset()
    bare = [
        n for n in range(min(4, len(taken.sentences))) if _bare(taken, n, (*dates[n], *places[n], *_timely(marked[n])))
    ]
    dated = [n for n in bare if dates[n]]
    return frozenset(n for n in bare if any(abs(n - d) <= 1 for d in dated))


def _leads(taken: Layout, day: DateMark, sentence: Sentence, n: int) -> bool:
    """Whether a date opens the text before a dash: "Oct. 8 (Agency) -- …"."""
    tokens, behind = taken.tokens, range(day.last, min(sentence.last, day.last + 6))
    if n < 3 and day.first - sentence.first <= 2 and any(tokens[i].text in "-–—/" for i in behind):
        return True
    opens = n < 3 and (n == 0 or taken.sentences[n - 1].paragraph != sentence.paragraph)
    lead = range(sentence.first, day.first)  # "CITY, Jun 29 (Agency):", "CITY (Agency - 28th March)"
    plain = all(tokens[i].capital or tokens[i].kind in ("mark", "number", "mixed") for i in lead)
    ends = (i for i in behind if tokens[i].text in "-–—:)")
    return opens and plain and 0 < len(lead) <= _DATELINE and next(ends, None) is not None


_DATELINE = 10  # tokens in front of the day of a dateline, at most


def _bare(taken: Layout, n: int, known: Sequence[DateMark | PlaceMark | Mark]) -> bool:
    """Whether a sentence holds nothing but places, dates and times."""
    covered = {i for m in known for i in range(m.first, m.last)}
    sentence = taken.sentences[n]
    left = (taken.tokens[i] for i in range(sentence.first, sentence.last) if i not in covered)
    return bool(covered) and not any(
        t.kind in ("word", "number") and len(t.text) > 1 and ":" not in t.text for t in left
    )


def offset_of(published: str | None) -> str:
    found = re.search(r"T\d\d:\d\d(?::\d\d)?(Z|[+-]\d\d:\d\d)$", published or "")
    return ("+00:00" if found[1] == "Z" else found[1]) if found else ""


def _monitor(spoken: Sequence[Sequence[Voice]]) -> Voice | None:
    found = [v for group in spoken for v in group if v.kind == "monitor" and v.how.startswith("speakers:")]
    return found[0] if len({v.name for v in found}) == 1 else None


def _without_seats(taken: Layout, marked: Sequence[Marks], places: Sequence[PlaceMark]) -> list[PlaceMark]:
    """The places without those where a body only has its seat: "based in the USA", "mit Sitz in Genf"."""
    told = [m for found in marked for here in found.values() for m in here if m.head == "seat"]
    behind, before = {m.last for m in told if not m.tail}, {m.first for m in told if m.tail}
    articles = taken.words("articles")

    def seat(place: PlaceMark) -> bool:
        led = place.first - 1 in behind and taken.tokens[place.first - 1].fold in articles
        return place.first in behind or led or place.last in before

    return [place for place in places if not seat(place)] if told else list(places)


def _home(report: Report, known: Pack) -> str | None:
    """The country of the publisher, for a text that names none, where the language is at home in that country.

    A publisher that nobody knows is taken to be at home where alone the language is.
    """
    found = speakers().named(re.split(r" \(|/", report.publisher or "")[0].strip())
    homes = known.settings.get("home", ())
    if found is None:
        only = gazetteer().at(next(iter(homes))) if len(homes) == 1 else None
        return only.key if only else None
    return found.country if found.country and fold(found.country) in homes else None


@lru_cache(maxsize=1 << 10)
def _publisher(publisher: str, country: str | None, pack: Pack) -> Voice | None:
    """The publisher as a speaker, when it is one that counts or decides and not a newspaper."""
    known = speakers()
    for part in re.split(r"[/(),;]| via ", publisher):
        found = known.named(part.strip()) or (known.of(part.strip(), country) if country else None)
        if found and found.kind in ("monitor", "organisation", "authority"):
            return Voice(found.name, found.kind, 0, 0, f"publisher: {part.strip()}", found.heads)
    return _body(publisher, pack)


def _body(publisher: str, pack: Pack) -> Voice | None:
    """A publisher that no list holds, but whose name tells a body: "Kenya National Commission on Human Rights"."""
    words = [fold(word) for word in publisher.split()]
    told = [p for word in words for p in pack.starting(word) if p.head == "body" and len(p.elements) == 1]
    if len(words) < 3 or not told or any(p.tail.startswith("media") for p in told):
        return None
    return Voice(publisher, told[-1].tail.split(".")[0], 0, 0, "publisher, by the name of a body", tuple(words))
