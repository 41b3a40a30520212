"""A curve drawn with letters: what each side proves as a rising line, and a mark for every number that was said."""

from collections.abc import Iterator

from atleast.reckon import Curve, Track
from atleast.tell import Words
from atleast.tell.scale import hours, placed, share, tallest, ticks

from .drawing import padded

_ROWS = 15
# Line, corner of arrival, upright, corner of departure, and the line of the upper end: for each side.
_PENS = {"independent": tuple("─┌│┘·"), "authority": tuple("═╔║╝:")}
MARKS = {"exact": "●", "at_least": "▲", "at_most": "▼"}
ROUGH = "○"


def lines(curve: Curve, words: Words, to: int) -> Iterator[str]:
    """The plot, its axes and what the signs mean."""
    most = tallest(curve)
    if curve.start is None or curve.end is None or not most:
        return
    left = len(str(most)) + 2
    wide = to - left - 1
    canvas = [[" "] * wide for _ in range(_ROWS)]
    for track in (curve.independent, curve.authority):
        _draw(canvas, curve, track, most)
    for claimant in curve.claimants:
        for figure in claimant.said:
            if (at := placed(curve, figure)) is not None and figure.number is not None:
                canvas[_row(figure.number, most)][round(at * (wide - 1))] = MARKS.get(figure.bound, ROUGH)
    marked = {_row(number, most): number for number in ticks(most)}
    for place in range(_ROWS):
        yield f"{marked.get(place, ''):>{left - 1}} {'┤' if place in marked else '│'}{''.join(canvas[place])}".rstrip()
    yield from _below(curve, left, wide)
    yield ""
    yield from _meaning(curve, words, to)


def _row(number: int, most: int) -> int:
    return _ROWS - 1 - round(number / most * (_ROWS - 1))


def _draw(canvas: list[list[str]], curve: Curve, track: Track, most: int) -> None:
    """The ends of a track's intervals as lines; of single moments only their own columns."""
    line, arriving, upright, leaving, upper = _PENS[track.name]
    wide = len(canvas[0])
    before: int | None = None
    for column, (low, high) in enumerate(_columns(curve, track, wide)):
        if high is not None:
            canvas[_row(high, most)][column] = upper
        here = _row(low, most) if low else None
        if here is not None:
            canvas[here][column] = line
            if before is not None and before > here:
                for between in range(here + 1, before):
                    canvas[between][column] = upright
                canvas[here][column], canvas[before][column] = arriving, leaving
        before = here


def _columns(curve: Curve, track: Track, wide: int) -> Iterator[tuple[int | None, int | None]]:
    """Both ends of the interval in each column: what holds when its time is over."""
    steps = [s for s in track.steps if s.start]
    for column in range(wide):
        ended = (column + 0.5) / (wide - 1)
        begun = [s for s in steps if s.start and share(curve, s.start) <= ended]
        if curve.momentary:
            begun = [s for s in begun if s.start and share(curve, s.start) > (column - 0.5) / (wide - 1)]
        yield (begun[-1].people.low, begun[-1].people.high) if begun else (None, None)


def _below(curve: Curve, left: int, wide: int) -> Iterator[str]:
    """The axis of time: a tick and a label where there is room."""
    if curve.start is None or curve.end is None:
        return
    axis, labels = ["─"] * wide, ""
    days = curve.end.timestamp() - curve.start.timestamp() > 49 * 3600
    for at in hours(curve.start, curve.end, wide // 9):
        column = round(share(curve, at) * (wide - 1))
        axis[column] = "┬"
        label = at.strftime("%m-%d" if days else "%H:%M")
        if column >= len(labels) and column + len(label) <= wide + 1:
            labels = padded(labels, column) + label + " "
    yield " " * left + "└" + "".join(axis)
    yield (" " * (left + 1) + labels).rstrip()


def _meaning(curve: Curve, words: Words, to: int) -> Iterator[str]:
    """What the lines and marks mean."""
    said = [
        *(f"{pen[0] * 2} {words('plot.at_least', side=words(f'table.{side}'))}" for side, pen in _PENS.items()),
        *(f"{pen[4] * 2} {words('plot.at_most', side=words(f'table.{side}'))}" for side, pen in _PENS.items()),
    ]
    bounds = {f.bound for track in curve.claimants for f in track.said if placed(curve, f) is not None}
    said += [f"{mark}  {words.word('bound', bound)}" for bound, mark in MARKS.items() if bound in bounds]
    said += [f"{ROUGH}  {words('bound.about')}"] if bounds - MARKS.keys() else []
    row = ""
    for each in said:
        if row and len(row) + len(each) + 3 > to:
            yield row.rstrip()
            row = ""
        row += each + "   "
    yield row.rstrip()
