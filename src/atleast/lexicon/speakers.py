"""Who speaks: ministries, monitors, agencies, newspapers, by any name they are known under.

`speakers()` loads `data/speakers.tsv`, which a person edits (its head says how), and
`data/speakers_forms.tsv`, which `tools/build_speakers.py` makes of it: the Russian names in all cases.

Some offices every country or city has: an interior ministry, police, a court. With a place in the name
("МВД России", "Moscow police") `named` finds them; by the bare name alone ("the ministry of the interior")
only `of` does, once the reader knows which country is meant.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

from ..model.errors import BadLexicon
from ..model.vocabulary import CLAIMANT_KINDS
from .places import Gazetteer, Place, fold, gazetteer

EVERYWHERE = "*"
Meant = TypeVar("Meant")
_KINDS = ("country", "region", "city")
_ARTICLE = re.compile(r"^the ")
_OWNER = re.compile(r"^(?:of |in |по )?(?:the |городу |г\. ?)?")
_POSSESSIVE = re.compile(r"['’]s(?=\s)|['’](?=\s)")
_POLICE = " police"
_PARTS = re.compile(r"[ .&-]")  # what parts the words of a name, as it is folded
_QUOTES = str.maketrans("", "", '«»„“”"')


@dataclass(frozen=True, slots=True)
class Speaker:
    """An organisation or office that says numbers.

    Attributes:
        name: Canonical English name, as in the wire form.
        kind: A word of `CLAIMANT_KINDS`.
        country: Key of its country in the gazetteer; None for the international.
        heads: The common nouns that mean it when it is spoken of again ("the ministry", "ведомство").
    """

    name: str
    kind: str
    country: str | None
    heads: tuple[str, ...] = ()


class Speakers:
    """Speakers by any name, in every language and grammatical case that the list knows.

    Attributes:
        longest: Most words (split on spaces) in any name that `named` can find.
        named: The speaker of a name, None when nobody has it; with a place in the name also the offices that every
            place has.
        of: The office of a bare name in a country, region or city.
        begins: Whether a name or an office of the list may begin with a word.
        ends: Whether the name of an office may end with a word, and that of a place come before it.
    """

    def __init__(
        self,
        lines: Iterable[str],
        forms: Iterable[str] = (),
        places: Gazetteer | None = None,
        file: str = "speakers.tsv",
    ) -> None:
        self._places = places or gazetteer()
        remembered = lru_cache(maxsize=1 << 14)
        self.named: Callable[[str], Speaker | None] = remembered(self._known)
        self.of: Callable[[str, str], Speaker | None] = remembered(self._of)
        self.begins: Callable[[str], bool] = remembered(self._begins)
        self.ends: Callable[[str], bool] = remembered(self._ends)
        self._forms = dict(_declined(forms))
        self._heads: dict[str, tuple[str, ...]] = {}
        self._named: dict[str, Speaker] = {}
        self._everywhere: dict[str, tuple[str, str, tuple[str, ...]]] = {}
        self._doubtful: set[str] = set()
        self._towns: dict[str, str] | None = None
        for number, row in rows(lines):
            try:
                self._take(row)
            except BadLexicon as wrong:
                raise wrong.at(file, number) from None
        self._edges = {word for form in self._everywhere for word in (form.split(" ")[0], form.split(" ")[-1])}
        self._office = max((form.count(" ") + 1 for form in self._everywhere), default=0)
        self._firsts, self._lasts = self._outer()
        self.longest = max([form.count(" ") + 1 for form in self._named] + [self._office + self._places.longest + 2])

    def town(self, speaker: Speaker) -> str | None:
        """The key of the city whose police a speaker is, told by one of its names: "NYPD" is the New York police."""
        if self._towns is None:
            police = [(form.removesuffix(_POLICE), s) for form, s in self._named.items() if form.endswith(_POLICE)]
            found = ((s.name, next(iter(self._places.named(form)), None)) for form, s in police)
            self._towns = {name: place.key for name, place in found if place and place.kind == "city"}
        if speaker.name.endswith(_POLICE):
            own = self._places.at(f"{speaker.name.removesuffix(_POLICE)}, {speaker.country}")
            return own.key if own and own.kind == "city" else None
        return self._towns.get(speaker.name)

    def _known(self, form: str) -> Speaker | None:
        """What `named` remembers.

        >>> speakers().named("овд-инфо").name, speakers().named("МВД России").name
        ('OVD-Info', 'Interior Ministry of Russia')
        """
        low = folded(form)
        return self._named.get(low) or self._composed(low)

    def _begins(self, word: str) -> bool:
        return _outer_parts(word)[0] in self._firsts or word.endswith(("'", "’"))

    def _ends(self, word: str) -> bool:
        return _outer_parts(word)[1] in self._lasts

    def _outer(self) -> tuple[frozenset[str], frozenset[str]]:
        """The first words of all names and of the article before one; the last words of offices."""
        firsts = {_PARTS.split(form, 1)[0] for form in (*self._named, *self._everywhere)}
        return frozenset(firsts | {"the"}), frozenset(_PARTS.split(form)[-1] for form in self._everywhere)

    def listed(self, form: str) -> bool:
        """Whether the list itself has this name, so that it was not put together from an office and a place."""
        return folded(form) in self._named

    def _of(self, form: str, place: str) -> Speaker | None:
        """What `of` remembers.

        >>> speakers().of("the interior ministry", "Turkey").name, speakers().of("полиции", "Moscow, Russia").name
        ('Interior Ministry of Turkey', 'Moscow police')
        """
        where = self._places.at(place)
        return self._here(folded(form), where) if where else None

    def everywhere(self, form: str) -> bool:
        """Whether this is the bare name of an office that every country or city has: ask `of` for whose it is."""
        return folded(form) in self._everywhere

    def doubtful(self, form: str) -> bool:
        """Whether the name is an everyday word too (Дождь, Independent) and wants a capital or quotation marks."""
        return folded(form) in self._doubtful

    def __iter__(self) -> Iterator[Speaker]:
        return iter(dict.fromkeys(self._named.values()))

    def _take(self, row: list[str]) -> None:
        if row[0].startswith("@"):
            self._heads[row[0][1:]] = tuple(form for _, forms in self._names(row[1]) for form in forms)
            return
        name, kind, country, sort, aliases = row
        self._check(kind, country, sort)
        if country == EVERYWHERE:
            for _, forms in self._names(aliases):
                for form in forms:
                    _claim(self._everywhere, folded(form), (name, kind, self._heads[sort]), name)
            return
        speaker = Speaker(name, kind, country or None, self._heads[sort])
        for doubtful, forms in ((False, (name,)), *self._names(aliases)):
            for form in map(folded, forms):
                _claim(self._named, form, speaker, name)
                if doubtful:
                    self._doubtful.add(form)

    def _check(self, kind: str, country: str, sort: str) -> None:
        if kind not in CLAIMANT_KINDS:
            raise BadLexicon("not a kind of speaker", value=kind, remedy=f"Use one of {', '.join(CLAIMANT_KINDS)}")
        if sort not in self._heads:
            raise BadLexicon("not a sort of speaker", value=sort, remedy=f"Add a line @{sort} above, with its words")
        if country not in ("", EVERYWHERE) and self._places.at(country) is None:
            raise BadLexicon("not a country of the gazetteer", value=country, remedy="Write its key, e.g. Russia")

    def _names(self, cell: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
        """Each name of a cell in all its forms, and whether it is an everyday word too."""
        for written in filter(None, cell.split("|")):
            name = written.rstrip("?").replace("=", "").replace("_", " ")
            yield written.endswith("?"), (name, *self._forms.get(folded(name), ()))

    def _composed(self, low: str) -> Speaker | None:
        words = low.split(" ")
        if len(words) < 2 or not (words[0] in self._edges or words[-1] in self._edges):
            return None
        for n in range(1, len(words)):
            left, right = " ".join(words[:n]), " ".join(words[n:])
            found = self._owned(right, left, before=True) or self._owned(left, right, before=False)
            if found:
                return found
        return None

    def _owns(self, owner: str, bare: str, before: bool) -> bool:
        """Whether the word order allows it: "Minsk police", "police of Minsk", not "minister Milan"; in Russian
        an adjective before ("минская полиция") or a name behind ("полиция Минска")."""
        if owner.isascii():
            return before or bare != owner
        return bool(self._places.described(bare)) if before else bool(self._places.named(bare))

    def _owned(self, office: str, owner: str, *, before: bool) -> Speaker | None:
        """The office of an owner told before it ("russian", "russia's") or after it ("of russia", "россии")."""
        if office not in self._everywhere:
            return None
        bare = _OWNER.sub("", owner)
        if not self._owns(owner, bare, before):
            return None
        places = (*self._places.named(bare), *self._places.described(bare))
        seated = owner.startswith("in ") and "ministry" in self._everywhere[office][2]  # "the ministry in Minsk"
        return next(filter(None, (self._here(office, self._governed(p) if seated else p) for p in places)), None)

    def _governed(self, place: Place) -> Place:
        """The country of a capital, since its ministries sit there; any other place as it is."""
        return (self._places.at(place.country) or place) if self._places.capital(place.country) == place else place

    def _here(self, office: str, place: Place) -> Speaker | None:
        if office not in self._everywhere:
            return None
        patterns, kind, heads = self._everywhere[office]
        told = [p.strip() for p in patterns.split(";")]
        pattern = told[min(_KINDS.index(place.kind), len(told) - 1)]
        if pattern == "-" or (len(told) == 1 and place.kind != "country"):
            return None
        region = (place.parent or place.key).split(", ")[0]
        name = pattern.format(country=place.country, place=place.key.split(", ")[0], region=region)
        return self._named.get(folded(name)) or Speaker(name, kind, place.country, heads)


def _claim(index: dict[str, Meant], form: str, meant: Meant, name: str) -> None:
    if index.setdefault(form, meant) != meant:
        raise BadLexicon(f"two speakers have the name {form!r}", value=name, remedy="Strike it on one of the lines")


def rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a speaker list with their line numbers: two columns after "@", else five."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = [cell.strip() for cell in line.rstrip("\n").split("\t")]
        wanted = 2 if line.startswith("@") else 5
        if len(row) != wanted:
            raise BadLexicon(
                f"{len(row)} columns, not {wanted}",
                file="speakers.tsv",
                line=number,
                value=line,
                remedy="Part the columns by one tab each",
            )
        yield number, row


@lru_cache(maxsize=1 << 15)
def folded(name: str) -> str:
    """The spelling under which names of speakers are compared: as places, without quotation marks and article."""
    bare = _POSSESSIVE.sub("", name.translate(_QUOTES))
    return _ARTICLE.sub("", " ".join(fold(bare).split()))


def _outer_parts(word: str) -> tuple[str, str]:
    """The first and the last part of a word with hyphens."""
    parts = _PARTS.split(folded(word))
    return parts[0], parts[-1]


def _declined(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in lines:
        if line and not line.startswith("#"):
            first, *rest = line.split("|")
            yield first, tuple(rest)


@cache
def speakers() -> Speakers:
    """The list that ships with atleast, loaded once."""
    folder = files(__package__) / "data"
    return Speakers(
        (folder / "speakers.tsv").read_text("utf-8").splitlines(),
        (folder / "speakers_forms.tsv").read_text("utf-8").splitlines(),
    )
