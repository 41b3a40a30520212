"""Claims without a number: nobody was detained, all were released."""

from collections.abc import Iterator, Sequence

from .line import PEOPLE, Frame, Line
from .marks import Mark
from .nouns import clause_start
from .numbers import Amount
from .predicates import negated

_DENIED = (PEOPLE | {"charges"}) - {"participants", "to_court"}
KEPT = frozenset(("charged", "jailed", "still_held"))
_REACH = 5  # tokens between a word of denial and what it denies
_FAR = 14  # the same for "all" and its verb


def zeros(line: Line, made: Sequence[Frame]) -> Iterator[Frame]:
    """ "nobody was detained", "no arrests", "ни одного задержания не было", "charged nobody"."""
    seen: set[str] = set()
    for none in line.each("none", "none_left"):
        i = none.first
        if i > line.sentence.first and line.tokens[i - 1].fold in line.pack.settings["negation"]:
            continue  # "без задержаний не обошлось"
        if any(line.at(j, "some") for j in range(clause_start(line, i), i)):
            continue  # "большинство из них отпустили без протоколов": of the others is nothing said
        target = _denied(line, none)
        if none.label == "none_left" and none.last - none.first > 2:  # "no one remains in custody"
            target = none
        if not target:
            continue
        if any(line.at(j, "among") for j in range(target.last, none.first)):
            continue  # "среди доставленных несовершеннолетних не было": of the others is nothing said
        quantity = "still_held" if none.label == "none_left" else target.head
        if quantity not in seen and not any(f.first <= target.first < f.last for f in made):
            seen.add(quantity)
            yield _certain(none, target, quantity, "nobody: none")


def _denied(line: Line, none: Mark) -> Mark | None:
    """What a word of denial denies: "still in custody" behind it, else the nearest trigger within a few words."""
    if not _bare(line, none, "denies_nouns"):
        behind = range(none.last, min(line.sentence.last, none.last + 12))
        held = next((m for j in behind if (m := line.at(j, "still_held.verb", "released.verb"))), None)
        if held and not line.between(none.last, held.first, ",", ";", ":"):
            return held
    around = range(max(line.sentence.first, none.first - _REACH), min(line.sentence.last, none.last + _REACH))
    order = sorted((j for j in around if not none.first <= j < none.last), key=lambda j: (abs(j - none.first), j))
    possible = (m for j in order if _reachable(line, none, j) for m in line.marks.get(j, ()))
    return next((m for m in possible if m.head in _DENIED and m.tail and _can_deny(line, none, m)), None)


def _reachable(line: Line, none: Mark, j: int) -> bool:
    """Whether a token stands in the clause of the denial, and is no part that it is taken from ("из задержанных")."""
    a, b = (none.last, j) if j >= none.last else (j, none.first)
    before = j - 1 - (line.tokens[j - 1].fold in line.pack.settings["definite"])
    parted = j > none.last and line.tokens[before].fold in line.pack.settings["partitive"]
    parted = parted or (j < none.first and _of_group(line, j))
    return not parted and j not in line.blocked and not line.between(a, b, ",", ";", ":", ".")


def _of_group(line: Line, j: int) -> bool:
    """Whether a word tells of whom somebody is taken: "von den vorläufig Festgenommenen blieb keiner"."""
    start = clause_start(line, j)
    return j - start <= 4 and line.tokens[start].fold in line.pack.settings["partitive"]


def _bare(line: Line, none: Mark, setting: str) -> bool:
    """Whether the denial is one word that goes with a noun, such as "no" or "without"."""
    if setting == "denies_nouns" and none.tail == "noun":  # "no hubo", "il n'y a pas eu de"
        return True
    return none.last - none.first == 1 and line.tokens[none.first].fold in line.pack.settings[setting]


def _can_deny(line: Line, none: Mark, target: Mark) -> bool:
    """ "no" and "without" need a noun right behind; "nobody" and "none" go with a verb."""
    if target.first and line.tokens[target.first - 1].fold in line.pack.settings.get("not_any", ()):
        return False  # "no mass detentions": some there may have been
    if target.tail == "verb" and target.first == none.last and _other_deed(line, target):
        return False  # "ningún detenido fue liberado": the later verb is denied
    if not _bare(line, none, "denies_nouns"):
        return target.tail != "person" or target.head != "detained" or target.first < none.first
    if target.tail == "verb" and _denied_people(line, none, target):  # "no protesters were injured"
        return True
    if any(line.tokens[i].fold in line.pack.settings["stops"] for i in range(none.last, target.first)):
        return False  # "keine Angaben zu den Festnahmen": the figures are missing
    if _bare(line, none, "without") and (target.head == "charges" or target.first - none.last > 1):
        return False
    if target.tail == "verb" and target.first == none.last:  # "no hubo detenidos", "nessun ferito": used as a noun
        return True
    behind = range(target.last, min(line.sentence.last, target.last + 3))
    twice = any(line.tokens[i].fold in line.pack.settings["negation"] for i in behind)
    return target.tail != "verb" and target.first >= none.last and not twice


def _denied_people(line: Line, none: Mark, target: Mark) -> bool:
    """Whether people stand right behind "no", and nothing but auxiliaries before the verb."""
    noun = line.noun(none.last)
    if noun is None or noun.head not in ("people", "crowd", "among") or noun.label == "among.police":
        return False
    passive = line.pack.settings["passive"]
    between = line.tokens[noun.last : target.first]
    return 0 < len(between) <= 3 and any(t.fold in passive for t in between) and all(t.kind == "word" for t in between)


def _other_deed(line: Line, target: Mark) -> bool:
    """Whether a verb that counts something else follows in the clause."""
    for j in range(target.last, min(line.sentence.last, target.last + _REACH)):
        if line.tokens[j].text in ",;:.":
            return False
        if any(m.tail == "verb" and m.head in _DENIED and m.head != target.head for m in line.marks.get(j, ())):
            return True
    return False


def alls(line: Line, made: Sequence[Frame], *, kept: bool = False) -> Iterator[Frame]:
    """ "all … released", "the rest were let go": nobody is held any more.

    Args:
        kept: The sentence before told of people who were kept: then the rest are not all.
    """
    for every in line.each("all", "rest"):
        if kept and every.head == "rest":
            continue
        verb = None if _nearly(line, every) else _let_go(line, every)
        if verb and not _counted(made, every, verb) and not _some_kept(line, made, every):
            yield _certain(every, verb, "still_held", "all were released: nobody is held")
            return


def _nearly(line: Line, every: Mark) -> bool:
    """ "almost all were released"."""
    near = range(max(line.sentence.first, every.first - 3), every.first)
    return any(m.head == "nearly" and m.last == every.first for i in near for m in line.marks.get(i, ()))


def _counted(made: Sequence[Frame], every: Mark, verb: Mark) -> bool:
    """Whether the verb is already told of a number: "all day, 20 were released"."""
    told = (f for f in made if f.quantity == "released" and f.amount.last + 2 >= every.first)
    return any(f.first <= verb.first < f.last for f in told)


def _some_kept(line: Line, made: Sequence[Frame], every: Mark) -> bool:
    """ "three were charged, the rest released", "all but two", "all except the leader": that is not all."""
    behind = range(every.first, min(line.sentence.last, every.last + _FAR))
    rest = every.head == "rest" and any(f.quantity in KEPT for f in made)
    return rest or line.within(behind, "except", "some") or _most(line, every)


def _most(line: Line, every: Mark) -> bool:
    """ "most of the others": a word for a part right in front."""
    return line.within(range(max(line.sentence.first, every.first - 3), every.first), "some")


def _let_go(line: Line, every: Mark) -> Mark | None:
    near = range(max(line.sentence.first, every.first - _FAR), min(line.sentence.last, every.last + _FAR))
    verbs = (m for j in near if (m := line.at(j, "released.verb")) and not negated(line, m) and not _wished(line, m))
    return min(verbs, key=lambda m: abs(m.first - every.first), default=None)


def _wished(line: Line, verb: Mark) -> bool:
    """Whether somebody only asks for it: "should release everyone"."""
    near = [*range(max(line.sentence.first, verb.first - 4), verb.first)]
    if line.pack.settings["order"] == "verb_last":
        near += range(verb.last, min(line.sentence.last, verb.last + 2))
    return line.within(near, "wish")


def _certain(word: Mark, target: Mark, quantity: str, how: str) -> Frame:
    first, last = min(word.first, target.first), max(word.last, target.last)
    zero = Amount(0, 0, "exact", None, word.first, word.last, word.first, word.last, False, f"{word.source}: {how}")
    return Frame(zero, quantity, first, last, parts={"quantity": target}, how=f"{target.source}; {word.source}")
