"""Numbers that count nobody: ages, years, days, articles of law, and people already counted."""

import unicodedata

from .line import Line
from .marks import Mark
from .nouns import TAKEN, noun_after
from .numbers import Amount
from .tokens import Token


def trapped(line: Line, amount: Amount) -> bool:
    tokens, i = line.tokens, amount.start
    if not line.blocked.isdisjoint(range(amount.start, amount.stop)):
        return True
    if any(_within(i, m) for m in (*line.marks.of("none"), *line.marks.of("all")) if not m.tail):
        return True  # "not one", "every one of them"
    if any(_within(i, m) and m.first < i for m in line.marks.of("block") if not m.tail):
        return True  # "97 por ciento": a number word within a measure
    ending = tokens[amount.stop - 1].ending
    if f"'{ending}" in line.pack.settings.get("in_place", ()):  # 2049'da, 18.30'da
        return True
    if _led_by_trap(line, i) or _led_by_trap(line, amount.first) or _lists_on(line, amount):
        return True
    if i > line.sentence.first and (tokens[i - 1].text in "№#+" or _money(tokens[i - 1]) or _hyphened(line, i)):
        return True
    if amount.stop < line.sentence.last and (tokens[amount.stop].text == "%" or _money(tokens[amount.stop])):
        return True
    if _of_an_address(line, amount):
        return True
    if _is_ordinal(line, amount) or _is_year(line, amount) or _is_age(line, amount) or _is_known(line, amount):
        return True
    if ending in line.pack.settings.get("part_endings", ()):  # 9'u aynı gün: nine of them
        return False
    return _block(line, amount.last) is not None or _joined_to_block(line, amount) or _of_days(line, amount)


def _within(i: int, mark: Mark) -> bool:
    """Whether a token is one of the first three of a mark."""
    return mark.first <= i < mark.last and i - mark.first <= 2


def _money(token: Token) -> bool:
    """Whether a mark is a sign of money, of any country."""
    return token.kind == "mark" and unicodedata.category(token.text[0]) == "Sc"


def _of_an_address(line: Line, amount: Amount) -> bool:
    """ "78.ru", "24.kg": digits of a web address."""
    run = line.tokens[amount.stop - 1 : amount.stop + 2]
    tight = len(run) == 3 and run[1].text == "." and run[0].end == run[1].start and run[1].end == run[2].start
    return tight and run[2].kind == "word" and run[2].text.isascii() and run[2].text.islower()


def _hyphened(line: Line, i: int) -> bool:
    """ "COVID-19", "F-16": digits that a hyphen ties to a word."""
    tokens = line.tokens
    dash, word = tokens[i - 1], tokens[i - 2] if i - 2 >= line.sentence.first else None
    tied = word is not None and word.end == dash.start and dash.end == tokens[i].start
    return tied and dash.text in "-‑" and word is not None and word.kind == "word"


def _led_by_trap(line: Line, i: int) -> bool:
    """ "aged 41", "ст. 20", "№ 5": a word in front makes the number no count."""
    if not line.marks.of("before"):
        return False
    if any(m.label == "before" for m in line.marks.ending(i)):
        return True
    return line.tokens[i - 1].text in ".№" and any(m.label == "before" for m in line.marks.ending(i - 1))


def _lists_on(line: Line, amount: Amount) -> bool:
    """ "los artículos 7, 8 y 13": a bare number of a list that a word in front makes no count."""
    i, joints = amount.start, (",", *line.joints)
    while i - 2 > line.sentence.first and line.tokens[i - 1].fold in joints and line.tokens[i - 2].kind == "number":
        i -= 2
    return amount.digits and i < amount.start and noun_after(line, amount) is None and _led_by_trap(line, i)


def _joined_to_block(line: Line, amount: Amount) -> bool:
    """ "на 10 и 8 суток": the first number counts what the second does."""
    i = amount.last
    while i + 2 < line.sentence.last and line.tokens[i].text == "," and line.tokens[i + 1].kind == "number":
        i += 2  # "3, 5, 7 и 10 суток"
    if i + 2 >= line.sentence.last or line.tokens[i].fold not in line.pack.settings["joints"]:
        return False
    second = line.tokens[i + 1].kind == "number" or line.tokens[i + 1].fold in line.pack.numbers
    return second and line.at(i + 2, "block") is not None


def _of_days(line: Line, amount: Amount) -> bool:
    """ "21, 22 i 30 września": the first of several days of a month."""
    i, joints = amount.stop, line.pack.settings["joints"]
    while i + 1 < line.sentence.last and (line.tokens[i].text == "," or line.tokens[i].fold in joints):
        if line.tokens[i + 1].kind != "number":
            return False
        i += 2
    return amount.digits and amount.value <= 31 and i > amount.stop and line.at(i, "month") is not None


def _block(line: Line, at: int) -> Mark | None:
    """A word right behind the number (an adjective may stand between) that makes it something else."""
    for skip in range(2):
        if at + skip >= line.sentence.last or line.tokens[at + skip].kind == "mark":
            return None
        if found := line.at(at + skip, "block"):
            return found
        if noun := line.noun(at + skip):  # "four civilian vehicles"
            describes = line.pack.settings["order"] == "strict" and noun.head in ("people", "among") and skip == 0
            return line.at(noun.last, "block") if describes else None
    return None


def _is_ordinal(line: Line, amount: Amount) -> bool:
    """ "65. Geburtstag": a full stop behind digits within a sentence, where the language writes ordinals so."""
    i = amount.stop
    inside = i + 1 < line.sentence.last and line.tokens[i].text == "."
    dotted = inside and line.tokens[i].start == line.tokens[i - 1].end
    return amount.digits and dotted and "ordinal_nouns" in line.pack.settings


def _is_year(line: Line, amount: Amount) -> bool:
    token = line.tokens[amount.start]
    if not amount.digits or amount.bound != "exact" or len(token.text) != 4 or not 1900 <= amount.value <= 2100:
        return False
    return not (line.noun(amount.stop) or (amount.stop + 1 < line.sentence.last and line.noun(amount.stop + 1)))


def _is_age(line: Line, amount: Amount) -> bool:
    """ "Navalny, 41, is serving": a bare number between commas behind a name."""
    a, b = amount.first - 1, amount.last
    if amount.bound != "exact" or a - 1 < line.sentence.first or line.tokens[a].text != ",":
        return False
    closed = b >= line.sentence.last or line.tokens[b].text in ",.)" or (not line.noun(b) and line.pack.capitals_tell)
    if b < line.sentence.last and line.tokens[b].fold in line.pack.settings["partitive"]:  # "…, 12 of them"
        return False
    return line.tokens[a - 1].capital and closed and (a - 1) not in line.blocked


def _is_known(line: Line, amount: Amount) -> bool:
    """ "two of the four": a number with an article and no noun speaks of people already counted."""
    before = line.tokens[amount.start - 1].fold if amount.start > line.sentence.first else ""
    if before not in line.pack.settings["definite"] or amount.bound != "exact":
        return False
    grew = any(m.label == "grew" for m in line.marks.ending(amount.start))  # "llegó a los 250"
    taken = line.at(amount.last, *TAKEN)  # "los 85 detenidos"
    return not (grew or taken) and noun_after(line, amount) is None
