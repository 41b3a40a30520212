"""A map as SVG: two rings for each town, as large as its numbers; light or dark, readable on a phone, without script.

What is drawn stands in its description as text too; `places_table` says the same.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from textwrap import wrap
from typing import NamedTuple

from atleast.lexicon import outlines
from atleast.reckon import Bound

from .labels import Label, laid
from .pictures import document, picture, safe
from .places import Town, placed
from .tables import said
from .windows import Window, window
from .wording import Words

# In the map's own units; on a narrow screen letters are made larger, and there is room for them.
_WIDE, _TOP, _LEFT, _LINE, _LETTERS = 720, 48, 24, 30, 48
_LOWEST, _HIGHEST, _BORDER = 280, 560, 84
# The largest ring, the smallest that can be seen, and the largest of a single person.
_LARGEST, _SMALLEST, _ONE = 60.0, 3.0, 9.0
# All rings together cover no more of the paper.
_COVERED = _WIDE * _HIGHEST / 10
_HIT = 14.0  # a finger is no needle
_THIN = 1.0  # points of an outline that are nearer to each other are one


class Spot(NamedTuple):
    """A town on the paper; `reach` is the radius of its largest ring."""

    town: Town
    x: float
    y: float
    reach: float


def places_map(
    told: Sequence[Town],
    words: Words,
    *,
    title: str,
    link: Callable[[str], str | None] | None = None,
    alone: bool = True,
) -> str:
    """The map of these towns as one SVG document. Each has its place; those without are listed below it.

    Args:
        told: The rows, as `towns` gives them.
        words: The language.
        title: What the numbers count, and when.
        link: Where the rings of a place lead; None leads nowhere.
        alone: Whether the picture carries its own rules. In a page it need not: the page serves those of `style`.
    """
    here, nowhere = placed(told)
    scale = _scale(town for town, _ in here)
    drawn: list[str] = []
    bottom = _TOP
    if here:
        paper = window([at for _, at in here], _WIDE, _LOWEST, _HIGHEST, _BORDER)
        spots = [Spot(town, *paper.at(*at), _radius(town.size, scale)) for town, at in here]
        drawn = [*_ground(paper), *_rings(spots, words, scale, link), *_names(spots, paper), "</svg>"]
        bottom += round(paper.high)
    below = [*_legend([town for town, _ in here], words, scale), *_listed(nowhere, words)]
    name = safe(title)
    head = picture(
        "map",
        (_WIDE, bottom + _LINE * (len(below) + 1)),
        words.language,
        name,
        _told(told, words),
        role="group" if link else "img",
        alone=alone,
    )
    lines = (f'<g transform="translate({_LEFT},{bottom + _LINE * n})">{each}</g>' for n, each in enumerate(below, 1))
    return document(head, [f'<text class="title" x="8" y="30">{name}</text>', *drawn, *lines])


def _told(told: Iterable[Town], words: Words) -> str:
    return safe("; ".join(_sentence(town, words) for town in told) + ".")


def _sentence(town: Town, words: Words) -> str:
    """A town in words: the place, then each side."""
    sides = zip(("independent", "authority"), town[1:], strict=True)
    return f"{town.place}: " + ", ".join(f"{words(f'table.{side}')} {said(bound, words)}" for side, bound in sides)


# ── Land and sea ──


def _ground(paper: Window) -> Iterator[str]:
    wide, high = round(paper.wide), round(paper.high)
    yield f'<svg x="0" y="{_TOP}" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
    yield f'<rect class="sea" width="{wide}" height="{high}"/>'
    yield from (f'<path class="land" d="{path}"/>' for path in _land(paper))


@lru_cache(maxsize=16)
def _land(paper: Window) -> tuple[str, ...]:
    """The countries as paths. The same towns are drawn again and again as their numbers move."""
    paths = ("".join(_path(paper.drawn(ring)) for ring in country.rings) for country in outlines())
    return tuple(path for path in paths if path)


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A ring as a path without the points that nobody can tell apart; nothing where it is a dot."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) >= _THIN:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z" if len(kept) > 2 else ""


# ── Rings ──


def _scale(told: Iterable[Town]) -> float:
    """Units of radius for one person; areas are as the numbers. Many large rings are drawn smaller."""
    sizes = [town.size for town in told]
    most, sum_of_all = max(sizes, default=0), sum(sizes)
    return min(_ONE, _LARGEST / math.sqrt(max(1, most)), math.sqrt(_COVERED / math.pi / max(1, sum_of_all)))


def _radius(people: int, scale: float) -> float:
    return max(_SMALLEST, scale * math.sqrt(people))


def _rings(
    spots: Iterable[Spot], words: Words, scale: float, link: Callable[[str], str | None] | None
) -> Iterator[str]:
    """The towns, the largest first, so that the small ones stand on top."""
    for spot in spots:
        told = safe(_sentence(spot.town, words))
        url = link(spot.town.place) if link else None
        yield f'<a href="{safe(url)}" aria-label="{told}">' if url else "<g>"
        yield f'<title>{told}</title><circle class="hit" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{_hit(spot):.1f}"/>'
        # Where both rings are as large, the independent one lies within the authorities' double line.
        for side, bound in (("authority", spot.town.authority), ("independent", spot.town.independent)):
            yield f'<g class="{side}">{_ring(bound, spot.x, spot.y, scale, double=side == "authority")}</g>'
        yield "</a>" if url else "</g>"


def _hit(spot: Spot) -> float:
    return max(_HIT, spot.reach + 2)


def _ring(bound: Bound, x: float, y: float, scale: float, *, double: bool) -> str:
    """One side: a ring at the lower end, dashed where there is no upper end; a dotted one at the upper end.

    The authorities' ring is a double line. A cross marks ends that contradict each other, dots a rough number.
    """
    people = bound.people
    if not people.known:
        rough = bound.roughly.high if bound.roughly.low is None else bound.roughly.low
        return "" if rough is None else _circle("rough", x, y, _radius(rough, scale))
    low, high = people.low or None, people.high
    drawn = ""
    if low is not None and high is not None and low < high:
        drawn += _band(x, y, _radius(low, scale), _radius(high, scale))
    if high is not None and low != high:
        drawn += _circle("most", x, y, _radius(high, scale))
    if low is not None:
        kind = " open" if high is None else ""
        drawn += _circle(f"ring{kind}", x, y, _radius(low, scale))
        drawn += _circle(f"core{kind}", x, y, _radius(low, scale)) if double else ""
    return drawn + (_cross(x, y, max(8.0, _radius(low or 0, scale) * 0.7)) if people.contradictory else "")


def _circle(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def _band(x: float, y: float, inner: float, outer: float) -> str:
    """The tint between both ends."""
    rings = (
        f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
        for r in (inner, outer)
    )
    return f'<path class="tint" d="{"".join(rings)}"/>'


def _cross(x: float, y: float, reach: float) -> str:
    a, b, c, d = x - reach, y - reach, x + reach, y + reach
    return f'<path class="clash" d="M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}M{a:.1f} {d:.1f}L{c:.1f} {b:.1f}"/>'


def _names(spots: Sequence[Spot], paper: Window) -> Iterator[str]:
    """The names of the towns as far as there is room, the largest first."""
    asked = [Label(spot.town.place.partition(", ")[0], spot.x, spot.y, spot.reach) for spot in spots]
    for each in laid(asked, paper.wide, paper.high):
        fine = " fine" if each.fine else ""
        yield (
            f'<text class="halo{fine}" x="{each.x:.1f}" y="{each.y:.1f}" dy=".35em" text-anchor="{each.anchor}"'
            f' pointer-events="none">{safe(each.text)}</text>'
        )


# ── What it means ──


def _legend(told: Sequence[Town], words: Words, scale: float) -> Iterator[str]:
    """A sample of each form that is drawn, with what it says."""
    if not told:
        yield f"<text>{safe(words('map.nothing'))}</text>"
        return
    bounds = [bound for town in told for bound in town[1:]]
    ends = [bound.people for bound in bounds if bound.people.known]
    yield _sample("independent", _circle("ring", 20, -5, 9), words("table.independent"))
    yield _sample("authority", _circle("ring", 20, -5, 9) + _circle("core", 20, -5, 9), words("table.authority"))
    if any(people.low and people.high is None for people in ends):
        yield _sample("any", _circle("ring open", 20, -5, 9), words("map.at_least"))
    if any(people.high is not None and people.low != people.high for people in ends):
        both = (
            f'<g class="{side}">{_circle("most", x, -5, 8)}</g>' for side, x in (("independent", 8), ("authority", 32))
        )
        yield _sample("any", "".join(both), words("map.at_most"))
    if any(people.contradictory for people in ends):
        yield _sample("any", _cross(20, -5, 8), words("map.contradictory"))
    if any(bound.roughly.known and not bound.people.known for bound in bounds):
        yield _sample("any", _circle("rough", 20, -5, 9), words("map.rough"))
    count = max(n * 10**zeros for zeros in range(9) for n in (1, 2, 5) if _radius(n * 10**zeros, scale) <= _LINE / 2)
    yield _sample("any", _circle("ring", 20, -5, _radius(count, scale)), words("map.people", count=count))


def _sample(side: str, form: str, said: str) -> str:
    return f'<g class="{side}">{form}</g><text x="52">{safe(said)}</text>'


def _listed(nowhere: Sequence[Town], words: Words) -> Iterator[str]:
    """The places that stand nowhere on the map, and where the map comes from."""
    if nowhere:
        names = "; ".join(town.place for town in nowhere)
        yield from (f"<text>{safe(line)}</text>" for line in wrap(words("map.nowhere", places=names), _LETTERS))
    yield f'<text class="faint">{safe(words("map.sources"))}</text>'
