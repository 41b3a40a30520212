"""Words as a reader sees them: no invisible characters, one alphabet a word.

Copied web pages carry soft hyphens, joiners and marks of writing direction within words, and letters of another
alphabet that look alike, by accident or to slip past a filter.
"""

import re
from functools import lru_cache

HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069"
"""Characters that take no room, as ranges for a regular expression: soft hyphen, joiners, marks of direction."""

_HIDDEN = re.compile(f"[{HIDDEN}]+")
_CYRILLIC = dict(zip("ABCEHIKMOPTXYaceikopxyïë", "АВСЕНІКМОРТХУасеікорхуїё", strict=True))
_LATIN = {cyrillic: latin for latin, cyrillic in _CYRILLIC.items() if latin not in "hmt"} | {"һ": "h"}
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_CYRILLIC), str.maketrans(_LATIN)
_A_CYRILLIC, _A_LATIN = re.compile("[\u0400-\u052f]"), re.compile("[A-Za-zÀ-ɏ]")


@lru_cache(maxsize=1 << 14)
def seen(word: str) -> str:
    """A word without what cannot be seen, its borrowed letters put back into the alphabet of the others.

    Left alone: a word in which a letter has no double in the other alphabet, such as "IT-компания".

    >>> seen("за\u00adдер\u200bжаны"), seen("зaдeржаны") == "задержаны", seen("аrrеstеd") == "arrested"
    ('задержаны', True, True)
    """
    if word.isascii():
        return word
    bare = _HIDDEN.sub("", word)
    return "-".join(map(_in_one_alphabet, bare.split("-"))) if _A_CYRILLIC.search(bare) else bare


def _in_one_alphabet(part: str) -> str:
    cyrillic, latin = len(_A_CYRILLIC.findall(part)), len(_A_LATIN.findall(part))
    if not cyrillic or not latin:
        return part
    to_cyrillic, to_latin = (_TO_CYRILLIC, _A_LATIN), (_TO_LATIN, _A_CYRILLIC)
    for table, other in (to_cyrillic, to_latin) if cyrillic >= latin else (to_latin, to_cyrillic):
        whole = part.translate(table)
        if not other.search(whole):
            return whole
    return part
