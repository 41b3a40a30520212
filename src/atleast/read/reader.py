"""One report read from end to end: the sentences in order, each slot from its own words or inherited and marked so."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from atleast.lexicon import Pack, Place, fold, gazetteer, pack, speakers
from atleast.model import Claim, Evidence, Mention, Number, Report, Trouble

from .frames import PEOPLE, Frame, Line, frames
from .marks import Mark, Marks, marks
from .numbers import Amount, amounts
from .people import Scene, mentions
from .times import ClockMark, DateMark, clock_marks, date_marks, main_day
from .tokens import Layout, Sentence, layout
from .voices import Voice, voices
from .where import Locus, PlaceMark, beside, country_of, enumeration, nearest, place_marks
from .who import Source, filled, owner, sources


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says: its claims and mentions in the order of the text, and what was amiss."""

    report: Report
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    day: str | None = None  # the day the report is about, when its own words tell it
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a report as a whole before its sentences are read one by one."""

    report: Report
    pack: Pack
    layout: Layout
    marks: Sequence[Marks]
    places: Sequence[Sequence[PlaceMark]]
    dates: Sequence[Sequence[DateMark]]
    country: str | None
    default: str | None  # the place of what names no place
    day: str | None
    told: bool  # the day is told by the report's own words
    offset: str  # "+03:00" when the report's own time tells it, else ""
    head: frozenset[int]  # the sentences that only say where and when it was written
    voices: Sequence[Sequence[Voice]]
    voice: Voice | None  # a publisher that speaks for itself: a monitor, a ministry
    monitor: Voice | None  # the only monitor named, whom "a group that counts arrests" then means


@dataclass(slots=True)
class Running:
    """What a sentence leaves behind for the next ones."""

    paragraph: int = -1
    place: str | None = None
    city: str | None = None
    quantity: str | None = None
    source: Source | None = None
    last: Source | None = None  # the source before, in whatever paragraph
    clock: str | None = None
    as_of: str | None = None  # the moment of counting that the paragraph's source gave
    counted_at: str | None = None  # the same, in whatever paragraph: for "by the same count"
    told: str | None = None  # place and quantity of the last claim, in whatever paragraph
    counted: str | None = None
    spoken: list[Voice] = field(default_factory=list)  # sources so far, last first


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has an id."""

    claim: Claim
    heading: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What a case as a whole says of each of its reports: the day and the country it is about."""

    day: str | None = None
    country: str | None = None
    offset: str = ""  # "+03:00" when all times that tell their zone tell this one


def agreed(readings: Iterable[Reading]) -> Setting:
    """The day and the country on which most reports of a case agree: three in five, and three at least.

    Read the reports again with it: those that name no day or country of their own take the case's,
    marked as inherited.
    """
    told = list(readings)
    days = Counter(r.day for r in told if r.day and re.fullmatch(r"\d{4}-\d\d-\d\d", r.day))
    countries = Counter(r.country for r in told if r.country)
    times = [r.report.published for r in told] + [c.as_of for r in told for c in r.claims]
    offsets = {offset for time in times if (offset := _offset(time))}
    return Setting(_most(days), _most(countries), offsets.pop() if len(offsets) == 1 else "")


def _most(count: Counter[str]) -> str | None:
    for value, times in count.most_common(1):
        if times >= 3 and times * 5 >= 3 * count.total():
            return value
    return None


def read(report: Report, *, setting: Setting | None = None) -> Reading:
    """The claims and mentions of a report. Same report and setting, same answer, byte for byte.

    A report in a language without a pack yields nothing but a Trouble that says so.

    Args:
        setting: What the case says of the day and country, for a report that does not.
    """
    known = pack(report.language) if report.language else None
    if known is None:
        return Reading(report, troubles=(_no_pack(report),))
    page = _page(report, known, setting or Setting())
    running = Running()
    drafts: list[Draft] = []
    people: list[Mention] = []
    for n, sentence in enumerate(page.layout.sentences):
        if n in page.head:
            continue
        counted, people_here = _sentence(page, n, sentence, running)
        drafts += counted
        people += people_here
    named = tuple(replace(m, id=f"{report.id}#m{i}") for i, m in enumerate(people, 1))
    return Reading(report, _numbered(report, _kept(drafts)), named, (), page.day if page.told else None, page.country)


def _no_pack(report: Report) -> Trouble:
    if report.language:
        return Trouble("no word lists for this language, so nothing was read", report.id, report.language, "Languages read: en, ru")
    return Trouble("the language is not known, so nothing was read", report.id, "", "Say it with --language")


# ---------------------------------------------------------------- the report as a whole


def _page(report: Report, known: Pack, setting: Setting) -> Page:
    taken = layout(report.text, known)
    marked = [marks(taken.tokens, s.first, s.last, known) for s in taken.sentences]
    every = place_marks(taken, gazetteer(), known, home=setting.country)
    country = country_of(every) or setting.country
    spoken = _voices(taken, marked, country)
    if country is None and (country := _speakers_country(spoken)):
        spoken = _voices(taken, marked, country)
    published = _day(report.published)
    places = [_in(every, s, m) + _national(m, s, country) for s, m in zip(taken.sentences, marked, strict=True)]
    dates = [_days(taken, s, m, published, known) for s, m in zip(taken.sentences, marked, strict=True)]
    head = _dateline(taken, marked, dates, places)
    days = [
        (replace(d, how="dateline") if n in head or _leads(taken, d, s, n) else d, _speech(d, m, s))
        for n, (s, m, ds) in enumerate(zip(taken.sentences, marked, dates, strict=True)) for d in ds
        if not (n > 2 and "day.-1" in d.how) and d.how not in _NO_EVENT
    ]
    return Page(
        report, known, taken, marked, places, dates, country, _default(country, places, head),
        *_main_day(days, published, setting),
        _offset(report.published) or setting.offset, head, spoken, _publisher(report, country), _monitor(spoken),
    )


def _main_day(days: Sequence[tuple[DateMark, bool]], published: date | None, setting: Setting) -> tuple[str | None, bool]:
    """The day the report is about, and whether its own words tell it."""
    told = main_day((d for d, said in days if not said), published) or main_day((d for d, _ in days), published)
    named = any(d.when == told and d.how != "dateline" for d, _ in days)
    if told and named and not (told.startswith("--") and setting.day and setting.day.endswith(told[1:])):
        return told, True
    near = setting.day and (published is None or 0 <= (published - date.fromisoformat(setting.day)).days <= 3)
    return (setting.day if near else told or (published.isoformat() if published else None)), False


def _voices(taken: Layout, marked: Sequence[Marks], country: str | None) -> list[list[Voice]]:
    return [voices(taken, s, m, speakers(), country) for s, m in zip(taken.sentences, marked, strict=True)]


def _speakers_country(spoken: Sequence[Sequence[Voice]]) -> str | None:
    """Where the speakers of a text are at home, for a text that names no place."""
    known = [v.country for group in spoken for v in group if v.country]
    return Counter(known).most_common(1)[0][0] if known else None


def _in(every: Sequence[PlaceMark], sentence: Sentence, found: Marks) -> list[PlaceMark]:
    """The places of a sentence, those that only name a zone ("Moscow time") left out."""
    zones = {i for group in found.values() for m in group if m.head == "zone" for i in range(m.first, m.last)}
    return [m for m in every if sentence.first <= m.first < sentence.last and m.first not in zones]


def _national(found: Marks, sentence: Sentence, country: str | None) -> list[PlaceMark]:
    home = gazetteer().at(country) if country else None
    if home is None:
        return []
    return [
        PlaceMark(m.first, m.last, home, "national", True)
        for i in range(sentence.first, sentence.last) for m in found.get(i, ()) if m.label == "national"
    ]


def _default(country: str | None, places: Sequence[Sequence[PlaceMark]], head: frozenset[int]) -> str | None:
    """The only city of a text, if it speaks of one and never of the whole country; else the country.

    The city of the dateline counts when nothing in the text lies outside it and it is not where the
    country's press sits (its biggest city).
    """
    body = [m for n, group in enumerate(places) if n not in head for m in group]
    cities = {m.place.key for m in body if m.place.kind == "city"}
    if any(m.how == "national" or (m.place.kind == "country" and m.how == "named" and m.located) for group in places[:3] for m in group):
        return country
    if len(cities) == 1:
        return next(iter(cities))
    desk = None if cities else next((m.place for n in sorted(head) for m in places[n] if m.place.kind == "city"), None)
    inside = desk and desk.population < 3_000_000 and all(m.place.key in gazetteer().path(desk.key) for m in body)
    return desk.key if desk and inside else country


_ASIDE = "after or before that day"
_COUNTED_ON = "the day of a time of counting"
_NO_EVENT = frozenset((_ASIDE, _COUNTED_ON))


def _days(taken: Layout, sentence: Sentence, found: Marks, published: date | None, known: Pack) -> list[DateMark]:
    """The days named in a sentence; those behind "after", "before" and beside a time of counting are no event's day."""
    aside = known.settings["not_event"]
    made = date_marks(taken.tokens, sentence.first, sentence.last, found, published)
    clocks = [c for c in clock_marks(taken.tokens, sentence.first, sentence.last, found) if c.as_of]
    kept: list[DateMark] = []
    for day in made:
        if day.first > sentence.first and taken.tokens[day.first - 1].fold in aside:
            day = replace(day, how=_ASIDE)
        elif any(0 <= day.first - c.last <= 1 or 0 <= c.first - day.last <= 1 for c in clocks):
            day = replace(day, how=_COUNTED_ON)
        if kept and day.when == kept[-1].when and day.first - kept[-1].last <= 1:  # "в понедельник, 9 октября"
            kept[-1] = replace(kept[-1], last=day.last)
        else:
            kept.append(day)
    return kept


def _timely(found: Marks) -> list[Mark]:
    return [m for group in found.values() for m in group if m.head in ("zone", "block")]


def _dateline(
    taken: Layout, marked: Sequence[Marks], dates: Sequence[Sequence[DateMark]], places: Sequence[Sequence[PlaceMark]]
) -> frozenset[int]:
    """The sentences that only say where and when the report was written: "Москва, 8 октября." """
    bare = [n for n in range(min(4, len(taken.sentences))) if _bare(taken, n, (*dates[n], *places[n], *_timely(marked[n])))]
    dated = [n for n in bare if dates[n]]
    return frozenset(n for n in bare if any(abs(n - d) <= 1 for d in dated))


def _leads(taken: Layout, day: DateMark, sentence: Sentence, n: int) -> bool:
    """Whether a date opens the text before a dash: "Oct. 8 (Agency) -- …"."""
    behind = range(day.last, min(sentence.last, day.last + 6))
    return n < 3 and day.first - sentence.first <= 2 and any(taken.tokens[i].text in "-–—/" for i in behind)


def _bare(taken: Layout, n: int, known: Sequence[DateMark | PlaceMark | Mark]) -> bool:
    """Whether a sentence holds nothing but places, dates and times."""
    covered = {i for m in known for i in range(m.first, m.last)}
    sentence = taken.sentences[n]
    left = (taken.tokens[i] for i in range(sentence.first, sentence.last) if i not in covered)
    return bool(covered) and not any(t.kind in ("word", "number") and len(t.text) > 1 and ":" not in t.text for t in left)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _offset(published: str | None) -> str:
    found = re.search(r"T\d\d:\d\d(?::\d\d)?(Z|[+-]\d\d:\d\d)$", published or "")
    return ("+00:00" if found[1] == "Z" else found[1]) if found else ""


def _monitor(spoken: Sequence[Sequence[Voice]]) -> Voice | None:
    found = [v for group in spoken for v in group if v.kind == "monitor" and v.how.startswith("speakers:")]
    return found[0] if len({v.name for v in found}) == 1 else None


def _publisher(report: Report, country: str | None) -> Voice | None:
    """The publisher as a speaker, when it is one that counts or decides and not a newspaper."""
    known = speakers()
    for part in re.split(r"[/(),;]| via ", report.publisher or ""):
        found = known.named(part.strip()) or (known.of(part.strip(), country) if country else None)
        if found and found.kind in ("monitor", "organisation", "authority"):
            return Voice(found.name, found.kind, 0, 0, f"publisher: {part.strip()}", found.heads)
    return None


def _speech(day: DateMark, found: Marks, sentence: Sentence) -> bool:
    """Whether a date tells when something was said: it stands right behind the verb of saying."""
    behind = range(max(sentence.first, day.first - 4), day.first)
    cues = [m for i in behind for m in found.get(i, ()) if m.label == "say" and m.last <= day.first]
    return any(not any(x.tail in ("verb", "noun", "person", "unit") for i in range(c.last, day.first) for x in found.get(i, ())) for c in cues)


# ---------------------------------------------------------------- one sentence


def _sentence(page: Page, n: int, sentence: Sentence, running: Running) -> tuple[list[Draft], list[Mention]]:
    if sentence.paragraph != running.paragraph:
        running.paragraph, running.place, running.quantity, running.source, running.clock = sentence.paragraph, None, None, None, None
        running.as_of = None
    found, places = page.marks[n], page.places[n]
    here = page.voices[n]
    owning = sources(page.layout, sentence, found, here, running.spoken, page.monitor, strict=page.pack.settings["order"] == "strict")
    clocks = clock_marks(page.layout.tokens, sentence.first, sentence.last, found)
    _label(page, sentence, places, clocks, running)
    line = _line(page, n, sentence, here, clocks)
    numbers = amounts(page.layout.tokens, sentence.first, sentence.last, found, page.pack)
    if sentence.paragraph in page.layout.headings:  # in a headline "Two" is as like as not a figure of speech
        numbers = [a for a in numbers if a.digits or a.bound != "exact"]
    made = frames(line, numbers, _topic(owning or ([running.source] if running.source else []), running))
    made = [f for f in made if not _hypothetical(line, f)]
    owning = owning or _carried(running, made, sentence)
    strangers, own = _outer(page, places, here)
    outer = strangers or own
    drafts = [d for frame in made for d in _claims(page, n, sentence, frame, made, outer, owning, clocks, running, line)]
    day = next((d.when for d in page.dates[n] if not _speech(d, found, sentence)), page.day)
    scene = Scene(
        page.report.id, page.layout, line, outer, here, owning,
        running.place or running.told or page.default, day, running.quantity or running.counted,
    )
    people = list(mentions(scene))
    _remember(running, made, strangers, owning, drafts)
    return drafts, people


def _outer(page: Page, places: Sequence[PlaceMark], here: Sequence[Voice]) -> tuple[list[PlaceMark], list[PlaceMark]]:
    """The places of a sentence, and those that only name a speaker: "Moscow police", "МВД по Удмуртии"."""
    joints = frozenset(page.pack.settings["joints"])
    own = [m for m in places if any(v.first <= m.first < v.last or ("{place}" in v.name and m.first == v.last) for v in here)]
    joined = [m for mark in own for m in enumeration(places, mark, page.layout.tokens, joints) if m.first > mark.first]
    return [m for m in places if m not in own and m not in joined], own


def _line(page: Page, n: int, sentence: Sentence, here: Sequence[Voice], clocks: Sequence[ClockMark]) -> Line:
    blocked = {i for m in (*page.dates[n], *clocks) for i in range(m.first, m.last)}
    blocked |= {i for m in page.places[n] if m.how == "named" for i in range(m.first, m.last)}
    blocked |= {i for v in here if "{" not in v.name and v.how.startswith("speakers:") for i in range(v.first, v.last)}
    placed = {i for m in page.places[n] if m.place.kind != "country" for i in range(m.first, m.last)}
    return Line(page.layout.tokens, sentence, page.marks[n], page.pack, frozenset(blocked), frozenset(placed))


def _label(page: Page, sentence: Sentence, places: Sequence[PlaceMark], clocks: Sequence[ClockMark], running: Running) -> None:
    """A paragraph may open with a label: "Moscow: …", "Брянск. …", "21:00. …"."""
    tokens = page.layout.tokens
    if clocks and clocks[0].first == sentence.first and clocks[0].last < sentence.last and tokens[clocks[0].last].text in ".:—)(":
        running.clock = _moment(page, clocks[0], page.day if not page.dates else None)
    for mark in places:
        alone = mark.first == sentence.first and mark.how == "named" and mark.last < sentence.last
        if alone and tokens[mark.last].text in ".:":
            running.place = mark.place.key


def _topic(owning: Sequence[Source], running: Running) -> str | None:
    """What a bare number counts: with a monitor speaking, the detained; else what was counted before."""
    monitor = any(s.voice.kind == "monitor" for s in owning)
    return "detained" if monitor and running.quantity in (None, "participants", "charged") else running.quantity


def _hypothetical(line: Line, frame: Frame) -> bool:
    """Whether the frame speaks of what may come: "expected to draw", "грозят"."""
    near = range(max(line.sentence.first, frame.first - 4), frame.last)
    return frame.quantity in PEOPLE and any(line.at(i, "future") for i in near)


_OFFICIAL = frozenset(("rallies", "regions", "charges", "to_court", "police_bodies", "released", "still_held", "fined"))
"""What only the authorities count, so that their next sentence is still theirs."""
_COUNTED = frozenset(("detained", "released", "still_held", "jailed", "charges", "charged"))
"""What monitors of arrests count."""


def _carried(running: Running, made: Sequence[Frame], sentence: Sentence) -> list[Source]:
    """The source of the sentence before, when this one plainly goes on with what it said."""
    source = running.source
    if source is None and running.last and len(running.spoken) == 1:  # a text with one source: it goes on in the next paragraph
        source = replace(running.last, strong=False)
    if source is None or not made:
        return []
    official = source.voice.kind == "authority" and any(f.quantity in _OFFICIAL for f in made)
    breakdown = source.voice.kind == "monitor" and all(f.of == "detentions" or (f.quantity in _COUNTED and f.amount.bound != "vague") for f in made)
    goes_on = source.strong or official or breakdown or all(f.listed for f in made)
    if not goes_on:
        return []
    return [replace(source, first=sentence.first, last=sentence.last, inherited=True)]


def _remember(running: Running, made: Sequence[Frame], places: Sequence[PlaceMark], owning: Sequence[Source], drafts: Sequence[Draft]) -> None:
    people = [f.quantity for f in made if f.quantity in PEOPLE and f.amount.value]
    if people:
        running.quantity = people[-1]
    located = [m.place.key for m in places if m.place.kind != "country" and m.located]
    told = [d.claim.place for d in drafts if d.claim.place and "(" not in d.claim.place and d.claim.quantity in PEOPLE]
    moments = [d.claim.as_of for d in drafts if d.claim.as_of and "T" in d.claim.as_of]
    running.as_of = (moments or [running.as_of])[-1]
    running.counted_at = (moments or [running.counted_at])[-1]
    if told:
        running.told, running.counted = told[-1], running.quantity
    running.place = None if len(set(told)) > 1 else (told or located or [running.place])[-1]
    cities = [m.place.key for m in places if m.place.kind == "city"]
    running.city = (cities or [running.city])[-1]
    if owning:
        running.source = running.last = owning[-1]
        for source in owning:
            if not source.inherited:
                running.spoken = [source.voice, *(v for v in running.spoken if v.name != source.voice.name)]
    elif made:
        running.source = None


# ---------------------------------------------------------------- one claim


def _claims(
    page: Page, n: int, sentence: Sentence, frame: Frame, made: Sequence[Frame], places: Sequence[PlaceMark],
    owning: Sequence[Source], clocks: Sequence[ClockMark], running: Running, line: Line,
) -> Iterator[Draft]:
    for locus in _loci(page, frame, made, places, running, line):
        yield Draft(_claim(page, n, sentence, frame, locus, owning, clocks, running), sentence.paragraph in page.layout.headings)
    if ceiling := _ceiling(page, frame, made, places, line):
        yield Draft(_claim(page, n, sentence, ceiling[0], ceiling[1], owning, clocks, running), False)


def _claim(
    page: Page, n: int, sentence: Sentence, frame: Frame, locus: Locus, owning: Sequence[Source],
    clocks: Sequence[ClockMark], running: Running,
) -> Claim:
    tokens, amount = page.layout.tokens, frame.amount
    source = owner(owning, amount.first)
    claimant, kind, evidence = _claimant(page, n, source, locus)
    day, day_evidence = _event_day(page, n, sentence, frame)
    as_of, clock_evidence = _as_of(page, n, sentence, frame, clocks, running, day, source)
    first, last = frame.first, frame.last
    if locus.mark and 0 <= locus.mark.first - last <= 2:
        last = locus.mark.last
    elif locus.mark and 0 <= first - locus.mark.last <= 2:
        first = locus.mark.first
    start, end = tokens[first].start, tokens[last - 1].end
    slots = [
        Evidence("quantity", *_span(tokens, [(m.first, m.last) for m in frame.parts.values()] or [(amount.first, amount.last)]), frame.how),
        Evidence("number", tokens[amount.first].start, tokens[amount.last - 1].end, amount.how),
        *_place_evidence(locus, tokens), *evidence, *day_evidence, *clock_evidence,
    ]
    return Claim(
        id="", report=page.report.id, quote=page.report.text[start:end], start=start, end=end,
        claimant=claimant, claimant_kind=kind, quantity=frame.quantity, among=frame.among,
        low=_whole(amount.low), high=_whole(amount.high), bound=amount.bound, hedge=amount.hedge,
        place=locus.place, event_date=day, as_of=as_of, of=frame.of,
        relay=source.relay if source else (), tier=_tier(slots, source, page), evidence=tuple(slots),
    )


def _span(tokens: Sequence, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:  # type: ignore[type-arg]
    return tokens[min(a for a, _ in spans)].start, tokens[max(b for _, b in spans) - 1].end


def _whole(value: float | None) -> Number | None:
    return None if value is None else int(value) if value == int(value) else value


def _place_evidence(locus: Locus, tokens: Sequence) -> list[Evidence]:  # type: ignore[type-arg]
    if locus.place is None:
        return []
    if locus.mark is None:
        return [Evidence("place", 0, 0, locus.how, inherited=True)]
    return [Evidence("place", tokens[locus.mark.first].start, tokens[locus.mark.last - 1].end, locus.how)]


def _tier(slots: Sequence[Evidence], source: Source | None, page: Page) -> str:
    if any(e.inherited and e.slot in ("place", "claimant") for e in slots):
        return "B"
    return "A" if source or not page.voice else "B"


# place


def _loci(page: Page, frame: Frame, made: Sequence[Frame], places: Sequence[PlaceMark], running: Running, line: Line) -> list[Locus]:
    if frame.quantity in ("cities", "regions", "police_bodies"):
        return [_wide(page, frame, places)]
    near = range(frame.amount.first, min(line.sentence.last, frame.amount.last + 5))
    if any(line.at(i, "elsewhere") for i in near):
        return [_elsewhere(page, made, places, running)]
    if frame.quantity in PEOPLE | {"rallies"} and any(f.quantity in ("cities", "regions") and 0 <= f.amount.first - frame.last <= 3 for f in made):
        return [_wide(page, frame, places)]
    anchor = (frame.amount.first, frame.amount.last)
    others = [f.amount.first for f in made if f.amount is not frame.amount]
    taken = [m for m in places for f in made if f.amount is not frame.amount and beside((f.amount.first, f.amount.last), m, line.tokens) and not beside(anchor, m, line.tokens)]
    if any(line.at(i, "here") for i in range(line.sentence.first, line.sentence.last)) and not [m for m in places if m.place.kind != "country"]:
        return [Locus(running.city or running.place or page.default, None, "the city spoken of last")]
    within = [m for m in places if not _beyond(line, frame, m) and not any(frame.amount.last <= o < m.first and m.first - o <= 7 for o in others)]
    mark = nearest(anchor, within, line.tokens, others, taken)
    if mark is None:
        return [Locus(running.place or page.default, None, "from the sentence before" if running.place else "from the report as a whole")]
    return _spread(frame, mark, [m for m in places if m not in taken], line)


def _beyond(line: Line, frame: Frame, mark: PlaceMark) -> bool:
    """Whether a place belongs to what comes after: "100 detained, most of them in X", "26 rallies: 9 in X"."""
    between = range(frame.amount.last, mark.first)
    return any(line.tokens[i].text in ":;" or line.at(i, "largest", "leading") for i in between)


def _spread(frame: Frame, mark: PlaceMark, places: Sequence[PlaceMark], line: Line) -> list[Locus]:
    """One place, or each of a list: "по 7", "all were released in A, B and C"."""
    joints = frozenset(line.pack.settings["joints"])
    run = [m for m in enumeration(places if mark in places else [mark], mark, line.tokens, joints) if m.place.kind != "country" or len(places) == 1]
    each = any(line.at(i, "each") and line.tokens[i].fold in line.pack.settings.get("distributive", ()) for i in (frame.amount.first - 1, frame.amount.first))
    certain = frame.amount.low == frame.amount.high == 0
    if len(run) > 1 and (each or certain):
        return [Locus(_chosen(m, line).key, m, f"{m.how}, one of a list") for m in run]
    return [Locus(_chosen(mark, line).key, mark, mark.how)]


def _chosen(mark: PlaceMark, line: Line) -> Place:
    """An adjective may mean the city or its region; a word such as "области" further on decides."""
    if mark.how != "adjective":
        return mark.place
    stems = tuple(line.pack.settings.get("region_words", ()))
    word = line.tokens[mark.first].text
    wanted = "region" if stems and any(line.tokens[i].fold.startswith(stems) for i in range(mark.last, min(line.sentence.last, mark.last + 30))) else "city"
    fitting = [p for p in gazetteer().described(word) if p.kind == wanted and p.country == mark.place.country]
    return fitting[0] if fitting else mark.place


def _wide(page: Page, frame: Frame, places: Sequence[PlaceMark]) -> Locus:
    """Cities are counted over a country (or a region that is named beside them)."""
    anchor = (frame.amount.first, frame.last)
    big = [m for m in places if m.place.kind in ("country", "region")]
    mark = nearest(anchor, big, page.layout.tokens, [], [])
    return Locus(mark.place.key, mark, mark.how) if mark else Locus(page.country, None, "from the report as a whole")


def _elsewhere(page: Page, made: Sequence[Frame], places: Sequence[PlaceMark], running: Running) -> Locus:
    cities = [m.place.key.split(",")[0] for m in places if m.place.kind == "city"] or [c.split(",")[0] for c in (running.city,) if c]
    return Locus(f"{page.country} (outside {' and '.join(dict.fromkeys(cities))})" if cities else page.country, None, "elsewhere: all but the places named")


def _ceiling(page: Page, frame: Frame, made: Sequence[Frame], places: Sequence[PlaceMark], line: Line) -> tuple[Frame, Locus] | None:
    """ "The largest numbers were in A (56) and B (24)" caps every other place at the least number listed."""
    sign = next((m for i in range(line.sentence.first, line.sentence.last) for m in line.marks.get(i, ()) if m.label == "largest"), None)
    listed = [f for f in made if f.amount.bound == "exact" and f.quantity in PEOPLE and sign and f.amount.first > sign.first and not line.between(sign.last, f.amount.first, ";") and any(i in line.placed for i in range(max(sign.last, f.amount.first - 5), f.amount.first))]
    if sign is None or len(listed) < 2 or listed[-1] is not frame or page.country is None:
        return None
    least = min(f.amount.value for f in listed)
    kinds = {_chosen(m, line).kind for m in places if m.place.kind != "country"}
    what = "region" if "region" in kinds else "city"
    amount = Amount(None, least, "at_most", "up_to", sign.first, sign.last, sign.first, sign.last, False, f"{sign.source}: no other place has more than the least listed")
    made_up = replace(frame, amount=amount, first=sign.first, last=frame.last, parts={"quantity": sign}, how=sign.source)
    return made_up, Locus(f"{page.country} (any {what} not in the list)", None, "every place the list leaves out")


# claimant


def _claimant(page: Page, n: int, source: Source | None, locus: Locus) -> tuple[str | None, str | None, list[Evidence]]:
    voice = source.voice if source else page.voice
    if voice is None:
        return None, None, []
    place = (locus.place or "").split(" (")[0] or None
    name = filled(voice, place, page.country, page.places[n])
    if name is None or (voice.kind == "media" and _same(name, page.report.publisher)):
        return None, None, []
    if source is None:
        return name, voice.kind, [Evidence("claimant", 0, 0, voice.how, inherited=True)]
    tokens = page.layout.tokens
    return name, voice.kind, [Evidence("claimant", tokens[voice.first].start, tokens[voice.last - 1].end, voice.how, source.inherited)]


def _same(name: str, publisher: str | None) -> bool:
    """Whether the outlet itself speaks: "AP" in a text published by "AP (via The Baltimore Sun)"."""
    outlet = re.split(r" \(|/", publisher or "")[0].strip()
    own = speakers().named(outlet)
    return fold(name) == fold(outlet) or (own is not None and own.name == name)


# time


def _event_day(page: Page, n: int, sentence: Sentence, frame: Frame) -> tuple[str | None, list[Evidence]]:
    tokens = page.layout.tokens
    if any(m.label == "past" for i in range(sentence.first, frame.first) for m in page.marks[n].get(i, ())):
        return None, []
    days = [d for d in page.dates[n] if d.how not in _NO_EVENT and not _speech(d, page.marks[n], sentence)]
    days = [d for d in days if not _long_ago(page, d, frame)]
    if days:
        near = min(days, key=lambda d: min(abs(d.first - frame.last), abs(frame.first - d.last)))
        whole = page.day if near.when.startswith("--") and (page.day or "").endswith(near.when[1:]) else near.when
        return whole, [Evidence("event_date", tokens[near.first].start, tokens[near.last - 1].end, near.how)]
    return page.day, [Evidence("event_date", 0, 0, "the day the report is about", inherited=True)] if page.day else []


def _long_ago(page: Page, day: DateMark, frame: Frame) -> bool:
    """A day well before the report's own, and not beside the number, is background: "sentenced on 2 October"."""
    if not page.told or page.day is None or not re.match(r"\d{4}-\d\d-\d\d", day.when) or not re.match(r"\d{4}-\d\d-\d\d", page.day):
        return False
    far = (date.fromisoformat(page.day[:10]) - date.fromisoformat(day.when[:10])).days > 1
    return far and min(abs(day.first - frame.last), abs(frame.first - day.last)) > 4


def _as_of(
    page: Page, n: int, sentence: Sentence, frame: Frame, clocks: Sequence[ClockMark], running: Running, day: str | None, source: Source | None
) -> tuple[str | None, list[Evidence]]:
    tokens = page.layout.tokens
    counted = [c for c in clocks if c.as_of]
    if counted and frame.quantity in PEOPLE | {"cities", "charges"}:
        near = min(counted, key=lambda c: min(abs(c.first - frame.last), abs(frame.first - c.last)))
        own = next((d.when for d in page.dates[n] if d.how == _COUNTED_ON), day)
        if when := _moment(page, near, own):
            return when, [Evidence("as_of", tokens[near.first].start, tokens[near.last - 1].end, "time of counting")]
    if running.clock:
        return running.clock, [Evidence("as_of", 0, 0, "time at the head of the paragraph", inherited=True)]
    if running.counted_at and source and source.voice.how.startswith("same: "):
        return running.counted_at, [Evidence("as_of", 0, 0, "time of the same count", inherited=True)]
    if running.as_of and (frame.listed or (source.inherited if source else page.voice)):
        return running.as_of, [Evidence("as_of", 0, 0, "time of counting told before", inherited=True)]
    said = [d for d in page.dates[n] if _speech(d, page.marks[n], sentence)]
    if said and "/" not in said[0].when:
        return said[0].when, [Evidence("as_of", tokens[said[0].first].start, tokens[said[0].last - 1].end, "day it was said")]
    return None, []


def _moment(page: Page, clock: ClockMark, day: str | None) -> str | None:
    day = day or page.day
    if day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return None
    return f"{day}T{clock.clock}{clock.zone or page.offset}"


# ---------------------------------------------------------------- the report's claims together


def _kept(drafts: Sequence[Draft]) -> list[Claim]:
    """Repetitions left out: a headline that says what the body says, the same words twice."""
    body = {_figure(d.claim) for d in drafts if not d.heading}
    kept: list[Claim] = []
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        claim = draft.claim
        whole = (*_figure(claim), claim.place, claim.claimant, claim.event_date, claim.as_of)
        if whole in seen or (draft.heading and _figure(claim) in body):
            continue
        seen.add(whole)
        kept.append(claim)
    return kept


def _figure(claim: Claim) -> tuple[object, ...]:
    return claim.quantity, claim.among, claim.low, claim.high, claim.bound, claim.hedge, claim.of


def _numbered(report: Report, kept: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(replace(claim, id=f"{report.id}#{i}") for i, claim in enumerate(kept, 1))


