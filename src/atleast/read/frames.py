"""What each number of a sentence counts: numbers meet the words that say what happened.

A number gets its quantity, in this order, from the noun it stands with ("71 charges", "54 detainees"), from a
predicate near it ("police took in 40"), or from the list it continues ("66 in Petersburg, 54 in Yaroslavl").
What fits nowhere is no claim: the reader abstains rather than guesses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from atleast.lexicon import Pack

from .marks import Mark, Marks
from .numbers import Amount
from .tokens import Sentence, Token

PEOPLE = frozenset(("detained", "released", "still_held", "charged", "to_court", "fined", "jailed", "injured", "killed", "participants"))
_STRONGER = ("jailed", "fined", "to_court", "still_held", "released", "charged", "injured", "killed")
"""Predicates that say more of people already called detainees."""

_FAR = 14.0  # a predicate costlier than this is not the number's own
_NEAR = 8.0  # what may be said of people already called detainees must stand this near
_SKIPPED = 4  # words such as adjectives between a number and its noun


@dataclass(frozen=True, slots=True)
class Frame:
    """A number with what it counts. Token spans; `parts` are the marks that decided, for the evidence."""

    amount: Amount
    quantity: str
    first: int
    last: int
    among: str | None = None
    of: str | None = None
    listed: bool = False  # took its quantity from the frame before it
    total: bool = True
    parts: Mapping[str, Mark] = field(default_factory=dict)
    how: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that was marked in it; what the steps below look at."""

    tokens: Sequence[Token]
    sentence: Sentence
    marks: Marks
    pack: Pack
    blocked: frozenset[int]  # tokens of dates, times, places and names: never a noun or number of ours
    placed: frozenset[int] = frozenset()  # tokens of cities and regions, adjectives too

    def at(self, i: int, *heads: str) -> Mark | None:
        """The longest mark at token `i` with one of these heads or labels."""
        for mark in self.marks.get(i, ()):
            if mark.head in heads or mark.label in heads:
                return mark
        return None

    def between(self, first: int, last: int, *texts: str) -> int:
        """How many of these marks of punctuation or words stand between two tokens."""
        return sum(self.tokens[i].fold in texts for i in range(first, last))


def frames(line: Line, found: Sequence[Amount], topic: str | None) -> list[Frame]:
    """The claims that the numbers of a sentence make, in order.

    Args:
        found: The number phrases of the sentence.
        topic: What a number with no word of its own counts: what the sentence before counted in the
            same paragraph, or detained people when the speaker is a monitor of arrests.
    """
    usable = [a for a in found if not _trapped(line, a)]
    made: list[Frame] = []
    for amount in usable:
        others = [a for a in usable if a is not amount]
        if _pronoun(amount):
            if frame := _by_noun(line, amount, others, topic):
                made.append(frame)
            continue
        quantity = next((f.quantity for f in reversed(made) if f.quantity in PEOPLE), _spoken_of(line, amount) or topic)
        frame = (
            _by_noun(line, amount, others, topic) or _by_total(line, amount, near=3) or _by_predicate(line, amount, None, others)
            or _by_rally(line, amount) or _by_list(line, amount, quantity) or _by_total(line, amount)
        )
        if frame:
            made.append(frame)
    return [*made, *_zeros(line, made), *_alls(line, made)]


# ---------------------------------------------------------------- numbers that are none of ours


def _pronoun(amount: Amount) -> bool:
    """A "one" in words: it counts somebody only together with a noun."""
    return not amount.digits and amount.value == 1


def _trapped(line: Line, amount: Amount) -> bool:
    tokens, i = line.tokens, amount.start
    if any(t in line.blocked for t in range(amount.start, amount.stop)):
        return True
    if any(m.label == "none" and m.last > i for back in range(3) for m in line.marks.get(i - back, ())):
        return True
    if any(m.label == "before" and m.last in (i, i - 1) and (m.last == i or tokens[i - 1].text in ".№") for back in range(1, 4) for m in line.marks.get(i - back, ())):
        return True
    if i > line.sentence.first and tokens[i - 1].text in "№#$€£":
        return True
    if amount.stop < line.sentence.last and tokens[amount.stop].text in "%$€£₽":
        return True
    if _is_year(line, amount) or _is_age(line, amount) or _is_known(line, amount):
        return True
    return _block(line, amount.last) is not None or _joined_to_block(line, amount)


def _joined_to_block(line: Line, amount: Amount) -> bool:
    """ "на 10 и 8 суток": the first number counts what the second does."""
    i = amount.last
    if i + 2 >= line.sentence.last or line.tokens[i].fold not in line.pack.settings["joints"]:
        return False
    second = line.tokens[i + 1].kind == "number" or line.tokens[i + 1].fold in line.pack.numbers
    return second and line.at(i + 2, "block") is not None


def _block(line: Line, at: int) -> Mark | None:
    """A word right behind the number (an adjective may stand between) that makes it something else."""
    for skip in range(2):
        if at + skip >= line.sentence.last or line.tokens[at + skip].kind == "mark":
            return None
        if found := line.at(at + skip, "block"):
            return found
        if _label(line, at + skip):
            return None
    return None


def _is_year(line: Line, amount: Amount) -> bool:
    token = line.tokens[amount.start]
    if not amount.digits or amount.bound != "exact" or len(token.text) != 4 or not 1900 <= amount.value <= 2100:
        return False
    return not (_label(line, amount.stop) or (amount.stop + 1 < line.sentence.last and _label(line, amount.stop + 1)))


def _is_age(line: Line, amount: Amount) -> bool:
    """ "Navalny, 41, is serving": a bare number between commas behind a name."""
    a, b = amount.first - 1, amount.last
    if amount.bound != "exact" or a - 1 < line.sentence.first or line.tokens[a].text != ",":
        return False
    closed = b >= line.sentence.last or line.tokens[b].text in ",.)" or not _label(line, b)
    return line.tokens[a - 1].capital and closed and (a - 1) not in line.blocked


def _is_known(line: Line, amount: Amount) -> bool:
    """ "two of the four": a number with an article and no noun speaks of people already counted."""
    before = line.tokens[amount.start - 1].fold if amount.start > line.sentence.first else ""
    return before in line.pack.settings["definite"] and amount.bound == "exact" and _noun_after(line, amount) is None


def _label(line: Line, i: int) -> Mark | None:
    """The noun that may be counted at token `i`."""
    if i >= line.sentence.last or i in line.blocked:
        return None
    nouns = [m for m in line.marks.get(i, ()) if m.tail in _NOUNS or m.head in ("people", "crowd", "among", "paper")]
    return max(nouns, key=lambda m: (m.last, _NOUNS.get(m.tail, 0)), default=None)


_NOUNS = {"unit": 3, "person": 2, "noun": 2}
"""Which noun wins where two lines match the same words."""


# ---------------------------------------------------------------- the noun beside the number


def _noun_after(line: Line, amount: Amount) -> Mark | None:
    """The noun the number stands with, adjectives passed over: "26 illegal rallies", "20 of its members"."""
    skipped, i = 0, amount.last
    stops = line.pack.settings["stops"]
    if i < line.sentence.last and line.tokens[i].fold in line.pack.settings["partitive"]:
        i += 1
    while i < line.sentence.last and skipped <= _SKIPPED:
        token = line.tokens[i]
        if found := _label(line, i):
            return found
        if line.at(i, "block") and skipped < 2:
            return None
        if token.kind in ("mark", "number", "mixed") and token.text not in "«»“”\"":
            return None
        if token.fold in stops or (line.at(i, *_VERBS) and skipped == 0):
            return None
        skipped += token.kind == "word"
        i += 1
    return None


_VERBS = tuple(f"{q}.verb" for q in sorted(PEOPLE))


def _noun_before(line: Line, amount: Amount) -> Mark | None:
    """A counted noun in front: "Протоколов за нарушения — 71", "Задержанных семеро", "arrests: 40"."""
    opening = _clause_start(line, amount.first)
    if amount.first > opening and line.tokens[amount.first - 1].fold in line.pack.settings["not_counting"]:
        return None
    best: Mark | None = None
    for i in range(opening, amount.first):
        found = _label(line, i)
        if not found or found.last > amount.first or found.head in ("people", "among", "crowd"):
            continue
        if line.at(i, *_VERBS) and found.tail != "person" and found.tail != "unit" and not _counted(line, i, opening):
            continue
        if best is None or (found.last == amount.first and best.tail != "unit"):
            best = found
    if best is None:
        return None
    gap = amount.first - best.last
    linked = _linked(line, best.last, amount.first)
    if line.pack.settings["order"] == "strict":
        return best if gap == 0 and best.tail == "noun" or (gap <= 6 and linked and not _verb_between(line, best, amount)) else None
    return best if gap == 0 or (gap <= 8 and (_counted(line, best.first, opening) or linked)) else None


def _verb_between(line: Line, noun: Mark, amount: Amount) -> bool:
    return any(line.at(i, *_VERBS) for i in range(noun.last, amount.first))


def _counted(line: Line, i: int, opening: int) -> bool:
    """Whether a noun opens its clause, or stands behind "the number of"."""
    return i <= opening + 1 or any(line.tokens[j].fold in line.pack.settings["counting"] for j in range(max(opening, i - 3), i + 1))


def _linked(line: Line, first: int, last: int) -> bool:
    """Whether a dash, a colon or a word like "is" joins a noun to its number."""
    return any(line.tokens[i].text in "—–:=" or line.tokens[i].fold in line.pack.settings["links"] for i in range(first, last))


def _clause_start(line: Line, i: int) -> int:
    """Where the clause of token `i` begins: behind the last comma, colon or other number before it."""
    j = i
    while j > line.sentence.first and line.tokens[j - 1].text not in ",;:(" and line.tokens[j - 1].kind != "number":
        j -= 1
    return j


def _by_noun(line: Line, amount: Amount, others: Sequence[Amount], topic: str | None) -> Frame | None:
    noun = _noun_after(line, amount)
    part = _partitive(line, amount)
    if noun is None:
        noun = _noun_before(line, amount)
        if noun and any(noun.last <= other.first < amount.first for other in others):
            noun = None
    if noun is None:
        return None
    if noun.head == "rallies" and noun.last <= amount.first and any(line.at(amount.first - back, "grew") for back in (1, 2, 3)):
        return _framed(line, amount, "participants", {"quantity": noun}, f"{noun.source}: a rally grew")
    if noun.tail == "unit":
        return _unit(line, amount, noun)
    if part and (group := _group_behind(line, noun)):
        quantity = _spoken_of(line, amount) or topic
        return _framed(line, amount, quantity, {"among": group}, group.source, among=group.tail) if quantity else None
    if part and noun.head == "detained" and noun.tail == "person":  # "one of the detainees" needs a word of its own
        return _by_predicate(line, amount, noun, others, only=_STRONGER)
    if noun.head in PEOPLE and noun.head != "participants":
        more = _by_predicate(line, amount, noun, others, only=_STRONGER) if noun.head == "detained" else None
        return more or _framed(line, amount, noun.head, {"quantity": noun}, noun.source)
    frame = _by_predicate(line, amount, noun, others, only=("charges",) if noun.head == "paper" else ())
    if frame:
        return frame
    if noun.head in ("participants", "crowd"):
        return _framed(line, amount, "participants", {"quantity": noun}, f"{noun.source}, no predicate near")
    return None


def _partitive(line: Line, amount: Amount) -> bool:
    """Whether the number is a part of a group named behind it: "28 of those arrested", "двое из них"."""
    i, settings = amount.last, line.pack.settings
    if i + 1 >= line.sentence.last or line.tokens[i].fold not in settings["partitive"]:
        return False
    return not settings.get("parts_begin") or line.tokens[i + 1].fold in settings["parts_begin"]


def _group_behind(line: Line, noun: Mark) -> Mark | None:
    """ "nine of them minors", "9 из них несовершеннолетние"."""
    near = range(noun.last, min(line.sentence.last, noun.last + 3))
    return next((m for i in near if (m := line.at(i, "among")) and m.tail != "police"), None)


def _unit(line: Line, amount: Amount, noun: Mark) -> Frame | None:
    """Rallies, cities, papers: the noun decides alone. What they are counted over is `of`."""
    of = None
    verbs = {m.head for i in range(line.sentence.first, line.sentence.last) for m in line.marks.get(i, ()) if m.tail in ("verb", "noun", "person")}
    near = range(max(line.sentence.first, amount.first - 3), noun.last)
    kind = next((k for i in near for k in ("unauthorised", "authorised") if line.at(i, k)), None)
    if noun.head in ("rallies", "regions") and kind:
        of = kind if noun.head == "rallies" else f"{kind} rallies"
    if noun.head == "cities":
        planned = any(line.at(i, "planned") for i in range(line.sentence.first, line.sentence.last))
        held = any(line.at(i, "event_held") for i in range(line.sentence.first, line.sentence.last))
        of = "detentions" if "detained" in verbs and not held else "rallies_planned" if planned else "rallies_held"
    if noun.head == "rallies" and (amount.value <= 1 or line.at(amount.first, "each") or amount.bound == "at_most"):
        return None
    among = next((m for i in range(_clause_start(line, amount.first), noun.last) if (m := line.at(i, "among.organisers"))), None)
    if noun.head == "charges" and among:
        return _framed(line, amount, "charges", {"quantity": noun, "among": among}, noun.source, among="organisers")
    return _framed(line, amount, noun.head, {"quantity": noun}, noun.source, of=of)


def _framed(line: Line, amount: Amount, quantity: str, parts: Mapping[str, Mark], how: str, *, of: str | None = None, among: str | None = None) -> Frame:
    spans = [(m.first, m.last) for m in parts.values()] + [(amount.first, amount.last)]
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    return Frame(amount, quantity, first, last, among, of, parts=dict(parts), how=how)


# ---------------------------------------------------------------- the predicate


def _by_predicate(line: Line, amount: Amount, noun: Mark | None, others: Sequence[Amount], only: Sequence[str] = ()) -> Frame | None:
    """The cheapest verb near the number and its noun."""
    start, stop = amount.first, amount.last
    if noun:
        start, stop = min(start, noun.first), max(stop, noun.last)
    best: tuple[float, Mark] | None = None
    for i in range(line.sentence.first, line.sentence.last):
        for mark in line.marks.get(i, ()):
            if only and line.between(min(mark.last, stop), max(mark.first, start), ",", ";", ":"):
                continue
            deed = mark.tail == "verb" or (mark.tail == "noun" and noun is not None and 0 <= start - mark.last <= 1)
            if not deed or (only and mark.head not in only) or (mark.first < stop and mark.last > start):
                continue
            cost = _cost(line, mark, start, stop, others, bare=noun is None)
            if cost <= (_NEAR if only else _FAR) and (best is None or cost < best[0] - 0.01):
                best = (cost, mark)
    if best is None:
        return None
    verb = best[1]
    among = noun.tail if noun and noun.head == "among" and verb.head in ("detained", "charged", "injured", "jailed", "fined") else None
    if among == "police":
        return None
    parts = {"quantity": verb} | ({"among": noun} if noun else {})
    return _framed(line, amount, verb.head, parts, f"{verb.source}, cost {best[0]:.1f}", among=among)


def _cost(line: Line, verb: Mark, start: int, stop: int, others: Sequence[Amount], *, bare: bool) -> float:
    """How far a verb is from a number: words between, plus what should not stand between."""
    right = verb.first >= stop
    a, b = (stop, verb.first) if right else (verb.last, start)
    cost = float(sum(line.tokens[i].kind in ("word", "number") for i in range(a, b)))
    settings = line.pack.settings
    cost += 3 * line.between(a, b, ",") + 20 * line.between(a, b, ";") + 9 * line.between(a, b, ":") + (8 if bare else 2) * line.between(a, b, "—", "–", "(", ")")
    cost += 4 * line.between(a, b, *settings["conjunctions"])
    cost += 6 * sum(a <= other.first < b for other in others)
    passive = _passive(line, verb)
    if settings["order"] == "strict":
        if right and not passive and verb.head not in ("participants", "to_court", "killed", "injured", "still_held"):
            cost += 2 if verb.first == stop else 11
        if not right and (passive or verb.head == "participants" and not _follows_directly(a, b)):
            cost += 7
        if bare and right and not passive:
            cost += 4
    if _negated(line, verb):
        cost += 10
    if right and _relative(line, stop, verb) and _main_verb_later(line, verb):
        cost += 8
    return cost


def predicate_cost(line: Line, verb: Mark, first: int, last: int) -> float:
    """How far a predicate is from the words at tokens `first` up to `last`; the nearer, the surer it is theirs."""
    if verb.first < last and verb.last > first:
        return 0.0
    return _cost(line, verb, first, last, (), bare=False)


def _follows_directly(a: int, b: int) -> bool:
    return b - a <= 1


def _passive(line: Line, verb: Mark) -> bool:
    near = range(max(line.sentence.first, verb.first - 3), verb.first + 1)
    return any(line.tokens[i].fold in line.pack.settings["passive"] for i in near)


def _negated(line: Line, verb: Mark) -> bool:
    near = range(max(line.sentence.first, verb.first - 2), verb.first)
    return any(line.tokens[i].fold in line.pack.settings["negation"] for i in near)


def _relative(line: Line, stop: int, verb: Mark) -> bool:
    """Whether the verb stands in a clause such as "who were detained" right behind the noun."""
    return any(line.tokens[i].fold in line.pack.settings["relative"] for i in range(stop, min(verb.first, stop + 3)))


def _main_verb_later(line: Line, verb: Mark) -> bool:
    later = range(verb.last, min(line.sentence.last, verb.last + 8))
    return any(m.tail == "verb" and m.head != verb.head for i in later for m in line.marks.get(i, ()))


# ---------------------------------------------------------------- lists


def _by_list(line: Line, amount: Amount, quantity: str | None) -> Frame | None:
    """A number with a place beside it and no word of its own goes on counting what the list counts."""
    if quantity is None or not _beside_place(line, amount):
        return None
    noun = _noun_after(line, amount)
    if noun and noun.head not in ("people", "crowd", quantity):
        return None
    return replace(_framed(line, amount, quantity, {}, "continues the list"), listed=True)


def _spoken_of(line: Line, amount: Amount) -> str | None:
    """What the sentence has spoken of before the number: "Больше всего доставленных — …"."""
    spoken = [m for i in range(line.sentence.first, amount.first) for m in line.marks.get(i, ()) if m.tail in ("person", "noun", "verb") and m.head in PEOPLE]
    return spoken[-1].head if spoken else None


def _by_total(line: Line, amount: Amount, near: int = 6) -> Frame | None:
    """ "OVD-Info's count is a minimum of 262 people": the count goes on counting what the text counts."""
    word = next((m for i in range(max(line.sentence.first, amount.first - near), amount.start) if (m := line.at(i, "count_of"))), None)
    noun = _noun_after(line, amount)
    if word is None or (noun and noun.head not in ("people", "crowd")):
        return None
    counted = word.tail or _spoken_of(line, amount) or "detained"
    return replace(_framed(line, amount, counted, {"quantity": word}, word.source), listed=not word.tail)


def _by_rally(line: Line, amount: Amount) -> Frame | None:
    """ "the largest protest, a few thousand people": people named beside a rally took part in it."""
    noun = _noun_after(line, amount)
    if noun and noun.head != "people":
        return None
    landmarks = tuple(line.pack.settings.get("landmarks", ()))
    if any(line.tokens[i].fold.startswith(landmarks) for i in range(max(line.sentence.first, amount.first - 4), min(line.sentence.last, amount.last + 6))):
        return _framed(line, amount, "participants", {}, "people told of in a square or street")
    near = range(max(line.sentence.first, amount.first - 4), amount.first)
    rally = next((m for i in near for m in line.marks.get(i, ()) if m.label == "rallies.unit"), None)
    return _framed(line, amount, "participants", {"quantity": rally}, rally.source) if rally else None


def _beside_place(line: Line, amount: Amount) -> bool:
    near = [*range(max(line.sentence.first, amount.first - 4), amount.first), *range(amount.last, min(line.sentence.last, amount.last + 4))]
    if any((m := _label(line, i)) and m.head in ("cities", "regions") for i in near if i >= amount.last):
        return True
    return any(i in line.placed for i in near) or any(line.at(i, "here", "largest", "elsewhere") for i in near)


# ---------------------------------------------------------------- none and all


def _zeros(line: Line, made: Sequence[Frame]) -> Iterator[Frame]:
    """ "nobody was detained", "no arrests", "ни одного задержания не было", "charged nobody"."""
    seen: set[str] = set()
    for i in range(line.sentence.first, line.sentence.last):
        none = line.at(i, "none", "none_left")
        if not none:
            continue
        target = _denied(line, none)
        if target and none.label == "none_left":
            yield _certain(none, target, "still_held", "nobody is left")
            continue
        if target and target.head not in seen and not any(f.first <= target.first < f.last for f in made):
            seen.add(target.head)
            yield _certain(none, target, target.head, "nobody: none")


def _denied(line: Line, none: Mark) -> Mark | None:
    """What a word of denial denies: the nearest trigger within a few words, behind it or in front."""
    reach = 5
    held = next((m for j in range(none.last, min(line.sentence.last, none.last + 12)) if (m := line.at(j, "still_held.verb"))), None)
    if held and none.last - none.first > 0 and line.tokens[none.first].fold not in line.pack.settings["without"]:
        return held
    order = sorted(
        (j for j in range(max(line.sentence.first, none.first - reach), min(line.sentence.last, none.last + reach)) if not none.first <= j < none.last),
        key=lambda j: (abs(j - none.first), j),
    )
    for j in order:
        a, b = (none.last, j) if j >= none.last else (j, none.first)
        if line.between(a, b, ",", ";", ":", ".") or j in line.blocked:
            continue
        for mark in line.marks.get(j, ()):
            strong = mark.tail in ("verb", "noun", "person", "unit") and mark.head in ("still_held", "detained", "charged", "charges", "injured", "killed", "jailed", "fined")
            if strong and _can_deny(line, none, mark):
                return mark
    return None


def _can_deny(line: Line, none: Mark, target: Mark) -> bool:
    """ "no" and "without" need a noun right behind; "nobody" and "none" go with a verb."""
    word = line.tokens[none.first].fold
    if none.last - none.first > 1 or word not in line.pack.settings["denies_nouns"]:
        return True
    if target.head == "charges" and word in line.pack.settings["without"]:
        return False
    twice = any(line.tokens[i].fold in line.pack.settings["negation"] for i in range(target.last, min(line.sentence.last, target.last + 3)))
    return target.tail != "verb" and target.first >= none.last and not twice


def _alls(line: Line, made: Sequence[Frame]) -> Iterator[Frame]:
    """ "all … released", "the rest were let go": nobody is held any more."""
    for i in range(line.sentence.first, line.sentence.last):
        every = line.at(i, "all", "rest")
        verb = every and _let_go(line, every)
        if every and verb and not any(f.quantity == "released" and f.first <= verb.first < f.last and f.amount.first > every.first for f in made):
            yield _certain(every, verb, "still_held", "all were released: nobody is held")
            return


def _let_go(line: Line, every: Mark) -> Mark | None:
    reach = 14
    near = range(max(line.sentence.first, every.first - reach), min(line.sentence.last, every.last + reach))
    verbs = [m for j in near for m in line.marks.get(j, ()) if m.label == "released.verb" and not _negated(line, m) and not _wished(line, m)]
    return min(verbs, key=lambda m: abs(m.first - every.first), default=None)


def _wished(line: Line, verb: Mark) -> bool:
    """Whether somebody only asks for it: "should release everyone"."""
    return any(line.at(i, "wish") for i in range(max(line.sentence.first, verb.first - 4), verb.first))


def _certain(word: Mark, target: Mark, quantity: str, how: str) -> Frame:
    first, last = min(word.first, target.first), max(word.last, target.last)
    zero = Amount(0, 0, "exact", None, word.first, word.last, word.first, word.last, False, f"{word.source}: {how}")
    return Frame(zero, quantity, first, last, parts={"quantity": target}, how=f"{target.source}; {word.source}")
