"""The table of a curve: a row for each time at which an interval changes, and how that time is told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from atleast.model import People
from atleast.reckon import Curve, Track, lines

from .wording import Words

_MINUTE = timedelta(minutes=1)
_BEFORE = datetime.min.replace(tzinfo=UTC)


def title(curve: Curve, words: Words) -> str:
    """What the curve is of."""
    row = lines(curve.key, words.language)[0] if curve.key.place else words.word("quantity", curve.key.quantity)
    return words("curve.title", row=row, day=curve.day) if curve.day else row


def sides(curve: Curve) -> tuple[Track, Track, Track]:
    """The three tracks of the table, in the order of its columns."""
    return curve.independent, curve.authority, curve.joint


def table(curve: Curve, words: Words) -> list[list[str]]:
    """One row for each time at which an interval changes: when, and how many by each side."""
    starts = sorted({s.start or _BEFORE for track in sides(curve) for s in track.steps})
    return [
        [_from(curve, start, starts, words), *(_people(_there(track, start), words) for track in sides(curve))]
        for start in starts
    ]


def _there(track: Track, start: datetime) -> People:
    return track.at(start) if start != _BEFORE else next((s.people for s in track.steps if s.start is None), People())


def _from(curve: Curve, start: datetime, starts: Sequence[datetime], words: Words) -> str:
    """A row's time: "20:00"; "after 20:00" for the minute after a full count; "in the end" for all that came later."""
    if start == _BEFORE:
        return words("curve.no_time")
    if start == curve.end and not curve.momentary:
        return words("curve.end")
    if not curve.momentary and start - _MINUTE in starts:
        return words("curve.after", time=clock(curve, start - _MINUTE))
    return clock(curve, start)


def clock(curve: Curve, when: datetime) -> str:
    """The time of day; with its date where the curve is of more than one day."""
    short = curve.start and curve.end and curve.end.timestamp() - curve.start.timestamp() <= 25 * 3600
    inside = curve.start and curve.end and curve.start <= when <= curve.end
    return when.strftime("%H:%M" if short and inside else "%Y-%m-%d %H:%M")


def _people(people: People, words: Words) -> str:
    """An interval in few words; one that is contradictory shows both of its ends."""
    if people.contradictory:
        return words("curve.clash", low=people.low, high=people.high)
    return lines(people, words.language)[0]
