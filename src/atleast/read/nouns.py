"""The noun that a number stands with: behind it ("26 illegal rallies") or in front ("arrests: 40")."""

from .line import PEOPLE, Line
from .marks import Mark
from .numbers import Amount, of_a_name

_SKIPPED = 4  # words such as adjectives between a number and its noun

_LINKED, _UNLINKED = 24, 8  # tokens from "the number of detainees in …" to the number, with "reached" in front or not

TAKEN = ("detained.verb", "injured.verb", "killed.verb", "released.verb")
"""Participles that name people where they stand right behind a number: "de los 85 detenidos", "dos 40 mortos"."""

_VERBS = tuple(f"{q}.verb" for q in sorted(PEOPLE))


def noun_after(line: Line, amount: Amount) -> Mark | None:
    """The noun the number stands with, adjectives passed over: "26 illegal rallies", "20 of its members"."""
    skipped, i = 0, amount.last
    stops, ends = line.pack.settings["stops"], line.pack.settings["order"] == "verb_last"
    part = line.tokens[amount.stop - 1].ending in line.pack.settings.get("part_endings", ())  # 8'i: eight of them
    if _in_brackets(line, amount) and not _counted_before(line, amount):  # "a total of (5,982) people"
        i += 1
    if i < line.sentence.last and line.tokens[i].fold in line.pack.settings["partitive"]:
        if (told := line.noun(i)) and (told.tail == "person" or told.label == "among.police"):  # "des interpellés"
            return told
        i = _past_whole(line, i + 1)
    while i < line.sentence.last and skipped <= _SKIPPED:
        token = line.tokens[i]
        if found := line.noun(i):
            found = _whose(line, found)
            return None if part and found.tail == "unit" else found
        if line.at(i, "block") and skipped < 2:
            return None
        if token.kind in ("mark", "number", "mixed") and token.text not in '«»“”"#':
            return None
        verb = line.at(i, *_VERBS)
        if verb and skipped == 0 and line.pack.settings["order"] == "strict":  # "17 injured officers"
            return _described(line, verb)
        if token.fold in stops or (verb and (skipped == 0 or ends)):
            return None
        skipped += token.kind == "word"
        i += 1
    return None


def _whose(line: Line, unit: Mark) -> Mark:
    """The people that a noun for an event only describes: "two protest leaders", "12 rally organisers"."""
    behind = line.noun(unit.last) if line.pack.settings["order"] == "strict" else None
    if behind and unit.tail == "unit" and behind.head in ("people", "crowd", "among"):
        return behind
    return behind if behind and unit.head == "people" and behind.tail == "unit" else unit  # "four other cities"


def _counted_before(line: Line, amount: Amount) -> bool:
    """Whether what a number in brackets counts stands in front of them: "fines (395)", "Gomel (12)"."""
    i = amount.first - 2
    return i >= line.sentence.first and bool(line.noun(i) or line.tokens[i].capital)


def _described(line: Line, verb: Mark) -> Mark | None:
    """The people right behind a verb that describes them: "the 1,667 arrested activists"."""
    found = line.noun(verb.last)
    return found if found and found.head in ("people", "crowd", "among") and verb.last - verb.first == 1 else None


def _past_whole(line: Line, i: int) -> int:
    """Behind the number that this one is a part of: "5 of the 12 organisers"."""
    j = i
    if j < line.sentence.last and line.tokens[j].fold in line.pack.settings["definite"]:
        j += 1
    return j + 1 if j < line.sentence.last and line.tokens[j].kind == "number" else i


def noun_before(line: Line, amount: Amount) -> Mark | None:
    """A counted noun in front: "Протоколов за нарушения — 71", "Задержанных семеро", "arrests: 40"."""
    opening = clause_start(line, amount.first)
    led = amount.first > opening and line.tokens[amount.first - 1].fold in line.pack.settings["not_counting"]
    if led and not _estimated(line, opening, amount.first):
        return None
    best: Mark | None = None
    for i in range(opening, amount.first):
        found = line.noun(i)
        crowd = found is not None and found.head == "crowd" and _told_number(line, i, opening)
        if not found or found.last > amount.first or (found.head in ("people", "among", "crowd") and not crowd):
            continue
        if _within(line, i, opening, "elsewhere"):  # "in other cities — 60": sixty people, not cities
            continue
        if line.at(i, *_VERBS) and found.tail != "person" and found.tail != "unit" and not _counted(line, i, opening):
            continue
        if found.tail == "unit" and _only_where(line, found, opening):
            continue
        if best is None or (found.last == amount.first and best.tail != "unit" and best.last < found.last):
            best = found
    if best is None:
        return None
    gap = amount.first - best.last
    linked = _linked(line, best.last, amount.first)
    if line.pack.settings["order"] == "strict":
        far = _LINKED if _told_number(line, best.first, opening) or best.label == "killed.noun" else 6
        bracketed = gap == 1 and _in_brackets(line, amount)  # "nearly as many fines (395)"
        beside = (gap == 0 and best.tail == "noun") or bracketed
        return best if beside or (gap <= far and linked and not _verb_between(line, best, amount)) else None
    told = gap == 0 and best.head not in ("cities", "regions")
    counted = _counted(line, best.first, opening)
    near = gap <= (_LINKED if counted and linked else _UNLINKED)
    return best if told or (near and (counted or linked)) else None


def _only_where(line: Line, unit: Mark, opening: int) -> bool:
    """Whether rallies in front of a number only say where or since when, and are not what it counts.

    "Gösterilerde ölenlerin sayısı 18": where the number stands before its noun, only "sayısı" turns that round.
    "21 wurden verletzt, seit Beginn der Proteste insgesamt 113".
    """
    tokens, settings = line.tokens, line.pack.settings
    if settings["order"] == "verb_last" and unit.last < line.sentence.last:
        return tokens[unit.last].fold not in settings["counting"] and not line.dash(unit.last)
    begins = settings.get("begins", ())
    return any(tokens[i].fold in begins for i in range(max(opening, unit.first - 2), unit.first))


def _in_brackets(line: Line, amount: Amount) -> bool:
    """Whether a number stands alone in brackets."""
    closed = amount.last < line.sentence.last and line.tokens[amount.last].text == ")"
    return closed and amount.digits and amount.first > 0 and line.tokens[amount.first - 1].text == "("


def _estimated(line: Line, opening: int, last: int) -> bool:
    """ "oszacowała liczbę zatrzymanych na około 30": a preposition that is the count's, not a sum's."""
    return any(line.tokens[i].fold in line.pack.settings["counting"] for i in range(opening, last))


def _within(line: Line, i: int, opening: int, label: str) -> bool:
    return any((m := line.at(j, label)) is not None and m.last > i for j in range(max(opening, i - 4), i + 1))


def _verb_between(line: Line, noun: Mark, amount: Amount) -> bool:
    return line.within(range(noun.last, amount.first), *_VERBS)


def _counted(line: Line, i: int, opening: int) -> bool:
    """Whether a noun opens its clause, or stands behind "the number of"."""
    return i <= opening + 1 or any(
        line.tokens[j].fold in line.pack.settings["counting"] for j in range(max(opening, i - 3), i + 1)
    )


def _told_number(line: Line, i: int, opening: int) -> bool:
    """Whether "the number of" stands right before a word."""
    return any(line.tokens[j].fold in line.pack.settings["counting"] for j in range(max(opening, i - 3), i))


def _linked(line: Line, first: int, last: int) -> bool:
    """Whether a dash, a colon or a word like "is" joins a noun to its number."""
    return any(
        line.dash(i) or line.tokens[i].text in ":=" or line.tokens[i].fold in line.pack.settings["links"]
        for i in range(first, last)
    )


def clause_start(line: Line, i: int) -> int:
    """Where the clause of token `i` begins: behind the last comma, colon or other number before it."""
    j = i
    while j > line.sentence.first and line.tokens[j - 1].text not in ",;:(":
        if line.tokens[j - 1].kind == "number" and not of_a_name(line.tokens, j - 1):
            break
        j -= 1
    return j
