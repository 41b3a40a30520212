"""The scales of a curve's picture: round numbers, full hours, and where a moment stands among them."""

from datetime import datetime, timedelta

from atleast.reckon import Curve, Figure

# Steps between the numbers on an axis are 1, 2 or 5 of some power of ten.
_STEPS = (1, 2, 5)
_HOURS = (1, 2, 3, 4, 6, 12, 24, 48, 120, 240, 720)


def tallest(curve: Curve) -> int:
    """The largest number that is to be drawn."""
    ends = [n for t in (curve.independent, curve.authority) for s in t.steps for n in (s.people.low, s.people.high)]
    said = [f.number for track in curve.claimants for f in track.said]
    return max((n for n in (*ends, *said) if n is not None), default=0)


def ticks(most: int) -> list[int]:
    """Round numbers from 0 to the largest, five at most."""
    size = 1
    while True:
        for step in _STEPS:
            if most <= 5 * step * size:
                return list(range(0, most + 1, step * size))
        size *= 10


def hours(start: datetime, end: datetime, most: int) -> list[datetime]:
    """Full hours of the place between two moments, so far apart that there are at most so many."""
    length = (end.timestamp() - start.timestamp()) / 3600
    step = next((hours for hours in _HOURS if length / hours <= most), _HOURS[-1])
    first = start.replace(hour=0, minute=0, second=0, microsecond=0)
    found = (first + timedelta(hours=n * step) for n in range(int(length / step) + 30 // step + 2))
    return [at for at in found if start.timestamp() <= at.timestamp() <= end.timestamp()]


def share(curve: Curve, when: datetime) -> float:
    """Where a moment lies between the curve's start (0) and its end (1)."""
    if curve.start is None or curve.end is None:
        return 1.0
    first, last = curve.start.timestamp(), curve.end.timestamp()
    return 1.0 if last <= first else max(0.0, min(1.0, (when.timestamp() - first) / (last - first)))


def placed(curve: Curve, figure: Figure) -> float | None:
    """Where a figure is marked: at its moment; at the end of a longer time; None where no time is told."""
    last = figure.moment.real[1]
    if not figure.moment.shown or curve.start is None or last < curve.start:
        return None
    return share(curve, last)
