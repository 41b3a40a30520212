"""How often a name is found under another spelling, how many other names come with it, and how fast keys are made.

Recall: for every ordered pair of spellings of one name, is the second found by the first? Russian, Ukrainian and
Belarusian names are spelled out by published systems, written down here a second time and apart from the table that is
measured; the names of other languages stand in `spellings_names.tsv` as they are met. The table was mended while these
lists were looked at; *unseen* are a thousand other names of the pile, spelled out by the Russian systems.

Precision: how many *other* names a query brings, from a pile of 5,000 different family names: those of pymorphy3's
dictionary where it is installed, else towns.

The peers are plain equality of what anyascii makes of the names, in lower case, and Russell's Soundex over the same.

usage: python benchmarks/spellings.py
"""

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from itertools import permutations
from pathlib import Path

from anyascii import anyascii

from atleast.lexicon import spellings

NAMES = Path(__file__).with_name("spellings_names.tsv")
PILE, QUERIES = 5_000, 1_000
Keys = Callable[[str], Iterable[str]]

# ── The systems ──

_RU = "абвгдежзийклмнопрстуфхцчшщыэюяё"
_VOWELS = "аеёиоуыэюяіїєьъʼ'"


def table(letters: str, latin: str, **others: str) -> dict[str, str]:
    return dict(zip(letters, latin.split(), strict=True)) | {"ь": "", "ъ": "", "'": "", "ʼ": ""} | others


BGN = table(_RU, "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya yo")
ICAO = BGN | {"й": "i", "ю": "iu", "я": "ia", "ё": "e", "ъ": "ie"}
ISO9 = table(_RU, "a b v g d e ž z i j k l m n o p r s t u f h c č š ŝ y è û â ë", ь="ʹ")
GERMAN = table(_RU, "a b w g d e sch s i i k l m n o p r s t u f ch z tsch sch schtsch y e ju ja jo")
FRENCH = table(_RU, "a b v g d e j z i ï k l m n o p r s t ou f kh ts tch ch chtch y e iou ia io")
POLISH = table(_RU, "a b w g d e ż z i j k ł m n o p r s t u f ch c cz sz szcz y e ju ja jo")
UKRAINIAN = table(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщюя",
    "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia",
)
BELARUSIAN = table(
    "абвгдеёжзійклмнопрстуўфхцчшыэюя", "a b v h d e io ž z i j k l m n o p r s t u ŭ f ch c č š y e iu ia"
)
GERMAN_UK = UKRAINIAN | dict(zip("взцчшщжхюяєй", "w s z tsch sch schtsch sch ch ju ja je j".split(), strict=True))
PASSPORT_BE = BELARUSIAN | {"ж": "zh", "й": "i", "ў": "u", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "е": "e"}
BGN_BE = PASSPORT_BE | {"й": "y", "ў": "w", "ю": "yu", "я": "ya", "е": "ye"}


def letter_by_letter(name: str, table: dict[str, str], **begins: str) -> str:
    """A name by a table; `begins` are the letters that are written otherwise at the beginning and behind a vowel."""
    low = name.lower()
    made = [
        begins[letter] if letter in begins and (not at or low[at - 1] in _VOWELS) else table[letter]
        for at, letter in enumerate(low)
    ]
    return "".join(made).capitalize()


def newspaper(name: str) -> str:
    """Without the й of -ий and -ый: as English-language newspapers do."""
    return letter_by_letter(name.replace("ий", "ы").replace("ый", "ы"), BGN)


def german(name: str) -> str:
    return letter_by_letter(doubled(name), GERMAN, е="je")


def french(name: str) -> str:
    made = letter_by_letter(doubled(name), FRENCH, е="ie").replace("ge", "gue").replace("gi", "gui")
    return made + "e" if made.endswith("in") else made


def doubled(name: str) -> str:
    """With ss for an s between vowels, as German and French spell it."""
    return re.sub(f"(?<=[{_VOWELS}])с(?=[{_VOWELS}])", "сс", name)


def undotted(name: str) -> str:
    return name.replace("ё", "е").replace("Ё", "Е")


SYSTEMS: dict[str, dict[str, Callable[[str], str]]] = {
    "ru": {
        "BGN/PCGN": lambda name: letter_by_letter(name, BGN, е="ye"),
        "passport": lambda name: letter_by_letter(name, ICAO),
        "ISO 9": lambda name: letter_by_letter(name, ISO9),
        "newspaper": newspaper,
        "German": german,
        "French": french,
        "Polish": lambda name: letter_by_letter(name, POLISH, е="je"),
        "no dots": undotted,
    },
    "uk": {
        "Ukraine 2010": lambda name: letter_by_letter(name, UKRAINIAN, є="ye", ї="yi", й="y", ю="yu", я="ya"),
        "simple": lambda name: letter_by_letter(name, UKRAINIAN | {"й": "y", "ю": "yu", "я": "ya", "є": "ye"}),
        "German": lambda name: letter_by_letter(name, GERMAN_UK),
    },
    "be": {
        "Belarus 2007": lambda name: letter_by_letter(name, BELARUSIAN, е="je", ё="jo", ю="ju", я="ja"),
        "passport": lambda name: letter_by_letter(name, PASSPORT_BE, е="ye", ё="yo", ю="yu", я="ya"),
        "BGN/PCGN": lambda name: letter_by_letter(name, BGN_BE),
    },
}


def one_name() -> Iterator[tuple[str, dict[str, str]]]:
    """For each name its language and how each system spells it."""
    for row in NAMES.read_text("utf-8").splitlines():
        language, _, listed = row.partition("\t")
        if row.startswith("#"):
            continue
        if language == "many":
            yield language, {str(n): each for n, each in enumerate(listed.split())}
        else:
            for name in listed.split():
                yield language, spelled(language, name)


def spelled(language: str, name: str) -> dict[str, str]:
    return {"itself": name} | {system: spell(name) for system, spell in SYSTEMS[language].items()}


# ── Those who are compared ──


def plain(word: str) -> list[str]:
    return [anyascii(word).casefold().replace("'", "")]


def soundex(word: str) -> list[str]:
    """Russell's, four characters long."""
    codes = {c: str(n) for n, group in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1) for c in group}
    letters = [c for c in plain(word)[0] if c.isalpha()]
    made, last = [], codes.get(letters[0], "")
    for letter in letters[1:]:
        code = codes.get(letter, "")
        if code and code != last:
            made.append(code)
        if letter not in "hw":
            last = code
    return [(letters[0] + "".join(made) + "000")[:4]]


def all_asked(word: str) -> set[str]:
    return {*spellings.asked(word), *spellings.loosely(word)}


def all_kept(word: str) -> set[str]:
    return {*spellings.keys(word), *spellings.loosely(word)}


COMPARED: dict[str, tuple[Keys, Keys]] = {
    "keys": (spellings.asked, spellings.keys),
    "loosely": (all_asked, all_kept),
    "plain": (plain, plain),
    "Soundex": (soundex, soundex),
}


def main() -> None:
    people, names = pile(), list(one_name())
    names += [("unseen", spelled("ru", name)) for name in people[-QUERIES:]]
    pairs = [(group, *pair) for group, each in names for pair in permutations(dict.fromkeys(each.values()), 2)]
    print(
        f"{len(names)} names, {len(pairs)} ordered pairs of different spellings; {len(people)} family names in the pile"
    )
    groups = list(dict.fromkeys(group for group, _ in names))
    print(f"\n{'found of':<10}" + "".join(f"{g:>8}" for g in groups) + f"{'others':>14}{'median':>8}{'most':>6}")
    for name, (asked, kept) in COMPARED.items():
        found = {pair: bool(set(asked(pair[1])) & set(kept(pair[2]))) for pair in pairs}
        shares = [share(ok for (group, *_), ok in found.items() if group == g) for g in groups]
        others = sorted(brought(people, asked, kept))
        print(f"{name:<10}" + "".join(f"{s:>8.1%}" for s in shares), end="")
        print(f"{sum(others) / len(others):>14.2f}{others[len(others) // 2]:>8}{others[-1]:>6}")
    lost(names)
    speed(people)


def share(found: Iterable[bool]) -> float:
    told = list(found)
    return sum(told) / len(told)


def pile() -> list[str]:
    """Different family names, men's and in the nominative; or towns in Russian."""
    try:
        import pymorphy3
    except ImportError:
        rows = (resources.files("atleast.lexicon") / "data" / "places" / "places.tsv").read_text("utf-8")
        listed = {word.capitalize() for word in re.findall("[а-яё]{4,}", rows)}
    else:
        words = pymorphy3.MorphAnalyzer().dictionary.iter_known_words()
        wanted = {"Surn", "masc", "sing", "nomn"}
        listed = {word.capitalize() for word, tag, *_ in words if wanted <= tag.grammemes}
    fit = sorted(word for word in listed if re.fullmatch("[А-ЯЁа-яё]+", word))
    return random.Random(5).sample(fit, PILE)


def brought(people: list[str], asked: Keys, kept: Keys) -> Iterator[int]:
    """For each query how many other names of the pile it finds."""
    index: dict[str, set[str]] = defaultdict(set)
    for name in people:
        for key in kept(name):
            index[key].add(name)
    for name in people[:QUERIES]:
        yield len(set().union(*(index[key] for key in asked(name) if key in index)) - {name})


def lost(names: list[tuple[str, dict[str, str]]]) -> None:
    """What the keys do not find, system by system, with examples: this is what they cannot do."""
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for language, spelled in names:
        if language == "unseen":  # whoever mends the table must not have looked at them
            continue
        first, *others = spelled.items()
        for system, word in others:
            if not set(spellings.asked(first[1])) & set(spellings.keys(word)):
                missed[language, system if language != "many" else ""].append(f"{first[1]} {word}")
    print("\nnot found by the name itself:")
    for (language, system), examples in missed.items():
        print(f"  {language} {system}: {len(examples)}: {', '.join(examples[:8])}")


def speed(people: list[str]) -> None:
    print()
    many = [name + ending for name in people for ending in ("", "а", "у", "ым")]
    for name, made in {"keys": spellings.keys, "loosely": spellings.loosely, "prefixes": spellings.prefixes}.items():
        spellings.sounds.cache_clear()
        spellings.keys.cache_clear()
        started = time.process_time()
        count = sum(len(made(word)) for word in many)
        cold = time.process_time() - started
        started = time.process_time()
        for word in many:
            made(word)
        warm = time.process_time() - started
        told = f"{len(many) / cold:,.0f} words a second, {len(many) / warm:,.0f} of words met before"
        print(f"{name}: {told}; {count / len(many):.1f} keys a word")


if __name__ == "__main__":
    main()
