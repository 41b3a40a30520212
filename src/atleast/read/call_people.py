"""The people whom a line of a call tells of one by one: by name, or "a lawyer", "2 girls"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from atleast.lexicon import names

from .call_counts import LABELS, Count
from .call_line import CallLine, Clock, Holder
from .marks import Mark
from .persons import name_marks
from .tokens import Layout

_FEW = 2  # people told of one by one though nobody names them
_INSTEAD = frozenset(("released", "transferred", "jailed", "detained", "search", "denied_counsel", "hearing"))
_OF_NUMBERS = {"to_court": "hearing", "killed": "", "still_held": "detained"}
_OTHERS = ("befell", "force", "denied_counsel", "denied_care", "confiscated")
_ROLES = frozenset(("girl", "woman", "minor", "journalist", "student", "activist", "photographer", "volunteer"))


class Told(NamedTuple):
    """Somebody in a line of a call, at tokens `first` up to `last`, and what befell him or her."""

    first: int
    last: int
    name: bool
    role: Mark | None
    happened: Sequence[tuple[str, Mark | None]]
    holder: Holder | None
    clock: Clock | None


def people(layout: Layout, line: CallLine, made: Sequence[Count], *, caller_held: bool) -> list[Told]:
    """Everybody told of one by one in a line, in order; who only calls is left out unless held."""
    found = [*_named(layout, line, made, caller_held=caller_held), *_lawyers(line)]
    return sorted([*found, *_roles(line, made, found)], key=lambda told: told.first)


def _named(layout: Layout, line: CallLine, made: Sequence[Count], *, caller_held: bool) -> Iterator[Told]:
    words = {
        m.first
        for m in line.line.marks.all
        if m.label in LABELS or m.head in (*_OTHERS, "caller", "nobody", "everybody")
    }
    runs = name_marks(layout, line.line, line.used | line.named | words)
    for mark in runs:
        calls = any(m.last == mark.first or m.first == mark.last for m in line.line.marks.of("caller"))
        if calls and not caller_held:
            continue
        role = next((m for m in line.line.marks.ending(mark.first) if m.head == "role"), None)
        told = _told(line, mark.first, mark.last, made, role, name=True)
        comes_to_help = role is not None and role.tail == "lawyer" and ("detained", None) in told.happened
        if not comes_to_help:
            yield told


def _told(line: CallLine, first: int, last: int, made: Sequence[Count], role: Mark | None, *, name: bool) -> Told:
    holder = line.near(first)
    segment = line.segment(line.clause(first).segment)
    deeds = list(_deeds(line, first, segment, made))
    if holder and not any(what in _INSTEAD for what, _ in deeds):
        deeds = [("detained", None), *deeds]
    if holder and any(what == "transferred" for what, _ in deeds):  # "from station 3 to station 9": now in the last
        holder = [h for h in line.holders if segment[0] <= h.first < segment[1]][-1]
    if holder and holder.kind == "vehicle":
        holder = next((h for h in line.holders if h.kind == "station" and segment[0] <= h.first < segment[1]), holder)
    return Told(first, last, name, role, tuple(deeds), holder, _clock(line, first, segment, made))


def _deeds(
    line: CallLine, at: int, segment: tuple[int, int], made: Sequence[Count]
) -> Iterator[tuple[str, Mark | None]]:
    """What befell somebody: the words of the same part that no number has, and one that leads up to the name."""
    taken = {c.word.first for c in made if c.word and c.quantity != "detained"}
    clause = line.clause(at)
    led = line.tokens[clause.first - 1].text == ":" if clause.first > line.first else False
    before = line.clause(clause.first - 1).first if led else clause.first
    seen: set[str] = set()
    told = frozenset(m.label for m in line.line.marks.all if m.label in LABELS or m.head in _OTHERS)
    for mark in line.labelled(*segment, told):
        if mark.first in taken and not (led and before <= mark.first < clause.first):
            continue
        what = mark.tail if mark.head == "befell" else _OF_NUMBERS.get(mark.head, mark.head)
        forced = what == "injured" and line.line.at(mark.first, "force") is not None
        if what and what not in seen and not forced:
            seen.add(what)
            yield what, mark


def _clock(line: CallLine, at: int, segment: tuple[int, int], made: Sequence[Count]) -> Clock | None:
    clause = line.clause(at)
    here = [c for c in line.clocks if segment[0] <= c.first < segment[1]]
    own = [c for c in here if clause.first <= c.first < clause.last]
    counted = {c.clock for c in made if c.quantity != "detained"}
    return next(iter(own or [c for c in here if c not in counted]), None)


def _lawyers(line: CallLine) -> Iterator[Told]:
    """A lawyer who was not let in."""
    denied = line.marks(line.first, line.last, "denied", "denied_counsel")
    roles = [m for m in line.marks(line.first, line.last, "role") if m.tail == "lawyer"]
    roles += [m for m in line.marks(line.first, line.last, "caller.lawyer", "among.lawyers") if not roles]
    if denied and roles:
        holder, role = line.near(roles[0].first) or next(iter(line.holders), None), roles[0]
        yield Told(role.first, role.first + 1, False, role, (("denied_counsel", denied[0]),), holder, None)


def _roles(line: CallLine, made: Sequence[Count], found: Sequence[Told]) -> Iterator[Told]:
    """ "a girl", "2 journalists": one or two of whom only this is told."""
    named = {i for t in found for i in (t.first, t.first - 1)}
    both = [line.clause(m.first) for m in line.line.each("both")]  # "2 girls, both minors": told of already
    for role in line.line.each("role"):
        if role.tail not in _ROLES or role.first in named | line.used or line.clause(role.first) in both:
            continue
        count = next((c for c in made if c.group and c.group.first == role.first), None)
        count = count or next((c for c in made if 0 <= role.first - c.amount.stop <= 1), None)
        number = any(line.tokens[i].kind == "number" for i in (role.first - 1, role.first - 2) if i >= line.first)
        if count is None and (number or _several(line, role)):
            continue
        if count is not None and (_part_of(line, count) or count.amount.high is None or count.amount.high > _FEW):
            continue
        told = _told(line, role.first, role.last, _without(made, count), role, name=False)
        if told.happened:
            yield from [told] * (int(count.amount.high or 1) if count else 1)


def _without(made: Sequence[Count], count: Count | None) -> list[Count]:
    return [c for c in made if c is not count]


def _part_of(line: CallLine, count: Count) -> bool:
    clause = line.clause(count.amount.start)
    return bool(line.marks(clause.first, clause.last, "part_of"))


def _several(line: CallLine, role: Mark) -> bool:
    """Whether a role stands in the plural, by its ending."""
    endings = tuple(line.line.pack.settings.get("plural_endings", ()))
    word = line.tokens[role.first].fold
    return bool(endings) and word.endswith(endings)


def nominative(line: CallLine, told: Told) -> str | None:
    """The name as it stands alone, where it is written in another case and the words tell."""
    known = names(line.line.pack)
    words = [line.tokens[i].text for i in range(told.first, told.last) if line.tokens[i].kind == "word"]
    if not known.changing or len(words) < _FEW or not known.given(words[0]):
        return None
    whole = known.nominative(words[0], words[1:], ("nom", "gen", "acc", "dat"))
    return whole.nominative if whole and whole.nominative != " ".join(words) else None
