"""How names of places are written in Latin letters: press spelling, and the romanisations one meets."""

import re
import unicodedata
from difflib import SequenceMatcher

_PLAIN = dict(
    zip(
        "абвгдзклмнопрстуфыэъьжхцчшщюяйиёе",
        "a b v g d z k l m n o p r s t u f y e _ _ zh kh ts ch sh shch yu ya y i yo e".replace("_", "").split(" "),
        strict=True,
    )
)
_LIBRARY = _PLAIN | {"ю": "iu", "я": "ia", "й": "i", "ё": "e"}
_VOWELS = "аеёиоуыэюяьъ"


def ascii_of(name: str) -> str:
    """The name in plain letters, without apostrophes."""
    name = re.sub(r"[’'ʼʹ`]", "", name)
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def press(name: str) -> str:
    """The spelling that newspapers make of GeoNames' romanised Russian.

    >>> press("Staryy Oskol"), press("Velikiy Ustyug"), press("Pugachëv"), press("Al’met’yevsk")
    ('Stary Oskol', 'Veliky Ustyug', 'Pugachyov', 'Almetyevsk')
    """
    name = re.sub(r"[’'ʼ]", "", name).replace("ë", "yo").replace("Ë", "Yo")
    return re.sub(r"(?:iy|yy)\b", "y", name).replace("yye", "ye")


def romanised(russian: str) -> list[str]:
    """The ways a Russian name is met in Latin letters, lower case.

    >>> romanised("Нижний Тагил")
    ['nizhny tagil', 'nizhniy tagil', 'nizhnii tagil', 'nizhni tagil']
    >>> romanised("Екатеринбург")
    ['yekaterinburg', 'ekaterinburg']
    """
    low = russian.lstrip("=").casefold()
    ye = _letters(re.sub(rf"(?:(?<=[{_VOWELS}])|\b)е", "йэ", low), _PLAIN)
    e = _letters(low, _PLAIN)
    library = _letters(low, _LIBRARY)
    made = [_short(ye), _short(e), ye, e, library, re.sub(r"ii\b", "i", library), _short(e).replace("yo", "e")]
    return list(dict.fromkeys(made))


def _letters(low: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, c) for c in low)


def _short(latin: str) -> str:
    return re.sub(r"(?:iy|yy)\b", "y", latin)


def likeness(cyrillic: str, latin: str) -> float:
    """How well a Cyrillic name sounds like a Latin one, 0 to 1."""
    return max(SequenceMatcher(None, _sound(r), _sound(latin)).ratio() for r in romanised(cyrillic)[:2])


def _sound(latin: str) -> str:
    low = ascii_of(latin).casefold()
    for pair in "kh-h ph-f sch-sh ck-k c-k q-k w-v j-y yy-y iy-y".split():
        low = low.replace(*pair.split("-"))
    return low
