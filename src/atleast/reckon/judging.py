"""Who is one person and who is not, as far as people have judged: mentions and decisions in, persons out.

A person is a set of mentions that were judged `same`. Two persons differ when a pair of their mentions was judged
`different`, or stands on one list (rule `one_list`). Any other pair may be one person, whatever names and places say.
"""

import json
from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar

from atleast.model import BadRecord, Decision, Mention, Report, Trouble, encode, record_of, span, unreviewed

from .differing import Row
from .results import Aside, Message
from .rules import Rules

# A judgement about more records than this at once is taken for a slip.
MOST_TOGETHER = 300
_PAIRWISE = frozenset({"same", "different", "unsure"})
_SINGLE = {"accept": 0, "edit": 1, "reject": 2, "redact": 3}
# Of an edit only these change: what was quoted, and where, stays.
_FIXED = frozenset({"record", "id", "report", "quote", "start", "end"})
# Of one set of mentions so many contradictions are told one by one; the rest are counted.
MOST_TOLD = 5
Pair = tuple[str, str]
_Kept = TypeVar("_Kept", Mention, Decision)


class Verdict(NamedTuple):
    """What was decided last of a pair of mentions, and in which decisions; "" where they disagree."""

    what: str
    decisions: tuple[Decision, ...]


@dataclass(slots=True)
class Judged:
    """The mentions that stand, the person that each is of, and which persons are surely different.

    `lists` holds the rows of each person on lists; `different` of two persons the pair of mentions that was judged.
    """

    mentions: dict[str, Mention] = field(default_factory=dict)
    person: dict[str, int] = field(default_factory=dict)
    members: dict[int, list[str]] = field(default_factory=dict)
    lists: dict[int, list[Row]] = field(default_factory=dict)
    different: dict[int, dict[int, Pair]] = field(default_factory=dict)
    same: dict[str, dict[str, Verdict]] = field(default_factory=dict)
    pairs: dict[Pair, Verdict] = field(default_factory=dict)
    aside: list[Aside] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def chain(self, one: str, other: str) -> list[str]:
        """The mentions by which two of one person were judged to be the same, both ends included; shortest first."""
        before: dict[str, str] = {one: one}
        waiting = deque([one])
        while waiting and other not in before:
            here = waiting.popleft()
            for there in sorted(self.same.get(here, ())):
                if there not in before:
                    before[there] = here
                    waiting.append(there)
        if other not in before:
            return []
        found = [other]
        while found[-1] != one:
            found.append(before[found[-1]])
        return found[::-1]


def judge(
    mentions: Iterable[Mention],
    decisions: Iterable[Decision],
    reports: Mapping[str, Report],
    rules: Rules,
    zone: tzinfo = UTC,
) -> Judged:
    """The persons of a case and their differences. The order of mentions and decisions changes nothing.

    Judgements that contradict each other are told as a Trouble, and all judgements of the mentions that they would
    make one person do not count: fewer judgements prove less, and nothing wrong.
    """
    found = Judged()
    settled = _in_time(_once(decisions), zone, found.troubles)
    by_id = {m.id: m for m in _once(mentions)}
    found.mentions = {m.id: m for m in _standing(by_id, settled, found)}
    found.pairs = _verdicts(settled, by_id, found.mentions, found.troubles)
    for pair, verdict in found.pairs.items():
        if verdict.what == "same":
            for one, other in (pair, pair[::-1]):
                found.same.setdefault(one, {})[other] = verdict
    together = Sets(found.mentions)
    for one, other in found.pairs:
        if found.pairs[one, other].what == "same":
            together.join(one, other)
    listed = _lists(found.mentions.values(), reports, rules)
    slots = {name: _slots(rows, found.same) for name, rows in listed.items()}
    leads = {name: together.lead(name) for name in found.mentions}
    doubtful = _contradicted(found, leads, listed, slots)
    _settle(found, leads, doubtful, listed, slots)
    return found


# --- single records


def _once(records: Iterable[_Kept]) -> list[_Kept]:
    """Each record once, in order of the ids; of two with one id the first in order of their content."""
    found: dict[str, _Kept] = {}
    for record in records:
        before = found.setdefault(record.id, record)
        if before is not record and before != record:
            found[record.id] = min(before, record, key=encode)
    return [found[name] for name in sorted(found)]


class _Timed(NamedTuple):
    at: datetime
    decision: Decision


def _in_time(decisions: Iterable[Decision], zone: tzinfo, troubles: list[Trouble]) -> list[_Timed]:
    """Decisions in the order in which they were made; of one moment, the more cautious last."""
    found = []
    for decision in decisions:
        when = _instant(decision.at, zone)
        if when is None:
            troubles.append(Trouble("a decision whose time cannot be read", decision.id, decision.at, "Give its time"))
        else:
            found.append(_Timed(when, decision))
    return sorted(found, key=lambda t: (t.at, _SINGLE.get(t.decision.what, 0), t.decision.id))


def _instant(text: str, zone: tzinfo) -> datetime | None:
    """When a decision was made, to the second where that is told: people change their minds within a minute."""
    try:
        if "T" in text:
            told = datetime.fromisoformat(text)
            return told if told.tzinfo else told.replace(tzinfo=zone)
        when = span(text, zone=zone)
    except (BadRecord, OverflowError, ValueError):
        return None
    return when.start if when else None


def _standing(by_id: Mapping[str, Mention], settled: Iterable[_Timed], found: Judged) -> Iterator[Mention]:
    """The mentions that nobody rejected, as they were edited, in order of their ids."""
    about: defaultdict[str, list[Decision]] = defaultdict(list)
    for timed in settled:
        if timed.decision.what in _SINGLE:
            for name in timed.decision.about:
                about[name].append(timed.decision)
    for name, mention in sorted(by_id.items()):
        last = about[name][-1] if about[name] else None
        if last is not None and last.what in ("reject", "redact"):
            found.aside.append(Aside(name, Message(f"aside.{last.what}ed", {"by": last.by})))
        elif unreviewed(mention) and last is None:
            found.aside.append(Aside(name, Message("aside.unreviewed", {"reader": ", ".join(mention.readers)})))
        else:
            yield _edited(mention, [d for d in about[name] if d.what == "edit"], found.troubles)


def _edited(mention: Mention, edits: Iterable[Decision], troubles: list[Trouble]) -> Mention:
    """The mention with the fields that reviewers replaced, the latest word on each."""
    for edit in edits:
        fields = {name: value for name, value in (edit.with_ or {}).items() if name not in _FIXED}
        try:
            made = record_of(json.loads(encode(mention)) | fields)
        except BadRecord as wrong:
            troubles.append(Trouble("an edit that makes no record", edit.id, str(wrong), "Correct its replacement"))
            continue
        mention = made if isinstance(made, Mention) else mention
    return mention


# --- pairs


def _verdicts(
    settled: Iterable[_Timed], known: Mapping[str, Mention], here: Container[str], troubles: list[Trouble]
) -> dict[Pair, Verdict]:
    """What was decided last of every pair of mentions that stand."""
    found: dict[Pair, tuple[datetime, list[Decision]]] = {}
    for at, decision in settled:
        if decision.what not in _PAIRWISE:
            continue
        about = sorted({*decision.about})
        if strange := _strange(decision, about, known):
            troubles.append(strange)
        if len(about) > MOST_TOGETHER:
            continue
        for pair in combinations([name for name in about if name in here], 2):
            before = found.get(pair)
            if before is not None and before[0] == at:
                before[1].append(decision)
            else:
                found[pair] = (at, [decision])
    return {pair: _verdict(pair, each, troubles) for pair, (_, each) in sorted(found.items())}


def _strange(decision: Decision, about: Sequence[str], known: Mapping[str, Mention]) -> Trouble | None:
    if len(about) > MOST_TOGETHER:
        return Trouble("a judgement about too many records at once", decision.id, str(len(about)), "Judge fewer")
    missing = [name for name in about if name not in known]
    if missing:
        return Trouble("a judgement about a mention that is not there", decision.id, missing[0], "Add the mention")
    if len(about) < 2:
        return Trouble("a judgement that needs two mentions", decision.id, ", ".join(about), "Name both")
    return None


def _verdict(pair: Pair, decisions: Sequence[Decision], troubles: list[Trouble]) -> Verdict:
    words = {d.what for d in decisions}
    if len(words) == 1:
        return Verdict(decisions[-1].what, tuple(decisions))
    names = ", ".join(f"{d.what}: {d.id}" for d in decisions)
    troubles.append(Trouble("judged in two ways at one moment", ", ".join(pair), names, "Decide again"))
    return Verdict("", tuple(decisions))


# --- lists


def _lists(mentions: Iterable[Mention], reports: Mapping[str, Report], rules: Rules) -> dict[str, list[Mention]]:
    """The mentions of every list of names, in the order of their rows."""
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    if "one_list" in rules:
        for mention in mentions:
            report = reports.get(mention.report)
            if report is not None and report.kind == "list":
                found[report.id].append(mention)
    return {name: sorted(rows, key=lambda m: (m.start, m.end, m.id)) for name, rows in sorted(found.items())}


def _slots(rows: Sequence[Mention], same: Mapping[str, Mapping[str, Verdict]]) -> "Sets":
    """The rows of a list that may be one person after all: one name twice, the same words, or judged to be one."""
    found = Sets(m.id for m in rows)
    names: dict[str, str] = {}
    before: Mention | None = None
    for mention in rows:
        if name := " ".join((mention.nominative or mention.name or "").casefold().split()):
            found.join(names.setdefault(name, mention.id), mention.id)
        if before is not None and mention.start < before.end:
            found.join(before.id, mention.id)
        if before is None or mention.end > before.end:
            before = mention
        for other in same.get(mention.id, ()):
            if other in found:
                found.join(mention.id, other)
    return found


# --- what cannot all be so


def _contradicted(
    found: Judged, leads: Mapping[str, str], listed: Mapping[str, Sequence[Mention]], slots: Mapping[str, "Sets"]
) -> set[str]:
    """The sets of mentions, by their leads, that judgements make one person and two; each is told."""
    odd: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for (one, other), verdict in found.pairs.items():
        if verdict.what == "different" and leads[one] == leads[other]:
            odd[leads[one]].append((one, other, f"different: {_names(verdict)}"))
    for name, rows in listed.items():
        first: dict[str, str] = {}
        for mention in rows:
            lead = leads[mention.id]
            other = first.setdefault(lead, mention.id)
            if slots[name].lead(other) != slots[name].lead(mention.id):
                odd[lead].append((other, mention.id, f"on one list: {name}"))
    for lead in sorted(odd):
        found.troubles += [_told(found, *each) for each in odd[lead][:MOST_TOLD]]
        if (more := len(odd[lead]) - MOST_TOLD) > 0:
            found.troubles.append(Trouble("more such contradictions about one person", lead, str(more)))
    return set(odd)


def _told(found: Judged, one: str, other: str, why: str) -> Trouble:
    chain = found.chain(one, other)
    same = "; ".join(_names(found.same[a][b]) for a, b in pairwise(chain))
    what = "judged to be one person and to be two; no judgement that joins them counts"
    return Trouble(what, ", ".join(chain), f"same: {same}; {why}", "Decide again about one of the pairs")


def _names(verdict: Verdict) -> str:
    return ", ".join(d.id for d in verdict.decisions)


def _settle(
    found: Judged,
    leads: Mapping[str, str],
    doubtful: set[str],
    listed: Mapping[str, Sequence[Mention]],
    slots: Mapping[str, "Sets"],
) -> None:
    """Number the persons, and lay out the lists and judgements that set them apart."""
    numbers: dict[str, int] = {}
    for name in found.mentions:
        lead = leads[name]
        number = numbers.setdefault(name if lead in doubtful else lead, len(numbers))
        found.person[name] = number
        found.members.setdefault(number, []).append(name)
    for name, rows in listed.items():
        met: dict[str, str] = {}
        for mention in rows:
            lead = leads[mention.id]
            if lead in doubtful:  # its rows on this list may be one person
                slots[name].join(met.setdefault(lead, mention.id), mention.id)
        for mention in rows:
            row = Row(name, slots[name].lead(mention.id), mention.id)
            found.lists.setdefault(found.person[mention.id], []).append(row)
    for (one, other), verdict in found.pairs.items():
        if verdict.what == "different" and leads[one] != leads[other]:
            for here, there in ((one, other), (other, one)):
                found.different.setdefault(found.person[here], {}).setdefault(found.person[there], (one, other))


class Sets:
    """Names in sets that can be joined. The lead of a set is its first name, whatever the order of joining."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._above = {name: name for name in names}

    def __contains__(self, name: str) -> bool:
        return name in self._above

    def lead(self, name: str) -> str:
        """The first name of the set."""
        while self._above[name] != name:
            self._above[name] = self._above[self._above[name]]
            name = self._above[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Make one set of two."""
        first, second = sorted((self.lead(one), self.lead(other)))
        self._above[second] = first
