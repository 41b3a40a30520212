"""Language packs: word lists that a linguist writes, loaded into tables that the reader asks.

A pack is a folder `data/packs/<language>/` with

    pack.toml     settings: separators, months, weekdays, abbreviations
    numbers.tsv   number words:  form <tab> value   (`12`, `*1000` multiplies, `~dozens` is vague, `?` several,
                  `*100~hundreds` multiplies, alone it is vague; `*30~` multiplies, and all is then about so many)
    names.tsv     how names of persons change, where they do (see `names`)
    calls.tsv     what is written of telephone calls only: read in calls and notes, never in news (see `call_pack`)
    *.tsv         everything else, one phrase a line:  label <tab> phrase <tab> example <tab> what it gives

Phrases are words in lower case; `stem*` matches every word that begins so, `*end` every longer one that ends so
(compounds: "*teilnehmer"), `_` any one word, `a|b` either,
`(word)` may be missing, `...` stands for what parts the halves of a split verb ("nahm ... fest"), and a phrase that
begins with an apostrophe begins with the ending of the word before ("'e|'a kadar"). A line that begins with `#` is a
remark. The examples are the tests of the pack.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import product
from typing import Any

from atleast.model import BadLexicon

Element = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Exact words, stems, and last parts of compounds; all empty: any word."""

VAGUE: Mapping[str, int] = {
    "several": 2,
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
}
"""The least number that a vague word stands for. Monitors differ, so the words are kept on the claim."""

_MOST_KEPT = 1 << 15  # words that a pack remembers the phrases of; what comes later is rare
_MOST_BEHIND = 1 << 10  # words behind one of these
_GAP: Element = (("...",), (), ())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a word list."""

    label: str
    phrase: str
    example: str
    gives: str
    source: str  # file:line within the pack


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to match a line: a run of elements, all of which must match one after the other."""

    label: str
    elements: tuple[Element, ...]
    line: Line
    head: str  # the label up to its first full stop
    tail: str  # the rest
    gap: int = 0  # how many elements stand in front of the gap of a split verb; 0: there is none


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What a number word is worth: its value, a factor, or the name of a vague amount."""

    value: float = 0
    factor: float = 0
    vague: str = ""
    about: bool = False  # "une trentaine"


@dataclass(frozen=True, slots=True)
class NameEnding:
    """How one sort of name ends in one case, and how it does in the nominative."""

    whose: str  # given, patronymic, family
    gender: str
    case: str
    ending: str
    nominative: str
    rare: bool


class _Begun(dict[str, tuple[Phrase, ...]]):
    """The phrases that begin with one word, longest first, by the word behind it: those that it does not rule out.

    Most phrases of a common word ("in", "police") ask for one certain word behind it, and most words are another.
    """

    __slots__ = ("all", "bare")

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        super().__init__()
        self.all = phrases
        self.bare = tuple(p for p in phrases if p.gap or len(p.elements) == 1)

    def __missing__(self, behind: str) -> tuple[Phrase, ...]:
        found = tuple(p for p in self.all if p.gap or len(p.elements) == 1 or matches(p.elements[1], behind))
        if len(found) == len(self.bare):
            found = self.bare  # so that most words share one
        if len(self) < _MOST_BEHIND:
            self[behind] = found
        return found


_NOTHING_BEGUN = _Begun(())  # most words begin no phrase


@dataclass(slots=True, eq=False)
class Pack:
    """What one language knows. Ask it with folded words (`fold`)."""

    language: str
    settings: Mapping[str, Any]
    numbers: Mapping[str, NumberWord]
    lines: Sequence[Line]
    endings: Sequence[NameEnding] = ()
    _exact: dict[str, list[Phrase]] = field(default_factory=dict)
    _stems: dict[str, list[Phrase]] = field(default_factory=dict)
    _ends: dict[str, list[Phrase]] = field(default_factory=dict)
    _lengths: tuple[int, ...] = ()
    _end_lengths: tuple[int, ...] = ()
    _seen: dict[str, "_Begun"] = field(default_factory=dict)
    words: Callable[[str], frozenset[str]] = field(init=False, repr=False)
    """A word list among the settings; empty where the pack has none."""
    capitals_tell: bool = field(init=False)
    """Whether a capital within a sentence tells a name: not where every noun has one, as in German."""

    def __post_init__(self) -> None:
        self.words = cache(lambda setting: frozenset(self.settings.get(setting, ())))
        self.capitals_tell = not self.settings.get("nouns_capital", False)

    def starting(self, word: str) -> tuple[Phrase, ...]:
        """All phrases whose first element matches this word, longest first."""
        return self._begun(word).all

    def leading(self, word: str, behind: str) -> tuple[Phrase, ...]:
        """Of the phrases whose first element matches a word, those that the word behind it does not rule out."""
        begun = self._seen.get(word)
        if begun is None:
            begun = self._begun(word)
        return begun[behind] if begun.all else ()

    def _begun(self, word: str) -> "_Begun":
        found = self._seen.get(word)
        if found is None:
            phrases = self._look(word)
            found = _Begun(phrases) if phrases else _NOTHING_BEGUN
            if len(self._seen) < _MOST_KEPT:
                self._seen[word] = found
        return found

    def alone(self, wanted: Callable[[str], bool]) -> Iterator[str]:
        """The words, stems and endings ("detain", "арест*", "*haft") that alone match a line whose label is wanted."""
        for written, index in (("{}", self._exact), ("{}*", self._stems), ("*{}", self._ends)):
            for word, phrases in index.items():
                if any(len(p.elements) == 1 and wanted(p.label) for p in phrases):
                    yield written.format(word)

    def _look(self, word: str) -> tuple[Phrase, ...]:
        hits = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                hits += self._stems.get(word[:length], ())
        for length in self._end_lengths:
            if length < len(word):
                hits += self._ends.get(word[-length:], ())
        return tuple(sorted(hits, key=lambda phrase: -len(phrase.elements)))

    def add(self, line: Line) -> None:
        """Index every way in which a line can match."""
        for elements in _variants(line):
            head, _, tail = line.label.partition(".")
            gap = elements.index(_GAP) if _GAP in elements else 0
            phrase = Phrase(line.label, tuple(e for e in elements if e != _GAP), line, head, tail, gap)
            words, stems, ends = elements[0]
            for word in words:
                self._exact.setdefault(word, []).append(phrase)
            for stem in stems:
                self._stems.setdefault(stem, []).append(phrase)
            for end in ends:
                self._ends.setdefault(end, []).append(phrase)
            if not any(elements[0]):
                raise BadLexicon("a phrase cannot begin with _", file=line.source, value=line.phrase)
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}))
        self._end_lengths = tuple(sorted({len(end) for end in self._ends}))


APOSTROPHES = "'’ʼ‘`´′＇"
"""All that is typed for the apostrophe within a word: п'ять, п’ять, пʼять."""

_FOLDED = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("\u00ad\u200b\u0307", "") | {"ё": "е", "ı": "i"}
)


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """The form in which words are compared: lower case, no soft hyphens, ё as е, ı as i, straight apostrophes.

    >>> fold("Сёмы"), fold("П’ять") == fold("пʼять") == fold("п'ять"), fold("İSTANBUL") == fold("ıstanbul")
    ('семы', True, True)
    """
    return word.casefold().translate(_FOLDED)


def matches(element: Element, word: str) -> bool:
    """Whether a folded word fits an element of a phrase."""
    words, stems, ends = element
    if word in words or (stems and word.startswith(stems)):
        return True
    if ends:
        return any(word.endswith(end) and word != end for end in ends)
    return not (words or stems)


@cache
def pack(language: str) -> Pack | None:
    """The pack of a language ("ru", "en-GB"), or None where there is none."""
    # What a report says of its language is anybody's words, and no name of a folder.
    name = language.split("-")[0].lower()
    return load(_folder() / name, name) if name in languages() else None


@cache
def call_pack(language: str) -> Pack | None:
    """The pack of a language with the words of its hotline calls besides, or None where no such words are known."""
    known = pack(language)
    file = _folder() / known.language / "calls.tsv" if known else None
    if known is None or file is None or not file.is_file():
        return None
    lines = [*_lines(file), *known.lines]
    made = Pack(known.language, known.settings, known.numbers, lines, known.endings)
    for line in lines:
        made.add(line)
    return made


@cache
def bare_pack(language: str) -> Pack:
    """What is known of a language without a pack: how sentences end, and no words."""
    return load(resources.files("atleast.lexicon") / "data" / "bare", language)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a pack, sorted."""
    return tuple(sorted(child.name for child in _folder().iterdir() if (child / "pack.toml").is_file()))


def load(folder: Traversable, language: str) -> Pack:
    """A pack from a folder of its own, for a linguist who is writing one.

    Raises:
        BadLexicon: A file is missing or a line cannot be used; names file and line.
    """
    try:
        settings = tomllib.loads((folder / "pack.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise BadLexicon(f"pack.toml cannot be read: {wrong}", file=str(folder)) from wrong
    numbers: dict[str, NumberWord] = {}
    lines: list[Line] = []
    endings: tuple[NameEnding, ...] = ()
    files = (f for f in folder.iterdir() if f.name.endswith(".tsv") and f.name != "calls.tsv")
    for file in sorted(files, key=lambda f: f.name):
        if file.name == "numbers.tsv":
            numbers = dict(_numbers(file))
        elif file.name == "names.tsv":
            endings = tuple(_endings(file))
        else:
            lines.extend(_lines(file))
    made = Pack(language, _folded(settings), numbers, lines, endings)
    for line in lines:
        made.add(line)
    return made


def _folded(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with the words of every list folded, so that a linguist may write them as they are written.

    A list becomes the keys of a dict, in its order: the reader asks for a word far more often than for all of them.
    """
    return {
        name: dict.fromkeys(map(fold, value)) if isinstance(value, list) else value for name, value in settings.items()
    }


def _folder() -> Traversable:
    return resources.files("atleast.lexicon") / "data" / "packs"


def _rows(file: Traversable) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(file.read_text("utf-8").splitlines(), 1):
        if row.strip() and not row.startswith("#"):
            yield number, [cell.strip() for cell in row.split("\t")]


def _lines(file: Traversable) -> Iterator[Line]:
    for number, cells in _rows(file):
        if not 2 <= len(cells) <= 4 or not all(cells[:2]):
            raise BadLexicon(
                "a line needs: label, phrase, example, what it gives, parted by tabs",
                file=file.name,
                line=number,
                value="\t".join(cells),
            )
        label, phrase, example, gives = [*cells, "", ""][:4]
        yield Line(label, phrase, example, gives, f"{file.name}:{number}")


def _numbers(file: Traversable) -> Iterator[tuple[str, NumberWord]]:
    for number, cells in _rows(file):
        try:
            forms, worth = cells
            word = _worth(worth)
        except ValueError as wrong:
            raise BadLexicon(
                "a number line needs: forms, value",
                file=file.name,
                line=number,
                value="\t".join(cells),
                remedy="Values look like 12, *1000, ~dozens or ?",
            ) from wrong
        for form in forms.split():
            yield fold(form), word


def _endings(file: Traversable) -> Iterator[NameEnding]:
    for number, cells in _rows(file):
        if not 5 <= len(cells) <= 6:
            raise BadLexicon(
                "a line of names needs: whose, gender, case, ending, ending of the nominative",
                file=file.name,
                line=number,
                value="\t".join(cells),
                remedy="Write - for an empty ending",
            )
        whose, gender, case, ending, nominative = (fold(cell).removeprefix("-") for cell in cells[:5])
        yield NameEnding(whose, gender, case, ending, nominative, len(cells) == 6)


def _worth(text: str) -> NumberWord:
    if text.startswith("*"):
        factor, tilde, vague = text[1:].partition("~")
        return NumberWord(factor=float(factor), vague=vague, about=bool(tilde) and not vague)
    if text.startswith("~"):
        return NumberWord(vague=text[1:])
    if text == "?":
        return NumberWord(vague="several")
    return NumberWord(value=float(text))


def _variants(line: Line) -> Iterator[tuple[Element, ...]]:
    """Each way to read a phrase once its optional parts, `(word)` or `(two words)`, are in or out."""
    parts = re.findall(r"\(([^()]+)\)|([^()\s]+)", line.phrase)
    if re.sub(r"\([^()]+\)|[^()\s]+", "", line.phrase).strip():
        raise BadLexicon("brackets that do not match", file=line.source, value=line.phrase)
    choices: list[tuple[tuple[Element, ...], ...]] = []
    for optional, word in parts:
        elements = tuple(_element(w, line) for w in (optional or word).split())
        choices.append((elements, ()) if optional else (elements,))
    for picked in product(*choices):
        elements = tuple(element for part in picked for element in part)
        if elements:
            yield elements


def _element(word: str, line: Line) -> Element:
    if word == "_":
        return (), (), ()
    parts = word.split("|")
    if not all(part.strip("*") for part in parts):
        raise BadLexicon(
            "an empty word in a phrase",
            file=line.source,
            value=line.phrase,
            remedy="A bar joins two words without a blank, and no brackets; else write two lines",
        )
    stems = tuple(fold(part[:-1]) for part in parts if part.endswith("*"))
    ends = tuple(fold(part[1:]) for part in parts if part.startswith("*"))
    words = dict.fromkeys(_whole(part) for part in parts if "*" not in (part[0], part[-1]))
    return tuple(words), stems, ends


def _whole(word: str) -> str:
    """A folded word as the reader meets it, which takes "'s" for a word of its own: "auto's" is met as "auto"."""
    return fold(word).removesuffix("'s") or "'s"
