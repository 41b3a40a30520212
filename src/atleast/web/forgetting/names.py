"""A name in all its spellings and forms: where it stands in a text, and the text without it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.encoding import uri_to_iri

from atleast.lexicon.sounds import lowered
from atleast.lexicon.spellings import distinct, keys, likeness, near, words

BLACK = "█"
_OTHER_FORM, _SOUNDS_SO = 0.3, 0.5
# A father's name is shared by too many to be taken for the person, when it stands alone.
_OF_A_FATHER = re.compile("(?:ович|евич|ич|овна|евна|ична|ovich|evich|ovna|evna)(?:а|у|ем|ом|е|ы|ой|a|u|em|om|y|oi)?$")

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})|\\.")
_PARTICLES = frozenset("von van de da di del della der den la le el al bin ibn ben bint фон ван де дер аль ибн".split())


class Hit(NamedTuple):
    """A word that fits a word of the name."""

    place: int  # among the words of the text
    which: str  # the word of the name
    start: int
    end: int
    surely: bool  # whether it tells who it is, alone


@dataclass(frozen=True)
class Name:
    """What a person is called: one or more ways of writing it that somebody used.

    Attributes:
        written: Each way, as it was written.
        others: Names of other people that share a word with it ("Anna Elphberg"); they are left alone.
    """

    written: tuple[str, ...]
    others: tuple[str, ...] = ()
    _fits: dict[str, tuple[str, float]] = field(default_factory=dict, repr=False, compare=False)
    _strange: set[str] = field(default_factory=set, repr=False, compare=False)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name that can be looked for; initials cannot."""
        found = (word.word for way in self.written for word in words(way))
        return tuple(dict.fromkeys(word for word in found if len(word) > 1 and not word.isdigit()))

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words that tell who it is when they stand alone: not a given name, not a father's."""
        own = [word for word in self.words if not _given(word) and not _OF_A_FATHER.search(word)]
        return frozenset(own or (self.words if len(self.words) == 1 else ()))

    def spans(self, text: str, *, anywhere: bool = False) -> list[tuple[int, int]]:
        """Where the name stands in a text, word by word, in code points.

        Args:
            text: Any text.
            anywhere: Also other forms of it in lower case, as in addresses and names of files. In a text a word in
                lower case must sound like the name: белый is no form of Белов.
        """
        if not self.words:
            return []
        all_words, spared = list(words(text)), self._spared(text)
        hits = [
            hit
            for place, word in enumerate(all_words)
            if (hit := self._hit(place, word, text, anywhere))
            and not any(start <= hit.start and hit.end <= end for start, end in spared)
        ]
        taken = {place for run in _runs(hits, text) if self._tells(run, text) for place in (hit.place for hit in run)}
        taken |= {place for each in taken for place in _initials(each, all_words, text)}
        return sorted(all_words[place][1:] for place in taken)

    def blackened(self, text: str) -> str:
        """The text with the name covered, code point by code point: every offset stays true."""
        for start, end in self.spans(text):
            text = text[:start] + BLACK * (end - start) + text[end:]
        return text

    def holds(self, value: Any) -> bool:
        """Whether the name stands anywhere in a value of the wire form."""
        match value:
            case str():
                return bool(self.spans(_spaced(value), anywhere=True))
            case Mapping():
                return any(self.holds(part) for pair in value.items() for part in pair)
            case list() | tuple():
                return any(map(self.holds, value))
        return False

    def may_stand(self, line: str) -> bool:
        """Whether a word of a line of the wire form fits a word of the name. Where none does, the name is nowhere in
        the record; where one does, the record has to be looked at."""
        text = _ESCAPED.sub(_unescaped, line) if "\\" in line else line
        new = distinct(f"{text} {_spaced(text)}" if "%" in text else text) - self._strange
        fits = {word for word in new if self._fit(lowered(word))[1]}
        self._strange.update(new - fits)
        return bool(fits)

    def called(self, name: str) -> bool:
        """Whether somebody of this name may be the same person: no word of it that does not fit."""
        own = [word.word for word in words(name) if len(word.word) > 1]
        return bool(own) and bool(self.spans(name, anywhere=True)) and all(self._fit(word)[1] for word in own)

    def _hit(self, place: int, word: Any, text: str, anywhere: bool) -> Hit | None:
        which, fit = self._fit(word.word)
        capital = not text[word.start].islower()
        if fit < _OTHER_FORM or (fit < _SOUNDS_SO and not (capital or anywhere)):
            return None
        return Hit(place, which, word.start, word.end, which in self.telling)

    def _fit(self, word: str) -> tuple[str, float]:
        """Which word of the name this one fits best, and how well; 0 where it only begins so."""
        if word not in self._fits:
            best = max(((likeness(own, word), own) for own in self.words if near(own, word)), default=(0.0, ""))
            self._fits[word] = (best[1], best[0] if best[0] >= _OTHER_FORM else 0.0)
        return self._fits[word]

    def _tells(self, run: list[Hit], text: str) -> bool:
        """Whether it is this person who is spoken of: several words of the name, or one that tells."""
        if len({hit.which for hit in run}) > 1:
            return True
        return any(hit.surely for hit in run) and not (run[0].which in self._first and _goes_on(text, run[-1].end))

    @cached_property
    def _first(self) -> frozenset[str]:
        """First words of a name of which nobody knows whether they are given names: Rudolf Rassendyll is another."""
        ways = [[word.word for word in words(way)] for way in self.written]
        return frozenset(way[0] for way in ways if len(way) > 1 and not any(map(_given, way)))

    def _spared(self, text: str) -> list[tuple[int, int]]:
        others = [other for other in self.others if other in text]
        return [found.span() for other in others for found in re.finditer(re.escape(other), text)]


def sharing(name: Name, others: Iterable[str]) -> tuple[str, ...]:
    """Of other people's names those that share a word with this one and have a word that does not fit it."""
    found = {other for other in others if name.spans(other, anywhere=True) and not name.called(other)}
    return tuple(sorted(found, key=lambda other: (-len(other), other)))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else " "


def _goes_on(text: str, end: int) -> bool:
    """Whether another word with a capital letter follows, as a surname does."""
    return len(text) > end + 1 and text[end] in " \u00a0" and text[end + 1].isupper()


def _spaced(value: str) -> str:
    """An address or the name of a file with its words apart."""
    # As bytes, for half characters cannot be written otherwise.
    return re.sub("%20|[+_]", " ", uri_to_iri(value.encode("utf-8", "surrogatepass")))


def _given(word: str) -> bool:
    """Whether it is on the table of given names."""
    return any(key.startswith("@") for key in keys(word))


def _runs(hits: list[Hit], text: str) -> Iterable[list[Hit]]:
    """Hits that belong together: side by side, or with an initial, a particle or a father's name between them."""
    run: list[Hit] = []
    for hit in hits:
        if run and not _together(text[run[-1].end : hit.start]):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _together(between: str) -> bool:
    inner = between.strip(" \u00a0'’-")
    if inner in ("", ",", "."):
        return True
    return len(inner.rstrip(".")) == 1 or inner in _PARTICLES or bool(inner.isalpha() and _OF_A_FATHER.search(inner))


def _initials(place: int, all_words: list[Any], text: str) -> Iterable[int]:
    """Single capital letters right before or after a word: R. Elphberg, Elphberg R. V."""
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(all_words):
            _, start, end = all_words[at]
            one, other = sorted((all_words[at - step][1:], (start, end)))
            initial = end - start == 1 and text[start].isupper() and text[end : end + 1] == "."
            if not initial or text[one[1] : other[0]].strip(" .\u00a0"):
                break
            yield at
            at += step
