"""The gazetteer: countries, regions and cities as a tree, in both scripts and all cases.

`gazetteer()` loads it once from `data/places`, which `tools/build_gazetteer.py` writes. The file is a tree
told in lines, tab between the columns: kind, name, population, forms, adjectives.

    C  a country. Everything down to the next C lies in it
    R  a region. The towns after it lie in it
    T  a city that holds towns of its own, as Moscow holds Zelenograd
    t  a town, in the region or city above it

A form is stored folded (see `fold`), an adjective by its Russian nominative without the ending.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ..model.errors import BadLexicon

_MOST_KEPT = 1 << 15  # answers kept; a text asks for the same few thousand words again and again
_KINDS = {"C": "country", "R": "region", "T": "city", "t": "city"}
_ENDINGS = tuple(
    sorted(
        "ий ый ой ого его ому ему им ым ом ем ая яя ую юю ою ое ее ие ые их ых ими ыми".split(),
        key=lambda e: (-len(e), e),
    )
)
_REGION = 30  # a city comes before a region of the same name unless it is so many times smaller
_MARKS = (
    {ord(c): None for c in "'’‘ʼʹ`´\u00ad\u0301\u200b"}
    | {ord(c): " " for c in "\u00a0\u202f\u2009\n\t"}
    | {ord("ё"): "е"}
)
_PARTS = re.compile(r"[ .-]")  # what parts the words of a name, as it is folded
_POSSESSIVE = re.compile(r"['’]s$")
_DASHES = {ord(c): "-" for c in "‐‑–—−"}
_PLAIN = re.compile(r"[\x00-\x7f\u0400-\u04ff]*")  # Latin letters without accents, Cyrillic
_SAINT = re.compile(r"\b(?:st\.?|saint)(?=[\s-])")


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a region or a city, by the name it has in the wire form."""

    key: str
    kind: str
    parent: str | None
    country: str
    population: int


@lru_cache(maxsize=1 << 15)
def fold(form: str) -> str:
    """The spelling under which forms are compared: no case, accents, apostrophes or English possessive, ё as е.

    >>> fold("Saint-Étienne"), fold("Орёл"), fold("Arkhangel’sk"), fold("Russia's")
    ('saint-etienne', 'орел', 'arkhangelsk', 'russia')
    """
    low = form.casefold()
    if "'" in low or "’" in low:
        low = _POSSESSIVE.sub("", low)
    low = low.translate(_MARKS)
    if low.isascii():
        return low
    low = low.translate(_DASHES)
    return low if _PLAIN.fullmatch(low) else _bare(low)


def _bare(low: str) -> str:
    low = low.replace("ı", "i").replace("ø", "o").replace("đ", "d").replace("ł", "l").replace("æ", "ae")
    return "".join(_unaccented(c) for c in low)


def _unaccented(letter: str) -> str:
    if "\u0400" <= letter <= "\u04ff":  # й is not и with an accent
        return letter
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))


ATTACHED = 2
"""Words and marks of a name whose first word begins none that is known: what is written to it, as in "Bree's"."""


class Gazetteer:
    """Places by key, by any written form, and by the adjectives made of their names.

    Attributes:
        longest: Most words (split on spaces) in any form.
        reach: How many words and marks a name that begins with a word may have, at most.
        named: Every place that may be written so, in any case and script, the likeliest first.
        described: The places whose adjective this is: "краснодарских", "Turkish"; the likeliest first.
        doubtful: Whether a form is also an everyday word, a name of people, or that of a district in many cities.
    """

    def __init__(
        self, lines: Iterable[str], ambiguous: Iterable[str], file: str = "places.tsv", capitals: Iterable[str] = ()
    ) -> None:
        self._names: list[str] = []
        self._kinds: list[str] = []
        self._sizes: list[int] = []
        self._parents: list[int] = []
        self._countries: list[int] = []
        self._forms: dict[str, int | tuple[int, ...]] = {}
        self._adjectives: dict[str, int | tuple[int, ...]] = {}
        self._places: dict[int, Place] = {}
        self._known: dict[str, Place | None] = {}
        remembered = lru_cache(maxsize=_MOST_KEPT)
        self.reach: Callable[[str], int] = remembered(self._reach_of)
        self.named: Callable[[str], tuple[Place, ...]] = remembered(self._named)
        self.described: Callable[[str], tuple[Place, ...]] = remembered(self._described)
        self.doubtful: Callable[[str], bool] = remembered(self._is_doubtful)
        self._doubtful = frozenset(ambiguous)
        self._capitals = dict(line.split("\t") for line in capitals if line and line[0] != "#")
        self._read(lines, file)
        self.longest = max((form.count(" ") for form in self._forms), default=0) + 1
        self._reach = _reaches(self._forms)

    def at(self, key: str) -> Place | None:
        """The place that a key means; lenient about case, accents, "St." and a region in the middle.

        >>> gazetteer().at("krasnodar, Krasnodar Krai, russia").key
        'Krasnodar, Russia'
        """
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]

    def _reach_of(self, first: str) -> int:
        return self._reach.get(_first_part(first), ATTACHED)

    def _named(self, form: str) -> tuple[Place, ...]:
        return tuple(map(self._place, self._numbers(fold(form))))

    def _described(self, form: str) -> tuple[Place, ...]:
        return tuple(map(self._place, self._ranked(_stems(fold(form)))))

    def capital(self, country: str) -> Place | None:
        """The capital of a country.

        >>> gazetteer().capital("Belarus").key
        'Minsk, Belarus'
        """
        city = self._capitals.get(country)
        return self.at(f"{city}, {country}") if city else None

    def _is_doubtful(self, form: str) -> bool:
        return not self._doubtful.isdisjoint(_stems(fold(form)))

    def path(self, key: str) -> tuple[str, ...]:
        """The keys from a place up to its country, itself first; empty when it is not known."""
        place = self.at(key)
        steps: list[str] = []
        while place:
            steps.append(place.key)
            place = self.at(place.parent) if place.parent else None
        return tuple(steps)

    def kind(self, key: str) -> str:
        """Whether a place is a "country", a "region" or a "city"; empty when it is not known."""
        place = self.at(key)
        return place.kind if place else ""

    def within(self, inner: str, outer: str) -> bool:
        """Whether one place is another or lies in it."""
        place = self.at(outer)
        return place is not None and place.key in self.path(inner)

    def __iter__(self) -> Iterator[Place]:
        return map(self._place, range(len(self._names)))

    def __len__(self) -> int:
        return len(self._names)

    def _read(self, lines: Iterable[str], file: str) -> None:
        country = region = -1
        for number, line in enumerate(lines, 1):
            if not line or line[0] == "#":
                continue
            try:
                kind, name, size, forms, adjectives = line.split("\t")
                mine = len(self._names)
                if country < 0 and kind != "C":
                    raise ValueError("before any country")
                if kind == "t":
                    above = region
                elif kind == "C":
                    country = region = mine
                    above = -1
                else:
                    above, region = country, mine
                self._sizes.append(int(size))
                self._kinds.append(_KINDS[kind])
            except (ValueError, KeyError) as wrong:
                raise BadLexicon(
                    "not a line of the gazetteer", file=file, line=number, value=line, remedy="Run make gazetteer"
                ) from wrong
            self._names.append(name)
            self._parents.append(above)
            self._countries.append(country)
            _put(self._forms, forms, mine)
            if adjectives:
                _put(self._adjectives, adjectives, mine)

    def _key(self, number: int) -> str:
        country = self._countries[number]
        return self._names[number] if country == number else f"{self._names[number]}, {self._names[country]}"

    def _place(self, number: int) -> Place:
        place = self._places.get(number)
        if place is None:
            above = self._parents[number]
            place = self._places[number] = Place(
                self._key(number),
                self._kinds[number],
                None if above < 0 else self._key(above),
                self._names[self._countries[number]],
                self._sizes[number],
            )
        return place

    def _numbers(self, form: str) -> tuple[int, ...]:
        return self._ranked((form,), self._forms)

    def _ranked(self, forms: Iterable[str], among: dict[str, int | tuple[int, ...]] | None = None) -> tuple[int, ...]:
        found: set[int] = set()
        for form in forms:
            hit = (self._adjectives if among is None else among).get(form, ())
            found.update((hit,) if isinstance(hit, int) else hit)
        return tuple(sorted(found, key=self._rank))

    def _rank(self, number: int) -> tuple[bool, float, int]:
        """Countries first, then by size; New York is the city, Florida the state and not the town in Uruguay."""
        size = self._sizes[number] / (_REGION if self._kinds[number] == "region" else 1)
        return self._parents[number] >= 0, -size, number

    def _find(self, key: str) -> Place | None:
        first, *rest = [part.strip() for part in key.split(",") if part.strip()] or [""]
        found = [n for form in _spellings(first) for n in self._numbers(form)]
        if not rest:
            return next((self._place(n) for n in found if self._parents[n] < 0), None)
        wider = [{n for form in _spellings(part) for n in self._numbers(form)} for part in rest]
        fitting = [n for n in found if all(self._above(n) & part for part in wider)]
        exact = [n for n in fitting if fold(self._key(n)) == fold(key)]
        return next(map(self._place, exact or fitting), None)

    def _above(self, number: int) -> set[int]:
        steps = set()
        while (number := self._parents[number]) >= 0:
            steps.add(number)
        return steps


def _first_part(name: str) -> str:
    return _PARTS.split(fold(name), 1)[0]


def _reaches(forms: Iterable[str]) -> dict[str, int]:
    """How many words and marks the longest of the forms has that begin with each word; `ATTACHED` untold."""
    reach: dict[str, int] = {}
    for form in forms:
        if (parts := len(_PARTS.findall(form))) > 0:
            first = _PARTS.split(form, 1)[0]
            reach[first] = max(2 * parts + 2, reach.get(first, 0))
    return reach


def _put(index: dict[str, int | tuple[int, ...]], forms: str, number: int) -> None:
    for form in forms.split("|"):
        had = index.get(form)
        if had is None:
            index[form] = number
        else:
            index[form] = (*((had,) if isinstance(had, int) else had), number)


def _stems(form: str) -> tuple[str, ...]:
    """What an adjective is stored under: itself, and itself without each ending it may bear."""
    return (form, *(form[: -len(e)] + "-" for e in _ENDINGS if form.endswith(e)))


def _spellings(form: str) -> tuple[str, ...]:
    low = fold(form)
    return tuple(dict.fromkeys((low, _SAINT.sub("saint", low), _SAINT.sub("st.", low))))


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with atleast, loaded once."""
    folder = files(__package__) / "data" / "places"
    ambiguous = (folder / "ambiguous.txt").read_text("utf-8") + (folder / "doubtful.txt").read_text("utf-8")
    words = (line.strip() for line in ambiguous.splitlines())
    return Gazetteer(
        (folder / "places.tsv").read_text("utf-8").split("\n"),
        (fold(word) for word in words if word and word[0] not in "#!"),
        capitals=(folder / "capitals.tsv").read_text("utf-8").splitlines(),
    )
