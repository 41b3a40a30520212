"""Cyrillic names in Latin letters, as English-language newspapers write them."""

_LETTERS = dict(zip(
    "абвгдзиклмнопрстуфхцчшщыэюяёжйіїєґў",
    "a b v g d z i k l m n o p r s t u f kh ts ch sh shch y e yu ya yo zh i i yi ye g u".split(),
    strict=True,
)) | {"ъ": "", "ь": ""}  # fmt: skip
_VOWELS = frozenset("аеёиоуыэюяіїєъь")


def romanised(name: str) -> str:
    """A Cyrillic name in Latin letters; anything else as it is.

    >>> romanised("Сергей Зубов"), romanised("Евгений Лещинский")
    ('Sergei Zubov', 'Yevgeny Leshchinsky')
    """
    return "".join(_one(name, i) for i in range(len(name)))


def _one(name: str, i: int) -> str:
    letter = name[i].lower()
    before, after = name[i - 1 : i].lower() if i else "", name[i + 1 : i + 2].lower()
    if letter == "е":
        latin = "ye" if not before.isalpha() or before in _VOWELS else "e"
    elif letter in "иы" and after == "й" and not name[i + 2 : i + 3].isalpha():
        latin = ""  # the й that ends -ий and -ый stands for both: "y"
    elif letter == "й" and before in ("и", "ы") and not after.isalpha():
        latin = "y"
    else:
        latin = _LETTERS.get(letter, name[i] if letter == name[i] or not name[i].isalpha() else letter)
    return latin.capitalize() if name[i].isupper() and latin else latin


def nominative_of_genitive(surname: str) -> str:
    """A Russian surname in the genitive put back to the nominative, by its ending; unsure ones unchanged.

    >>> nominative_of_genitive("Лужинского"), nominative_of_genitive("Годунова")
    ('Лужинский', 'Годунов')
    """
    for ending, base in (("ского", "ский"), ("цкого", "цкий"), ("ного", "ный"), ("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("ына", "ын")):
        if surname.endswith(ending) and len(surname) > len(ending) + 1:
            return surname[: -len(ending)] + base
    return surname
