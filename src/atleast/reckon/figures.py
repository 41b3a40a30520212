"""Claims in, figures out: each claim is read as a number for a row at a moment, or set aside with its reason."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from atleast.model import Claim, People, Report, Trouble, unreviewed
from atleast.model.vocabulary import AUTHORITY_KINDS

from .events import Events, inside, label
from .known import Known
from .manner import one_house
from .moments import FINAL, Clock, Moment
from .places import Atlas, where
from .results import Aside, Figure, Key, Message, Quote
from .rules import ABOUT, GROWING, MOST_PEOPLE, MOVED, PEAKS, RECKONED, Rules

# A reader's or reviewer's remark that the number covers a part only: it then bounds from below.
_PARTIAL = re.compile(
    r"\b(subset|lower bound|besides|in addition|additional|on top|part of the|counted apart|partial|incomplete)\b"
    r"|\bso far\b|\w only\b|\bonly (?:on|in|at|for|of|from|among|during|those|people)\b",
    re.IGNORECASE,
)
_HEADLINE = re.compile(r"headline\b", re.IGNORECASE)


@dataclass(slots=True)
class Sifted:
    """The claims of a case, sorted: figures to reckon with, claims set aside, troubles; and everybody who speaks."""

    figures: list[Figure] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    speakers: set[str] = field(default_factory=set)


def sift(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    clock: Clock,
    atlas: Atlas,
    rules: Rules,
    events: Events,
    known: Known | None = None,
    speakers: "Speakers | None" = None,
) -> Sifted:
    """One figure per usable claim of the event that is reckoned, in a settled order.

    `speakers` tells who speaks where these are not all claims of the heap.
    """
    found = Sifted()
    speakers = speakers or Speakers(claims)
    for claim in claims:
        report = reports.get(claim.report)
        trouble = _trouble(claim, clock)
        if trouble:
            found.troubles.append(trouble)
            found.aside.append(Aside(claim.id, Message("aside.trouble", {"what": trouble.what})))
        elif reason := _reason(claim, atlas) or _other_event(claim, events) or _background(claim):
            found.aside.append(Aside(claim.id, reason))
        else:
            figure = _figure(claim, report, speakers(claim, report), clock, atlas, rules)
            if events.in_part(claim):
                figure = figure._replace(partial=True, ceiling=None)
            if known and (reason := known.not_yet(figure.moment, clock.span(figure.quotes[0].published))):
                found.aside.append(Aside(claim.id, reason))
            else:
                found.figures.append(figure)
        found.speakers.add(speakers(claim, report))
    return found


def _trouble(claim: Claim, clock: Clock) -> Trouble | None:
    """What is wrong with a claim's numbers or times, if anything."""
    if counted(claim) == "other":
        return None
    for told in (claim.event_date, claim.as_of):
        if told is not None and clock.span(told) is None:
            return _bad(claim, "a time that cannot be", told, "Check the claim against its quote")
    for number in (claim.low, claim.high):
        if number is None:
            continue
        if not math.isfinite(number) or number != int(number):
            return _bad(
                claim, "a count that is not a whole number", number, "Counts are of whole people, papers or places"
            )
        if number < 0:
            return _bad(claim, "a count below zero", number, "Check the claim against its quote")
        if number > MOST_PEOPLE:
            return _bad(claim, "a count larger than any count can be", number, "Check the claim against its quote")
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        return _bad(claim, "low is above high", f"{claim.low}..{claim.high}", "Turn the interval round")
    return None


def _bad(claim: Claim, what: str, value: object, remedy: str) -> Trouble:
    return Trouble(what, claim.id, str(value), remedy)


def _reason(claim: Claim, atlas: Atlas) -> Message | None:
    """Why a sound claim cannot be reckoned with."""
    if unreviewed(claim):
        return Message("aside.unreviewed", {"reader": ", ".join(claim.readers)})
    if counted(claim) not in RECKONED:
        return Message("aside.other")
    if claim.place is None or not claim.place.strip(" ,"):
        return Message("aside.no_place")
    if _unclear(claim, atlas):
        return Message("aside.unclear_place", {"place": claim.place})
    if claim.low is None and claim.high is None:
        return Message("aside.no_number")
    return None


def _unclear(claim: Claim, atlas: Atlas) -> bool:
    """Whether it cannot be told which part of a place is meant; outside of itself nothing is."""
    told = where(claim.place or "")
    return told.reading == "unclear" or any(atlas.within(told.place, name) for name in _apart(claim, atlas))


def _other_event(claim: Claim, events: Events) -> Message | None:
    """Which other event a claim is about, if any: it is set aside and shown with that event."""
    event, main = events.of(claim), events.main
    if event == main:
        return None
    args = {"event": label(event), "day": claim.event_date or "–"}
    longer = event.span and main.span and event.country == main.country and inside(main.span, event.span)
    return Message("aside.longer" if longer else "aside.other_event", args)


def _background(claim: Claim) -> Message | None:
    """Whether a reviewer or a tool has noted that the number is background of this event, and none of it."""
    return Message("aside.background") if claim.extra.get("scope") == "context" else None


class Speakers:
    """Who speaks, under one name: "a watchdog (OVD-Info)" is OVD-Info where that name stands alone elsewhere."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        told = {(c.claimant, c.claimant_kind) for c in claims if c.claimant}
        self._alone = {(name, kind) for name, kind in told if "(" not in name}
        self._described = {(part, kind) for name, kind in told for part in _parts(name)}

    def __call__(self, claim: Claim, report: Report | None) -> str:
        if claim.claimant is None:
            return (report.publisher if report else None) or claim.report
        for name in _parts(claim.claimant):
            if (name, claim.claimant_kind) in self._alone:
                return name
        return claim.claimant

    def change(self, claim: Claim, times: int) -> bool:
        """Take in one more claim (1) or let go of one (-1); False where another speaker's name may hang on it."""
        if not claim.claimant:
            return True
        told = claim.claimant, claim.claimant_kind
        if "(" in claim.claimant:
            self._described.update((part, claim.claimant_kind) for part in _parts(claim.claimant))
        elif told in self._described:
            return told in self._alone and times > 0
        else:
            self._alone.add(told)
        return True


def _parts(claimant: str) -> tuple[str, ...]:
    """The names in "a watchdog (OVD-Info)", the inner one first."""
    outer, bracket, inner = claimant.rstrip(")").partition(" (")
    return (inner, outer) if bracket else ()


def _figure(claim: Claim, report: Report | None, speaker: str, clock: Clock, atlas: Atlas, rules: Rules) -> Figure:
    place = where(claim.place or "")
    apart = _apart(claim, atlas)
    quantity = counted(claim)
    key = Key(quantity, place.place, claim.among or "", _scope(claim.of) if quantity == claim.quantity else "")
    if apart:
        key = Key(key.quantity, outside(place.place, apart), key.among, key.of)
    moment = clock.moment(claim, report, speaker)
    if claim.quantity == "still_held" and claim.as_of is None and (night := _night(claim, clock)):
        moment = night
    if "said_together" not in rules and moment.lo != moment.hi:
        moment = moment._replace(key=f"{moment.key}|{claim.id}")
    moment = clock.of_event(moment, quantity, over="event_over" in rules)
    if claim.claimant is not None and claim.as_of is None and report is not None and quantity in GROWING:
        moment = _passed_on(moment, report.publisher or "", speaker, clock)
    low, high = _whole(claim.low), _whole(claim.high)
    partial = bool(claim.note and _PARTIAL.search(claim.note)) or _part_of_event(claim, clock)
    of_a_part = claim.quantity in PEAKS and partial
    if claim.quantity in PEAKS:
        moment, partial = _peak(claim, moment, partial or "crowd" not in rules, clock)
    floor, ceiling = _ends(claim.bound, low, high, partial)
    return Figure(
        name=claim.id,
        speaker=speaker,
        named=claim.claimant is not None,
        kind=claim.claimant_kind or "media",
        side="authority" if claim.claimant_kind in AUTHORITY_KINDS else "independent",
        key=key,
        apart=apart,
        others=place.reading == "others",
        low=low,
        high=high,
        bound=claim.bound,
        hedge=claim.hedge,
        partial=partial,
        moment=moment,
        dated=claim.as_of is not None and not of_a_part and (moment.lo == moment.hi or clock.closed(moment.real[0])),
        quotes=(
            Quote(
                claim.id,
                claim.report,
                report.publisher if report else None,
                report.published if report else None,
                claim.quote,
            ),
        ),
        floor=floor,
        ceiling=ceiling,
        roughly=_roughly(claim, low),
        headline=_headline(claim, report),
    )


def _apart(claim: Claim, atlas: Atlas) -> tuple[str, ...]:
    """The parts that a place is told without; a town of a region that is left out is left out with it."""
    place = where(claim.place or "")
    if not place.apart:
        return ()
    names = {atlas.named(name, place.place) for name in place.apart}
    return tuple(sorted(n for n in names if not any(n != wider and atlas.within(n, wider) for wider in names)))


def counted(claim: Claim) -> str:
    """What a claim counts; a number of something else may be of people moved to another place of custody."""
    return MOVED.get(_scope(claim.of), "other") if claim.quantity == "other" else claim.quantity


def _passed_on(moment: Moment, publisher: str, speaker: str, clock: Clock) -> Moment:
    """When a number was counted that an outlet passes on without its time: at some hour before it was printed.

    What is printed when the event is over is the count of the whole event.
    """
    if clock.day is None or moment.hi == FINAL or one_house(publisher, speaker):
        return moment
    return moment._replace(lo=min(moment.lo, clock.day.start))


def _headline(claim: Claim, report: Report | None) -> bool:
    """Whether the number stands in the title of the report."""
    title = (report.title if report else None) or ""
    quoted = claim.quote.strip()
    return bool(quoted and quoted in title) or bool(claim.note and _HEADLINE.match(claim.note))


def outside(place: str, apart: tuple[str, ...]) -> str:
    """The name of what is left of a place without some of its parts.

    >>> outside("Russia", ("Saint Petersburg, Russia",))
    'Russia (outside Saint Petersburg)'
    """
    return f"{place} (outside {', '.join(name.partition(', ')[0] for name in apart)})"


def _night(claim: Claim, clock: Clock) -> Moment | None:
    day = clock.span(claim.event_date)
    if day is None or clock.day is None or day.start != clock.day.end:
        return None
    together = f"{claim.claimant}|{claim.report}|{claim.event_date}"
    return Moment(day.start, day.end, together, claim.event_date or "", (day.start, day.end))


def _peak(claim: Claim, moment: Moment, partial: bool, clock: Clock) -> tuple[Moment, bool]:
    """A crowd is as large as it ever was.

    A figure without a time, or of the day, is of the event, one for a moment a part of it.
    """
    if claim.as_of is None or (clock.day is not None and moment.real == (clock.day.start, clock.day.end)):
        return moment.at_the_end(), partial
    return moment, partial or moment.lo != FINAL


def _scope(of: str | None) -> str:
    """What is counted over, in one spelling: "unauthorised rallies" of rallies is "unauthorised"."""
    return " ".join((of or "").casefold().split())


def _part_of_event(claim: Claim, clock: Clock) -> bool:
    day, main = clock.span(claim.event_date), clock.day
    return day is not None and main is not None and day != main and inside(day, main)


def _whole(number: int | float | None) -> int | None:
    return None if number is None else int(number)


def _ends(bound: str, low: int | None, high: int | None, partial: bool) -> tuple[int | None, int | None]:
    """What the words prove: about and a vague word prove nothing, a partial count has no ceiling."""
    if bound in ("about", "vague"):
        return None, None
    return (None if bound == "at_most" else low), (None if partial or bound == "at_least" else high)


def _roughly(claim: Claim, low: int | None) -> People:
    if claim.bound == "vague":  # as many as the word stands for in the table, and who knows how many more
        return People(low, None)
    if claim.bound != "about" or low is None:
        return People()
    down, up = ABOUT["nearly" if claim.hedge == "nearly" else "about"]
    return People(math.ceil(low * down), math.floor((low if claim.high is None else int(claim.high)) * up))
