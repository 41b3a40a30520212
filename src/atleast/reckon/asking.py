"""What to ask next: which missing figures would narrow what is known most.

What a figure could do is worked out and not guessed. A whole that is told by itself leaves room for its parts: only
what a part has above that room raises the whole, and no more of it than the part's own ceiling lets in.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from atleast.model import People

from .floor import Floor
from .moments import FINAL, Moment
from .results import Cell, Figure, Key, Message, Question
from .rows import Join, Row, Rows

# So many questions are worth an editor's evening, and so many of one count.
MOST_ASKED, MOST_OF_ONE = 12, 6
# Counts of people that only grow, those first that are asked for first.
_ASKED = ("detained", "killed", "injured", "jailed", "charged", "fined", "released")
# The sums over places, by which a part can raise a whole.
_SUMS = frozenset({"parts", "outside"})


def questions(cells: Sequence[Cell], figures: Sequence[Figure], floor: Floor) -> tuple[Question, ...]:
    """What to ask, count by count: the missing end of the widest place, then the parts that could raise it most."""
    known = {cell.key: cell for cell in cells}
    asking = _Asking(known, figures, floor)
    found = [question for whole in _widest(known, floor.rows) for question in asking.of(whole)]
    return tuple(found[:MOST_ASKED])


def _widest(known: Mapping[Key, Cell], rows: Rows) -> list[Key]:
    """The counts of people at places that lie in no other, of which anything is said or beneath which it is."""
    plain = [key for key in known if key.quantity in _ASKED and not (key.among or key.of or " (outside " in key.place)]
    tops = {key._replace(place=rows.atlas.path(key.place)[-1]) for key in plain}
    return sorted(tops, key=lambda key: (_ASKED.index(key.quantity), key))


class _Asking:
    def __init__(self, known: Mapping[Key, Cell], figures: Sequence[Figure], floor: Floor) -> None:
        self.known, self.rows, self.floor = known, floor.rows, floor
        self.latest = _latest(figures)
        self.counts: defaultdict[tuple[str, str, str], list[Key]] = defaultdict(list)
        for key in known:
            self.counts[_count(key)].append(key)

    def of(self, whole: Key) -> Iterator[Question]:
        """The questions about one whole and its parts."""
        yield from self.ends(whole)
        if (unplaced := self.unplaced(whole)) is not None:
            yield unplaced
        parts = [question for part in self.parts(whole) if (question := self.part(part, whole))]
        yield from sorted(parts, key=_promise)[:MOST_OF_ONE]

    def ends(self, whole: Key) -> Iterator[Question]:
        """Whether anybody bounds the whole from above, and who does so too low."""
        cell = self.known.get(whole)
        if whole.quantity == _ASKED[0] and (cell is None or cell.joint.people.high is None):
            yield Question(whole, whole, Message("ask.ceiling", {"whole": whole}))
        elif cell and cell.joint.people.contradictory and cell.joint.high:
            gaps = {"whole": whole, "low": cell.joint.people.low, "figure": cell.joint.high.terms[0].figure}
            yield Question(whole, whole, Message("ask.settle", gaps))

    def people(self, key: Key) -> People:
        """What both sides together prove of a row."""
        low = self.floor.low.get(self.rows.row(key), 0)
        cell = self.known.get(key)
        return cell.joint.people if cell and not cell.joint.people.contradictory else People(low or None, None)

    def unplaced(self, whole: Key) -> Question | None:
        """Those of a whole who are in no place that has a number of its own."""
        row = self.rows.row(whole)
        placed = max((self.floor.total.get(join.number, 0) for join in self._sums(row)), default=0)
        rest = self.floor.low.get(row, 0) - placed
        if not placed or rest <= 0:
            return None
        gaps = {"whole": whole, "rest": rest, "total": rest + placed}
        return Question(whole, whole, Message("ask.unplaced", gaps), room=rest)

    def parts(self, whole: Key) -> Iterator[Key]:
        """The places within, of which anything is said and beneath which nothing is."""
        if "parts" not in self.rows.rules:
            return
        same = [key for key in self.counts[_count(whole)] if key != whole and " (outside " not in key.place]
        wider = {place for key in same for place in self.rows.atlas.path(key.place)[1:]}
        yield from (key for key in same if key.place not in wider and whole.place in self.rows.atlas.path(key.place))

    def part(self, key: Key, whole: Key) -> Question | None:
        """What a number of a part could do for the whole; nothing where its own ceiling leaves it no room."""
        people, room, cell = self.people(key), self._room(key, whole), self.known[key]
        low = people.low or 0
        most = None if people.high is None else people.high - low - room
        if most is not None and most <= 0:
            return None
        gaps: dict[str, object] = {"row": key, "whole": whole, "above": low + room, "people": people, "most": most}
        rough = cell.joint.roughly
        if not people.known and rough.known:
            return Question(key, whole, Message("ask.rough", gaps | {"people": rough}), room, most, rough.low)
        last, newest = self.latest.get(key), self.latest.get(whole)
        if most is not None:
            return Question(key, whole, Message("ask.part", gaps), room, most, low)
        if last and newest and last.hi < newest.lo and FINAL not in (last.hi, newest.lo):
            gaps |= {"last": last.shown, "newest": newest.shown}
            return Question(key, whole, Message("ask.later", gaps), room, most, low)
        return Question(key, whole, Message("ask.open", gaps), room, most, low)

    def _room(self, key: Key, whole: Key) -> int:
        """How many more a part may have before the whole is raised: what each place on the way has by itself."""
        return self._way(self.rows.row(key), self.rows.row(whole)) or 0

    def _way(self, row: Row, whole: Row) -> int | None:
        """The same from one row to another, by the sums that let most through; None where none leads there."""
        if row == whole:
            return 0
        joins = [join for join in self.rows.up[row] if join.rule in _SUMS]
        ways = ((join, self._way(join.whole, whole)) for join in joins)
        return min((self._gap(join) + rest for join, rest in ways if rest is not None), default=None)

    def _gap(self, join: Join) -> int:
        """By how many the parts may grow before they raise their whole."""
        return self.floor.low.get(join.whole, 0) - self.floor.total.get(join.number, 0)

    def _sums(self, row: Row) -> Iterator[Join]:
        yield from (join for join in self.rows.into[row] if join.rule == "parts")


def _count(key: Key) -> tuple[str, str, str]:
    return key.quantity, key.among, key.of


def _latest(figures: Sequence[Figure]) -> Mapping[Key, Moment]:
    """When each row was last counted."""
    moments: defaultdict[Key, list[Moment]] = defaultdict(list)
    for figure in figures:
        if figure.floor is not None and not figure.partial:
            moments[figure.key].append(figure.moment)
    return {key: max(told) for key, told in moments.items()}


def _promise(question: Question) -> tuple[object, ...]:
    """What could raise the whole by a known number first, the larger first; then the larger places."""
    return (question.most is None, -(question.most or 0), question.room, -(question.size or 0), question.key)
