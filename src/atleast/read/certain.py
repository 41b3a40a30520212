"""Claims without a number: nobody was detained, all were released."""

from collections.abc import Iterator, Sequence

from .line import Frame, Line
from .marks import Mark
from .numbers import Amount
from .predicates import negated


def zeros(line: Line, made: Sequence[Frame]) -> Iterator[Frame]:
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
    held = next(
        (m for j in range(none.last, min(line.sentence.last, none.last + 12)) if (m := line.at(j, "still_held.verb"))),
        None,
    )
    if held and none.last - none.first > 0 and line.tokens[none.first].fold not in line.pack.settings["without"]:
        return held
    order = sorted(
        (
            j
            for j in range(max(line.sentence.first, none.first - reach), min(line.sentence.last, none.last + reach))
            if not none.first <= j < none.last
        ),
        key=lambda j: (abs(j - none.first), j),
    )
    for j in order:
        a, b = (none.last, j) if j >= none.last else (j, none.first)
        if line.between(a, b, ",", ";", ":", ".") or j in line.blocked:
            continue
        for mark in line.marks.get(j, ()):
            strong = mark.tail in ("verb", "noun", "person", "unit") and mark.head in (
                "still_held",
                "detained",
                "charged",
                "charges",
                "injured",
                "killed",
                "jailed",
                "fined",
            )
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
    twice = any(
        line.tokens[i].fold in line.pack.settings["negation"]
        for i in range(target.last, min(line.sentence.last, target.last + 3))
    )
    return target.tail != "verb" and target.first >= none.last and not twice


def alls(line: Line, made: Sequence[Frame]) -> Iterator[Frame]:
    """ "all … released", "the rest were let go": nobody is held any more."""
    for i in range(line.sentence.first, line.sentence.last):
        every = line.at(i, "all", "rest")
        verb = every and _let_go(line, every)
        if (
            every
            and verb
            and not any(
                f.quantity == "released" and f.first <= verb.first < f.last and f.amount.first > every.first
                for f in made
            )
        ):
            yield _certain(every, verb, "still_held", "all were released: nobody is held")
            return


def _let_go(line: Line, every: Mark) -> Mark | None:
    reach = 14
    near = range(max(line.sentence.first, every.first - reach), min(line.sentence.last, every.last + reach))
    verbs = [
        m
        for j in near
        for m in line.marks.get(j, ())
        if m.label == "released.verb" and not negated(line, m) and not _wished(line, m)
    ]
    return min(verbs, key=lambda m: abs(m.first - every.first), default=None)


def _wished(line: Line, verb: Mark) -> bool:
    """Whether somebody only asks for it: "should release everyone"."""
    return any(line.at(i, "wish") for i in range(max(line.sentence.first, verb.first - 4), verb.first))


def _certain(word: Mark, target: Mark, quantity: str, how: str) -> Frame:
    first, last = min(word.first, target.first), max(word.last, target.last)
    zero = Amount(0, 0, "exact", None, word.first, word.last, word.first, word.last, False, f"{word.source}: {how}")
    return Frame(zero, quantity, first, last, parts={"quantity": target}, how=f"{target.source}; {word.source}")
