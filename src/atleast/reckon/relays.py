"""Relays told from their source: a relay adds no evidence, and what it got wrong is no dispute.

A claim that passes on a speaker's figure takes the moment of the speaker's own statement where the
number, or the other numbers of the same report, tell which statement it was.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from .moments import FINAL
from .places import Atlas
from .results import Contradiction, Figure, Key, Proof, Term
from .rules import PEAKS, Rules

# Below this a number is too common to tell by itself where it came from.
TELLING = 10
# A figure credited to the wrong speaker is only recognised by a number that is neither small nor round.
UNMISTAKABLE = 30
_WEAK_HEDGES = frozenset("more_than about nearly up_to dozens tens scores hundreds thousands several".split())
_WORD = re.compile(r"[^\W_]+")
_SOURCES = frozenset({"monitor", "authority"})

Slot = tuple[str, Key]


@dataclass(slots=True)
class Sorted:
    """Figures with their relays gathered, the figures nobody should rest on, and the errors found."""

    figures: list[Figure] = field(default_factory=list)
    doubted: list[tuple[Figure, str]] = field(default_factory=list)
    errors: list[Contradiction] = field(default_factory=list)


def gather(figures: Sequence[Figure], atlas: Atlas, rules: Rules) -> Sorted:
    """One figure per statement, with all its quotes; the errors of relays and headlines set apart."""
    if "relay" not in rules:
        return Sorted(_merged(figures))
    found = Sorted()
    sources = _Sources(figures)
    sound = []
    for figure in figures:
        wrong = next(_errors(figure, sources, atlas), None)
        if wrong is None:
            sound.append(figure)
        else:
            what, source = wrong
            found.errors.append(error(what, figure, source))
            found.doubted.append((figure, what))
            sources.slipped |= {(figure.quotes[0].report, figure.speaker)} if what == "relay.companion" else set()
    kept = []
    for figure in sound:
        if relayed(figure) and sources.beside_slip(figure):
            found.doubted.append((figure, "relay.beside"))
        else:
            kept.append(sources.placed(figure))
    found.figures = _agreed(_merged(kept), found)
    found.errors = [*_gathered(found.errors), *_own_and_quoted(sources)]
    return found


def own(figure: Figure) -> bool:
    """Whether the speaker's own report carries the figure: a monitor's bulletin, a ministry's statement."""
    return not figure.named or _one_house(figure.quotes[0].publisher or "", figure.speaker)


@lru_cache(maxsize=65536)
def _one_house(publisher: str, speaker: str) -> bool:
    """Whether one name stands whole within the other: "OVD-Info" in "OVD-Info (mirror)", but not "AP" in "Apostrophe".

    >>> _one_house("OVD-Info (mirror)", "OVD-Info"), _one_house("Apostrophe", "AP")
    (True, False)
    """
    one, other = (" ".join(["", *_WORD.findall(name.casefold()), ""]) for name in (publisher, speaker))
    return bool(one.strip() and other.strip()) and (one in other or other in one)


class _Sources:
    """What each speaker is known to have said, and when: dated statements, by row and by number."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.said: defaultdict[Slot, list[Figure]] = defaultdict(list)
        self.rows: defaultdict[Key, list[Figure]] = defaultdict(list)
        self.printed: defaultdict[tuple[str, str, Key], list[Figure]] = defaultdict(list)
        for figure in figures:
            self.printed[figure.quotes[0].report, figure.speaker, figure.key].append(figure)
            if figure.named and not figure.partial and figure.number is not None:
                self.rows[figure.key].append(figure)
                if figure.dated or own(figure):
                    self.said[figure.speaker, figure.key].append(figure)
        self.lost = {f.name: told for f in figures if (told := _lost_zone(f, self))}
        for slot, statements in self.said.items():
            self.said[slot] = [f for f in statements if f.name not in self.lost]
        self.updates = self._updates(figures)
        self.slipped: set[tuple[str, str]] = set()

    def _updates(self, figures: Sequence[Figure]) -> Mapping[tuple[str, str], str]:
        """Which statement of a speaker a report relays, as its numbers tell: (report, speaker) to a moment's key.

        The larger a number, the more it tells: a total of 290 outweighs a city's 57.
        """
        votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for figure in figures:
            if relayed(figure) and (figure.number or 0) >= TELLING:
                for key in {s.moment.key for s in self.said[figure.speaker, figure.key] if _same(s, figure)}:
                    votes[figure.quotes[0].report, figure.speaker][key] += figure.number or 0
        return {pair: _most(votes[pair]) for pair in votes}

    def statement(self, figure: Figure) -> Figure | None:
        """The speaker's own dated statement that an undated relay passes on, if it can be told."""
        same = [s for s in self.said[figure.speaker, figure.key] if _same(s, figure)]
        update = self.updates.get((figure.quotes[0].report, figure.speaker))
        together = [s for s in same if s.moment.key == update]
        return min(together or same, key=_settled, default=None)

    def companion(self, figure: Figure) -> Figure | None:
        """What the speaker said of the same row in the update from which the report took its other numbers."""
        update = self.updates.get((figure.quotes[0].report, figure.speaker))
        told = [s for s in self.said[figure.speaker, figure.key] if s.moment.key == update]
        return min(told, key=_settled, default=None)

    def beside_slip(self, figure: Figure) -> bool:
        """Whether the report garbles this speaker elsewhere, and nothing else vouches for this number of it."""
        return (figure.quotes[0].report, figure.speaker) in self.slipped and self.statement(figure) is None

    def echoed(self, figure: Figure) -> Figure | None:
        """The statement of a named speaker that somebody else repeats as his own: the same number of the same row.

        An outlet that names nobody, or an organisation that gives a monitor's number for the same minute.
        """
        if (figure.number or 0) < TELLING or figure.hedge in _WEAK_HEDGES or figure.partial:
            return None
        same = [
            s
            for s in self.rows[figure.key]
            if s.speaker != figure.speaker and _same(s, figure) and s.name not in self.lost
        ]
        if figure.named:
            same = [s for s in same if s.kind in _SOURCES and s.dated and _could_echo(figure, s)]
        return min(same, key=lambda s: (s.kind not in _SOURCES, not s.dated, *_settled(s)), default=None)

    def placed(self, figure: Figure) -> Figure:
        """The figure at the moment, and under the name, of the statement that it passes on."""
        if relayed(figure) and (source := self.statement(figure)):
            return figure._replace(moment=source.moment)
        source = self.echoed(figure)
        if source is None:
            return figure
        return figure._replace(
            speaker=source.speaker, named=True, kind=source.kind, side=source.side, moment=source.moment
        )


def _could_echo(figure: Figure, source: Figure) -> bool:
    """Whether a named speaker's number can be another's: for the same minute, or one office for another."""
    if figure.kind in _SOURCES:
        return figure.side == source.side == "authority" and not figure.dated
    return figure.dated and source.moment.key == figure.moment.key


def relayed(figure: Figure) -> bool:
    """Whether the figure is a named speaker's, passed on by somebody else without its time."""
    return figure.named and not figure.dated and not own(figure) and not figure.partial


def _settled(figure: Figure) -> tuple[object, ...]:
    return (not own(figure), figure.moment.real, figure.moment.key, figure.name)


def _most(votes: Counter[str]) -> str:
    return max(votes, key=lambda key: (votes[key], key))


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures give one number, hedged or not."""
    if one.hedge == other.hedge or {one.hedge, other.hedge} <= {None, "at_least"}:
        return one.number == other.number
    return False


# --- what relays get wrong


def _errors(figure: Figure, sources: _Sources, atlas: Atlas) -> Iterator[tuple[str, Figure]]:
    """Each way in which a figure can be a relay's slip, with the statement that it should have been."""
    if figure.partial or figure.number is None or figure.others:
        return
    if source := sources.lost.get(figure.name):
        yield "relay.zone", source
    if source := _hedged_beside(figure, sources):
        yield "relay.hedge_lost", source
    if relayed(figure):
        yield from _slips(figure, sources)
    if source := _whole_in_part(figure, sources, atlas):
        yield "relay.place", source
    if source := _credited(figure, sources):
        yield "relay.credited", source
    if source := _thousandfold(figure, sources):
        yield "relay.thousand", source


def _slips(figure: Figure, sources: _Sources) -> Iterator[tuple[str, Figure]]:
    if sources.statement(figure) is not None:
        told = sources.companion(figure)
        if told is not None and not _same(told, figure) and not agree(told, figure):
            yield "relay.companion", told
        return
    for told in sorted(sources.said[figure.speaker, figure.key], key=_settled):
        if slip := hedge_slip(figure, told):
            yield slip, told
    told = sources.companion(figure)
    if told is not None and not agree(told, figure):
        yield "relay.companion", told
    papers = sources.said[figure.speaker, figure.key._replace(quantity="charges")]
    counted = sources.said[figure.speaker, figure.key]
    if figure.key.quantity == "detained" and counted and (figure.number or 0) >= TELLING:
        for told in papers:
            if _same(told, figure):
                yield "relay.papers", told


def hedge_slip(figure: Figure, told: Figure) -> str | None:
    """Whether the figure is the told one with a hedge lost ("more than 260" made 260) or gained."""
    if figure.number is None or told.number is None or (figure.bound == told.bound and figure.hedge == told.hedge):
        return None
    if figure.hedge == "more_than" and told.hedge != "more_than" and figure.number == told.number + 1:
        return "relay.hedge_gained"
    if told.hedge == "more_than" and figure.hedge is None and told.number == figure.number + 1:
        return "relay.hedge_lost"
    return (
        "relay.hedge_gained"
        if figure.bound == "about" and told.bound == "exact" and figure.number == told.number
        else None
    )


def _hedged_beside(figure: Figure, sources: _Sources) -> Figure | None:
    """The same number with its hedge in the same report: a headline dropped the "more than" or the "about"."""
    if figure.hedge is not None or figure.bound != "exact" or (figure.number or 0) < TELLING:
        return None
    for other in sources.printed[figure.quotes[0].report, figure.speaker, figure.key]:
        plain = other.bound == "about" and other.number == figure.number
        if plain or (other.hedge == "more_than" and other.number == (figure.number or 0) + 1):
            return other
    return None


def agree(one: Figure, other: Figure) -> bool:
    """Whether both numbers, as said, can be true of one count; "about" within its tolerance."""
    (a, b), (c, d) = _range(one), _range(other)
    return (b is None or c <= b) and (d is None or a <= d)


def _range(figure: Figure) -> tuple[int, int | None]:
    if figure.roughly.known:
        return figure.roughly.low or 0, figure.roughly.high
    return figure.low or 0, None if figure.bound in ("at_least", "vague") or figure.partial else figure.high


def _lost_zone(figure: Figure, sources: _Sources) -> Figure | None:
    """A relay whose clock shows the hour of Greenwich as if it were the hour of the place."""
    lo, hi = figure.moment.real
    if not figure.dated or own(figure) or lo != hi or not _placeable(lo):
        return None
    read_in_greenwich = lo.replace(tzinfo=UTC)
    for told in sources.said[figure.speaker, figure.key]:
        elsewhere = told.quotes[0].report != figure.quotes[0].report
        if elsewhere and _same(told, figure) and told.moment.real[0] == read_in_greenwich != lo:
            return told
    return None


def _placeable(when: datetime) -> bool:
    return 1 < when.year < 9999


def _whole_in_part(figure: Figure, sources: _Sources, atlas: Atlas) -> Figure | None:
    """A speaker's total for the country that stands in a report as the number of one city."""
    number = figure.number or 0
    if number < UNMISTAKABLE or (own(figure) and figure.named) or figure.dated or figure.apart:
        return None
    here = [f for f in sources.rows[figure.key] if f.kind in _SOURCES]
    if not here or any(2 * (f.number or 0) > number for f in here if f.name != figure.name):
        return None
    wider = (
        told for place in atlas.path(figure.key.place)[1:] for told in sources.rows[figure.key._replace(place=place)]
    )
    return min(
        (t for t in wider if abs((t.number or 0) - number) <= 1 and t.kind in _SOURCES), key=_settled, default=None
    )


def _credited(figure: Figure, sources: _Sources) -> Figure | None:
    """A monitor's or ministry's number that stands under the name of somebody who passed it on."""
    number = figure.number or 0
    if (
        not figure.named
        or figure.kind in _SOURCES
        or own(figure)
        or figure.dated
        or number < UNMISTAKABLE
        or number % 10 == 0
    ):
        return None
    told = [s for s in sources.rows[figure.key] if s.kind in _SOURCES and s.dated and _same(s, figure)]
    return min(told, key=_settled, default=None)


def _thousandfold(figure: Figure, sources: _Sources) -> Figure | None:
    """A number a thousand times what others say of the same row."""
    number = figure.number or 0
    if number < 1000 * TELLING or number % 1000:
        return None
    told = [s for s in sources.rows[figure.key] if s.number == number // 1000]
    return min(told, key=_settled, default=None)


def error(what: str, figure: Figure, source: Figure) -> Contradiction:
    """A relay's slip beside the statement it should have been."""
    gap = abs((figure.number or 0) - (source.number or 0))
    return Contradiction(
        "relay",
        what,
        figure.key,
        _alone(figure),
        _alone(source),
        tuple(sorted((figure, source), key=lambda f: f.name)),
        gap,
    )


def _alone(figure: Figure) -> Proof:
    return Proof((Term(figure, figure.number or 0),), figure.number or 0, ())


def _own_and_quoted(sources: _Sources) -> Iterator[Contradiction]:
    """An outlet's own number, in the headline or the lead, that fits none of the numbers it quotes for the same row."""
    quoted: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    for (report, _, key), figures in sources.printed.items():
        quoted[report, key] += [f for f in figures if f.named and _comparable(f)]
    for (report, _, key), figures in sorted(sources.printed.items()):
        for figure in (f for f in figures if not f.named and _comparable(f)):
            others = [f for f in quoted[report, key] if f.moment.real == figure.moment.real]
            sources_of_it = [f for f in others if f.side == figure.side]
            if sources_of_it and not any(agree(figure, f) for f in others):
                yield replace(error("text.own_and_quoted", figure, min(sources_of_it, key=_settled)), kind="text")


def _comparable(figure: Figure) -> bool:
    """Whether the figure is a whole count. Crowds are left out: an outlet may well have counted one itself."""
    whole = figure.number is not None and not figure.partial and not figure.others
    return whole and figure.key.quantity not in PEAKS


# --- gathering


def _merged(figures: Iterable[Figure]) -> list[Figure]:
    """Figures that say the same as one, with all their quotes."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for f in figures:
        said = (f.low, f.high, f.bound, f.hedge, f.partial, f.others)
        told = None if f.moment.lo == FINAL else f.moment.real
        groups[f.speaker, f.key, said, f.moment.lo, f.moment.hi, told].append(f)
    return sorted((_one(group) for group in groups.values()), key=lambda f: f.name)


def _one(group: Sequence[Figure]) -> Figure:
    first = min(group, key=lambda f: (not own(f), not f.dated, f.moment.real, f.name))
    quotes = sorted((q for f in group for q in f.quotes), key=lambda q: (q.claim, q.report, q.words))
    lead = first.quotes[0]
    return first._replace(
        dated=any(f.dated for f in group), quotes=(lead, *dict.fromkeys(q for q in quotes if q != lead))
    )


def _agreed(figures: Sequence[Figure], found: Sorted) -> list[Figure]:
    """One figure where one speaker is given several numbers for one moment: the speaker's own, else the weaker."""
    slots: defaultdict[tuple[str, Key, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        slots[figure.speaker, figure.key, figure.moment.key].append(figure)
    kept: list[Figure] = []
    for group in slots.values():
        kept += _one_moment(group, found) if len(group) > 1 else group
    return sorted(kept, key=lambda f: f.name)


def _one_moment(group: Sequence[Figure], found: Sorted) -> list[Figure]:
    lead, *rest = sorted(group, key=_authentic)
    kept = [lead]
    for figure in rest:
        one_text = figure.quotes[0].report == lead.quotes[0].report  # where it was first said, not who repeats it
        if one_text or figure.partial or lead.partial or figure.others or lead.others or _updates(figure, lead):
            kept.append(figure)
        elif figure.bound != lead.bound and (
            _same(figure, lead) or ("about" in (figure.bound, lead.bound) and figure.number == lead.number)
        ):
            if (
                figure.ceiling is not None
                and lead.ceiling is None
                and (lead.dated or own(lead) or lead.bound == "about")
            ):
                found.errors.append(error("relay.hedge_lost", figure, lead))
            kept[0] = lead = lead._replace(quotes=(*lead.quotes, *figure.quotes))
        elif agree(figure, lead) or (figure.hedge in _WEAK_HEDGES and _weaker(figure, lead)):
            kept.append(figure)
        else:
            slip = hedge_slip(figure, lead) or "relay.two_numbers"
            found.errors.append(error(slip, figure, lead))
            found.doubted.append((figure, slip))
    return kept


def _updates(figure: Figure, lead: Figure) -> bool:
    """Whether both count an event that was over, one of them told later and higher: an update, no slip."""
    if figure.moment.lo != FINAL or lead.moment.lo != FINAL:
        return False
    earlier, later = sorted((figure, lead), key=lambda f: f.moment.real)
    return earlier.moment.real[1] <= later.moment.real[0] and (earlier.number or 0) < (later.number or 0)


def _authentic(figure: Figure) -> tuple[object, ...]:
    """The speaker's own words first, then what was told with its time, then what claims least.

    How often a figure was repeated does not count: a relay changes no bound.
    """
    own_words = any(own(figure._replace(quotes=(quote,))) for quote in figure.quotes)
    return (not own_words, not figure.dated, figure.ceiling is not None, figure.number or 0, figure.name)


def _weaker(figure: Figure, lead: Figure) -> bool:
    return (figure.number or 0) <= (lead.number or 0)


def _gathered(errors: Sequence[Contradiction]) -> list[Contradiction]:
    """One error where several outlets made the same slip."""
    groups: defaultdict[tuple[object, ...], list[Contradiction]] = defaultdict(list)
    for e in errors:
        told = e.above.terms[0].figure
        groups[e.what, e.key, e.below.total, told.speaker, told.number, told.moment.key].append(e)
    return [_together(group) for group in groups.values()]


def _together(group: Sequence[Contradiction]) -> Contradiction:
    first = min(group, key=lambda e: e.below.terms[0].figure.name)
    wrong = first.below.terms[0].figure
    quotes = dict.fromkeys(q for e in group for q in e.below.terms[0].figure.quotes)
    wrong = wrong._replace(quotes=tuple(sorted(quotes, key=lambda q: (q.claim, q.report, q.words))))
    core = tuple(sorted((wrong, first.above.terms[0].figure), key=lambda f: f.name))
    return replace(first, below=_alone(wrong), core=core)
