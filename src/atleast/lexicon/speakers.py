"""Who speaks: ministries, monitors, agencies, newspapers, by any name they are known under.

`speakers()` loads `data/speakers.tsv`, which a person edits, and `data/speakers_forms.tsv`, which
`tools/build_speakers.py` writes: the Russian names of the first file in all cases. Three kinds of line,
tab between the columns, "|" between names in one column, "#" before a remark:

    @ministry   ministry|department|министерство        the words by which such a speaker is meant later on
    OVD-Info    monitor    Russia    group    ОВД-Инфо   name, kind, country, sort, other names
    Interior Ministry of {country}   authority   *   ministry   МВД     one in every country

A speaker that every country or city has is known by its bare name only once the country is: see `of`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..model.errors import BadLexicon
from ..model.vocabulary import CLAIMANT_KINDS
from .places import Gazetteer, Place, fold, gazetteer

EVERYWHERE = "*"
_ARTICLE = re.compile(r"^the ")
_OWNER = re.compile(r"(?:['’]s|s['’])$")


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
    """Speakers by any name, in any language and grammatical case that the list knows.

    Attributes:
        longest: Most words (split on spaces) in any name that `named` can find.
    """

    def __init__(self, lines: Iterable[str], forms: Iterable[str] = (), places: Gazetteer | None = None, file: str = "speakers.tsv") -> None:
        self._places = places or gazetteer()
        self._forms = dict(_declined(forms))
        self._heads: dict[str, tuple[str, ...]] = {}
        self._named: dict[str, Speaker] = {}
        self._everywhere: dict[str, Speaker] = {}
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                try:
                    self._take(line.rstrip("\n").split("\t"))
                except BadLexicon as wrong:
                    raise wrong.at(file, number) from None
        self._firsts = {form.split(" ")[0] for form in self._everywhere}
        self._lasts = {form.split(" ")[-1] for form in self._everywhere}
        words = [form.count(" ") + 1 for form in self._everywhere]
        self.longest = max([form.count(" ") + 1 for form in self._named] + [max(words, default=0) + 4])

    def named(self, form: str) -> Speaker | None:
        """The speaker of this name; with a country in the name also the offices that every country has.

        >>> speakers().named("овд-инфо").name, speakers().named("МВД России").name
        ('OVD-Info', 'Interior Ministry of Russia')
        """
        low = _key(form)
        return self._named.get(low) or self._composed(low)

    def of(self, form: str, place: str) -> Speaker | None:
        """The office of that bare name in a country or city: ("мвд", "Russia"), ("police", "Moscow, Russia")."""
        where = self._places.at(place)
        meant = self._everywhere.get(_key(form))
        if where is None or meant is None:
            return None
        return self._here(meant, where)

    def __iter__(self) -> Iterator[Speaker]:
        return iter(dict.fromkeys((*self._named.values(), *self._everywhere.values())))

    def _take(self, row: list[str]) -> None:
        if row[0].startswith("@"):
            self._heads[row[0][1:]] = self._all_forms(_cells(row, 2)[1])
            return
        name, kind, country, sort, aliases = _cells(row, 5)
        if kind not in CLAIMANT_KINDS:
            raise BadLexicon("not a kind of speaker", value=kind, remedy=f"Use one of {', '.join(CLAIMANT_KINDS)}")
        if sort not in self._heads:
            raise BadLexicon("not a sort of speaker", value=sort, remedy=f"Add a line @{sort} above, with its words")
        if country not in ("", EVERYWHERE) and self._places.at(country) is None:
            raise BadLexicon("not a country of the gazetteer", value=country, remedy="Write its key, e.g. Russia")
        speaker = Speaker(name, kind, country or None, self._heads[sort])
        self._add(speaker, aliases)

    def _add(self, speaker: Speaker, aliases: str) -> None:
        everywhere = speaker.country == EVERYWHERE
        index = self._everywhere if everywhere else self._named
        for form in self._all_forms(aliases) + (() if everywhere else (speaker.name,)):
            low = _key(form)
            if index.setdefault(low, speaker) != speaker:
                raise BadLexicon(
                    f"{index[low].name} has this name already", value=form, remedy="Strike it on one of the two lines"
                )

    def _all_forms(self, names: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(form for name in names.split("|") if name for form in (name, *self._forms.get(_key(name), ())))
        )

    def _composed(self, low: str) -> Speaker | None:
        words = low.split(" ")
        if len(words) < 2 or not (words[0] in self._firsts or words[-1] in self._lasts):
            return None
        for n in range(1, len(words)):
            left, right = " ".join(words[:n]), " ".join(words[n:])
            found = self._owned(right, left) or self._owned(left, right)
            if found:
                return found
        return None

    def _owned(self, office: str, owner: str) -> Speaker | None:
        """The office of an owner who is told before it ("russian", "russia's") or after it ("of russia", "россии")."""
        meant = self._everywhere.get(office)
        if meant is None:
            return None
        bare = _OWNER.sub("", owner.removeprefix("of ").removeprefix("the "))
        for place in (*self._places.named(bare), *self._places.described(bare)):
            found = self._here(meant, place)
            if found:
                return found
        return None

    def _here(self, meant: Speaker, place: Place) -> Speaker | None:
        if "{place}" in meant.name:
            return Speaker(meant.name.format(place=place.key.split(",")[0]), meant.kind, place.country, meant.heads)
        return Speaker(meant.name.format(country=place.country), meant.kind, place.country, meant.heads)


def _cells(row: list[str], wanted: int) -> list[str]:
    if len(row) != wanted:
        raise BadLexicon(f"{len(row)} columns, not {wanted}", value="\t".join(row), remedy="Part them by one tab each")
    return row


def _key(form: str) -> str:
    return _ARTICLE.sub("", " ".join(fold(form.replace("«", "").replace("»", "").replace('"', "")).split()))


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
