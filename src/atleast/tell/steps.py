"""The table of a curve: a row for each time at which an interval changes; as Markdown, CSV and JSON too."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from atleast.case import Reading
from atleast.model import People
from atleast.reckon import Curve, Figure, Track, as_plain, lines

from .tables import safe
from .wording import Words

_MINUTE = timedelta(minutes=1)
_BEFORE = datetime.min.replace(tzinfo=UTC)


def curve_title(curve: Curve, words: Words) -> str:
    """What the curve is of."""
    row = lines(curve.key, words.language)[0] if curve.key.place else words.word("quantity", curve.key.quantity)
    return words("curve.title", row=row, day=curve.day) if curve.day else row


def sides(curve: Curve) -> tuple[Track, Track, Track]:
    """The three tracks of the table, in the order of its columns."""
    return curve.independent, curve.authority, curve.joint


def curve_rows(curve: Curve, words: Words) -> list[list[str]]:
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


def when(curve: Curve, figure: Figure, words: Words) -> str:
    """The time of a figure: of a minute the clock of the curve, of anything longer as it was told."""
    first, last = figure.moment.real
    if first == last and figure.moment.shown and curve.start:
        return clock(curve, first.astimezone(curve.start.tzinfo))
    return figure.moment.shown or words("curve.no_time")


def _people(people: People, words: Words) -> str:
    """An interval in few words; one that is contradictory shows both of its ends."""
    if people.contradictory:
        return words("curve.clash", low=people.low, high=people.high)
    return lines(people, words.language)[0]


# ── Other formats ──


def markdown(curve: Curve, words: Words) -> Iterator[str]:
    """The table in Markdown."""
    head = [words("curve.from"), *(words(f"table.{side.name}") for side in sides(curve))]
    yield from (f"## {curve_title(curve, words)}", "", f"| {' | '.join(head)} |", "|---|---|---|---|")
    yield from (f"| {' | '.join(row)} |" for row in curve_rows(curve, words))


def plain(curve: Curve, case: Reading) -> str:
    """The curve as JSON, with the troubles of reading."""
    troubles = [{"what": t.what, "where": t.where, "value": t.value, "remedy": t.remedy} for t in case.troubles]
    return json.dumps(as_plain(curve) | {"troubles": troubles}, ensure_ascii=False, indent=2)


def spreadsheet(curve: Curve) -> str:
    """The curve as CSV: a line for each step of each side and claimant, and one for each number that was said.

    The column names are those of the records and are not translated; an open end is empty.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["what", "who", "side", "from", "until", "low", "high", "bound", "stale", "claims"])
    for track in (*sides(curve), *curve.claimants):
        for start, end, people in track.steps:
            rows.writerow(
                ["interval", safe(track.name), track.side, *_times(start, end), people.low, people.high, "", "", ""]
            )
    for track in curve.claimants:
        for f in track.said:
            told = [f.low, f.high, f.bound, int(f.stale), " ".join(f.claims)]
            rows.writerow(["said", safe(track.name), track.side, f.moment.shown, "", *map(safe, told)])
    return out.getvalue()


def _times(*times: datetime | None) -> list[str]:
    return [time.isoformat(timespec="minutes") if time else "" for time in times]
