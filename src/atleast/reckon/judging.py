"""Who is one person and who is not, as far as people have judged: mentions and decisions in, persons out.

A person is a set of mentions that were judged `same`, named by the first of them. Two persons differ when a pair of
their mentions was judged `different`, or stands on one list (rule `one_list`). Any other pair may be one person,
whatever names and places say.

Mentions and decisions may come and go: the lists and the persons of the mentions that they bear on are made anew.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from itertools import chain, pairwise

from atleast.model import Decision, Mention, Report, Trouble

from .deciding import Decided, Verdict
from .differing import Differences
from .rules import Rules

# Of one set of mentions so many contradictions are told one by one; the rest are counted.
MOST_TOLD = 5


class Judged:
    """The person that each mention is of, and which persons are surely different.

    Judgements that contradict each other are told as a Trouble, and all judgements of the mentions that they would
    make one person do not count: fewer judgements prove less, and nothing wrong. The order in which mentions and
    decisions come changes nothing.
    """

    def __init__(self, reports: Mapping[str, Report], rules: Rules, zone: tzinfo = UTC) -> None:
        self.reports, self._rules = reports, rules
        self.decided = Decided(zone)
        self.mentions, self.verdicts = self.decided.mentions, self.decided.verdicts
        self.person: dict[str, str] = {}
        self.named: set[str] = set()
        self.differences = Differences()
        self._on: dict[str, str] = {}  # of mentions on lists the list
        self._listed: defaultdict[str, set[str]] = defaultdict(set)
        self._slots: dict[str, dict[str, str]] = {}
        self._shaken: set[str] = set()  # lists with rows of people who are in doubt
        self._lead: dict[str, str] = {}  # of mentions that were judged to be one the first, and under it all of them
        self._together: dict[str, list[str]] = {}
        self._doubtful: dict[str, list[Trouble]] = {}

    @property
    def troubles(self) -> Iterator[Trouble]:
        """What is wrong with the judgements."""
        return chain(self.decided.troubles, *self._doubtful.values())

    def members(self, person: str) -> Sequence[str]:
        """The mentions of a person."""
        return (person,) if self.lead(person) in self._doubtful else self._together.get(person, (person,))

    def lead(self, mention: str) -> str:
        """The first of the mentions that were judged to be one with this."""
        return self._lead.get(mention, mention)

    def chain(self, one: str, other: str) -> list[str]:
        """The mentions by which two were judged to be the same, both ends included; shortest first."""
        before: dict[str, str] = {one: one}
        waiting = deque([one])
        while waiting and other not in before:
            here = waiting.popleft()
            for there in sorted(self.decided.same(here)):
                if there not in before:
                    before[there] = here
                    waiting.append(there)
        found = [other]
        while found[-1] != one:
            found.append(before[found[-1]])
        return found[::-1]

    def change(self, gone: Iterable[Mention | Decision], new: Iterable[Mention | Decision]) -> set[str]:
        """Let go of some records and take in others; the mentions of which something else may be known now."""
        touched = dict.fromkeys(self.decided.change(gone, new))
        lists: set[str] = set()
        for name in touched:
            lists.update(self._enlist(name))
        for name in lists:
            before, slots = self._slots.get(name, {}), self._rows(name)
            self._slots[name] = slots
            touched.update((m, None) for m, slot in slots.items() if before.get(m) != slot)
        return self._settle(touched, lists)

    # --- lists

    def _enlist(self, name: str) -> Iterator[str]:
        """Put a mention on the list that it stands on; the lists that it left and came to."""
        if (before := self._on.pop(name, None)) is not None:
            self._listed[before].discard(name)
            yield before
        report = self.reports.get(self.mentions[name].report) if name in self.mentions else None
        if report is not None and report.kind == "list" and "one_list" in self._rules:
            self._on[name] = report.id
            self._listed[report.id].add(name)
            yield report.id

    def _rows(self, name: str) -> dict[str, str]:
        """Of every mention on a list its slot: one name twice, the same words, or judged to be one, are in one."""
        rows = sorted((self.mentions[m] for m in self._listed[name]), key=lambda m: (m.start, m.end, m.id))
        found = {m.id: m.id for m in rows}
        names: dict[str, str] = {}
        end, last = -1, ""
        for mention in rows:
            alike = self.decided.same(mention.id)
            if words := " ".join((mention.nominative or mention.name or "").casefold().split()):
                alike.append(names.setdefault(words, mention.id))
            if mention.start < end:
                alike.append(last)
            if mention.end > end:
                end, last = mention.end, mention.id
            for other in alike:
                if other in found and other != mention.id:
                    _join(found, mention.id, other)
        return {m: _top(found, m) for m in found}

    # --- persons

    def _settle(self, touched: dict[str, None], lists: set[str]) -> set[str]:
        """Make persons of these mentions, and of all that were or are judged to be one with them; all of those."""
        for name in [name for name in touched if name in self._lead]:
            touched.update(dict.fromkeys(self._together[self._lead[name]]))
        sets = self._sets(touched)
        touched.update(dict.fromkeys(chain.from_iterable(sets)))
        for name in touched:
            self._forget(name)
        for some in sets:
            self._make(some)
        self._shaken = {self._on[m] for lead in self._doubtful for m in self._together[lead] if m in self._on}
        moved = self._apart([name for name in touched if name in self.mentions], lists)
        return {*touched, *chain.from_iterable(map(self.members, moved))}

    def _apart(self, names: Sequence[str], lists: set[str]) -> list[str]:
        """Tell the people of these mentions, and those on lists, from others; of whom else something is new."""
        on: dict[str, tuple[str, ...]] = {}
        for name in filter(self._on.__contains__, names):
            person, list_ = self.person[name], self._on[name]
            on[person] = (list_,) if person not in on else tuple(sorted({*on[person], list_}))
        for name in filter(self.verdicts.__contains__, names):
            for other, verdict in self.verdicts[name].items():
                if verdict.what == "different" and self.lead(name) != self.lead(other):
                    pair = min(name, other), max(name, other)
                    self.differences.part(self.person[name], self.person[other], pair)
        return self.differences.settle(on, {name: self._people(name) for name in lists.union(*on.values())})

    def _forget(self, name: str) -> None:
        if (person := self.person.pop(name, None)) is not None:
            self.differences.forget(person)
            self.named.discard(person)
            lead = self._lead.pop(name, name)
            for kept in (self._together, self._doubtful):
                kept.pop(lead, None)

    def _make(self, some: list[str]) -> None:
        """Make one person of some mentions, or one of each, where it is in doubt."""
        if len(some) > 1:
            self._lead.update(dict.fromkeys(some, some[0]))
            self._together[some[0]] = some
            if odd := self._odd(some):
                told = [self._told(*each) for each in odd[:MOST_TOLD]]
                if (more := len(odd) - MOST_TOLD) > 0:
                    told.append(Trouble("more such contradictions about one person", some[0], str(more)))
                self._doubtful[some[0]] = told
        for name in some:
            self.person[name] = name if some[0] in self._doubtful else some[0]
            if self.mentions[name].name:
                self.named.add(self.person[name])

    def _sets(self, names: Iterable[str]) -> list[list[str]]:
        """The mentions that stand, in sets that were judged to be one."""
        found: list[list[str]] = []
        met: set[str] = set()
        for name in filter(self.mentions.__contains__, names):
            if name not in self.verdicts:
                found.append([name])
            elif name not in met:
                some = [name]
                for one in some:
                    met.add(one)
                    some += [other for other in self.decided.same(one) if other not in met]
                found.append(sorted({*some}))
        return found

    def _odd(self, some: Sequence[str]) -> list[tuple[str, str, str]]:
        """What makes two persons of mentions that were judged to be one."""
        odd = [
            (one, other, f"different: {_names(verdict)}")
            for one in some
            for other, verdict in sorted(self.verdicts.get(one, {}).items())
            if verdict.what == "different" and one < other and self.lead(one) == self.lead(other)
        ]
        first: dict[str, str] = {}
        for name in sorted(filter(self._on.__contains__, some), key=self._row):
            slots, other = self._slots[self._on[name]], first.setdefault(self._on[name], name)
            if slots[other] != slots[name]:
                odd.append((other, name, f"on one list: {self._on[name]}"))
        return odd

    def _row(self, name: str) -> tuple[int, int, str]:
        """Where a mention stands in its report."""
        mention = self.mentions[name]
        return mention.start, mention.end, mention.id

    def _told(self, one: str, other: str, why: str) -> Trouble:
        path = self.chain(one, other)
        same = "; ".join(_names(self.verdicts[a][b]) for a, b in pairwise(path))
        what = "judged to be one person and to be two; no judgement that joins them counts"
        return Trouble(what, ", ".join(path), f"same: {same}; {why}", "Decide again about one of the pairs")

    def _people(self, name: str) -> dict[str, str]:
        """The people on a list, each with the slot. Rows of people who are in doubt may be one person."""
        slots = self._slots[name]
        if name in self._shaken:
            slots, met = dict(slots), dict[str, str]()
            for mention in slots:
                if (lead := self.lead(mention)) in self._doubtful:
                    _join(slots, met.setdefault(lead, mention), mention)
            slots = {mention: _top(slots, mention) for mention in slots}
        return {self.person[mention]: slot for mention, slot in slots.items()}


def _names(verdict: Verdict) -> str:
    return ", ".join(d.id for d in verdict.decisions)


# --- names in sets that can be joined: under each another of its set, under the first of all itself


def _top(above: dict[str, str], name: str) -> str:
    """The first name of a set."""
    while above[name] != name:
        above[name] = name = above[above[name]]
    return name


def _join(above: dict[str, str], one: str, other: str) -> None:
    """Make one set of two."""
    first, second = sorted((_top(above, one), _top(above, other)))
    above[second] = first
