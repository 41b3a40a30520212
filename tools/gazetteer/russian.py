"""Names of places in the six Russian cases, and the adjectives made of them.

Words that the dictionary of pymorphy3 knows as geographic are declined by it; the rest by the rules of
the school grammar, which are regular for names of towns. Everything here runs at build time only.
"""

import re
from functools import cache

import pymorphy3

_MORPH = pymorphy3.MorphAnalyzer(lang="ru")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_TAIL = re.compile(r"-(?:(?:на|над|под)-\S+|\d+)$")
_HARD, _HUSH = "бвгдзклмнпрстфх", "жшчщц"
_FEMININE_SOFT = ("ань", "ень", "инь", "юнь", "ерь", "рмь", "рчь", "вь", "сть", "жь", "шь", "обь", "усь")
_ADJECTIVE_PART = ("ский", "цкий", "ный", "ний", "кой")

Paradigm = dict[str, tuple[str, ...]]


def forms(name: str) -> list[str]:
    """Every written form of a name over the cases, nominative first, no doubles.

    A word after "=" stays as it is ("Республика =Татарстан"), "_" joins words that stay together with it.

    >>> forms("Нижний Тагил")[:3]
    ['нижний тагил', 'нижнего тагила', 'нижнему тагилу']
    """
    made = dict.fromkeys(form for case in _CASES for form in paradigm(name)[case])
    low = name.casefold()
    if low.endswith(("ск", "цк")):  # Омском is far oftener "в Омском районе" than "над Омском"
        made.pop(low + "ом", None)
    return list(made)


@cache
def paradigm(name: str) -> Paradigm:
    """The forms of a name by case; some cases have two (Таганрогом; Речицей, Речицею)."""
    words = name.casefold().split()
    if len(words) > 1:
        return _phrase(words)
    return _word(words[0])


def _phrase(words: list[str]) -> Paradigm:
    head = _head(words)
    gender, number = _agreement(words[head])
    parts = []
    for n, word in enumerate(words):
        if n == head:
            parts.append(_word(word))
        elif n < head:
            parts.append(_adjective(word, gender, number))
        else:
            parts.append(_still(word))
    return _joined(parts, " ")


def _head(words: list[str]) -> int:
    """Position of the noun: the first word that is not an adjective standing before another word."""
    for n, word in enumerate(words[:-1]):
        if not _adjectival(word) or words[n + 1].startswith("="):
            return n
    return len(words) - 1


def _adjectival(word: str) -> bool:
    """Whether the first word of a phrase is an adjective: новая, красный, марьина; not ростов, управление."""
    if word.startswith("="):
        return False
    known = [p for p in _MORPH.parse(word) if p.is_known and p.tag.case == "nomn"]
    if any("Geox" in p.tag and "NOUN" in p.tag for p in known) and re.search(r"(?:[оеё]в|ин)$", word):
        return False
    if known:
        return any({"ADJF", "PRTF"} & p.tag.grammemes for p in known)
    return bool(re.search(r"(?:[иыо]й|[ая]я|[ое]е|[иы]е)$", word))


def _agreement(noun: str) -> tuple[str, str]:
    if noun.startswith("="):
        return "masc", "sing"
    parse = _parse(noun)
    if parse:
        return str(parse.tag.gender), str(parse.tag.number)
    if noun.endswith(("ы", "и")):
        return "masc", "plur"
    return ("femn" if noun.endswith(("а", "я")) else "neut" if noun.endswith(("о", "е")) else "masc"), "sing"


def _joined(parts: list[Paradigm], glue: str) -> Paradigm:
    out: Paradigm = {}
    for case in _CASES:
        made = [""]
        for n, part in enumerate(parts):
            made = [left + (glue if n else "") + right for left in made for right in part[case]]
        out[case] = tuple(made)
    return out


def _still(word: str) -> Paradigm:
    return dict.fromkeys(_CASES, (word.lstrip("=").replace("_", " "),))


def _word(word: str) -> Paradigm:
    if word.startswith("="):
        return _still(word)
    tail = _TAIL.search(word)
    if tail:
        return _joined([_word(word[: tail.start()]), _still(tail[0])], "")
    parse = _parse(word)
    if parse and "-" in word:  # the dictionary has Гусь-Хрустальном, the papers Гусе-Хрустальном
        first, second = _inflected(parse), _hyphened(word)
        return {case: tuple(dict.fromkeys(first[case] + second[case])) for case in _CASES}
    if parse:
        return _inflected(parse)
    if "-" in word:
        return _hyphened(word)
    gender = next((g for ending, g in _ADJECTIVE_GENDER.items() if word.endswith(ending)), None)
    if gender and len(word) > 4:
        made = _adjective(word, gender, "sing")
        return made if made["gent"] != made["nomn"] else _adjective_by_rule(word, gender)
    return _by_rule(word)


def _adjective_by_rule(word: str, gender: str) -> Paradigm:
    soft = "и" if word[-3] in "гкхжшчщ" else "ы"
    endings = {
        "masc": (word[-2:], "ого", "ому", word[-2:], soft + "м", "ом"),
        "femn": ("ая", "ой", "ой", "ую", "ой", "ой"),
        "neut": ("ое", "ого", "ому", "ое", soft + "м", "ом"),
    }[gender]
    return {case: (word[:-2] + ending,) for case, ending in zip(_CASES, endings, strict=True)}


_ADJECTIVE_GENDER = {"ский": "masc", "цкий": "masc", "ый": "masc", "ной": "masc", "ской": "masc", "вой": "masc",
                     "ая": "femn", "ое": "neut"}  # fmt: skip


def _hyphened(word: str) -> Paradigm:
    """Каменск-Уральский declines both parts, Усть-Илимск only the last, Улан-Удэ none."""
    left, _, right = word.rpartition("-")
    if right.endswith(_ADJECTIVE_PART) and re.search(r"[бвгдзклмнпрстфхйь]$", left) and left != "усть":
        return _joined([_word(left), _adjective(right, "masc", "sing")], "-")
    if right.endswith(("ское", "ное")) and left.endswith(("о", "е", "ье")):
        return _joined([_word(left), _adjective(right, "neut", "sing")], "-")
    return _joined([_still(left), _word(right)], "-")


@cache
def _parse(word: str):  # type: ignore[no-untyped-def]
    """The dictionary's reading of a word as a name of a place in the nominative, if it has one."""
    found = [p for p in _MORPH.parse(word) if p.is_known and p.tag.case == "nomn" and "NOUN" in p.tag]
    places = [p for p in found if "Geox" in p.tag and not ("Fixd" in p.tag and word[-1] in _HARD + _HUSH)]
    common = [p for p in found if not {"Name", "Surn", "Patr", "Geox"} & p.tag.grammemes]
    return (places or common or [None])[0]


def _inflected(parse) -> Paradigm:  # type: ignore[no-untyped-def]
    number = parse.tag.number
    out: Paradigm = {}
    for case in _CASES:
        made = parse.inflect({case, number} if number else {case})
        words = [made.word] if made else [parse.word]
        if case == "ablt" and words[0].endswith("ою"):
            words.append(words[0][:-2] + "ой")
        out[case] = tuple(words)
    return out


def _adjective(word: str, gender: str, number: str) -> Paradigm:
    if word.startswith("="):
        return _still(word)
    found = [p for p in _MORPH.parse(word) if {"ADJF", "PRTF"} & p.tag.grammemes and p.tag.case == "nomn"]
    agreeing = [p for p in found if p.tag.number == number and (number == "plur" or p.tag.gender == gender)]
    if not agreeing:
        return _still(word)
    out = {case: (_agreed(agreeing[0], case, number),) for case in _CASES}
    if number == "plur" or gender == "masc":  # places are not alive: the accusative is the nominative
        out["accs"] = out["nomn"]
    return out


def _agreed(parse, case: str, number: str) -> str:  # type: ignore[no-untyped-def]
    made = parse.inflect({case, number})
    return made.word if made else parse.word


def _by_rule(word: str) -> Paradigm:
    stem, endings = _pattern(word)
    return {case: tuple(stem + e for e in ending.split("/")) for case, ending in zip(_CASES, endings, strict=True)}


def _pattern(word: str) -> tuple[str, tuple[str, ...]]:
    """Stem and endings of a town that the dictionary does not know."""
    if word.endswith("ия"):
        return word[:-1], ("я", "и", "и", "ю", "ей", "и")
    if word.endswith("а"):
        i = "и" if word[-2] in "гкхжшчщ" else "ы"
        return word[:-1], ("а", i, "е", "у", "ей" if word[-2] in _HUSH else "ой", "е")
    if word.endswith("я"):
        return word[:-1], ("я", "и", "е", "ю", "ей", "е")
    if word.endswith(("ово", "ево", "ёво", "ино", "ыно")):
        return word[:-1], ("о", "а", "у", "о", "ом", "е")
    if word.endswith(("ичи", "жи", "щи")):
        return word[:-1], ("и", "ей", "ам", "и", "ами", "ах")
    if word.endswith("цы"):
        return word[:-1], ("ы", "ев", "ам", "ы", "ами", "ах")
    if re.search(r"[бвдзлмнпрст]ы$", word):
        return word[:-1], ("ы", "/ов", "ам", "ы", "ами", "ах")
    if word.endswith("ники"):
        return word[:-1], ("и", "ов", "ам", "и", "ами", "ах")
    if re.search(r"[нклд]ки$", word) or word.endswith("луки"):
        return word[:-1], ("и", "", "ам", "и", "ами", "ах")
    if word.endswith("ье"):
        return word[:-1], ("е", "я", "ю", "е", "ем", "е")
    if word.endswith("ь") and word.endswith(_FEMININE_SOFT):
        return word[:-1], ("ь", "и", "и", "ь", "ью", "и")
    if word.endswith("ь"):
        return word[:-1], ("ь", "я", "ю", "ь", "ем", "е")
    if word.endswith("й") and len(word) > 3:
        return word[:-1], ("й", "я", "ю", "й", "ем", "е")
    if word.endswith("ец") and len(word) > 4:
        return word[:-2], ("ец", "ца", "цу", "ец", "цом/цем", "це")
    if word[-1] in _HARD:
        return word, ("", "а", "у", "", "ом", "е")
    if word[-1] in _HUSH:
        return word, ("", "а", "у", "", "ем", "е")
    return word, ("",) * 6


def adjective(name: str) -> str | None:
    """The adjective of a town's name where the rule is safe, else None.

    >>> adjective("Краснодар"), adjective("Иваново"), adjective("Томск"), adjective("Сочи")
    ('краснодарский', 'ивановский', 'томский', None)
    """
    word = name.casefold()
    if " " in word or _TAIL.search(word):
        return None
    for ending, cut, added in _ADJECTIVES:
        if word.endswith(ending):
            return word[: len(word) - cut] + added
    return None


# Ending of the name, letters cut off, letters put on. First match wins. Only what needs no memory:
# names in -а, -ы, -ль and the like change their stem too freely and stand in names.tsv.
_ADJECTIVES = (
    ("ск", 0, "ий"), ("цк", 0, "ий"), ("бург", 0, "ский"), ("град", 0, "ский"), ("дар", 0, "ский"),
    ("ов", 0, "ский"), ("ев", 0, "ский"), ("ёв", 0, "ский"), ("ин", 0, "ский"),
    ("ово", 1, "ский"), ("ево", 1, "ский"), ("ёво", 1, "ский"), ("ино", 1, "ский"), ("ыно", 1, "ский"),
    ("поль", 0, "ский"), ("ань", 1, "ский"), ("ень", 1, "ский"), ("город", 0, "ский"),
)  # fmt: skip


def known(name: str) -> bool:
    """Whether the dictionary knows every word of the name, the last one as a place."""
    words = re.split(r"[ -]", name.casefold())
    whole = _MORPH.parse(name.casefold())
    if any("Geox" in p.tag and p.is_known for p in whole):
        return True
    return all(_MORPH.word_is_known(w) for w in words) and any("Geox" in p.tag for p in _MORPH.parse(words[-1]))


def everyday(form: str) -> bool:
    """Whether a Cyrillic form is also a word of the dictionary that is not a place."""
    if " " in form or not re.match(r"[а-я-]+$", form):
        return False
    return any(p.is_known and "Geox" not in p.tag and "Abbr" not in p.tag for p in _MORPH.parse(form))
