"""The window of a map: the smallest piece of the globe with all towns in it, laid flat without changing areas.

Lambert's azimuthal equal-area projection about the middle of the towns knows no edge of the world: Fiji and Chukotka
are whole. Source: Snyder (1987), Map Projections: A Working Manual, US Geological Survey 1395, pages 182 to 190.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Flat = tuple[float, float]
_RADIUS = 6371.0  # of the Earth in kilometres
# A window is never narrower: the outlines are too rough for a closer look, and a lone town needs surroundings.
_NARROWEST = 600 / _RADIUS
# Longer edges of an outline are bent where they are straight on no map: the 49th parallel.
_EDGE = 2.0
# Whatever lies as far from the middle all round is left out: no country is so large that it reaches the antipode from
# nearer by, and one that holds the antipode would be drawn inside out.
_FAR = 2.3


@dataclass(frozen=True, slots=True)
class Window:
    """Where on the paper a place stands. All sizes are in units of the paper, from its upper left corner.

    Attributes:
        latitude: Of the projection's middle, in degrees.
        longitude: The same.
        scale: Units of the paper to a radius of the Earth.
        left: Of the paper, from the projection's middle.
        top: The same, upwards.
        wide: The paper's width.
        high: The paper's height.
    """

    latitude: float
    longitude: float
    scale: float
    left: float
    top: float
    wide: float
    high: float

    def at(self, latitude: float, longitude: float) -> Flat:
        """Where a place stands on the paper."""
        x, y = flat(latitude, longitude, self.latitude, self.longitude)
        return x * self.scale - self.left, self.top - y * self.scale

    def drawn(self, ring: Sequence[Flat], margin: float = 20.0) -> list[Flat]:
        """The part of a ring (longitude, latitude) that lies on the paper or just beside it, closed; or nothing."""
        if all(angle(y, x, self.latitude, self.longitude) > _FAR for x, y in ring[::8]):
            return []
        points = [self.at(y, x) for x, y in _bent(ring)]
        for axis, most in ((0, self.wide), (1, self.high)):
            points = list(_cut(points, axis, -margin, 1))
            points = list(_cut(points, axis, most + margin, -1))
        return points


def window(places: Sequence[Flat], wide: float, lowest: float, highest: float, border: float) -> Window:
    """The smallest window round places (latitude, longitude), with so broad a border, on a paper of that width."""
    latitude, longitude = _middle(places)
    for _ in range(2):  # the second middle is that of what is seen, not of where most towns are
        west, south, east, north = _box(places, latitude, longitude)
        latitude, longitude = globe((west + east) / 2, (south + north) / 2, latitude, longitude)
    west, south, east, north = _box(places, latitude, longitude)
    across, up = max(east - west, _NARROWEST), north - south
    scale = min((wide - 2 * border) / across, (highest - 2 * border) / max(up, 1e-9))
    high = max(lowest, min(highest, up * scale + 2 * border))
    left, top = (west + east) / 2 * scale - wide / 2, (south + north) / 2 * scale + high / 2
    return Window(latitude, longitude, scale, left, top, wide, high)


def flat(latitude: float, longitude: float, middle: float, meridian: float) -> Flat:
    """A place on the plane about a middle, in radii of the Earth; the antipode lies two of them to the east."""
    lat, mid, turn = math.radians(latitude), math.radians(middle), math.radians(longitude - meridian)
    near = 1 + math.sin(mid) * math.sin(lat) + math.cos(mid) * math.cos(lat) * math.cos(turn)
    if near < 1e-12:  # every direction leads to the antipode
        return 2.0, 0.0
    size = math.sqrt(2 / near)
    return (
        size * math.cos(lat) * math.sin(turn),
        size * (math.cos(mid) * math.sin(lat) - math.sin(mid) * math.cos(lat) * math.cos(turn)),
    )


def globe(x: float, y: float, middle: float, meridian: float) -> Flat:
    """Latitude and longitude of a point of the plane: the way back from `flat`."""
    far, mid = math.hypot(x, y), math.radians(middle)
    if far < 1e-12:
        return middle, meridian
    arc = 2 * math.asin(min(1.0, far / 2))
    lat = math.asin(math.cos(arc) * math.sin(mid) + y * math.sin(arc) * math.cos(mid) / far)
    turn = math.atan2(x * math.sin(arc), far * math.cos(mid) * math.cos(arc) - y * math.sin(mid) * math.sin(arc))
    return math.degrees(lat), (meridian + math.degrees(turn) + 180) % 360 - 180


def angle(latitude: float, longitude: float, middle: float, meridian: float) -> float:
    """How far apart two places are, in radians."""
    x, y = flat(latitude, longitude, middle, meridian)
    return 2 * math.asin(min(1.0, math.hypot(x, y) / 2))


def _middle(places: Sequence[Flat]) -> Flat:
    """The middle of the places on the globe; the first of them where they lie all round it."""
    rounds = [(math.radians(lat), math.radians(lon)) for lat, lon in places]
    x = sum(math.cos(lat) * math.cos(lon) for lat, lon in rounds)
    y = sum(math.cos(lat) * math.sin(lon) for lat, lon in rounds)
    z = sum(math.sin(lat) for lat, _ in rounds)
    if math.hypot(x, y, z) < 1e-6 * len(places):
        return places[0]
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _box(places: Iterable[Flat], latitude: float, longitude: float) -> tuple[float, float, float, float]:
    across, up = zip(*(flat(lat, lon, latitude, longitude) for lat, lon in places), strict=True)
    return min(across), min(up), max(across), max(up)


def _bent(ring: Sequence[Flat]) -> Iterator[Flat]:
    """The ring with more points on its long edges; an edge never goes the long way round the world."""
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        dx, dy = (bx - ax + 180) % 360 - 180, by - ay
        pieces = max(1, math.ceil(max(abs(dx), abs(dy)) / _EDGE))
        yield from ((ax + dx * n / pieces, ay + dy * n / pieces) for n in range(pieces))


def _cut(points: Sequence[Flat], axis: int, edge: float, sign: int) -> Iterator[Flat]:
    """What lies on one side of an edge (Sutherland and Hodgman 1974)."""
    for one, two in zip(points, (*points[1:], *points[:1]), strict=True):
        a, b = (one[axis] - edge) * sign, (two[axis] - edge) * sign
        if a >= 0:
            yield one
        if (a < 0) != (b < 0):
            part = a / (a - b)
            yield one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part
