"""What each number in a line of a call counts, and of whom.

The word for what befell them stands in the same clause, or is that of the count that it is a part of. Where no word
tells, people who are told of in a station or a van are taken for detained; without even that the claim is a hint.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .call_line import THINGS, CallLine, Clause, Clock, Holder
from .marks import Mark
from .numbers import Amount, amounts

QUANTITIES = ("still_held", "released", "charged", "to_court", "fined", "jailed", "injured", "killed", "detained")
LABELS = frozenset(f"{quantity}.{tail}" for quantity in QUANTITIES for tail in ("verb", "person", "noun"))
_SPELT_ALONE = ("released", "charged", "to_court", "fined", "jailed", "injured", "killed")
_MORE = 5  # tokens from a number to "maybe more"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people in a line of a call."""

    amount: Amount
    quantity: str
    among: str | None = None
    holder: Holder | None = None
    clock: Clock | None = None
    word: Mark | None = None  # that tells the quantity
    group: Mark | None = None
    how: str = ""
    sure: bool = True  # something tells that they are people in custody

    @property
    def same(self) -> tuple[object, ...]:
        """What two counts of one line share when they say the same."""
        return self.quantity, self.amount.low, self.amount.high, self.among, self.holder


def counts(line: CallLine) -> list[Count]:
    """The numbers of people in a line, in order."""
    found: list[Count] = []
    for amount in _numbers(line):
        if (count := _count(line, amount, found)) is not None:
            found.append(count)
    return _once([*found, *_none(line)])


def _once(found: list[Count]) -> list[Count]:
    kept: dict[tuple[object, ...], Count] = {}
    for count in found:
        before = kept.get(count.same)
        kept[count.same] = count if before is None else before if before.clock else replace(before, clock=count.clock)
    return list(kept.values())


# ---------------------------------------------------------------- numbers


def _numbers(line: CallLine) -> Iterator[Amount]:
    inner = line.line
    past = line.first
    for amount in amounts(line.tokens, line.first, line.last, inner.marks, inner.pack):
        if any(i in line.used for i in range(amount.start, amount.stop)) or amount.value < 1:
            continue
        of_whole = 0 < past == amount.start - 1 and line.tokens[past].fold in inner.pack.settings["partitive"]
        past = amount.stop
        aged = any(m.head == "aged" for m in inner.marks.ending(amount.first))  # "a boy about 14"
        denied = amount.first > line.first and line.tokens[amount.first - 1].fold in inner.pack.words("negation")
        if (
            aged or denied or of_whole or inner.at(amount.stop, *THINGS)
        ):  # "2 of 9": who the nine are nobody says; "two vans"
            continue
        if amount.low is not None and amount.high is not None and amount.low > amount.high:
            continue
        clause = line.clause(amount.start)
        yield _signed(line, amount._replace(first=max(amount.first, clause.first)))


def _signed(line: CallLine, amount: Amount) -> Amount:
    """ "40+", "~20", ">50", "12, maybe more": what is typed for at least, about and more than."""
    if amount.bound != "exact":
        return amount
    tokens, low = line.tokens, amount.low or 0
    after = tokens[amount.stop] if amount.stop < line.last else None
    if after is not None and after.text == "+" and after.start == tokens[amount.stop - 1].end:
        return amount._replace(high=None, bound="at_least", hedge="at_least", last=amount.stop + 1)
    turned = _turned(line, amount)
    if turned.bound != "exact":
        return turned
    if more := line.marks(amount.stop, amount.stop + _MORE, "or_more"):
        return amount._replace(high=None, bound="at_least", hedge="at_least", last=more[0].last)
    sign = tokens[amount.first - 1].text if amount.first > line.first else ""
    if sign in ("~", "≈"):
        return amount._replace(bound="about", hedge="about", first=amount.first - 1)
    if sign in (">", "≥"):
        hedge, beyond = ("more_than", 1) if sign == ">" else ("at_least", 0)
        return amount._replace(low=low + beyond, high=None, bound="at_least", hedge=hedge, first=amount.first - 1)
    return amount


def _turned(line: CallLine, amount: Amount) -> Amount:
    """ "человек 12": the noun before its number makes it about so many, where the language says so."""
    noun = next((m for m in line.line.marks.ending(amount.start) if m.head == "turned"), None)
    if noun is None or line.line.at(amount.last, "people", "among"):
        return amount
    return amount._replace(bound="about", hedge="about", first=noun.first)


# ---------------------------------------------------------------- what it counts


def _count(line: CallLine, amount: Amount, before: list[Count]) -> Count | None:
    clause = line.clause(amount.start)
    noun = _noun(line, amount, clause)
    part = bool(before) and (_part(line, clause) or (noun is not None and noun.head == "among"))
    word = _word(line, amount, clause)
    holder = line.near(amount.start)
    if _strange(line, amount) or (amount.value == 1 and not amount.digits and not noun and not _tells_alone(word)):
        return None  # "one" is said of much
    if not (noun or word or holder) or (noun is not None and noun.tail == "police"):
        return None
    group = _both(line, clause) or (noun if noun is not None and noun.head == "among" else None)
    last = before[-1] if part else None
    if _lawyers_only(line, amount, group, word):
        return None
    quantity, how = _quantity(line, word, last, holder)
    among = group.tail if group and group.tail != "police" else None
    return Count(amount, quantity, among, holder, _clock(line, clause), word, group, how, bool(word or holder))


def _quantity(line: CallLine, word: Mark | None, whole: Count | None, holder: Holder | None) -> tuple[str, str]:
    """What a number counts, and how that is known; "other" where nothing in the line is of custody."""
    if word:
        return word.head, word.source
    if whole:
        return whole.quantity, "the count it is a part of"
    if holder or line.line.each(*_OF_CUSTODY) or line.labelled(line.first, line.last, LABELS):
        return "detained", "people told of in a hotline call"
    return "other", "people of whom nothing tells that they are in custody"


_OF_CUSTODY = ("force", "befell", "denied", "denied_counsel", "denied_care", "confiscated", "they")


def _noun(line: CallLine, amount: Amount, clause: Clause) -> Mark | None:
    """Who is counted: the word right behind the number, past one other, or right before it."""
    of_them = next((m.last for m in line.line.marks.get(amount.last, ()) if m.head == "part_of"), amount.last)
    for at in (of_them, amount.stop, amount.last + 1):
        if at < clause.last and (found := line.line.at(at, "among") or line.line.at(at, "people", "unnamed", "crowd")):
            return found
    before = (m for m in line.line.marks.ending(amount.first) if m.head in ("people", "unnamed"))
    return next(before, None) or line.line.at(amount.first, "people")


def _word(line: CallLine, amount: Amount, clause: Clause) -> Mark | None:
    """The word that tells what befell them: nearest in the clause, else in the one that a colon closes before."""
    here = line.labelled(clause.first, clause.last, LABELS)
    if not here and clause.first > line.first and line.tokens[clause.first - 1].text == ":":
        led = line.clause(clause.first - 1)
        here = [] if _counted(line, led) else line.labelled(led.first, led.last, LABELS)
    ranked = sorted(here, key=lambda m: (m.head == "detained", _apart(m, amount)))
    return ranked[0] if ranked else None


def _apart(mark: Mark, amount: Amount) -> int:
    return mark.first - amount.last if mark.first >= amount.last else amount.first - mark.last


def _counted(line: CallLine, clause: Clause) -> bool:
    """Whether a number stands in a clause that is not used up."""
    return any(clause.first <= i < clause.last and i not in line.used for i in line.line.sentence.numbers)


def _part(line: CallLine, clause: Clause) -> bool:
    return bool(line.marks(clause.first, clause.last, "part_of"))


def _both(line: CallLine, clause: Clause) -> Mark | None:
    """ "2 girls, both minors": a group that the clause behind tells of all of them."""
    behind = next((c for c in line.clauses if c.first == clause.last), None)
    told = line.marks(behind.first, behind.last, "both") if behind else []
    return next(iter(line.marks(told[0].last, behind.last, "among")), None) if told and behind else None


def _strange(line: CallLine, amount: Amount) -> bool:
    """Whether a word that no list knows stands right behind a number: it may count anything."""
    i = amount.last
    named = i < line.last and line.tokens[i].capital and line.line.pack.capitals_tell
    if i >= line.last or line.tokens[i].kind != "word" or named or i in line.used:
        return False
    token, settings = line.tokens[i], line.line.pack.settings
    small = len(token.text) < 3 or token.fold in settings["stops"] or token.fold in settings["in_place"]
    joint = token.fold in line.line.joints or token.fold in settings["partitive"]
    return not (small or joint or i in line.line.marks)


def _tells_alone(word: Mark | None) -> bool:
    return word is not None and word.head in _SPELT_ALONE


def _lawyers_only(line: CallLine, amount: Amount, group: Mark | None, word: Mark | None) -> bool:
    """ "one lawyer, not let in": who comes to help is not counted among those held."""
    return group is not None and group.tail == "lawyers" and word is None


def _clock(line: CallLine, clause: Clause) -> Clock | None:
    """The time told in the clause, else one that stands in a clause of the part without a number of its own."""
    own = [c for c in line.clocks if clause.first <= c.first < clause.last]
    if own:
        return own[0]
    first, last = line.segment(clause.segment)
    free = [c for c in line.clocks if first <= c.first < last and not _counted(line, line.clause(c.first))]
    return free[0] if free else None


# ---------------------------------------------------------------- nobody


def _none(line: CallLine) -> Iterator[Count]:
    """ "nobody released", "no one left at station 8", "all out": none of them, where a station or van is told."""
    for mark in line.marks(line.first, line.last, "nobody", "everybody"):
        holder = line.near(mark.first)
        if holder is None:
            continue
        clause = line.clause(mark.first)
        word = _word(line, _zero(mark), clause) if mark.head == "nobody" else None
        quantity = word.head if word else "still_held"
        yield Count(_zero(mark), quantity, None, holder, _clock(line, clause), word or mark, how=mark.source)


def _zero(mark: Mark) -> Amount:
    return Amount(0, 0, "exact", None, mark.first, mark.last, mark.first, mark.last, False, mark.source)
