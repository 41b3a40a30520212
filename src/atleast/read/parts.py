"""Numbers that are a part of a group, the group itself, and the few that "all but" leaves out."""

from collections.abc import Sequence
from dataclasses import replace

from .line import PEOPLE, Frame, Line, framed
from .marks import Mark
from .nouns import TAKEN, clause_start, noun_after
from .numbers import Amount
from .predicates import negated

_INCLUDED = 8  # tokens from "among them" to a number, at most
_LISTED = 16  # the same where no comma stands between: "among them are eleven minors and four journalists"
_FAR = 14  # tokens between "all", "released" and "but two"


def included(line: Line, amount: Amount) -> bool:
    """ "including three journalists", "среди них 11 несовершеннолетних": part of the number before."""
    if line.tokens[amount.stop - 1].ending in line.pack.settings.get("part_endings", ()):  # 7'si kadın
        return True
    for back in range(1, min(_LISTED, amount.first - line.sentence.first) + 1):
        i = amount.first - back
        if line.at(i, "part", "included"):
            return True
        if line.tokens[i].text in ";:" or (back > _INCLUDED and line.tokens[i].text == ","):
            return False
    return False


def partitive(line: Line, amount: Amount) -> bool:
    """Whether the number is a part of a group named behind it: "28 of those arrested", "двое из них"."""
    i, settings = amount.last, line.pack.settings
    if i < line.sentence.last and line.tokens[i].fold in settings.get("parts_alone", ()):  # 12 davon
        return True
    if i + 1 >= line.sentence.last or line.tokens[i].fold not in settings["partitive"]:
        return False
    if line.tokens[i].fold in settings.get("partitive_article", ()):  # "28 des interpellés": of the
        return True
    told = line.tokens[i + 1].kind == "number" or line.tokens[i + 1].fold in settings.get("parts_begin", ())
    return told or not settings.get("parts_begin")


def group_behind(line: Line, noun: Mark, *, police: bool = False) -> Mark | None:
    """ "nine of them minors", "9 из них несовершеннолетние"; "six injured officers" where the police may be meant."""
    return _group(line, noun.last, police=police)


def group_apart(line: Line, amount: Amount) -> Mark | None:
    """ "из них 100 — журналисты": the group stands behind a dash."""
    i = amount.last
    apart = i < line.sentence.last and (line.tokens[i].text in "—–-" or line.tokens[i].fold in _are(line))
    told = apart and (included(line, amount) or _of_group(line, amount))
    return _group(line, i + 1, police=True) if told else None


def _of_group(line: Line, amount: Amount) -> bool:
    """Whether the sentence opens with the group that a number is a part of: "De los 85 detenidos, 79 son hombres"."""
    opens = line.tokens[line.sentence.first].fold in line.pack.settings["partitive"]
    near = range(line.sentence.first, min(amount.first, line.sentence.first + _TO_PARTS)) if opens else ()
    return any(m.head in PEOPLE and m.tail in ("person", "noun", "verb") for i in near for m in line.marks.get(i, ()))


def _are(line: Line) -> frozenset[str]:
    """Words such as "are" and "were": "of whom 67 were officers"."""
    return frozenset((*line.pack.settings["links"], *line.pack.settings["passive"]))


def _group(line: Line, first: int, *, police: bool = False) -> Mark | None:
    near = range(first, min(line.sentence.last, first + 3))
    if any(line.at(i, "included") for i in near):  # "60 detainees, including organisers"
        return None
    return next((m for i in near if (m := line.at(i, "among")) and (police or m.tail != "police")), None)


_TO_PARTS = 12  # tokens from a number to the first of its parts


def breakdown(line: Line, frame: Frame, found: Sequence[Amount]) -> list[Frame]:
    """The parts of a number that sum up to it, right behind: "95 detenidos, 39 adultos y 56 menores"."""
    behind = [a for a in found if a.first >= frame.amount.last]
    if not behind or behind[0].first - frame.amount.last > _TO_PARTS:
        return []
    for n in range(2, len(behind) + 1):
        parts = behind[:n]
        if any(a.bound != "exact" for a in parts) or sum(a.value for a in parts) > frame.amount.value:
            return []
        if sum(a.value for a in parts) == frame.amount.value:
            made = [_part_of(line, frame, a) for a in parts]
            return [f for f in made if f] if all(made) and any(f and f.among for f in made) else []
    return []


def _part_of(line: Line, frame: Frame, amount: Amount) -> Frame | None:
    """One of the parts, if the noun behind it is a group or people of any sort."""
    noun = noun_after(line, amount)
    if noun is None or noun.head not in ("among", "people", "crowd"):
        return None
    how = f"{noun.source}: the parts sum up to {frame.amount.value:g}"
    return framed(amount, frame.quantity, {"among": noun}, how, among=noun.tail if noun.head == "among" else None)


def of_places(line: Line, amount: Amount) -> bool:
    """ "rallies in 80 cities; people were detained in 27 of them": cities, not people."""
    before = line.tokens[amount.first - 1].fold if amount.first > line.sentence.first else ""
    return before in line.pack.settings["in_place"] and partitive(line, amount)


def whole(line: Line, amount: Amount, others: Sequence[Amount]) -> bool:
    """Whether a number is what another is taken from: "5 of the 12 organisers", "из 40 задержанных отпустили 25"."""
    i = amount.first
    if i > line.sentence.first and line.tokens[i - 1].fold in line.pack.settings["definite"]:
        i -= 1
    if i == line.sentence.first or line.tokens[i - 1].fold not in line.pack.settings["partitive"]:
        return False
    if any(other.last == i - 1 for other in others) or any(line.at(i - back, "none", "all") for back in (2, 3, 4)):
        return True
    opens = clause_start(line, i - 1) == i - 1
    noun = noun_after(line, amount) or line.at(amount.last, *TAKEN)
    told = noun is not None and (noun.head == "detained" or noun.label in TAKEN)
    return opens and told and any(other.first > amount.first for other in others)


def of_whole(line: Line, amount: Amount) -> Frame | None:
    """A whole counts what its noun says ("the 40 detainees", "40 people detained"), not what its part does."""
    noun = noun_after(line, amount)
    among = noun.tail if noun and noun.label.startswith("among.") else None
    if noun and noun.head in ("people", "crowd", "participants", "among"):
        noun = line.at(noun.last, "detained.verb") or noun
    noun = noun or line.at(amount.last, *TAKEN)
    if noun is None or noun.head not in PEOPLE or noun.tail not in ("person", "noun", "verb"):
        return None
    return framed(amount, noun.head, {"quantity": noun}, f"{noun.source}, of which a part", among=among)


def in_custody(line: Line, made: Sequence[Frame], taken: float, *, court: bool = False) -> list[Frame]:
    """The frames; those who are kept in custody, where more were taken before, are still held, or jailed.

    "Twelve were stopped; eight were placed in custody": the words that tell a custody apart have the label `custody`,
    or `custody.jailed` where it is a sentence. Alone, "eight were placed in custody" tells of a detention.

    Args:
        taken: The largest number of detained people that the sentences before tell of.
        court: The sentences before counted what a court did.
    """
    if not line.marks.of("custody"):
        return list(made)
    found: list[Frame] = []
    for frame in made:
        words = (line.at(i, "custody") for i in range(frame.first, frame.last)) if frame.quantity == "detained" else ()
        kept = next((m for m in words if m), None)
        later = kept is not None and (taken > frame.amount.value or (court and kept.tail == "jailed"))
        stage = (kept.tail or "still_held") if kept and later else frame.quantity
        found.append(replace(frame, quantity=stage))
        if frame.quantity == "detained" and not kept:
            taken = max(taken, frame.amount.value)
    return found


def exception(line: Line, amount: Amount) -> Mark | None:
    """The "but", "except" right in front of a number."""
    near = [m for m in line.marks.ending(amount.first) if m.head == "except" and amount.first - m.first < 5]
    return near[-1] if near else None


def left_out(line: Line, amount: Amount, but: Mark) -> Frame | None:
    """ "all but two were released": two are still held. Of what else was done to all but some, nothing is counted."""
    near = range(max(line.sentence.first, but.first - _FAR), min(line.sentence.last, amount.last + _FAR))
    every = next((m for i in near if i <= but.first and (m := line.at(i, "all"))), None)
    freed = (m for i in near if (m := line.at(i, "released.verb")) and not negated(line, m))
    verb = next(freed, None)
    if (every is None and not but.tail) or verb is None:
        return None
    return framed(amount, "still_held", {"quantity": verb}, f"{verb.source}; {but.source}: all were released but these")


def strange_place(line: Line, amount: Amount) -> tuple[int, int] | None:
    """The tokens of a name that no gazetteer holds, where a list of places has it: "Nakuru (2), Vihiga (4)".

    The number stands in brackets right behind the name, or before "in" and the name; another number of the
    sentence stands so with a place that is known.
    """
    found = _bracketed(line, amount.first, amount.last) or _led(line, amount.last)
    if not found or not line.pack.capitals_tell or any(i in line.placed | line.blocked for i in range(*found)):
        return None
    numbers = (i for i in range(line.sentence.first, line.sentence.last) if _number(line, i) and i != amount.start)
    known = (_bracketed(line, i, i + 1) or _led(line, i + 1) for i in numbers)
    return found if any(run and run[0] in line.placed for run in known) else None


def _number(line: Line, i: int) -> bool:
    return line.tokens[i].kind == "number" or line.tokens[i].fold in line.pack.numbers


def _bracketed(line: Line, first: int, last: int) -> tuple[int, int] | None:
    """The capitals right in front of a number in brackets."""
    tokens = line.tokens
    if first < line.sentence.first + 2 or last >= line.sentence.last:
        return None
    if tokens[first - 1].text != "(" or tokens[last].text != ")":
        return None
    start = first - 1
    while start > line.sentence.first and tokens[start - 1].capital:
        start -= 1
    return (start, first - 1) if start < first - 1 else None


def _led(line: Line, last: int) -> tuple[int, int] | None:
    """The capitals behind a number and "in"."""
    tokens, stop = line.tokens, last + 1
    led = {*line.pack.settings["in_place"], *line.pack.settings.get("from_place", ())}
    if stop >= line.sentence.last or tokens[last].fold not in led:
        return None
    while stop < line.sentence.last and tokens[stop].capital:
        stop += 1
    return (last + 1, stop) if stop > last + 1 else None
