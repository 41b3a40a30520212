"""What the law of a country says of counting: whether each person charged has a paper of his or her own."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..model.errors import BadLexicon

_FILE = "law.tsv"
_WORDS = {"yes": True, "no": False}


class Law(NamedTuple):
    """Whether a rule of reckoning holds by the law of a country, and the law."""

    rule: str
    country: str
    holds: bool
    source: str


def lawful(rule: str, country: str) -> bool | None:
    """Whether a rule holds in a country; None where nothing is known of it.

    >>> lawful("charged_has_paper", "Russia"), lawful("charged_has_paper", "Ruritania")
    (True, None)
    """
    return next((law.holds for law in laws() if (law.rule, law.country) == (rule, country)), None)


@cache
def laws() -> tuple[Law, ...]:
    """All that is known of laws, in the order of `data/law.tsv`."""
    lines = (files("atleast.lexicon") / "data" / _FILE).read_text(encoding="utf-8").splitlines()
    return tuple(_law(number, line) for number, line in enumerate(lines, 1) if line and line[0] != "#")


def _law(number: int, line: str) -> Law:
    rule, country, holds, source = [*line.split("\t"), "", "", "", ""][:4]
    if holds not in _WORDS or not source:
        remedy = "Write rule, country, yes or no, and the law"
        raise BadLexicon("not a line of a law", file=_FILE, line=number, value=line, remedy=remedy)
    return Law(rule, country, _WORDS[holds], source)
