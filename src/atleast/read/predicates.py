"""The predicate that is a number's own: the nearest, by a cost that knows word order and clauses."""

from collections.abc import Sequence

from .line import Frame, Line, framed
from .marks import Mark
from .numbers import Amount

BEFALLS_POLICE = frozenset(("injured", "killed"))
_UNCOUNTED = "uncounted"  # checked, questioned, called up: verbs that count none of ours
_FAR = 14.0  # a predicate costlier than this is not the number's own

_NEAR = 8.0  # what may be said of people already called detainees must stand this near


_DEEDS = frozenset(("verb", "noun"))


def by_predicate(
    line: Line, amount: Amount, noun: Mark | None, others: Sequence[Amount], only: Sequence[str] = ()
) -> Frame | None:
    """What the cheapest verb near the number and its noun says of it; nothing where that verb counts nobody."""
    best = _cheapest(line, amount, noun, others, only)
    if best is None or best[1].head == _UNCOUNTED:
        return None
    cost, verb = best
    start, stop = _with_noun(amount, noun)
    among = noun.tail if noun and noun.head == "among" and verb.head != "participants" else None
    if noun and noun.label == "among.police" and verb.head not in BEFALLS_POLICE:  # they take, they are not taken
        return None
    term = _term(line, min(start, verb.first), max(stop, verb.last)) if _of_a_court(line, verb) else None
    parts = {"quantity": verb} | ({"among": noun} if noun else {})
    how = f"{verb.source}, cost {cost:.1f}" + (f"; {term.source}" if term else "")
    return framed(amount, "jailed" if term else verb.head, parts, how, among=among)


def uncounted(line: Line, amount: Amount, noun: Mark | None, others: Sequence[Amount]) -> bool:
    """Whether the number's own verb says nothing that is counted: "wylegitymowano 120 uczestników"."""
    if noun and noun.head not in ("people", "crowd", "among", "participants"):
        return False
    if not line.marks.of(_UNCOUNTED):
        return False
    best = _cheapest(line, amount, noun, others)
    return best is not None and best[1].head == _UNCOUNTED


def _with_noun(amount: Amount, noun: Mark | None) -> tuple[int, int]:
    return (min(amount.first, noun.first), max(amount.last, noun.last)) if noun else (amount.first, amount.last)


def _cheapest(
    line: Line, amount: Amount, noun: Mark | None, others: Sequence[Amount], only: Sequence[str] = ()
) -> tuple[float, Mark] | None:
    """The verb nearest to the number and its noun, and its cost; None when all are too far."""
    start, stop = _with_noun(amount, noun)
    best: tuple[float, Mark] | None = None
    for mark in line.marks.all:
        if mark.tail not in _DEEDS or _within_longer(line, mark):
            continue
        counted = noun is not None and noun.head == "participants"  # they say themselves what is counted
        if (only or counted) and _cut_off(line, mark, start, stop):
            continue
        deed = mark.tail == "verb" or (
            mark.tail == "noun"
            and noun is not None
            and _joined(line, mark, start, stop)
            and not _background(line, mark)
        )
        if (mark.head in ("fined", "jailed") and _sum(line, start)) or _in_date(line, mark):
            continue
        if mark.head == "charges" and (noun is None or noun.head != "paper"):
            continue
        if not deed or (only and mark.head not in only) or (mark.first < stop and mark.last > start):
            continue
        cost = _cost(line, mark, start, stop, others, bare=noun is None)
        if cost <= (_NEAR if only else _FAR) and (best is None or cost < best[0] - 0.01):
            best = (cost, mark)
    return best


def _within_longer(line: Line, verb: Mark) -> bool:
    """Whether a verb is only a word of a longer one: "gekommen" in "in Gewahrsam gekommen"."""
    near = range(max(line.sentence.first, verb.first - 4), verb.first)
    return any(m.tail == "verb" and m.last >= verb.last for i in near for m in line.marks.get(i, ()))


def _cut_off(line: Line, verb: Mark, start: int, stop: int) -> bool:
    """Whether marks part a verb from a number and its noun, an aside and the list within a bracket not counted."""
    if verb.first < stop:
        return line.between(verb.last, start, ",", ";", ":") > 0
    a = _past_aside(line, stop, verb.first)
    return line.between(a, _bracket(line, a, verb), ",", ";", ":") > 0


def _joined(line: Line, noun: Mark, start: int, stop: int) -> bool:
    """Whether an event stands right beside those it befell: "arrests: 40 people"; behind where verbs do, too."""
    ends = noun.last >= line.sentence.last or line.tokens[noun.last].kind == "mark"
    behind = line.pack.settings["order"] == "verb_last" and noun.first == stop and ends  # "25 avukata gözaltı"
    return behind or 0 <= start - noun.last <= 1


def _of_a_court(line: Line, verb: Mark) -> bool:
    """Whether a verb of detention may also be what a court does; which ones, a pack may say by their stems."""
    stems = tuple(line.pack.settings.get("court_verbs", ()))
    named = not stems or any(line.tokens[i].fold.startswith(stems) for i in range(verb.first, verb.last))
    return verb.head == "detained" and named


def _term(line: Line, first: int, last: int) -> Mark | None:
    """How long for, in the clause: "aresztowano 40 osób na trzy miesiące" jailed them, "aresztowano" alone did not."""
    while first > line.sentence.first and line.tokens[first - 1].text not in _PARTING:
        first -= 1
    while last < line.sentence.last and line.tokens[last].text not in _PARTING:
        last += 1
    if line.pack.settings.get("court_verbs"):  # "fined 40; 12 were arrested": fines are a court's, whatever the clause
        whole = range(line.sentence.first, line.sentence.last)
        if found := next((m for i in whole if (m := line.at(i, "fined.verb"))), None):
            return found
    return next((m for i in range(first, last) if (m := line.at(i, "term"))), None)


_PARTING = frozenset(",;:—–()")


def predicate_cost(line: Line, verb: Mark, first: int, last: int) -> float:
    """How far a predicate is from the words at tokens `first` up to `last`; the nearer, the surer it is theirs."""
    if verb.first < last and verb.last > first:
        return 0.0
    return _cost(line, verb, first, last, (), bare=False)


def _cost(line: Line, verb: Mark, start: int, stop: int, others: Sequence[Amount], *, bare: bool) -> float:
    """How far a verb is from a number: words between, plus what should not stand between."""
    right = verb.first >= stop
    past = _past_aside(line, _past_joined(line, stop, others), verb.first, others)
    a, b = (past, verb.first) if right else (verb.last, start)
    if right and _after_clause(line, stop, verb, others):
        a = max(a, b - 3)
    settings = line.pack.settings
    reach = _bracket(line, a, verb) if right else b
    between = [token.fold for token in line.tokens[a:b]]
    near = between[: max(0, reach - a)]
    kinds = [token.kind for token in line.tokens[a:reach]]
    cost = float(kinds.count("word") + kinds.count("number"))
    cost += 3 * near.count(",") + 20 * between.count(";") + 9 * between.count(":")
    cost += (8 if bare else 2) * len([word for word in between if word in _ASIDES])
    cost += 4 * sum([word in settings["conjunctions"] for word in near])
    cost += 6 * len([other for other in others if a <= other.first < b]) if others else 0
    if right and others and any(a <= other.first < b and line.between(a, other.first, ",") for other in others):
        cost += 12  # "106 people, several were released": the verb is of the several
    passive = _passive(line, verb)
    if not right and stop < line.sentence.last and line.tokens[stop].fold in settings["passive"]:
        cost += 12  # "11 were fined and six were let off": the six have a verb of their own
    if settings["order"] == "strict":
        if right and not passive and verb.head not in ("participants", "to_court", "killed", "injured", "still_held"):
            cost += 2 if verb.first == stop and not _active(line, verb) else 11
        if not right and (passive or (verb.head == "participants" and not _follows_directly(a, b))):
            cost += 7
        if bare and right and not passive:
            cost += 1 if verb.first == stop and cost <= 2 else 4  # "17 arrested and 180 fined"
        if not right and _opens_clause(line, start):
            cost += 12  # "dozens were detained after 100 demonstrators met a line of officers"
    if settings["order"] == "verb_last" and not right:  # a verb in front speaks of what stands before it
        own = a == b and _participle(line, verb) and not line.at(stop, "all")  # "…lerin hepsi" have the verb behind
        cost += 1 if own else 12
    if right and any(_part_between(line, stop, other, verb) for other in others if other.first >= past):
        cost += 20  # "38 kişiden 12'si tutuklandı", "17 тысяч зрителей, 39 из них задержаны": the part, not the whole
    if negated(line, verb):
        cost += 10
    if right and verb.first == stop and not bare and _active(line, verb) and _passive_later(line, verb):
        cost += 14  # "dozens of people protesting the vote were detained"
    if right and _relative(line, stop, verb) and (_main_verb_later(line, verb) or _main_verb_before(line, start, verb)):
        cost += 8
    return cost


def _opens_clause(line: Line, start: int) -> bool:
    """Whether a conjunction that is no "and" stands right before a number: it opens a clause with its own verb."""
    before = line.tokens[start - 1].fold if start > line.sentence.first else ""
    return before in line.pack.settings["conjunctions"] and before not in line.joints


def _bracket(line: Line, first: int, verb: Mark) -> int:
    """How far the words between a number and its verb count: to an auxiliary whose participle ends the clause.

    "440 Polizisten seien am Vortag und in der Nacht verletzt worden": what stands between is in no one's way.
    """
    if not line.pack.settings.get("bracket"):
        return verb.first
    opening = max(line.sentence.first, first - _OPENS)
    aux = [i for i in range(opening, verb.first) if line.tokens[i].fold in line.pack.settings["passive"]]
    at = next((i for i in aux if not any(_parts(line, j) for j in range(i, verb.first))), None)
    return verb.first if at is None else min(verb.first, max(at, first) + 1)


def _parts(line: Line, i: int) -> bool:
    """Whether a mark ends the clause: a comma in a list of nouns does not."""
    if line.tokens[i].kind != "mark":
        return False
    behind = line.tokens[i + 1].fold if i + 1 < line.sentence.last else ""
    settings = line.pack.settings
    return line.tokens[i].text != "," or behind in {
        *settings["conjunctions"],
        *settings["stops"],
        *settings["relative"],
    }


_ASIDES = frozenset("—–()")
_OPENS = 8  # tokens before a number in which the auxiliary of its clause may stand


def _active(line: Line, verb: Mark) -> bool:
    """Whether the verb's own ending makes the noun before it the doer: "hundreds holding signs"."""
    return line.tokens[verb.first].fold.endswith(tuple(line.pack.settings.get("active_endings", ("\0",))))


def _background(line: Line, noun: Mark) -> bool:
    """Whether an event only tells when: "после его задержания сотни тысяч вышли"."""
    before = range(max(line.sentence.first, noun.first - 2), noun.first)
    return any(line.tokens[i].fold in line.pack.settings["not_event"] for i in before)


def _in_date(line: Line, mark: Mark) -> bool:
    """The "March" of a date is no march."""
    return mark.first in line.blocked and line.at(mark.first, "month") is not None


def _sum(line: Line, start: int) -> bool:
    """ "оштрафованы на 2 тысячи": how much, not how many."""
    before = line.tokens[start - 1].fold if start > line.sentence.first else ""
    return before in line.pack.settings["not_counting"]


def _part_between(line: Line, stop: int, other: Amount, verb: Mark) -> bool:
    """Whether another number, a part of this one, stands between it and the verb."""
    near = 0 <= other.first - stop <= 1 and _is_part(line, other)
    i = other.last
    told = i + 1 < line.sentence.last and line.tokens[i].fold in line.pack.settings["partitive"]
    pronoun = told and line.tokens[i + 1].fold in line.pack.settings.get("parts_begin", ())
    return near or (pronoun and stop <= other.first < verb.first)


def _is_part(line: Line, amount: Amount) -> bool:
    return line.tokens[amount.stop - 1].ending in line.pack.settings.get("part_endings", ())


def _participle(line: Line, verb: Mark) -> bool:
    """Whether a verb's own ending makes it describe what follows: "gözaltına alınan 38 kişi"."""
    return line.tokens[verb.last - 1].fold.endswith(tuple(line.pack.settings.get("participles", ())))


_CLOSING = {"(": ")", "[": "]", "—": "—", "–": "–", "-": "-"}


def _past_aside(line: Line, stop: int, verb: int, others: Sequence[Amount] = ()) -> int:
    """Where the clause goes on behind an aside: "94 people, including four journalists, were detained".

    Also "Demonstranten, die gegen den Krieg protestierten, festgenommen", "ten people (six women) were detained".
    """
    if stop + 1 < verb and (closing := _CLOSING.get(line.tokens[stop].text)) and (closing in ")]" or line.dash(stop)):
        return next((i + 1 for i in range(stop + 2, verb) if line.tokens[i].text == closing), stop)
    if stop + 1 >= verb or line.tokens[stop].text != ",":
        return stop
    alone = line.tokens[stop + 1].fold in line.pack.settings.get("parts_alone", ())  # ", davon neun Minderjährige,"
    group = any(o.first == stop + 1 + alone and (alone or _some_of(line, o, verb)) for o in others)
    clause = _opens_relative(line, stop + 1) or line.tokens[stop + 1].fold in line.pack.settings["relative"]
    if not group and not line.at(stop + 1, "part", "included") and not clause:
        return stop
    return next((i + 1 for i in range(verb - 1, stop, -1) if line.tokens[i].text == ","), stop)


def _some_of(line: Line, amount: Amount, verb: int) -> bool:
    """Whether a number tells how many of the whole are of a sort: "nine of them minors"."""
    words = line.pack.settings
    told = line.tokens[amount.last].fold in (*words["partitive"], *words.get("parts_alone", ()))
    return told and any(line.at(i, "among") for i in range(amount.last, min(verb, amount.last + 5)))


def _past_joined(line: Line, stop: int, others: Sequence[Amount]) -> int:
    """Where a second number of people joined to the first ends: "24 men and 11 women were detained"."""
    if not others:
        return stop
    other = next((o for o in others if o.first == stop + 1 and line.tokens[stop].fold in line.joints), None)
    behind = line.marks.get(other.last, ()) if other else ()
    noun = next((m for m in behind if m.head in ("people", "crowd", "among")), None)
    return noun.last if noun else stop


def _follows_directly(a: int, b: int) -> bool:
    return b - a <= 1


def _passive(line: Line, verb: Mark) -> bool:
    near = line.tokens[max(line.sentence.first, verb.first - 3) : verb.first + 1]
    return not line.pack.words("passive").isdisjoint([token.fold for token in near])


def negated(line: Line, verb: Mark) -> bool:
    near = verb.first  # auxiliaries are passed over: "not been released", "non sono stati rilasciati"
    while near > line.sentence.first and line.tokens[near - 1].fold in line.pack.settings["passive"]:
        near -= 1
    before = line.tokens[max(line.sentence.first, min(near, verb.first) - 2) : verb.first]
    return not line.pack.words("negation").isdisjoint([token.fold for token in before])


def _relative(line: Line, stop: int, verb: Mark) -> bool:
    """Whether the verb stands in a clause such as "who were detained" right behind the noun."""
    near = range(stop, min(verb.first, stop + 3))
    return any(line.tokens[i].fold in line.pack.settings["relative"] or _opens_relative(line, i) for i in near)


def _opens_relative(line: Line, i: int) -> bool:
    """Whether an article is a relative pronoun here, as it is behind a comma: ", die protestierten,"."""
    articles = line.pack.settings.get("relative_articles", ())
    return line.tokens[i].fold in articles and i > line.sentence.first and line.tokens[i - 1].text == ","


def _main_verb_before(line: Line, start: int, verb: Mark) -> bool:
    """Whether a verb in front is the number's: "затримали на площі в центрі міста 30 осіб, які прийшли"."""
    if any(m.tail == "verb" for i in range(start, verb.first) for m in line.marks.get(i, ())):
        return False
    i = start
    while i > line.sentence.first and line.tokens[i - 1].text not in ",;:" and line.tokens[i - 1].kind != "number":
        i -= 1
        if any(m.tail == "verb" and m.head != verb.head and m.last <= start for m in line.marks.get(i, ())):
            return True
    return False


def _after_clause(line: Line, stop: int, verb: Mark, others: Sequence[Amount]) -> bool:
    """Whether a verb in the passive follows a clause about the noun: "people who marched in the capital were held"."""
    if line.tokens[verb.first - 1].fold not in line.pack.settings["passive"]:
        return False
    clause = any(line.tokens[i].fold in line.pack.settings["relative"] for i in range(stop, min(verb.first, stop + 2)))
    clause = clause or any(m.first == stop and m.tail == "verb" and _active(line, m) for m in line.marks.get(stop, ()))
    parted = line.between(stop, verb.first, ";", ":", ".") or any(stop <= o.first < verb.first for o in others)
    told = any(m.tail == "verb" for i in range(stop, verb.first - 1) for m in line.marks.get(i, ()))
    return clause and told and not parted


def _passive_later(line: Line, verb: Mark) -> bool:
    """Whether a verb in the passive ends the clause that a participle opens."""
    for i in range(verb.last, min(line.sentence.last, verb.last + _PASSIVE_IN)):
        if line.tokens[i].text in ",;:—–()" or line.tokens[i].fold in line.pack.settings["conjunctions"]:
            return False
        if line.tokens[i].fold in line.pack.settings["passive"] and any(
            m.tail == "verb" and m.head != verb.head for m in line.marks.get(i + 1, ())
        ):
            return True
    return False


_PASSIVE_IN = 18  # tokens from a participle to the passive behind it, at most


_LATER = 45  # tokens of a clause about those counted, with all that is told of where and when, at most


def _main_verb_later(line: Line, verb: Mark) -> bool:
    later = range(verb.last, min(line.sentence.last, verb.last + _LATER))
    verbs = (m for i in later for m in line.marks.get(i, ()) if m.tail == "verb" and m.head != verb.head)
    return any(m.first < verb.last + 8 or _passive(line, m) for m in verbs)
