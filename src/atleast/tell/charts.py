"""A curve as an SVG chart: no script, no font of its own, light or dark as the reader's system is, readable on a phone.

What is drawn stands in its description as text too; the table that `steps` makes says the same.
"""

from collections.abc import Iterator
from datetime import datetime

from atleast.reckon import Curve, Figure, Track
from atleast.reckon.words import number

from . import scale
from .pictures import document, picture, safe
from .steps import curve_rows, curve_title, sides
from .wording import Words

# In the chart's own units; on a narrow screen letters are made larger, and there is room for them.
_WIDE, _TOP, _HIGH, _LEFT, _RIGHT = 720, 64, 300, 84, 24
# To the right of the time stands what was said later, or at an hour that is not told, and what holds in the end.
_END = 560
_LINE = 26
_CLAIMANTS = 8
# These have marks of their own; what is meant roughly shares one.
_BOUNDS = ("exact", "at_least", "at_most")


def chart(curve: Curve, words: Words, *, alone: bool = True) -> str:
    """The chart as one SVG document; not `alone`, it carries no rules and its page serves those of `style`."""
    drawn = [*_axes(curve, words), *_sides(curve), *_said(curve), *_legend(curve, words)]
    high = _bottom() + 40 + _LINE * (1 + len(list(_meaning(curve, words))))
    name = safe(curve_title(curve, words))
    told = _told(curve, words)
    head = picture("curve", (_WIDE, high), words.language, name, told, role="img", alone=alone)
    return document(head, [f'<text class="title" x="8" y="30">{name}</text>', *drawn])


def _told(curve: Curve, words: Words) -> str:
    """The table in sentences, for those who do not see the chart."""
    names = [words(f"table.{side.name}") for side in sides(curve)]
    rows = (
        f"{row[0]}: " + ", ".join(f"{name} {cell}" for name, cell in zip(names, row[1:], strict=True))
        for row in curve_rows(curve, words)
    )
    return safe("; ".join(rows) + ".")


# ── Where things stand ──


def _bottom() -> int:
    return _TOP + _HIGH


def _x(curve: Curve, when: datetime | None) -> float:
    """Where a time stands; None is beyond the end."""
    if when is None:
        return _WIDE - _RIGHT
    return round(_LEFT + scale.share(curve, when) * (_END - _LEFT), 1)


def _y(curve: Curve, people: int) -> float:
    return round(_bottom() - people / max(1, scale.tallest(curve)) * _HIGH, 1)


def _axes(curve: Curve, words: Words) -> Iterator[str]:
    for people in scale.ticks(scale.tallest(curve)):
        y = _y(curve, people)
        yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y}" y2="{y}"/>'
        yield f'<text class="faint" x="{_LEFT - 10}" y="{y + 5}" text-anchor="end">{people}</text>'
    yield f'<line class="axis" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{_bottom()}" y2="{_bottom()}"/>'
    if curve.start is None or curve.end is None:
        return
    form = "%m-%d" if curve.end.timestamp() - curve.start.timestamp() > 49 * 3600 else "%H:%M"
    for place, at in enumerate(scale.hours(curve.start, curve.end, 9)):
        x, fine = _x(curve, at), ' class="fine"' if place % 3 else ""
        yield f'<line class="axis" x1="{x}" x2="{x}" y1="{_bottom()}" y2="{_bottom() + 6}"/>'
        yield f'<text{fine} x="{x}" y="{_bottom() + 28}" text-anchor="middle">{at.strftime(form)}</text>'
    yield f'<line class="grid" x1="{_END}" x2="{_END}" y1="{_TOP - 12}" y2="{_bottom()}"/>'
    middle = (_END + _WIDE - _RIGHT) // 2
    end = safe(words("curve.end"))
    yield f'<text class="faint" x="{middle}" y="{_bottom() + 28}" text-anchor="middle">{end}</text>'


# ── What is drawn ──


def _sides(curve: Curve) -> Iterator[str]:
    """The intervals of either side: a line along the lower end, a finer one along the upper, a tint between them."""
    for track in (curve.independent, curve.authority):
        yield f'<g class="{track.name}">'
        if curve.momentary:
            yield from _moments(curve, track)
        else:
            yield from _steps(curve, track)
        yield "</g>"


def _steps(curve: Curve, track: Track) -> Iterator[str]:
    boxes = [(_x(curve, s.start), _x(curve, s.end), s.people.low or 0, s.people.high) for s in track.steps if s.start]
    for left, right, low, high in boxes:
        if high is not None and high > low and right > left:
            top, bottom = _y(curve, high), _y(curve, low)
            yield f'<rect class="band" x="{left}" y="{top}" width="{right - left:g}" height="{bottom - top:g}"/>'
    rising = [(left, right, low) for left, right, low, _ in boxes if low]
    if rising:
        path = f"M{rising[0][0]} {_bottom()}" + "".join(f"V{_y(curve, low)}H{right}" for _, right, low in rising)
        yield f'<path class="low" d="{path}"/>'
    capped = [(left, right, high) for left, right, _, high in boxes if high is not None]
    if capped:
        path = f"M{capped[0][0]} {_y(curve, capped[0][2])}" + "".join(f"V{_y(curve, n)}H{r}" for _, r, n in capped)
        yield f'<path class="high" d="{path}"/>'


def _moments(curve: Curve, track: Track) -> Iterator[str]:
    """Single moments: an upright from the lower end to the upper, with feet."""
    for step in track.steps:
        if step.start and step.people.known:
            x, low = _x(curve, step.start), _y(curve, step.people.low or 0)
            high = _y(curve, step.people.high) if step.people.high is not None else _TOP
            yield f'<path class="moment" d="M{x - 6:g} {low}h12m-6 0V{high}m-6 0h12"/>'


def _said(curve: Curve) -> Iterator[str]:
    """A mark for every number that was said: its form tells the bound, its colour the side, its letter the claimant."""
    told = _lettered(curve)
    late = [track for _, track in told if any(_hour(curve, f) is None for f in track.said)]
    for letter, track in told:
        beyond = (
            _END + 26 + (late.index(track) * (_WIDE - _RIGHT - _END - 40) / max(1, len(late)) if track in late else 0)
        )
        yield f'<g class="{track.side}">'
        for figure in track.said:
            if figure.number is not None:
                hour = _hour(curve, figure)
                x, y = beyond if hour is None else _x(curve, hour), _y(curve, figure.number)
                yield _mark(figure.bound, x, y, f"{track.name}, {figure.moment.shown or '–'}: {number(figure)}")
                yield f'<text class="key" x="{x - 9:g}" y="{y - 8:g}" text-anchor="end">{letter}</text>'
        yield "</g>"


def _hour(curve: Curve, figure: Figure) -> datetime | None:
    """The minute of a figure, where it is told and lies within what is shown."""
    first, last = figure.moment.real
    shown = curve.start and curve.end and curve.start <= first <= curve.end
    return first if first == last and shown and figure.moment.shown else None


def _lettered(curve: Curve) -> list[tuple[str, Track]]:
    """The claimants with numbers of this row; those who gave most have letters."""
    told = [t for t in curve.claimants if any(f.number is not None for f in t.said)]
    return [(chr(ord("a") + n) if n < _CLAIMANTS else "", track) for n, track in enumerate(told)]


def _mark(bound: str, x: float, y: float, told: str = "") -> str:
    """A disc for "this many", a triangle upwards for "at least", downwards for "at most", a ring for the rest."""
    hover = f"<title>{safe(told)}</title>" if told else ""
    if bound == "exact":
        return f'<circle class="said" cx="{x:g}" cy="{y:g}" r="6">{hover}</circle>'
    if bound in ("at_least", "at_most"):
        tip, foot = (-8, 6) if bound == "at_least" else (8, -6)
        points = f"{x:g},{y + tip:g} {x - 7:g},{y + foot:g} {x + 7:g},{y + foot:g}"
        return f'<polygon class="said" points="{points}">{hover}</polygon>'
    return f'<circle class="said about" cx="{x:g}" cy="{y:g}" r="5.5">{hover}</circle>'


# ── What it means ──


def _meaning(curve: Curve, words: Words) -> Iterator[tuple[str, str]]:
    """A sample of each line and mark, with what it says."""
    for side in ("independent", "authority"):
        name = words(f"table.{side}")
        for kind in ("low", "high"):
            said = words("plot.at_least", side=name) if kind == "low" else words("plot.at_most", side=name)
            yield f'<g class="{side}"><path class="{kind}" d="M0 -5h40"/></g>', said
    bounds = {f.bound for track in curve.claimants for f in track.said if f.number is not None}
    rough = [("about", words("bound.about"))] if bounds.difference(_BOUNDS) else []
    for bound, said in [*((b, words.word("bound", b)) for b in _BOUNDS if b in bounds), *rough]:
        yield f'<g class="any">{_mark(bound, 20, -5)}</g>', said
    if any(_hour(curve, figure) is None for _, track in _lettered(curve) for figure in track.said):
        yield '<path class="grid" d="M20 -14v18"/>', words("plot.beyond")
    for letter, track in _lettered(curve):
        if letter:
            yield f'<g class="{track.side}"><text class="key" x="15" y="-1">{letter}</text></g>', track.name


def _legend(curve: Curve, words: Words) -> Iterator[str]:
    for place, (sample, said) in enumerate(_meaning(curve, words)):
        y = _bottom() + 40 + _LINE * (place + 1)
        yield f'<g transform="translate({_LEFT},{y})">{sample}<text x="52">{safe(_cut(said))}</text></g>'


def _cut(name: str, most: int = 44) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
