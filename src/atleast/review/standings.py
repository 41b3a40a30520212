"""How records stand after what people decided about them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from types import MappingProxyType
from typing import Generic

from atleast.model import Claim, Decision, Mention, Trouble, unreviewed

from .replacing import Quoting
from .undoing import bearing, into
from .words import History, Word

STATES = MappingProxyType(
    {
        "proposed": "nobody decided, or all that was decided was taken back",
        "accepted": "right as it came",
        "edited": "right as it was corrected",
        "rejected": "wrong; others may have taken its place",
        "unsure": "looked at, cannot tell",
        "waiting": "one person decided where the case demands two",
        "disputed": "people decided differently, and whoever decided last had not seen it all",
        "redacted": "erased",
    }
)
_STATE = {"wrong": "rejected", "unsure": "unsure"}
REVIEWER = "review"
"""The reader, as `readers` names it, of a record that a person found right, where only a model had found it."""


@dataclass(frozen=True, slots=True)
class Standing(Generic[Quoting]):
    """How one record stands.

    Attributes:
        record: The record as it stands: as it was corrected if that holds, else as it came.
        original: The record as it came.
        state: One of `STATES`.
        by: Who decided so, in order of their names; where it is disputed, everybody whose word is in it.
        decisions: The ids of their decisions, in the same order.
        words: What each of them said, and of which version: both sides where it is disputed, the one that waits for a
            second person.
        on: What a decision made on this is to carry as `with.on`. In a dispute the first named is the version that an
            `accept` accepts: put the one that was chosen first.
        into: The records that took the place of this one, where it was split or merged.
        instead_of: The records in whose place this one was put.
        troubles: Decisions that could not be used, and why.
    """

    record: Quoting
    original: Quoting
    state: str = "proposed"
    by: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    words: tuple[Word[Quoting], ...] = ()
    on: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def standing(
    record: Quoting, decisions: Iterable[Decision], *, two: bool = False, zone: tzinfo = UTC
) -> Standing[Quoting]:
    """How one record stands.

    Args:
        record: A claim or a mention.
        decisions: What `bearing` gives for it; others do no harm.
        two: Whether being right or wrong holds only when two different people said the same.
        zone: The zone of decisions' times that carry none.

    Each person's last word counts. One word overrules another that its maker had seen; in a case of two persons it
    takes two to overrule (one to overrule an `unsure`). If the words left say different things, the record is disputed.
    """
    history = History(record, decisions, zone)
    found = Standing(record, record, instead_of=history.instead_of)
    if history.redacted:
        by = tuple(sorted({d.by for d in history.redacted}))
        return replace(found, state="redacted", by=by, decisions=tuple(d.id for d in history.redacted))
    words = history.words
    left = [word for word in words if not _overruled(word, history, 2 if two else 1)]
    agreed = bool(left) and all(word.agrees(left[0]) for word in left)
    held = tuple(word for word in words if word.agrees(left[0])) if agreed else tuple(left)
    found = replace(
        found,
        by=tuple(word.by for word in held),
        decisions=tuple(word.decision for word in held),
        words=held,
        on=tuple(word.decision for word in words),
        troubles=tuple(sorted(history.troubles, key=lambda trouble: (trouble.where, trouble.what))),
    )
    return _stood(found, _state(found, agreed, two))


def _overruled(word: Word[Quoting], history: History[Quoting], needed: int) -> bool:
    """Whether so many people agree on something else, one of whom had seen this word."""
    others = [other for other in history.words if not other.agrees(word)]
    enough = 1 if word.verdict == "unsure" else needed
    return any(
        history.overtakes(other, word) and sum(each.agrees(other) for each in others) >= enough for other in others
    )


def _state(found: Standing[Quoting], agreed: bool, two: bool) -> str:
    if not found.words:
        return "proposed"
    if not agreed:
        return "disputed"
    word = found.words[0]
    if two and word.verdict != "unsure" and len(found.words) < 2:
        return "waiting"
    return _STATE.get(word.verdict) or ("accepted" if word.record == found.original else "edited")


def _stood(found: Standing[Quoting], state: str) -> Standing[Quoting]:
    """The record of that state: a correction holds once it is no longer waiting or disputed."""
    if state in ("proposed", "waiting", "disputed"):
        return replace(found, state=state)
    word = found.words[0]
    record = word.record
    if state in ("accepted", "edited") and unreviewed(record):
        record = replace(record, readers=(*record.readers, REVIEWER))
    return replace(found, state=state, record=record, into=word.into)


def standings(
    records: Iterable[Claim | Mention], decisions: Iterable[Decision], *, two: bool = False, zone: tzinfo = UTC
) -> tuple[Standing[Claim | Mention], ...]:
    """How each record stands, in the order in which they are given. Arguments as for `standing`."""
    about = bearing(decisions)
    return tuple(
        standing(record, about[record.id], two=two, zone=zone) if record.id in about else Standing(record, record)
        for record in records
    )


def strange(known: Collection[str], decisions: Iterable[Decision]) -> Iterator[Trouble]:
    """What is wrong with decisions, seen from all records: about a record, or for one, that is not there.

    Args:
        known: The ids of all claims and mentions.
        decisions: All decisions; troubles come in the order of their ids.
    """
    decisions = sorted(decisions, key=lambda d: d.id)
    for decision in decisions:
        if decision.what in ("accept", "edit", "reject"):
            for name in sorted({*decision.about}.difference(known)):
                yield Trouble(f"{decision.what} of a record that is not there", decision.id, name, "Add the record")
        for name in sorted({*into(decision)}.difference(known)):
            what = "what was to take the place of a rejected record is not there"
            yield Trouble(what, decision.id, name, "Add the record, or name another one under into")
