"""What people decided about mentions and about pairs of them: which stand, how they were corrected, the last word on
each pair.

Mentions and decisions may come and go: of what hangs on them only that is worked out again.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from atleast.model import BadRecord, Decision, Mention, Trouble, encode, instant, record_of, unreviewed

from .results import Aside, Message

# A judgement about more records than this at once is taken for a slip.
MOST_TOGETHER = 300
_PAIRWISE = frozenset({"same", "different", "unsure"})
_SINGLE = {"accept": 0, "edit": 1, "reject": 2, "redact": 3}
# Of an edit only these change: what was quoted, and where, stays.
_FIXED = frozenset({"record", "id", "report", "quote", "start", "end"})


class Verdict(NamedTuple):
    """What was decided last of a pair of mentions, and in which decisions; "" where they disagree."""

    what: str
    decisions: tuple[Decision, ...]


class _Timed(NamedTuple):
    at: datetime
    decision: Decision


class Decided:
    """The mentions that stand, as they were edited, and what was decided last of each two of them."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.mentions: dict[str, Mention] = {}
        self.verdicts: defaultdict[str, dict[str, Verdict]] = defaultdict(dict)
        self.aside: dict[str, Aside] = {}
        self._zone = zone
        self._mentions: dict[str, list[Mention]] = {}
        self._decisions: dict[str, list[Decision]] = {}
        self._about: defaultdict[str, list[_Timed]] = defaultdict(list)
        self._wrong: dict[str, list[Trouble]] = {}

    @property
    def troubles(self) -> Iterator[Trouble]:
        """What is wrong with decisions."""
        for alike in self._decisions.values():
            yield from filter(None, (self._strange(decision) for decision in alike[:1]))
        for one, verdicts in self.verdicts.items():
            yield from (_torn(one, other, v.decisions) for other, v in verdicts.items() if not v.what and one < other)
        for told in self._wrong.values():
            yield from told

    @property
    def records(self) -> Iterator[Mention | Decision]:
        """All records."""
        yield from chain.from_iterable(self._mentions.values())
        yield from chain.from_iterable(self._decisions.values())

    def holds(self, record: Mention | Decision) -> bool:
        """Whether the very record is there."""
        return record in self._known(record).get(record.id, ())

    def same(self, mention: str) -> list[str]:
        """The mentions that were judged to be of the same person as this one."""
        verdicts = self.verdicts.get(mention)
        return [other for other, verdict in verdicts.items() if verdict.what == "same"] if verdicts else []

    def change(self, gone: Iterable[Mention | Decision], new: Iterable[Mention | Decision]) -> list[str]:
        """Let go of some records and take in others; the mentions that they are, or are about."""
        touched: dict[str, None] = {}  # in order: what is near in memory is looked at together
        for records, there in ((gone, False), (new, True)):
            for record in records:
                for name in self._put(record, there):
                    touched[name] = None
        for name in touched:
            self._stand(name)
        self._weigh([name for name in touched if name in self._about])
        return [*touched]

    def _known(self, record: Mention | Decision) -> dict[str, list[Any]]:
        """All records of that kind by name. Of several with one name the first by their content counts."""
        return self._mentions if isinstance(record, Mention) else self._decisions

    def _put(self, record: Mention | Decision, there: bool) -> Iterable[str]:
        """Take in or let go of one; the mentions it is about."""
        known = self._known(record)
        before = known.get(record.id, [])
        if (record in before) == there:
            return ()
        after = [*before, record] if there else [other for other in before if other != record]
        known[record.id] = after = sorted(after, key=encode) if len(after) > 1 else after
        if not after:
            del known[record.id]
        if isinstance(record, Mention):
            return (record.id,)
        self._judge(before[:1], list.remove)
        self._judge(after[:1], list.append)
        return [name for decision in (*before[:1], *after[:1]) for name in decision.about]

    def _judge(self, decisions: Iterable[Decision], put: Callable[[list[Any], Any], None]) -> None:
        for decision in decisions:
            at = _instant(decision.at, self._zone)
            few = decision.what in _SINGLE or (decision.what in _PAIRWISE and len({*decision.about}) <= MOST_TOGETHER)
            if at is not None and few:
                for name in {*decision.about}:
                    put(self._about[name], _Timed(at, decision))

    # --- single mentions

    def _stand(self, name: str) -> None:
        """A mention that nobody rejected, as it was edited."""
        for kept in (self.mentions, self.aside, self._wrong):
            if name in kept:
                del kept[name]
        said = self._about.get(name)
        about = sorted((t for t in said if t.decision.what in _SINGLE), key=_order) if said else []
        last = about[-1].decision if about else None
        for mention in self._mentions.get(name, ())[:1]:
            if last is not None and last.what in ("reject", "redact"):
                self.aside[name] = Aside(name, Message(f"aside.{last.what}ed", {"by": last.by}))
            elif last is None and unreviewed(mention):
                self.aside[name] = Aside(name, Message("aside.unreviewed", {"reader": ", ".join(mention.readers)}))
            else:
                self.mentions[name] = self._edited(mention, [t.decision for t in about if t.decision.what == "edit"])

    def _edited(self, mention: Mention, edits: Iterable[Decision]) -> Mention:
        """The mention with the fields that reviewers replaced, the latest word on each."""
        for edit in edits:
            fields = {name: value for name, value in (edit.with_ or {}).items() if name not in _FIXED}
            try:
                made = record_of(json.loads(encode(mention)) | fields)
            except BadRecord as wrong:
                trouble = Trouble("an edit that makes no record", edit.id, str(wrong), "Correct its replacement")
                self._wrong.setdefault(mention.id, []).append(trouble)
                continue
            mention = made if isinstance(made, Mention) else mention
        return mention

    # --- pairs

    def _weigh(self, names: Iterable[str]) -> None:
        """What was decided last of all pairs of these mentions with others that stand."""
        for name in names:
            for other in self.verdicts.pop(name, ()):
                self.verdicts[other].pop(name, None)
        for name in names:
            said: defaultdict[str, list[_Timed]] = defaultdict(list)
            for timed in self._about.get(name, ()) if name in self.mentions else ():
                if timed.decision.what in _PAIRWISE:
                    for other in {*timed.decision.about} - {name}:
                        said[other].append(timed)
            for other, judgements in said.items():
                if other in self.mentions and other not in self.verdicts[name]:
                    self.verdicts[name][other] = self.verdicts[other][name] = _verdict(judgements)

    def _strange(self, decision: Decision) -> Trouble | None:
        """Why a decision cannot be used."""
        if _instant(decision.at, self._zone) is None:
            return Trouble("a decision whose time cannot be read", decision.id, decision.at, "Give its time")
        about = {*decision.about}
        if decision.what not in _PAIRWISE or (1 < len(about) <= MOST_TOGETHER and about <= self._mentions.keys()):
            return None
        if len(about) > MOST_TOGETHER:
            return Trouble("a judgement about too many records at once", decision.id, str(len(about)), "Judge fewer")
        if missing := sorted(about - self._mentions.keys()):
            return Trouble("a judgement about a mention that is not there", decision.id, missing[0], "Add the mention")
        return Trouble("a judgement that needs two mentions", decision.id, ", ".join(about), "Name both")


def _order(timed: _Timed) -> tuple[datetime, int, str]:
    """In time; of one moment, the more cautious last."""
    return timed.at, _SINGLE.get(timed.decision.what, 0), timed.decision.id


@lru_cache(maxsize=65536)
def _instant(text: str, zone: tzinfo) -> datetime | None:
    return instant(text, zone=zone)


def _verdict(judgements: Sequence[_Timed]) -> Verdict:
    """The last word on a pair."""
    if len(judgements) == 1:
        return Verdict(judgements[0].decision.what, (judgements[0].decision,))
    last = max(timed.at for timed in judgements)
    decisions = [timed.decision for timed in sorted(judgements, key=_order) if timed.at == last]
    words = {decision.what for decision in decisions}
    return Verdict(words.pop() if len(words) == 1 else "", tuple(decisions))


def _torn(one: str, other: str, decisions: Iterable[Decision]) -> Trouble:
    names = ", ".join(f"{d.what}: {d.id}" for d in decisions)
    return Trouble("judged in two ways at one moment", f"{one}, {other}", names, "Decide again")
