"""Names of towns in Ukrainian, Belarusian and Polish: from CLDR, from GeoNames where the letters tell, and by hand.

Only nominatives: the cases are read with the endings that each language's pack gives.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import babel
from babel.core import get_global

LANGUAGES = ("uk", "be", "pl")
AT_HOME = ("UA", "BY")  # whose towns have names in these languages whatever their size
LARGE = 100_000  # elsewhere a town gets a name from this size
_TELLING = re.compile(r"(?=.*[іїєґў])[а-яіїєґў'’ -]{4,}$", re.IGNORECASE)  # letters that Russian does not have
_CYRILLIC = re.compile(r"[А-ЯІЇЄҐЎ][а-яёіїєґў'’ -]{3,}$")
_KMU = dict(
    zip(
        "абвгґдежзиіклмнопрстуфхцчшщьєїйюя",
        "a b v h g d e zh z y i k l m n o p r s t u f kh ts ch sh shch _ ie i i iu ia".replace("_", "").split(" "),
        strict=True,
    )
)
"""The Ukrainian romanisation of 2010, which GeoNames follows; letters at the head of a word aside."""


def names(city: Any, hand: dict[tuple[str, str], list[str]]) -> set[str]:
    """The names of a town in the three languages, as far as they are known."""
    iso, called = city["countrycode"], city["name"]
    found = {name for cell in hand.get((iso, called), ()) for name in cell.split("|") if name}
    found |= set(_exemplars().get((iso, called), ()))
    if iso in AT_HOME or city["population"] >= LARGE:
        found |= {name for name in city["alternatenames"] if _TELLING.match(name)}
    if iso == "UA":
        found |= {name for name in city["alternatenames"] if _is_romanised(name, called)}
    if iso == "BY":
        found |= {name for name in city["alternatenames"] if _CYRILLIC.match(name)}
    return found


def hand_list(path: Path) -> dict[tuple[str, str], list[str]]:
    """The names of slavic.tsv by country and English name, one cell a language."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {(row[0], row[1]): row[2:] for row in rows}


def _is_romanised(name: str, latin: str) -> bool:
    """Whether a Latin name is the Ukrainian one letter by letter: Суми is Sumy, Сумы is not.

    >>> _is_romanised("Черкаси", "Cherkasy"), _is_romanised("Черкассы", "Cherkasy")
    (True, False)
    """
    low = name.casefold()
    if len(low) < 4 or any(c not in _KMU for c in low):
        return False
    return "".join(_KMU[c] for c in low) == re.sub(r"[’'ʼ]", "", latin.casefold())


@cache
def _exemplars() -> dict[tuple[str, str], tuple[str, ...]]:
    """The towns that CLDR names for their time zones, by country and the town in the zone's own name."""
    where = get_global("zone_territories")
    found: dict[tuple[str, str], list[str]] = {}
    for language in LANGUAGES:
        for zone, told in babel.Locale(language).time_zones.items():
            city, iso = told.get("city"), where.get(zone)
            if city and iso and "," not in city:
                found.setdefault((iso, zone.rsplit("/", 1)[-1].replace("_", " ")), []).append(city)
    return {key: tuple(cities) for key, cities in found.items()}
