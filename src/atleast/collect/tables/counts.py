"""How many people a cell says. Nothing is made sharper than it was written."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from atleast.lexicon import Pack, pack
from atleast.lexicon.packs import VAGUE, Phrase, fold, matches
from atleast.model import BadRecord

from .sheets import Cell, written

DASH = r"\s*(?:-|–|—|−|\.\.\.?|…)\s*"


class Count(NamedTuple):
    """A number of people as a claim has it."""

    low: int | None
    high: int | None
    bound: str = "exact"
    hedge: str | None = None


LONGEST = 100
"""Characters; what is longer is no number, date or time, and is not searched for one."""
_MARKS = {
    "~": "about", "≈": "about", "±": "about", ">=": "at_least", "≥": "at_least", "=>": "at_least", ">": "more_than",
    "<=": "up_to", "≤": "up_to", "=<": "up_to", "<": "less_than",
}  # fmt: skip
_MARKED = re.compile(r"(>=|=>|<=|=<|[~≈±≥≤><])\s*(.+)")
_WHOLE = re.compile(r"\d{1,9}|\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3}){1,2}", re.ASCII)
_RANGE = re.compile(rf"(\d{{1,9}}){DASH}(\d{{1,9}})", re.ASCII)


def count(cell: Cell, language: str | None = None) -> Count:
    """How many people a cell says.

    Raises:
        BadRecord: It is no number of people.

    >>> count("5-7"), count("более 100", "ru")
    (Count(low=5, high=7, bound='range', hedge=None), Count(low=101, high=None, bound='at_least', hedge='more_than'))
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != cell or cell < 0 or cell != int(cell) or cell > 10**9:
            raise BadRecord("not a number of people", value=cell, remedy="Write a whole number")
        return Count(int(cell), int(cell))
    if not isinstance(cell, str):
        remedy = "Spreadsheet programs make a date of 5-7: write 5 to 7 as text"
        raise BadRecord("a date or time where a number should be", value=written(cell), remedy=remedy)
    text = " ".join(cell.split())
    for each in packs(language) if len(text) <= LONGEST else ():
        if (found := _count(text, each)) is not None:
            return found
    remedy = "Write 12, 5-7, ~10, >100 or 100+; a remark belongs into another column"
    raise BadRecord("not a number of people", value=cell, remedy=remedy)


def _count(text: str, words: Pack) -> Count | None:
    if found := _RANGE.fullmatch(text):
        low, high = int(found[1]), int(found[2])
        return Count(low, high, "range") if low < high else None
    if found := _MARKED.fullmatch(text):
        return _hedged(_MARKS[found[1]], _plain(found[2], words))
    if text.endswith("+"):
        return _hedged("at_least", _plain(text[:-1].strip(), words))
    parts = _without_people(fold(text).split(), words)
    if (whole := _plain(" ".join(parts), words)) is not None:
        return Count(whole, whole)
    return _vague(parts, words) or _softened(parts, words)


def _plain(text: str, words: Pack) -> int | None:
    if _WHOLE.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    known = words.numbers.get(fold(text))
    return int(known.value) if known and known.value and known.value == int(known.value) else None


def _vague(parts: Sequence[str], words: Pack) -> Count | None:
    known = words.numbers.get(parts[0]) if len(parts) == 1 else None
    return Count(VAGUE[known.vague], None, "vague", known.vague) if known and known.vague in VAGUE else None


def _softened(parts: Sequence[str], words: Pack) -> Count | None:
    """A number with a hedge of the language before or behind it: "не менее 40", "40 or more"."""
    for first in range(len(parts)):
        for phrase in words.starting(parts[first]):
            size = len(phrase.elements)
            if not fits(phrase, parts[first : first + size]):
                continue
            if phrase.tail == "before" and first == 0:
                rest = parts[size:]
            elif phrase.tail == "after" and first + size == len(parts):
                rest = parts[:first]
            else:
                continue
            if (whole := _plain(" ".join(rest), words)) is not None:
                return _hedged(phrase.head, whole)
    return None


def fits(phrase: Phrase, parts: Sequence[str]) -> bool:
    """Whether folded words, one for one, are a phrase of the word lists."""
    return len(parts) == len(phrase.elements) and all(map(matches, phrase.elements, parts))


def _without_people(parts: Sequence[str], words: Pack) -> Sequence[str]:
    """ "12 чел." is 12."""
    last = parts[-1].rstrip(".") if len(parts) > 1 else ""
    people = (
        any(p.head in ("people", "crowd") and len(p.elements) == 1 for p in words.starting(last)) if last else False
    )
    return parts[:-1] if people else parts


def _hedged(hedge: str, whole: int | None) -> Count | None:
    if whole is None:
        return None
    match hedge:
        case "at_least":
            return Count(whole, None, "at_least", hedge)
        case "more_than":
            return Count(whole + 1, None, "at_least", hedge)
        case "about" | "nearly":
            return Count(whole, whole, "about", hedge)
        case "up_to":
            return Count(None, whole, "at_most", hedge)
        case "less_than":
            return Count(None, max(0, whole - 1), "at_most", hedge)
        case "exact":
            return Count(whole, whole)
    return None


@lru_cache
def packs(language: str | None) -> tuple[Pack, ...]:
    """The word lists that a cell is read with: those of its language, and the English ones."""
    return tuple(p for name in dict.fromkeys((language or "en", "en")) if (p := pack(name)))
