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
    return " ".join(_USUAL.get(word) or "".join(_one(word, i) for i in range(len(word))) for word in name.split(" "))


_USUAL = {
    "Александр": "Alexander", "Александра": "Alexandra", "Алексей": "Alexei", "Анастасия": "Anastasia",
    "Ксения": "Ksenia", "Лилия": "Lilia", "Максим": "Maxim", "Мария": "Maria", "Юлия": "Yulia",
}  # fmt: skip
"""Given names that newspapers do not write letter by letter."""


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


def nominative(name: str) -> str:
    """A Russian name or surname in the genitive put back to the nominative by its ending; unsure ones unchanged.

    >>> [nominative(word) for word in ("Лужинского", "Годунова", "Евгения", "Ивана", "Татьяны")]
    ['Лужинский', 'Годунов', 'Евгений', 'Иван', 'Татьяна']
    """
    for ending, base in _GENITIVES:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)] + base
    if name[-1:] == "а" and name[-2:-1] not in _VOWELS:
        return name[:-1]
    return name


_GENITIVES = (
    ("ского", "ский"), ("цкого", "цкий"), ("ного", "ный"), ("того", "той"), ("ова", "ов"), ("ева", "ев"), ("ёва", "ёв"),
    ("ина", "ин"), ("ына", "ын"), ("ия", "ий"), ("ея", "ей"), ("ии", "ия"), ("ы", "а"),
)  # fmt: skip
