"""A heap of claims sorted by event: by day, country and occasion. One event is reckoned, the others are listed.

A claim without a date is of the event that its report is about. A total over months is no event. Where a day has many
occasions, what tells none is of the whole day: it is never mixed into one of them, and each of them is a part of it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from atleast.model import Claim, Report, Span

from .moments import Clock, shown
from .places import Atlas, where
from .results import Event
from .speakers import near, plain

# What lasts longer is told as a total over a time ("1,800 since January") and is no event of its own.
LONGEST_EVENT = timedelta(days=7)
# A report of the event's day or the day after is about the event, whatever else it dates.
_FRESH = timedelta(days=1)
_EARLIER = re.compile(r"\b(earlier|previous|past) (rall|protest|arrest|event|year)", re.IGNORECASE)


class Name(NamedTuple):
    """What tells one event from another. Without a span it is of a day that nobody told."""

    span: Span | None = None
    country: str = ""
    occasion: str = ""


_Told = defaultdict[tuple[object, ...], set[str]]


class Events:
    """Which event each claim is about, and which of them is reckoned."""

    def __init__(
        self,
        claims: Iterable[Claim],
        reports: Mapping[str, Report],
        clock: Clock,
        atlas: Atlas,
        asked: str | None = None,
    ) -> None:
        self.clock, self.reports = clock, reports
        counted = [c for c in claims if c.quantity != "other"]
        self._countries = _countries(counted, atlas)
        self._usual, self._reports_usual = self._occasions(counted)
        self._names: dict[tuple[str | None, str | None, str, str], Name] = {}
        dated = [c for c in counted if self._span(c) is not None]
        self._by_report: defaultdict[str, Counter[Name]] = defaultdict(Counter)
        for claim in dated:
            self._by_report[claim.report][self._told(claim)] += 1
        self._votes = Counter(map(self._told, dated))
        self._places = Counter(c.place or "" for c in counted)
        self._atlas, self._asked = atlas, asked
        self.largest = self.main = _most(self._votes or Counter(map(self._told, counted)))
        if asked is not None:
            self.main = _asked(asked, {*map(self.of, counted), *self._occasions_of(self._votes)})
        self._found = Counter(map(self.of, counted))

    @property
    def listed(self) -> tuple[Event, ...]:
        """All events, the one that is reckoned first, then those of most claims; of a whole day its occasions, too."""
        parts = {name: self._votes[name] for name in self._occasions_of(self._votes)}
        found = parts | {name: claims for name, claims in self._found.items() if claims}
        names = sorted(found, key=lambda name: (name != self.main, -found[name], label(name)))
        return tuple(self._event(name, found[name]) for name in names)

    def change(self, claim: Claim, times: int) -> bool:
        """Take in one more claim (1) or let go of one (-1); False where other claims' events may hang on it.

        Then nothing here may be used any more.
        """
        if claim.quantity == "other":
            return True
        if _occasion(claim) or not self._votes or not self._placed(claim, times):
            return False
        before = self._reports_own(claim)
        if self._span(claim) is not None:
            for votes in (self._votes, self._by_report[claim.report]):
                votes[self._told(claim)] += times
                votes += Counter()  # without those that nobody is left of
        name = self.of(claim)
        if self._asked is not None and self._found[name] + times in (0, 1):
            return False
        self._found[name] += times
        return bool(self._votes) and _most(self._votes) == self.largest and self._reports_own(claim) == before

    def _placed(self, claim: Claim, times: int) -> bool:
        """Whether the place of a claim tells nothing new of countries."""
        place = claim.place or ""
        self._places[place] += times
        if self._places[place] != 1 or times < 0:
            return self._places[place] > 0
        path = self._atlas.path(where(place).place) if place.strip(" ,") else ()
        if path and (self._atlas.known(path[-1]) or path[-1] in self._countries.values()):
            self._countries[place] = path[-1]
            return True
        return len(path) < 2

    def of(self, claim: Claim) -> Name:
        """The event that a claim is about."""
        told = self._told(claim)
        if not told.country:
            told = told._replace(country=self.main.country)
        if told.span is not None:
            return self._home(told, claim)
        if claim.extra.get("scope", "event") != "event" or _EARLIER.search(claim.note or ""):
            return told
        day, country = self._reports_own(claim), self._country(claim)
        country = country or day.country
        return Name(day.span, country, self._occasion(claim, day.span, country))

    def _occasions_of(self, names: Iterable[Name]) -> Iterator[Name]:
        """The occasions of the days that have several."""
        return (name for name in names if name.occasion and self._several(name))

    def in_part(self, claim: Claim) -> bool:
        """Whether a claim of the reckoned event is of one of its several occasions only."""
        return not self.main.occasion and bool(_occasion(claim))

    def _home(self, name: Name, claim: Claim) -> Name:
        """The reckoned event for what is dated to a part of it, or was counted in custody the morning after."""
        main = self.main.span
        told = name.occasion or ("" if self._several(self.main) else self.main.occasion)
        alike = name.country == self.main.country and self.main.occasion in ("", told)
        if name.span is None or main is None or not alike:
            return name
        night = claim.quantity == "still_held" and name.span.start == main.end
        return self.main if inside(name.span, main) or night else name

    def _reports_own(self, claim: Claim) -> Name:
        """The event that a report is about, where a claim of it tells no date."""
        told = {name: n for name, n in self._by_report[claim.report].items() if not lasting(name.span)}
        main = self.main.span
        if main is None or any(name.span and inside(name.span, main) for name in told) or self._fresh(claim.report):
            return self.main
        return _most(told) if told else self.largest

    def _fresh(self, report: str) -> bool:
        """Whether the report came out on the day of the reckoned event or on the day after it."""
        found = self.reports.get(report)
        published = self.clock.span(found.published if found else None)
        main = self.main.span
        return published is not None and main is not None and published.meets(Span(main.start, main.end + _FRESH))

    def _told(self, claim: Claim) -> Name:
        words = claim.event_date, claim.place, _occasion(claim), claim.report if self._usual else ""
        if words not in self._names:
            span, country = self._span(claim), self._country(claim)
            self._names[words] = Name(span, country, self._occasion(claim, span, country))
        return self._names[words]

    def _span(self, claim: Claim) -> Span | None:
        return self.clock.span(claim.event_date)

    def _country(self, claim: Claim) -> str:
        return self._countries.get(claim.place or "", "")

    def _occasions(self, claims: Iterable[Claim]) -> tuple[_Told, _Told]:
        """The occasions of each day and country, in all reports and in each."""
        told, by_report = _Told(set), _Told(set)
        for claim in claims:
            if occasion := _occasion(claim):
                day = self._span(claim), self._country(claim)
                told[day].add(occasion)
                by_report[claim.report, *day].add(occasion)
        return told, by_report

    def _occasion(self, claim: Claim, span: Span | None, country: str) -> str:
        """The occasion that a claim tells, or the only one of its day or report; else it is of the whole day."""
        if (told := _occasion(claim)) or not self._usual:
            return told
        known = self._usual.get((span, country), ()), self._reports_usual.get((claim.report, span, country), ())
        return next((occasion for found in known if len(found) == 1 for occasion in found), "")

    def _several(self, name: Name) -> bool:
        """Whether a day has more than one occasion."""
        return len(self._usual.get((name.span, name.country), ())) > 1

    def _event(self, name: Name, claims: int) -> Event:
        day = shown(name.span) if name.span else None
        return Event(
            label(name), day, name.country, name.occasion, claims, main=name == self.main, total=lasting(name.span)
        )


def label(name: Name) -> str:
    """An event as a person would name it: "2017-10-07, Russia"; "–" stands for a day that nobody told."""
    return ", ".join(filter(None, (shown(name.span) if name.span else "–", name.country, name.occasion)))


def inside(inner: Span, outer: Span) -> bool:
    """Whether one stretch of time lies in the other."""
    return outer.start <= inner.start and inner.end <= outer.end


def lasting(span: Span | None) -> bool:
    """Whether a stretch of time is too long to be one event."""
    return span is not None and span.end - span.start > LONGEST_EVENT


def _countries(claims: Iterable[Claim], atlas: Atlas) -> dict[str, str]:
    """The widest place that each place as written lies in; none for a bare name that nothing tells anything of."""
    paths = {
        text: atlas.path(where(text).place) for text in sorted({c.place or "" for c in claims}) if text.strip(" ,")
    }
    wide = {path[-1] for path in paths.values() if len(path) > 1}
    return {text: path[-1] for text, path in paths.items() if path[-1] in wide or atlas.known(path[-1])}


def _occasion(claim: Claim) -> str:
    """The occasion that a tool or a reviewer has noted: "No to Corruption"."""
    told = claim.extra.get("occasion")
    return " ".join(told.split()) if isinstance(told, str) else ""


def _most(found: Mapping[Name, int]) -> Name:
    """The event of most claims: one that is placed, and no total over a long time, where there is any."""
    if not found:
        return Name()

    def order(name: Name) -> tuple[object, ...]:
        span = name.span
        length, start = (span.end - span.start, span.start.timestamp()) if span else (timedelta(0), 0.0)
        return (not name.country, lasting(span), -found[name], length, start, name.country, name.occasion)

    return min(found, key=order)


def _asked(asked: str, known: Iterable[Name]) -> Name:
    """The event that is called so: by its whole name or by any part of it that no other has."""
    names = {label(name): name for name in known}
    wanted = {plain(part) for part in asked.split(", ")}
    for fitting in (
        [name for text, name in names.items() if plain(text) == plain(asked)],
        [name for text, name in names.items() if wanted <= {plain(part) for part in text.split(", ")}],
    ):
        if len(fitting) == 1:
            return fitting[0]
    choice = sorted(label(name) for name in fitting) or near(asked, names) or sorted(names)[:5]
    raise ValueError(
        f"{'several events are' if fitting else 'no event is'} called {asked!r}. Known: {'; '.join(choice)}"
    )
