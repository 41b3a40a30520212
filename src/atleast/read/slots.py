"""The slots of a claim beside its number: where, and who says so; `when` has the day.

Each comes with its evidence: the words it was read from, or the mark that it was inherited and from what.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from atleast.lexicon import Place, fold, gazetteer, speakers
from atleast.model import Evidence

from .line import PEOPLE, Frame, Line
from .marks import Mark
from .nouns import clause_start
from .numbers import Amount, numeral
from .offices import filled
from .page import DESK, Page
from .parts import strange_place
from .passage import Passage, Thread
from .times import ClockMark, DateMark
from .tokens import Token
from .voice import Voice
from .where import PlaceMark, beside, enumeration, in_list, nearest
from .who import Source

_OVER_PLACES = frozenset(("cities", "regions", "police_bodies"))


class Slot(NamedTuple):  # made as often as tokens are
    """The value of a slot, None when it is not known, and where it was read."""

    value: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Locus(NamedTuple):  # made as often as tokens are
    """Where a claim is: the wire-form place, the mark it was read from (None if inherited), and why."""

    place: str | None
    mark: PlaceMark | None
    how: str

    def slot(self, tokens: Sequence[Token]) -> Slot:
        if self.place is None:
            return Slot()
        return Slot(
            self.place, (seen("place", self.mark, tokens, self.how) if self.mark else inherited("place", self.how),)
        )


def seen(slot: str, mark: PlaceMark | DateMark | ClockMark, tokens: Sequence[Token], how: str) -> Evidence:
    return Evidence(slot, tokens[mark.first].start, tokens[mark.last - 1].end, how)


@lru_cache(maxsize=1 << 10)  # nearly all are the same few
def inherited(slot: str, how: str) -> Evidence:
    return Evidence(slot, 0, 0, how, inherited=True)


# ---------------------------------------------------------------- where


def loci(passage: Passage, frame: Frame, made: Sequence[Frame], thread: Thread) -> list[Locus]:
    """Where a number belongs; several places when the sentence says it of each."""
    if frame.quantity in _OVER_PLACES or _of_all(frame, made, passage.happened_in):
        return [_wide(passage, frame)]
    if wide := _and_others(passage, frame, made):
        return [wide]
    if frame.listed and passage.page.country and (run := strange_place(passage.line, frame.amount)):
        place = f"{passage.page.layout.shown(*run)}, {passage.page.country}"
        return [Locus(place, None, "the name where a list of places has one")]
    if _near(passage.line, frame, "elsewhere") and not _told_outside(passage, frame):
        return [_elsewhere(passage, thread)]
    if _here(passage.line) and all(m.place.kind == "country" for m in passage.happened_in):
        return [Locus(thread.city or thread.place or passage.page.default, None, "the city spoken of last")]
    if inner := _inside_speakers_region(passage, thread, frame):
        return [Locus(inner, None, "the place spoken of, in the region of the speaker")]
    if own := _respective(passage, frame, made):
        return [Locus(_chosen(own, passage.line).key, own, f"{own.how}, in the order of the numbers")]
    mark, free = _own(passage, frame, made)
    if mark is None and any(f.quantity in ("cities", "regions") for f in made):  # "… in 80 cities; 262 were detained"
        return [_wide(passage, frame)]
    if mark is None and (desk := _desk(passage)):
        return [Locus(desk.place.key, desk, DESK)]
    if mark is None and (town := _police_town(passage, thread)):
        return [Locus(town, None, "the city whose police speaks")]
    known = thread.place or thread.only or passage.page.default
    others = {m.place.key for m in passage.happened_in if m not in free}
    if mark is None or (_demonym(mark) and known and known not in others and gazetteer().within(known, mark.place.key)):
        how = "from the sentences before" if thread.place or thread.only else "from the report as a whole"
        return [Locus(known, None, how)]
    return _spread(passage.line, frame, mark, free)


def _police_town(passage: Passage, thread: Thread) -> str | None:
    """The city of a police that speaks, where nothing tells a place: "the Warsaw police", "Komenda Stołeczna"."""
    if thread.place or thread.only or (passage.page.default or "") not in ("", passage.page.country):
        return None
    if any(m.place.kind == "country" for m in passage.happened_in):
        return None
    known = {speakers().named(v.name) for v in passage.voices if v.kind == "authority" and "{" not in v.name}
    towns = {town for s in known if s and (town := speakers().town(s))}
    return towns.pop() if len(towns) == 1 else None


def _and_others(passage: Passage, frame: Frame, made: Sequence[Frame]) -> Locus | None:
    """ "in Minsk and other cities": the country, when that is the number's own place."""
    line, places = passage.line, passage.happened_in
    if not line.marks.of("elsewhere"):
        return None
    ends = [m for m in places if m.place.kind == "city" and _others_behind(line, m, frame)]
    mark = _own(passage, frame, made)[0] if ends else None
    runs = (enumeration(places, end, line.tokens, line.joints) for end in ends)
    if mark is None or not any(mark in run or mark.place.key == run[-1].place.country for run in runs):
        return None
    return Locus(mark.place.country, mark, "that city and others of the country")


def _others_behind(line: Line, mark: PlaceMark, frame: Frame) -> bool:
    """Whether "and other cities" stands behind a place, and no number of theirs behind that."""
    last = mark.last
    last += last + 1 < line.sentence.last and line.tokens[last].text == ","
    if last >= line.sentence.last or line.tokens[last].fold not in line.joints:
        return False
    found = (line.at(i, "elsewhere") for i in range(last, min(last + 3, line.sentence.last)))
    others = next((m for m in found if m), None)
    behind = range(others.last, min(others.last + 6, line.sentence.last)) if others else ()
    own = range(frame.amount.first, frame.amount.last)
    return others is not None and not any(numeral(line.tokens[i], line.pack) for i in behind if i not in own)


def _inside_speakers_region(passage: Passage, thread: Thread, frame: Frame) -> str | None:
    """ "МВД по Бурятии сообщило": where the only place named is the speaker's, the city spoken of is meant.

    A crowd is that of the rally spoken of even when a ministry of the whole country counts it; and so is all else
    in a text that speaks of one city alone.
    """
    known = thread.place or thread.only or passage.page.default
    if passage.places or not passage.own or known is None:
        return None
    local = frame.quantity == "participants" or known == passage.page.default == thread.city
    kinds = ("region", "country") if local else ("region",)
    regions = [m.place.key for m in passage.own if m.place.kind in kinds]
    return known if regions and all(gazetteer().within(known, key) for key in regions) else None


def _of_all(frame: Frame, made: Sequence[Frame], places: Sequence[PlaceMark]) -> bool:
    """Whether the number is said of all places together: "290 detained in 26 cities"."""
    wide = [f for f in made if f.quantity in ("cities", "regions")]
    behind = any(0 <= f.amount.first - frame.last <= 3 for f in wide)
    before = any(f.last <= frame.amount.first for f in wide) and all(m.place.kind != "city" for m in places)
    return frame.quantity in PEOPLE | {"rallies"} and (behind or before)


def _near(line: Line, frame: Frame, label: str) -> bool:
    """Whether the words stand with the number: behind it in its clause, or before it ("in other cities 60")."""
    last = frame.amount.last
    stop = min(line.sentence.last, frame.amount.last + 5)
    while last < stop and line.tokens[last].text not in ",;:" and line.tokens[last].kind != "number":
        last += 1
    return line.within(range(clause_start(line, frame.amount.first), last), label)


def _speaks_of(line: Line, label: str) -> Mark | None:
    return next(iter(line.each(label)), None)


def _desk(passage: Passage) -> PlaceMark | None:
    """Where a sentence was written, told at its head, if that lies in the country spoken of.

    A dateline may be a sentence of its own ("ПЕРМЬ, 7 октября. …"); there the country's press sits in its biggest city.
    """
    page, sentences = passage.page, passage.page.layout.sentences
    told = next((m for m in page.places[passage.n] if m.how == DESK and m.place.country == page.country), None)
    above = range(max(0, passage.n - 2), passage.n)
    lines = (n for n in above if n in page.head and sentences[n].paragraph == passage.sentence.paragraph)
    written = (m for n in lines for m in page.places[n] if m.place.kind == "city" and m.place.country == page.country)
    return told or next((m for m in written if m.place.population < _METROPOLIS), None)


_METROPOLIS = 3_000_000  # people: where a country's press sits


def _here(line: Line) -> bool:
    """Whether the sentence speaks of the place before: "there"; not so where "there were" only opens it."""
    return any(not line.at(mark.first, "existential") for mark in line.each("here"))


def _own(passage: Passage, frame: Frame, made: Sequence[Frame]) -> tuple[PlaceMark | None, list[PlaceMark]]:
    """The place that is the number's own, and the places that stand beside no other number."""
    places, line = passage.happened_in, passage.line
    if not places:
        return None, []
    anchor = (frame.amount.first, frame.amount.last)
    rest = [f.amount for f in made if f.amount is not frame.amount]
    taken = [
        m
        for m in places
        if not beside(anchor, m, line.tokens) and any(beside((a.first, a.last), m, line.tokens) for a in rest)
    ]
    within = [
        m
        for m in places
        if not _beyond(line, frame, m)
        and not _origin(line, frame, m)
        and not _of_parts(line, frame, m)
        and not any(_between(frame, a, m) and not _shared(line, frame, a, m) for a in rest)
    ]
    mark = nearest(anchor, within, passage.page.layout, [a.first for a in rest], taken)
    if mark in taken and _walled(line, frame, mark):
        mark = None
    if mark and _demonym(mark) and not anchor[0] - 3 <= mark.first <= frame.last:  # "Serbian police": no place
        mark = None
    return mark, [m for m in places if m not in taken]


def _origin(line: Line, frame: Frame, mark: PlaceMark) -> bool:
    """Whether an adjective only tells where people come from: "three Russians", "dozens of Vietnamese"."""
    last = frame.amount.last
    if last < line.sentence.last and line.tokens[last].fold in line.pack.settings["partitive"]:
        last += 1
    return mark.how == "adjective" and mark.first == last


def _walled(line: Line, frame: Frame, mark: PlaceMark) -> bool:
    """ "442 were detained (266 of them in Minsk)": another number's place behind a bracket or comma is only that."""
    return mark.first >= frame.amount.last and line.between(frame.amount.last, mark.first, "(", ",", ";") > 0


def _demonym(mark: PlaceMark) -> bool:
    return mark.how == "adjective" and mark.place.kind == "country"


def _beyond(line: Line, frame: Frame, mark: PlaceMark) -> bool:
    """Whether a place belongs to what comes after: "100 detained, most of them in X", "26 rallies: 9 in X"."""
    between = range(frame.amount.last, mark.first)
    return any(line.tokens[i].text in ":;" or line.at(i, "largest", "leading", "some") for i in between)


def _of_parts(line: Line, frame: Frame, mark: PlaceMark) -> bool:
    """Whether a place belongs to a part told before the whole, or is left out.

    "99'u Minsk'te olmak üzere toplam 114 kişi", "80 kentte (Bayburt hariç)".
    """
    if line.at(mark.last, "except"):
        return True
    return line.within(range(mark.last, frame.amount.first), "sums_up")


def _between(frame: Frame, other: Amount, mark: PlaceMark) -> bool:
    """Whether another number stands between the number and a place that follows soon: then it is the other's."""
    return frame.amount.last <= other.first < mark.first and mark.first - other.first <= 7


def _shared(line: Line, frame: Frame, other: Amount, mark: PlaceMark) -> bool:
    """Whether a place behind two joined clauses is that of both: "2 died and 37 were hurt on Thursday in Lima"."""
    deed = any(m.tail == "verb" for i in range(other.last, mark.first) for m in line.marks.get(i, ()))
    first = any(m.tail == "verb" for i in range(frame.amount.last, other.first) for m in line.marks.get(i, ()))
    parted = line.between(frame.amount.last, mark.first, ",", ";", ":", "—", "–")
    return deed and first and not parted


def _spread(line: Line, frame: Frame, mark: PlaceMark, places: Sequence[PlaceMark]) -> list[Locus]:
    """One place, or each of a list: "по 7", "all were released in A, B and C"."""
    run = enumeration(places if mark in places else [mark], mark, line.tokens, line.joints)
    run = [m for m in run if m.place.kind != "country" or len(places) == 1]
    none = frame.amount.low == frame.amount.high == 0
    if len(run) > 1 and (none or _each(line, frame)):
        return [Locus(_chosen(m, line).key, m, f"{m.how}, one of a list") for m in run]
    if _summed(line, frame, run):
        country = run[0].place.country  # all of it, as far as the number bounds it from below alone
        key = country if frame.amount.high is None else f"{country} (some cities)"
        return [Locus(key, mark, "several places of the country together")]
    return [Locus(_chosen(mark, line).key, mark, mark.how)]


def _respective(passage: Passage, frame: Frame, made: Sequence[Frame]) -> PlaceMark | None:
    """Which of as many places is a number's own: "11 and 18 people were detained in A and B"."""
    line, numbers = passage.line, [frame.amount]
    for other in (f.amount for f in made if f.amount.first > frame.amount.first):
        if in_list(line.tokens, numbers[-1].last, other.first, line.joints):
            numbers.append(other)
    for other in (f.amount for f in reversed(made) if f.amount.first < frame.amount.first):
        if in_list(line.tokens, other.last, numbers[0].first, line.joints):
            numbers.insert(0, other)
    if len(numbers) == 1:
        return None
    runs = (enumeration(passage.happened_in, m, line.tokens, line.joints) for m in passage.happened_in)
    return next((run[numbers.index(frame.amount)] for run in runs if len(run) == len(numbers)), None)


def _summed(line: Line, frame: Frame, run: Sequence[PlaceMark]) -> bool:
    """Whether one number is told of several places of a country together: "hundreds in Cairo and Alexandria"."""
    ends = line.pack.settings.get("cut_endings") and bool(run) and run[-1].located  # "Moskova ve Kazan kentlerinde"
    led = bool(run) and (run[0].located or ends or line.at(run[0].first - 1, "part", "included") is not None)
    together = len(run) > 1 and led and len({m.place.country for m in run}) == 1
    behind = range(run[-1].last, min(line.sentence.last, run[-1].last + 4)) if run else ()
    own = range(frame.amount.first, frame.amount.last)
    together = together and any(line.tokens[i].fold in line.joints for i in range(run[-2].last, run[-1].first))
    return together and not any(line.tokens[i].kind == "number" and i not in own for i in behind)


def _each(line: Line, frame: Frame) -> bool:
    words = line.pack.settings.get("distributive", ())
    return any(
        line.at(i, "each") and line.tokens[i].fold in words for i in (frame.amount.first - 1, frame.amount.first)
    )


def _chosen(mark: PlaceMark, line: Line) -> Place:
    """An adjective may mean the city or its region; a word such as "области" further on decides."""
    if mark.how != "adjective":
        return mark.place
    stems = tuple(line.pack.settings.get("region_words", ()))
    behind = range(mark.last, min(line.sentence.last, mark.last + 30))
    wanted = "region" if stems and any(line.tokens[i].fold.startswith(stems) for i in behind) else "city"
    described = gazetteer().described(line.tokens[mark.first].text)
    return next((p for p in described if p.kind == wanted and p.country == mark.place.country), mark.place)


def _wide(passage: Passage, frame: Frame) -> Locus:
    """Cities are counted over a country (or a region that is named beside them)."""
    big = [m for m in passage.happened_in if m.place.kind in ("country", "region")]
    mark = nearest((frame.amount.first, frame.last), big, passage.page.layout)
    return (
        Locus(mark.place.key, mark, mark.how)
        if mark
        else Locus(passage.page.country, None, "from the report as a whole")
    )


def _told_outside(passage: Passage, frame: Frame) -> bool:
    """Whether a city before the number is named besides the one left out: "poza Moskwą najwięcej w Petersburgu: 40"."""
    left, last = _left_out(passage), frame.amount.first
    others = (m for m in passage.happened_in if m.place.kind == "city" and m.located and m not in left)
    return bool(left) and any(left[0].last <= m.first < last for m in others)


def _left_out(passage: Passage) -> list[PlaceMark]:
    """The cities that a word such as "outside" leaves out: "poza Moskwą"."""
    words, cities = passage.marks.of("elsewhere"), [m for m in passage.happened_in if m.place.kind == "city"]
    return [m for m in cities if any(word.first <= m.first < word.last for word in words)]


def _elsewhere(passage: Passage, thread: Thread) -> Locus:
    """ "196 more elsewhere in the country": the country without the cities named so far."""
    here = [m.place.key for m in _left_out(passage) or passage.happened_in if m.place.kind == "city"]
    cities = dict.fromkeys(key.split(",")[0] for key in here or [thread.city or ""] if key)
    country = passage.page.country
    place = f"{country} (outside {' and '.join(cities)})" if cities and country else country
    return Locus(place, None, "elsewhere: all but the places named")


def ceiling(passage: Passage, frame: Frame, made: Sequence[Frame]) -> tuple[Frame, Locus] | None:
    """ "The largest numbers were in A (56) and B (24)" caps every other place at the least number listed.

    Given with the last number of the list only, so that there is one such claim.
    """
    line, sign, country = passage.line, _speaks_of(passage.line, "largest"), passage.page.country
    if sign is None or country is None:
        return None
    listed = [f for f in made if _listed(line, sign, f)]
    if len(listed) < 2 or listed[-1] is not frame:
        return None
    what = "region" if any(_chosen(m, line).kind == "region" for m in passage.happened_in) else "city"
    least = min(f.amount.value for f in listed)
    how = f"{sign.source}: no other place has more than the least listed"
    amount = Amount(None, least, "at_most", "up_to", sign.first, sign.last, sign.first, sign.last, False, how)
    capped = replace(frame, amount=amount, first=sign.first, parts={"quantity": sign}, how=sign.source)
    return capped, Locus(f"{country} (any {what} not in the list)", None, "every place the list leaves out")


def _listed(line: Line, sign: Mark, frame: Frame) -> bool:
    """Whether a number is one of those that "the largest were in" lists: exact, with a place in front of it."""
    start = frame.amount.first
    exact = frame.amount.bound == "exact" and frame.quantity in PEOPLE and start > sign.first
    placed = any(i in line.placed for i in range(max(sign.last, start - 5), start))
    return exact and placed and not line.between(sign.last, start, ";")


# ---------------------------------------------------------------- who


def claimant(passage: Passage, source: Source | None, locus: Locus) -> tuple[Slot, str | None]:
    """Who says so, and what sort of speaker that is; None when the outlet itself speaks or it is not sure."""
    page, tokens = passage.page, passage.tokens
    voice = source.voice if source else page.voice
    if voice is None:
        return Slot(), None
    place = (locus.place or "").split(" (")[0] or None
    near = [m for m in page.offices(passage.n) if not _parted(tokens, voice, m)]
    name = filled(voice, place, page.country, near)
    if name and voice.name == "{place} police" and (force := _wider_force(page, place)):
        name = force
    if name is None or same_outlet(voice, name, page.report.publisher):
        return Slot(), None
    if source is None:
        return Slot(name, (inherited("claimant", voice.how),)), voice.kind
    evidence = Evidence("claimant", tokens[voice.first].start, tokens[voice.last - 1].end, voice.how, source.inherited)
    return Slot(name, (evidence,)), voice.kind


def _wider_force(page: Page, place: str | None) -> str | None:
    """The police of a whole region that the text names, where a town of the region is spoken of."""
    named = {
        v.name for group in page.voices for v in group if v.name.endswith(_POLICE) and v.how.startswith("speakers:")
    }
    regions = ((name, gazetteer().at(f"{name.removesuffix(_POLICE)}, {page.country}")) for name in named)
    around = [name for name, region in regions if region and region.kind == "region" and place != region.key]
    own = gazetteer().at(f"{around[0].removesuffix(_POLICE)}, {page.country}") if len(around) == 1 else None
    return around[0] if own and place and gazetteer().within(place, own.key) else None


_POLICE = " police"


def _parted(tokens: Sequence[Token], voice: Voice, mark: PlaceMark) -> bool:
    """Whether a comma parts a speaker from the place behind it: "the ministry, in Bursa 40 were detained"."""
    return mark.first == voice.last + 1 and tokens[voice.last].text == ","


def same_outlet(voice: Voice, name: str, publisher: str | None) -> bool:
    """Whether the outlet itself speaks: "AP", or its reporter, in a text published by "AP (via The Baltimore Sun)"."""
    if voice.kind != "media":
        return False
    name, outlet = voice.outlet or name, re.split(r" \(|/", publisher or "")[0].strip()
    own = speakers().named(outlet)
    return fold(name) == fold(outlet) or (own is not None and own.name == name)
