"""Writes the outlines of countries from Natural Earth, by way of the npm package world-atlas.

    python tools/build_outlines.py            writes outlines.tsv into src/atleast/lexicon/data/outlines
    python tools/build_outlines.py --check    says whether that file is what the source gives; changes nothing

Needs npm, which fetches one package of a known version and hash. The same source gives the same bytes.
"""

import argparse
import base64
import hashlib
import json
import math
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "src" / "atleast" / "lexicon" / "data" / "outlines" / "outlines.tsv"
PACKAGE = "world-atlas@2.0.2"
HASH = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
FILE = "package/countries-50m.json"
UNITS = 1000  # to a degree
LOOSE = 8  # units that a line may stray from its source: under a kilometre, less than a pixel on our closest map
# Natural Earth draws who is in control. The tree of places follows General Assembly resolution 68/262, and so does the
# map: what lies within these degrees (west, south, east, north) goes from the one country to the other.
BELONGS = (("Russia", "Ukraine", (32.0, 44.0, 37.0, 46.5)),)
HEADER = """\
# Made by tools/build_outlines.py; do not edit. Source and licence: README.md beside this file.
# l: a line, longitude and latitude in thousandths of a degree, then the steps from point to point.
# c: a country and its rings: the lines of each by number from 0, one that is walked backwards as -number - 1.
"""
Point = tuple[int, int]
Ring = list[int]


def source() -> Any:
    """The TopoJSON of the package; stops where it is not the one that we know."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != HASH:
            sys.exit(f"{PACKAGE}: its hash is {found}, not {HASH}")
        with tarfile.open(archive) as members:
            file = members.extractfile(FILE)
            assert file is not None
            return json.load(file)


def lines_of(atlas: Any) -> list[list[Point]]:
    """The lines in our units; longitudes run on beyond 180 rather than jump."""
    (wide, high), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for steps in atlas["arcs"]:
        x = y = 0
        line: list[Point] = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            lon, lat = round((x * wide + west) * UNITS), round((y * high + south) * UNITS)
            line.append((lon + round_the_world(line, lon), lat))
        found.append(simpler(line))
    return found


def round_the_world(line: Sequence[Point], lon: int) -> int:
    return round((line[-1][0] - lon) / (360 * UNITS)) * 360 * UNITS if line else 0


def simpler(line: list[Point]) -> list[Point]:
    """The line without the points that it can spare (Douglas and Peucker 1973); its ends stay."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        far, most = max(((strays(line, first, last, n), n) for n in range(first + 1, last)), default=(0.0, 0))
        if far > LOOSE:
            keep.add(most)
            todo += [(first, most), (most, last)]
    return [line[n] for n in sorted(keep)]


def strays(line: Sequence[Point], first: int, last: int, middle: int) -> float:
    """How far a point lies from the stretch between two others, in units of latitude."""
    (ax, ay), (bx, by), (px, py) = line[first], line[last], line[middle]
    narrow = math.cos(math.radians(py / UNITS))
    dx, dy, x, y = (bx - ax) * narrow, by - ay, (px - ax) * narrow, py - ay
    along = max(0.0, min(1.0, (x * dx + y * dy) / (dx * dx + dy * dy or 1)))
    return math.hypot(x - along * dx, y - along * dy)


def rings_of(atlas: Any) -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found.setdefault(shape["properties"]["name"], []).extend(ring for polygon in polygons for ring in polygon)
    return found


def give(rings: dict[str, list[Ring]], lines: Sequence[Sequence[Point]]) -> None:
    """Move what `BELONGS` names to the other country, and take away the border between the two."""
    for giver, taker, window in BELONGS:
        moved = [ring for ring in rings[giver] if inside(ring, lines, window)]
        if not moved:
            sys.exit(f"{PACKAGE}: nothing of {giver} lies in {window}")
        rings[giver] = [ring for ring in rings[giver] if ring not in moved]
        rings[taker] = joined([*rings[taker], *moved], lines)


def inside(ring: Ring, lines: Sequence[Sequence[Point]], window: tuple[float, float, float, float]) -> bool:
    west, south, east, north = (side * UNITS for side in window)
    points = [point for n in ring for point in lines[n if n >= 0 else ~n]]
    return all(west <= x <= east and south <= y <= north for x, y in points)


def joined(rings: Sequence[Ring], lines: Sequence[Sequence[Point]]) -> list[Ring]:
    """The rings of one country; lines that are walked both ways lay between two parts of it, and go."""
    walked = {n for ring in rings for n in ring}
    touched = [ring for ring in rings if any(~n in walked for n in ring)]
    left = [n for ring in touched for n in ring if ~n not in walked]
    found = [ring for ring in rings if ring not in touched]
    while left:
        ring = [left.pop(0)]
        while end(ring[-1], lines) != start(ring[0], lines):
            ring.append(left.pop(next(at for at, n in enumerate(left) if start(n, lines) == end(ring[-1], lines))))
        found.append(ring)
    return found


def start(number: int, lines: Sequence[Sequence[Point]]) -> Point:
    return lines[number][0] if number >= 0 else lines[~number][-1]


def end(number: int, lines: Sequence[Sequence[Point]]) -> Point:
    return start(~number, lines)


def rows(atlas: Any) -> Iterator[str]:
    lines, rings = lines_of(atlas), rings_of(atlas)
    give(rings, lines)
    for line in lines:
        steps = [b - a for one, two in pairwise(line) for a, b in zip(one, two, strict=True)]
        yield "l\t" + " ".join(map(str, (*line[0], *steps)))
    for name, told in sorted(rings.items()):
        yield f"c\t{name}\t" + "|".join(" ".join(map(str, ring)) for ring in told)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only, change nothing")
    check = parser.parse_args().check
    text = HEADER + "".join(f"{row}\n" for row in rows(source()))
    if check:
        stale = not OUT.exists() or OUT.read_text("utf-8") != text
        print("the outlines are not what their source gives" if stale else "the outlines are what their source gives")
        return stale
    OUT.write_text(text, "utf-8", newline="\n")
    print(f"{OUT.name}: {text.count(chr(10))} lines, {len(text.encode()) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
