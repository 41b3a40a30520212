"""The curve of a count, told: a plot, the table of its steps, and who said what when; as text, Markdown and CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from itertools import chain

from atleast.case import Reading
from atleast.reckon import Curve, Figure, as_plain, lines
from atleast.reckon.words import number

from . import plot
from .chart import svg
from .drawing import columns, padded, width, wrapped
from .steps import clock, sides, table, title
from .table import safe
from .telling import choices, counts
from .wording import Words

_GAP = 2
# So many claimants are listed when nobody asks why.
_CLAIMANTS = 12


def form(
    name: str, curve: Curve, case: Reading, words: Words, *, zone: tzinfo, at: str | None, why: bool
) -> Iterable[str]:
    """The curve in the format of that name, line by line."""
    if name == "md":
        return markdown(curve, words)
    if name == "text":
        return chain(_head(curve, case, words, zone, at), text(curve, words, width(), why=why))
    if name == "json":
        return plain(curve, case).splitlines()
    return (spreadsheet(curve) if name == "csv" else svg(curve, words)).splitlines()


def _head(curve: Curve, case: Reading, words: Words, zone: tzinfo, at: str | None) -> Iterator[str]:
    yield from wrapped(title(curve, words), width())
    yield counts(case, words, zone)
    if at:
        yield words("reckon.known_at", at=at)
    yield from choices(curve, words, width())
    yield ""


def text(curve: Curve, words: Words, to: int, *, why: bool) -> Iterator[str]:
    """The curve for a terminal: the plot, the table, and what each claimant said."""
    if not any(step.people.known for track in sides(curve) for step in track.steps):
        yield words("table.nothing")
        return
    yield from plot.lines(curve, words, to)
    yield ""
    rows = [[words("curve.from"), *(words(f"table.{side.name}") for side in sides(curve))], *table(curve, words)]
    wide = [max(columns(row[n]) for row in rows) for n in range(len(rows[0]))]
    for place, row in enumerate(rows):
        yield (" " * _GAP).join(padded(cell, size) for cell, size in zip(row, wide, strict=True)).rstrip()
        if not place:
            yield (" " * _GAP).join("─" * size for size in wide)
    if any(s.people.contradictory for track in sides(curve) for s in track.steps):
        yield ""
        yield from wrapped(words("curve.clashes"), to)
    yield from _said(curve, words, to, why=why)


def _said(curve: Curve, words: Words, to: int, *, why: bool) -> Iterator[str]:
    """The claimants with all their numbers for the row, in order of time."""
    told = [track for track in curve.claimants if track.said]
    if told:
        yield from ("", words("curve.said"), "")
    for track in told if why else told[:_CLAIMANTS]:
        yield from wrapped(f"  {track.name} ({words(f'table.{track.side}')})", to, hang="  ")
        for figure in track.said:
            first = lines(figure, words.language)[0] if why else f"{when(curve, figure, words)}  {number(figure)}"
            yield from wrapped(f"    {first}{_mark(figure, words)}", to, hang="  ")
    if len(told) > _CLAIMANTS and not why:
        yield f"  {words('curve.more', count=len(told) - _CLAIMANTS)}"


def when(curve: Curve, figure: Figure, words: Words) -> str:
    """The time of a figure: of a minute the clock of the curve, of anything longer as it was told."""
    first, last = figure.moment.real
    if first == last and figure.moment.shown and curve.start:
        return clock(curve, first.astimezone(curve.start.tzinfo))
    return figure.moment.shown or words("curve.no_time")


def _mark(figure: Figure, words: Words) -> str:
    return f" · {words('curve.taken_back')}" if figure.stale else ""


# ── Other formats ──


def markdown(curve: Curve, words: Words) -> Iterator[str]:
    """The table in Markdown."""
    head = [words("curve.from"), *(words(f"table.{side.name}") for side in sides(curve))]
    yield from (f"## {title(curve, words)}", "", f"| {' | '.join(head)} |", "|---|---|---|---|")
    yield from (f"| {' | '.join(row)} |" for row in table(curve, words))


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
