"""How a written name may sound, coarsely, in any script: what its spellings have in common.

The table is `data/spellings/sounds.tsv`: letters, and the sounds that they may stand for. A word has several skeletons
where its letters are read differently in different languages: "ch" of Chouvalov and of Chodorkowski.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from operator import eq
from typing import NamedTuple

from anyascii import anyascii

from .glyphs import HIDDEN, seen

MOST = 24
"""Skeletons of one word. Beyond that the later letters are read in their likeliest way only."""

_REMEMBERED = 1 << 16
_INVISIBLE = re.compile(f"[{HIDDEN}]+")
_CYRILLIC = re.compile("[\u0400-\u045f]+").fullmatch
_UNVOWELLED = re.compile("[\u0590-\u08ff]")
_VOWELS = str.maketrans("", "", "aio")


class Sounds(NamedTuple):
    """The readings of a word's sounds, the likeliest first."""

    skeletons: tuple[str, ...]
    consonants: tuple[str, ...]  # without vowels; may be empty strings
    vowelled: bool  # False for Arabic and Hebrew, which leave most vowels out


@lru_cache(maxsize=_REMEMBERED)
def sounds(word: str) -> Sounds:
    """What a written word may sound like.

    >>> sounds("Сосин").skeletons, sounds("Sossin").skeletons, sounds("محمد").consonants
    (('sosin',), ('sosin',), ('mhmd',))
    """
    table = _table()
    plain = lowered(word).translate(table.letters)
    read = _read(table.split(f"^{plain}$"), table)
    if _UNVOWELLED.search(plain):
        return Sounds((), read, False)
    return Sounds(read, _unique([_single(skeleton.translate(_VOWELS)) for skeleton in read]), True)


def lowered(word: str) -> str:
    """A word in lower case and composed letters, without what cannot be seen; ё stays, since it tells a sound."""
    if word.isascii() or _CYRILLIC(word):
        return word.lower()
    whole = unicodedata.normalize("NFKC", seen(unicodedata.normalize("NFC", _INVISIBLE.sub("", word))))
    return unicodedata.normalize("NFC", whole.casefold())


def _read(letters: list[str], table: "_Table") -> tuple[str, ...]:
    """Every way to read the letters in a row, at most `MOST`."""
    likeliest = table.likeliest
    if table.doubtful.isdisjoint(letters):  # as in most words of most scripts
        return (_settled("".join([likeliest[each] for each in letters])),)
    made = [""]
    for values in map(table.values.__getitem__, letters):
        if len(values) == 1 or len(made) * len(values) > MOST:
            value = values[0]
            made = [start + value for start in made]
        else:
            made = [start + value for start in made for value in values]
    return _unique(map(_settled, made))


_GLIDE = re.compile("(?<=[ao])i+|i+(?=[ao])")
_TWICE = re.compile(r"([a-z])\1+")  # not 100
_HUSHED = re.compile("[td]j")


def _settled(skeleton: str) -> str:
    """Without glides beside a vowel and without doubles: Maria, Mariya and Marya are one."""
    if "j" in skeleton:
        skeleton = _HUSHED.sub("j", skeleton)
    return _single(_GLIDE.sub("", skeleton) if "i" in skeleton else skeleton)


def _single(skeleton: str) -> str:
    """Without doubles; most have none, and that is seen sooner than a regular expression would see it."""
    return _TWICE.sub(r"\1", skeleton) if any(map(eq, skeleton, skeleton[1:])) else skeleton


def _unique(made: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(made))


class _Letters(dict[int, str]):
    """For str.translate: letters that the table knows, as they are; others as letters that it knows, or as nothing."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__((ord(letter), letter) for letter in known)

    def __missing__(self, code: int) -> str:
        self[code] = made = self._made(chr(code))
        return made

    def _made(self, letter: str) -> str:
        if letter < "\u0900" and unicodedata.category(letter)[0] == "M":  # accents, harakat, niqqud
            return ""
        base = unicodedata.normalize("NFD", letter)[0]
        return base if ord(base) in self else "".join(filter(str.isalnum, anyascii(letter).lower()))


class _Table(NamedTuple):
    letters: _Letters
    split: Callable[[str], list[str]]  # a word between ^ and $ into the longest letters of the table
    values: Mapping[str, tuple[str, ...]]
    likeliest: Mapping[str, str]
    doubtful: frozenset[str]  # letters of several values


@cache
def _table() -> _Table:
    values: dict[str, tuple[str, ...]] = {digit: (digit,) for digit in "0123456789"}
    values["^"] = values["$"] = ("",)
    text = (resources.files("atleast.lexicon") / "data" / "spellings" / "sounds.tsv").read_text("utf-8")
    for row in text.splitlines():
        if row and not row.startswith("#"):
            letters, told, *_ = row.split("\t")
            values[letters] = tuple(told.replace("-", "").split("|"))
    single = {letter for letter in values if len(letter) == 1} - {"^", "$"}
    split = re.compile(_longest(values), re.DOTALL).findall
    likeliest = {letters: first for letters, (first, *_) in values.items()}
    return _Table(_Letters(single), split, values, likeliest, frozenset(key for key in values if len(values[key]) > 1))


def _longest(letters: Iterable[str]) -> str:
    """A regular expression for the longest of these strings.

    Alternatives are tried in a row: so all letters that begin no longer string are one, and each of the others is one.
    """
    rests: dict[str, list[str]] = {}
    for each in sorted(letters):
        rests.setdefault(each[0], []).append(each[1:])
    alone = "".join(re.escape(first) for first, after in rests.items() if after == [""])
    longer = [re.escape(first) + _rest(after) for first, after in rests.items() if after != [""]]
    return "|".join(([f"[{alone}]"] if alone else []) + longer)


def _rest(after: list[str]) -> str:
    longer = [rest for rest in after if rest]
    return f"(?:{_longest(longer)}){'?' if '' in after else ''}" if longer else ""
