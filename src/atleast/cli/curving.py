"""The curve of a count, told: a plot, the table of its steps, and who said what when; for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import chain

from atleast.case import Reading, Reviewed
from atleast.reckon import Curve, Figure, lines
from atleast.reckon.words import number
from atleast.tell import Words, chart, choices, counts, curve_rows, curve_title, reviewed, sides, steps, when

from . import plot
from .drawing import columns, padded, width, wrapped

_GAP = 2
# So many claimants are listed when nobody asks why.
_CLAIMANTS = 12


def form(
    name: str, curve: Curve, case: Reading, found: Reviewed, words: Words, *, zone: tzinfo, at: str | None, why: bool
) -> Iterable[str]:
    """The curve in the format of that name, line by line."""
    if name == "md":
        return steps.markdown(curve, words)
    if name == "text":
        return chain(_head(curve, case, found, words, zone, at), text(curve, words, width(), why=why))
    if name == "json":
        return steps.plain(curve, case).splitlines()
    return (steps.spreadsheet(curve) if name == "csv" else chart(curve, words)).splitlines()


def _head(curve: Curve, case: Reading, found: Reviewed, words: Words, zone: tzinfo, at: str | None) -> Iterator[str]:
    yield from wrapped(curve_title(curve, words), width())
    yield counts(case, words, zone)
    for line in reviewed.summary(found, words):
        yield from wrapped(line, width())
    if at:
        yield words("reckon.known_at", at=at)
    for line in choices(curve, words):
        yield from wrapped(line, width())
    yield ""


def text(curve: Curve, words: Words, to: int, *, why: bool) -> Iterator[str]:
    """The curve for a terminal: the plot, the table, and what each claimant said."""
    if not any(step.people.known for track in sides(curve) for step in track.steps):
        yield words("table.nothing")
        return
    yield from plot.lines(curve, words, to)
    yield ""
    rows = [[words("curve.from"), *(words(f"table.{side.name}") for side in sides(curve))], *curve_rows(curve, words)]
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


def _mark(figure: Figure, words: Words) -> str:
    return f" · {words('curve.taken_back')}" if figure.stale else ""
