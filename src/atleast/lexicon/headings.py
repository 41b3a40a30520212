"""What the columns of a spreadsheet are called, in the languages of the packs, and what cells say: yes, unknown, total.

`data/headings.tsv` holds the words. A heading means the longest form that it holds as whole words; one that speaks
of a contact is a contact, whatever else it says.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ..model.errors import BadLexicon
from .packs import fold

_FILE = "headings.tsv"
IGNORED = "ignored"
"""The field of columns that are never read."""
CONTACTS = ("phone", "email", "address", "relative", "contact")
"""Fields by which somebody can be reached. They go into no record."""

_WORDS = re.compile(r"[\w'’.№#°/-]+")
_ENDS = ' .:;!\t\n"«»“”()[]_'


class Heading(NamedTuple):
    """What a heading means: a field, and the languages in which it is a heading of something."""

    field: str
    languages: tuple[str, ...]


@lru_cache(maxsize=1 << 12)
def heading(text: str, language: str | None = None) -> Heading | None:
    """The field that a heading names, None where it is none of the known ones.

    Args:
        text: As it stands in the cell.
        language: That of the other headings, where known: "nombre" is a number in French and a name in Spanish.

    >>> heading("Ф. И. О. задержанного").field, heading("City").field, heading("Телефон отдела").field
    ('name', 'place', 'phone')
    """
    whole = _plain(text)
    known = _headings()
    if whole in known and IGNORED in known[whole].values():
        return Heading(IGNORED, tuple(known[whole]))
    found = [known[run] for run in _runs(whole) if run in known and (run == whole or _may(known[run], language))]
    reached = [known[stem] for stem in _stems() if any(word.startswith(stem[:-1]) for word in _words(whole))]
    contact = next((each for each in (*found, *reached) if not set(CONTACTS).isdisjoint(each.values())), None)
    meant = contact or next(iter(found), None)
    if meant is None:
        return None
    return Heading(meant.get(language or "") or next(iter(meant.values())), tuple(meant))


@lru_cache(maxsize=1 << 14)
def meaning(cell: str) -> str:
    """What a cell says where it is one of these: "yes", "no", "unknown", "total"; empty otherwise.

    >>> meaning("Неизвестно"), meaning("oui"), meaning("Frodo")
    ('unknown', 'yes', '')
    """
    return _meanings().get(_plain(cell) or cell.strip(), "")


def _plain(text: str) -> str:
    low = " ".join(fold(text).replace("ф. и. о.", "фио").split())
    return low.strip(_ENDS) or low


def _may(meant: Mapping[str, str], language: str | None) -> bool:
    """Whether words within a heading may mean this: "not" is a note in Turkish, but not within an English heading."""
    return language is None or language in meant or "en" in meant or not set(CONTACTS).isdisjoint(meant.values())


def _words(text: str) -> list[str]:
    return [word.strip(_ENDS).removesuffix("'s") for word in _WORDS.findall(text)][:12]


def _runs(text: str) -> Iterator[str]:
    """All of it, then all runs of whole words in it, the longest first, and of equal ones the first."""
    yield text
    words = _words(text)
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            yield " ".join(words[first : first + length])


@cache
def _headings() -> Mapping[str, Mapping[str, str]]:
    """The field of each form, by language."""
    known: dict[str, dict[str, str]] = {}
    for field, language, form in _lines():
        if not field.startswith("="):
            known.setdefault(form, {}).setdefault(language, field)
    return known


@cache
def _stems() -> tuple[str, ...]:
    """The forms that every word means that begins so."""
    return tuple(form for form in _headings() if form.endswith("*"))


@cache
def _meanings() -> Mapping[str, str]:
    return {form: field[1:] for field, _, form in _lines() if field.startswith("=")}


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    found = []
    for number, line in enumerate((files("atleast.lexicon") / "data" / _FILE).read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("# ") or line == "#":
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            remedy = "Write field, language and forms, with tabs between them"
            raise BadLexicon("not a line of headings", file=_FILE, line=number, value=line, remedy=remedy)
        found += [(cells[0], cells[1], _plain(form)) for form in cells[2].split("|")]
    return tuple(found)
