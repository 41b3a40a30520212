"""Names beside their marks, none upon another: the first in the list has the first choice."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# Letters in units of the paper, as pictures.css sets them: on a narrow screen, and on a wide one.
_NARROW, _WIDE = 25.0, 15.0
_LETTER = 0.6  # the width of a letter to its height, a little more than most have
_GAP = 5.0
Box = tuple[float, float, float, float]


class Label(NamedTuple):
    """A name and the mark it belongs to: a circle round a point."""

    text: str
    x: float
    y: float
    reach: float


class Laid(NamedTuple):
    """A name that has found room. `y` is the middle of its letters; `fine` ones have room on wide screens only."""

    text: str
    x: float
    y: float
    anchor: str
    fine: bool


def laid(labels: Sequence[Label], wide: float, high: float) -> Iterator[Laid]:
    """The names for which there is room on a paper of that size: on any screen if possible, else on wide ones."""
    taken: list[Box] = [(label.x - 4, label.y - 4, label.x + 4, label.y + 4) for label in labels]
    marks = [(x - reach, y - reach, x + reach, y + reach) for _, x, y, reach in labels]
    for label in labels:
        if found := _room(label, taken, marks, wide, high, _NARROW):
            yield found
        elif found := _room(label, taken, marks, wide, high, _WIDE):
            yield found._replace(fine=True)


def _room(label: Label, taken: list[Box], marks: Sequence[Box], wide: float, high: float, size: float) -> Laid | None:
    """The first place beside the mark where the name is free, off the marks if possible; from now on it is taken."""
    choices = [((x, y, anchor), _box(label.text, x, y, anchor, size)) for x, y, anchor in _choices(label, size)]
    for avoided in (marks, ()):
        for (x, y, anchor), box in choices:
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= wide and box[3] <= high
            if inside and _free(box, taken) and _free(box, avoided):
                taken.append(box)
                return Laid(label.text, x, y, anchor, False)
    return None


def _choices(label: Label, size: float) -> Iterator[tuple[float, float, str]]:
    """Right of the mark, left, below, above."""
    _, x, y, reach = label
    yield x + reach + _GAP, y, "start"
    yield x - reach - _GAP, y, "end"
    yield x, y + reach + size / 2 + 2, "middle"
    yield x, y - reach - size / 2 - 2, "middle"


def _box(text: str, x: float, y: float, anchor: str, size: float) -> Box:
    long = len(text) * size * _LETTER
    left = x - {"start": 0.0, "end": long, "middle": long / 2}[anchor]
    return left, y - size / 2, left + long, y + size / 2


def _free(box: Box, taken: Iterable[Box]) -> bool:
    west, north, east, south = box
    return all(east <= w or e <= west or south <= n or s <= north for w, n, e, s in taken)
