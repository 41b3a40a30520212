"""What each person last said of a record, of which version of it, and what he or she had seen of the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cached_property
from itertools import groupby
from typing import Generic

from atleast.model import BadRecord, Claim, Decision, Mention, Trouble, instant

from .replacing import Quoting, replaced
from .undoing import distinct, into, order, taken_back

_SAID = frozenset({"accept", "edit", "reject", "unsure"})


@dataclass(frozen=True, slots=True)
class Word(Generic[Quoting]):
    """One person's word on a record.

    Attributes:
        decision: Id of the decision.
        by: Who decided.
        verdict: "right", "wrong" or "unsure".
        record: The record of which this was said: as its maker saw it, or made it by an edit.
        into: Where it is wrong, the ids of the records that take its place.
    """

    decision: str
    by: str
    verdict: str
    record: Quoting
    into: tuple[str, ...] = ()

    def agrees(self, other: "Word[Quoting]") -> bool:
        """Whether both say the same: right of the same content, wrong with the same in its place, or unsure."""
        if self.verdict != other.verdict or self.into != other.into:
            return False
        return self.verdict != "right" or self.record == other.record


class History(Generic[Quoting]):
    """The decisions about one record. Nothing in it depends on the order in which they are given."""

    def __init__(self, record: Quoting, decisions: Iterable[Decision], zone: tzinfo = UTC) -> None:
        self.record = record
        self.troubles: set[Trouble] = set()
        self._zone = zone
        every = distinct(decisions)
        about = sorted((d for d in every if record.id in d.about), key=lambda d: order(d, zone))
        said = [d for d in about if d.what in _SAID and not _of_a_pair(record, d) and self._timely(d)]
        self._said = {d.id: d for d in said}
        self._order = {d.id: order(d, zone) for d in said}
        self._bit = {d.id: 1 << n for n, d in enumerate(said)}
        self._sights: dict[str, int] = {}
        self._earlier: dict[str, list[str]] = {}
        self._retracts = [d for d in every if d.what == "retract"]
        self.gone = taken_back(every) if self._retracts else frozenset[str]()
        self.redacted = [d for d in about if d.what == "redact" and d.id not in self.gone]
        self.instead_of = tuple(sorted({n for d in every if record.id in into(d) for n in d.about} - {record.id}))

    def _timely(self, decision: Decision) -> bool:
        if instant(decision.at, zone=self._zone) is None:
            told = Trouble(
                "a decision whose time cannot be read", decision.id, decision.at, "Give its time with its zone"
            )
            self.troubles.add(told)
            return False
        return True

    @cached_property
    def words(self) -> tuple[Word[Quoting], ...]:
        """The last word of each person that holds, by their names. An edit that makes no record is no word."""
        held = sorted((d for d in self._said.values() if d.id not in self.gone), key=lambda d: d.by)
        last = (self._last(list(own)) for _, own in groupby(held, key=lambda d: d.by))
        return tuple(word for word in last if word is not None)

    def _last(self, own: list[Decision]) -> Word[Quoting] | None:
        """Of one person's words the latest: whatever the clock says, that which was said in sight of the others."""
        while own:
            latest = [d for d in own if not any(self._overtakes(other.id, d.id) for other in own)]
            last = max(latest, key=lambda d: self._order[d.id])
            if (word := self._word(last)) is not None:
                return word
            own.remove(last)
        return None

    def overtakes(self, word: Word[Quoting], other: Word[Quoting]) -> bool:
        """Whether the one was said in sight of the other, and not the other way round as well."""
        return self._overtakes(word.decision, other.decision)

    def _overtakes(self, one: str, other: str) -> bool:
        return bool(self._sight(one) & self._bit[other]) and not self._sight(other) & self._bit[one]

    # --- what was seen

    def _sight(self, name: str) -> int:
        """The decisions, a bit each, that the maker of this one had seen, and all that their makers had seen."""
        if name not in self._sights:
            seen, left = 0, [name]
            while left:
                for each in self._seen(self._said[left.pop()]):
                    if not seen & self._bit[each]:
                        seen |= self._bit[each]
                        left.append(each)
            self._sights[name] = seen
        return self._sights[name]

    def _seen(self, decision: Decision) -> Iterable[str]:
        """What its maker had before the eyes: what `on` names; without it, all that was decided before."""
        told = seen_on(decision, self.record.id)
        if told is not None:
            return [name for name in told if name in self._said]
        if decision.id not in self._earlier:
            self._earlier[decision.id] = list(self._before_in_time(decision))
        return self._earlier[decision.id]

    def _before_in_time(self, decision: Decision) -> Iterator[str]:
        at, _ = self._order[decision.id]
        for name, (then, _) in self._order.items():  # in order of time
            if then > at:
                return
            if then < at or (self._said[name].by == decision.by and name < decision.id):
                yield name

    # --- of which version

    def _word(self, decision: Decision) -> Word[Quoting] | None:
        """What was said, worked out along the decisions on which this one was built."""
        word: Word[Quoting] | None = None
        for each in self._built_on(decision):
            try:
                word = self._next(word, each)
            except BadRecord as wrong:
                self.troubles.add(
                    Trouble("an edit that makes no record", each.id, str(wrong), "Correct its replacement")
                )
                if each is decision:
                    return None
        return word

    def _next(self, word: Word[Quoting] | None, decision: Decision) -> Word[Quoting]:
        """One decision more: it is about the version that stood."""
        record = word.record if word else self.record
        match decision.what:
            case "edit":
                return Word(decision.id, decision.by, "right", replaced(record, decision.with_))
            case "reject":
                kept = word.into if word and word.verdict == "wrong" else ()
                return Word(decision.id, decision.by, "wrong", record, into(decision) or kept)
            case "unsure":
                return Word(decision.id, decision.by, "unsure", record)
        return Word(decision.id, decision.by, "right", record)

    def _built_on(self, decision: Decision) -> list[Decision]:
        """The decisions that made the version which this one is about, the first of them first, and itself last.

        What a person decided stays what it was, whatever others take back later. Only a correction of one's own goes
        out of one's later corrections when it is taken back.
        """
        chain, passed, at = [decision], {decision.id}, self._before(decision)
        while at is not None and at.id not in passed:
            passed.add(at.id)
            own = at.id in self.gone and chain[-1].what == at.what == "edit" and chain[-1].by == at.by
            chain += [] if own else [at]
            at = self._before(at)
        return chain[::-1]

    def _before(self, decision: Decision) -> Decision | None:
        """The decision that had made the record what it was when this one was made: the first that `on` names."""
        told = seen_on(decision, self.record.id)
        if told is not None:
            return next((self._said[name] for name in told if name in self._said), None)
        gone = self._gone_by(decision)
        earlier = (self._said[name] for name in reversed(list(self._seen(decision))) if name not in gone)
        return next(earlier, None)

    def _gone_by(self, decision: Decision) -> frozenset[str]:
        """What had been taken back when this decision was made."""
        when = order(decision, self._zone)
        then = [d for d in self._retracts if order(d, self._zone) < when]
        return taken_back([*self._said.values(), *then]) if then else frozenset()


def seen_on(decision: Decision, record: str) -> tuple[str, ...] | None:
    """What `with` names as seen of a record: under `on` an id, several, null for nothing, or all that by record.

    None where it does not say: then the maker is taken to have seen all that was decided before.
    """
    with_ = decision.with_ or {}
    if "on" not in with_:
        return None
    told = with_["on"]
    if isinstance(told, Mapping):
        if record not in told:
            return None
        told = told[record]
    told = [told] if isinstance(told, str) else told
    return tuple(name for name in told if isinstance(name, str)) if isinstance(told, list | tuple) else ()


def _of_a_pair(record: Claim | Mention, decision: Decision) -> bool:
    """Whether it is about two mentions being one person, and not about the record itself."""
    return decision.what == "unsure" and isinstance(record, Mention) and len({*decision.about}) > 1
