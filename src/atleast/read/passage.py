"""One sentence with all that was found in it, and the thread that runs from each sentence to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from atleast.model import Claim

from .certain import KEPT
from .days import NO_EVENT
from .line import PEOPLE, Frame, Line
from .marks import Marks
from .offices import filled
from .page import DESK, Page
from .shapes import shape
from .times import ClockMark, DateMark
from .tokens import Sentence, Token
from .voice import Voice
from .where import PlaceMark, enumeration
from .who import Source


@shape
class Passage:
    """A sentence of a page, with what was found in it."""

    page: Page
    n: int
    line: Line
    sentence: Sentence
    tokens: Sequence[Token]
    marks: Marks
    dates: Sequence[DateMark]
    clocks: Sequence[ClockMark]
    voices: Sequence[Voice]
    places: Sequence[PlaceMark]  # where something happened
    own: Sequence[PlaceMark]  # those that only name a speaker
    happened_in: Sequence[PlaceMark]  # where what is told happened; the speaker's own place when no other is named

    @property
    def dayless(self) -> bool:
        """Whether it names no day on which something may have happened."""
        return all(d.how in NO_EVENT for d in self.dates)

    @property
    def heading(self) -> bool:
        return self.sentence.paragraph in self.page.layout.headings


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED_AFTER = frozenset(("organisation", "media"))  # a country in their names tells no place: "Open Russia"


def passage_of(page: Page, n: int) -> Passage:
    """A sentence of a page, its places told apart and its tokens of dates, times and names marked as such."""
    sentence, places, here = page.layout.sentences[n], page.places[n], page.voices[n]
    voiced = frozenset(i for v in here for i in range(v.first, v.last))
    unnamed = (m for m in places if m.first in voiced or not _in_a_name(page.layout.tokens, m, places, sentence))
    places = [m for m in unnamed if m.how != DESK] if places else ()
    towns = [m for m in places if m.how == "named"]
    known = [v for v in here if "{" not in v.name and v.how.startswith("speakers:")]
    spans = [(m.first, m.last) for group in (page.dates[n], page.clocks[n], towns, known) for m in group]
    blocked = {i for first, last in spans for i in range(first, last)}
    placed = {i for m in places if m.place.kind != "country" for i in range(m.first, m.last)}
    blocked |= {i for m in page.marks[n].of("name") for i in range(m.first, m.last)}
    line = Line(page.layout.tokens, sentence, page.marks[n], page.pack, frozenset(blocked), frozenset(placed), voiced)
    if not places:
        return _passage(page, n, line, (), ())
    named = [m for m in places if any(v.first <= m.first < v.last or (_whose(v) and _owner(m, v)) for v in here)]
    joined = [m for mark in named for m in enumeration(places, mark, line.tokens, line.joints) if m.first > mark.first]
    own = [m for m in named if not any(_only_named_after(v, m) for v in here)]
    own = [m for m in own if page.country in (None, m.place.country)]  # "Palestine's health ministry" of Israel
    links = page.layout.words("name_links")
    happened = [m for m in places if m not in named and m not in joined and not _explains(line, places, m)]
    return _passage(page, n, line, [m for m in happened if not _names_a_body(line, m, links)], own)


def _passage(page: Page, n: int, line: Line, told: Sequence[PlaceMark], own: Sequence[PlaceMark]) -> Passage:
    found = (page.dates[n], page.clocks[n], page.voices[n])
    towns = [m for m in own if m.place.kind == "city"]
    only = towns and all(m.place.kind == "country" and not m.located and m.how != "national" for m in told)
    happened = (towns if only else told) or own  # "Jakarta police arrested six outside Indonesia's parliament"
    return Passage(page, n, line, line.sentence, line.tokens, line.marks, *found, told, own, happened)


def _explains(line: Line, places: Sequence[PlaceMark], mark: PlaceMark) -> bool:
    """Whether a place in brackets only says more of the place before them: "Soacha (Cundinamarca)"."""
    opened = mark.first > line.sentence.first and line.tokens[mark.first - 1].text == "("
    return opened and any(m.last == mark.first - 1 for m in places)


def _names_a_body(line: Line, mark: PlaceMark, links: frozenset[str]) -> bool:
    """Whether a country is part of the name of a body: "Universidad de Chile"."""
    first = mark.first - 2
    plain = mark.place.kind == "country" and mark.how == "named" and not mark.located and first >= line.sentence.first
    return plain and line.tokens[first + 1].fold in links and line.tokens[first].capital


def _only_named_after(voice: Voice, mark: PlaceMark) -> bool:
    """Whether a place in a name tells no place: in that of a party or paper, or where it is none: "Scotland Yard"."""
    if not voice.first <= mark.first < voice.last:
        return False
    other = voice.how.startswith("speakers:") and mark.place.key.split(",")[0] not in voice.name
    return voice.kind in _NAMED_AFTER or (other and mark.place.country not in voice.name)


def _from(passage: Passage, mark: PlaceMark) -> bool:
    """ "news of arrests comes from Grodno too"."""
    before = passage.tokens[mark.first - 1].fold if mark.first > passage.sentence.first else ""
    return before in passage.page.pack.settings.get("from_place", ())


def _in_a_name(tokens: Sequence[Token], mark: PlaceMark, places: Sequence[PlaceMark], sentence: Sentence) -> bool:
    """Whether a country only begins a name: "Pakistan Tehreek-e-Insaf", "Zimbabwe Lawyers for Human Rights"."""
    i = mark.last
    behind = i < sentence.last and tokens[i].capital and not any(m.first == i for m in places)
    return behind and mark.place.kind == "country" and mark.how == "named" and not mark.located


def _whose(voice: Voice) -> bool:
    """Whether a place beside the voice tells whose office it is: "МВС Сербії", "police of Minsk"."""
    return "{" in voice.name or voice.office is not None


def _owner(mark: PlaceMark, voice: Voice) -> bool:
    """Whether a place stands right behind a voice, or a country before it: "police of Minsk", "Ermenistan polisi"."""
    before = mark.last == voice.first and mark.place.kind == "country" and mark.how == "named" and not mark.located
    return before or mark.first == voice.last


def _opening_day(passage: Passage) -> str | None:
    """The day with which a paragraph opens, of which its next sentences then tell: "On 25 September it changed"."""
    page, n, dates = passage.page, passage.n, passage.dates
    opens = n == 0 or page.layout.sentences[n - 1].paragraph != passage.sentence.paragraph
    if not opens or len(dates) != 1 or dates[0].first - passage.sentence.first > 1 or dates[0].how in NO_EVENT:
        return None
    return dates[0].when if _DAY.fullmatch(dates[0].when) else None


def _settled(source: Source, claims: Sequence[Claim], places: Sequence[PlaceMark]) -> Source:
    """The source with the name it was given here, so that the next sentence does not look for another.

    Without claims, an office has the name that a place right beside it tells.
    """
    if not claims and "{" in source.voice.name and (told := filled(source.voice, None, None, places)):
        return replace(source, voice=source.voice._replace(name=told, office=None))
    names = {(c.claimant, c.claimant_kind) for c in claims if c.claimant}
    if len(names) != 1:
        return source
    name, kind = next(iter(names))
    return replace(source, voice=source.voice._replace(name=name or "", kind=kind or "", office=None))


def _headed(passage: Passage) -> str | None:
    """The only city that a heading names."""
    named = [m for m in passage.places if m.located or m.first == passage.sentence.first]
    cities = {m.place.key for m in named if m.place.kind == "city"}
    return cities.pop() if len(cities) == 1 else None


_MANY = 3  # places of a sentence that counts nobody


def _several(passage: Passage) -> str | None:
    """The country of a run of cities, of which what follows tells together: "in A, B and C people rallied"."""
    cities = [m for m in passage.places if m.place.kind == "city" and m.how == "named"]
    begun = next((m for m in cities if m.located), None)
    run = enumeration(cities, begun, passage.tokens, passage.line.joints) if begun else []
    countries = {m.place.country for m in run}
    return countries.pop() if len(run) > 1 and len(countries) == 1 else None


@dataclass(slots=True)
class Thread:
    """What a sentence leaves behind for the next ones: place, speaker, moment, what was counted."""

    paragraph: int = -1
    place: str | None = None
    quantity: str | None = None
    source: Source | None = None
    clock: str | None = None  # the time at the head of the paragraph
    as_of: str | None = None  # the moment of counting that the paragraph's source gave
    headed: str | None = None  # the city that the heading right above names
    day: str | None = None  # the day long past that the paragraph tells of
    # From here on, whatever the paragraph.
    section: str | None = None  # the place that a line of its own names: "Moscow", and below it what happened there
    city: str | None = None
    last: Source | None = None
    heard_in: int = -9  # the sentence that named it
    counted_at: str | None = None
    told: str | None = None  # place of the last claim
    everywhere: set[str] = field(default_factory=set)  # places of all claims so far
    counted: str | None = None  # its quantity
    taken: float = 0  # the largest number of detained people told of so far
    announced: bool = False  # whether "this was reported by X" was said before any number, so of what follows
    kept: bool = False  # whether the last sentence with numbers told of people kept in custody
    spoken: list[Voice] = field(default_factory=list)  # sources so far, last first
    claims: int = 0  # made so far

    @property
    def only(self) -> str | None:
        """The place of all claims so far, when they are all of one place."""
        return next(iter(self.everywhere)) if len(self.everywhere) == 1 else None

    def enters(self, sentence: Sentence) -> None:
        """A new paragraph forgets the place, the speaker and the moment of the one before."""
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            self.quantity = self.source = self.clock = self.as_of = self.day = None
            self.place, self.headed = self.headed or self.section, None

    def takes(self, passage: Passage, made: Sequence[Frame], owning: Sequence[Source], claims: Sequence[Claim]) -> None:
        """Remember a sentence that was read."""
        self.headed = _headed(passage) if passage.places and passage.n and passage.heading else None
        self._counted(made)
        self.announced = self.announced and not claims
        self._placed(passage, [c.place for c in claims if c.place and "(" not in c.place and c.quantity in PEOPLE])
        self.day = passage.page.long_past(passage.n) or _opening_day(passage) or (self.day if passage.dayless else None)
        if moments := [c.as_of for c in claims if c.as_of and "T" in c.as_of]:
            self.as_of = self.counted_at = moments[-1]
        if owning:
            offices = passage.page.offices(passage.n)
            self._heard(passage.n, [_settled(source, claims, offices) for source in owning])
        elif made:
            self.source = None

    def _counted(self, made: Sequence[Frame]) -> None:
        if not made:
            return
        self.taken = max((self.taken, *(f.amount.value for f in made if f.quantity == "detained")))
        self.kept = any(f.quantity in KEPT and f.amount.value for f in made)
        people = [f.quantity for f in made if f.quantity in PEOPLE and f.amount.value]
        if people:  # after several kinds none of them is meant
            self.quantity = people[-1] if len(set(people)) == 1 else None

    def _placed(self, passage: Passage, told: Sequence[str]) -> None:
        if not (told or passage.places):
            return
        located = [m.place.key for m in passage.places if m.place.kind != "country" and m.located]
        cities = [m.place.key for m in passage.places if m.place.kind == "city"]
        self.everywhere.update(told)
        if told:
            self.told, self.counted = told[-1], self.quantity
        if cities:
            self.city = cities[-1]
        if len(set(told)) > 1 or (not told and len(set(located)) >= _MANY):  # after a list no one of them is meant
            self.place = None
        elif not told and (several := _several(passage)):
            self.place = several
        elif told or located:
            self.place = (told or located)[-1]
        elif came := [m.place.key for m in passage.places if m.place.kind == "city" and _from(passage, m)]:
            self.place = came[-1]

    def _heard(self, n: int, owning: Sequence[Source]) -> None:
        self.source = self.last = owning[-1]
        for source in owning:
            if not source.inherited:
                self.heard_in = n
                self.spoken = [source.voice, *(v for v in self.spoken if v.name != source.voice.name)]
