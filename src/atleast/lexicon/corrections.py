"""By which words somebody calls a number corrected: `corrected(text, language)` finds them.

The words stand in `data/corrections.tsv`, a line for each way to say it.
"""

import re
from functools import cache
from importlib.resources import files

from ..model.errors import BadLexicon

_FILE = "corrections.tsv"
_COLUMNS = 3


def corrected(text: str, language: str | None = None) -> str | None:
    """The last words of a text that call a number corrected; None where there are none.

    Args:
        text: What stands around the number.
        language: BCP 47. Default, and where no words of the language are known: the words of all languages.

    >>> corrected("Цифры уточнены. Петербург 62", "ru"), corrected("уточнили в МВД", "ru")
    ('Цифры уточнены', None)
    """
    known = _patterns()
    pattern = known.get((language or "").partition("-")[0].lower(), known[""])
    found = [match[0] for match in pattern.finditer(text)]
    return found[-1] if found else None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """One pattern for each language, and "" for all of them."""
    ways: dict[str, list[str]] = {"": []}
    lines = (files("atleast.lexicon") / "data" / _FILE).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and line[0] != "#":
            columns = line.split("\t")
            if len(columns) != _COLUMNS:
                raise BadLexicon("not a line of words", file=_FILE, line=number, value=line, remedy="Use three columns")
            language, words, _ = columns
            ways.setdefault(language, []).append(_way(words))
            ways[""].append(_way(words))
    return {lang: re.compile(rf"(?<!\w)(?:{'|'.join(some)})(?!\w)", re.IGNORECASE) for lang, some in ways.items()}


def _way(words: str) -> str:
    return words.replace("*", r"\w*").replace(" ", r"\s+")
