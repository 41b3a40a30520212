"""Which decisions bear on a record, when they were made, and which of them were taken back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from atleast.model import Decision, encode, instant

# Before all others; where a decision's time cannot be read, it is told and does not count.
NEVER = datetime.min.replace(tzinfo=UTC)


# What is said of each record alone, however many are named.
_SHARED = frozenset({"accept", "edit", "reject", "retract", "redact"})


def distinct(decisions: Iterable[Decision]) -> list[Decision]:
    """Each decision once, whatever the order; of two with one id the first by their content."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        known = found.setdefault(decision.id, decision)
        if known != decision:
            found[decision.id] = min(known, decision, key=encode)
    return list(found.values())


def order(decision: Decision, zone: tzinfo = UTC) -> tuple[datetime, str]:
    """In time, and at one moment by id."""
    return instant(decision.at, zone=zone) or NEVER, decision.id


def taken_back(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of the decisions that were taken back by a `retract` about them which was not taken back itself.

    Retracts that take back each other in a circle say nothing, and take nothing back.
    """
    known = {decision.id: decision for decision in distinct(decisions)}
    against: defaultdict[str, list[str]] = defaultdict(list)
    for decision in known.values():
        for name in decision.about if decision.what == "retract" else ():
            if name in known:
                against[name].append(decision.id)
    gone: set[str] = set()
    holds = {name for name in known if name not in against}
    fresh = bool(against)
    while fresh:
        falls = {name for name, by in against.items() if name not in gone and any(each in holds for each in by)}
        gone |= falls
        stands = {name for name, by in against.items() if name not in holds | gone and all(each in gone for each in by)}
        holds |= stands
        fresh = bool(falls or stands)
    return frozenset(gone)


def bearing(decisions: Iterable[Decision]) -> Mapping[str, tuple[Decision, ...]]:
    """For each record, by id, all decisions that `standing` needs to know of it.

    Those about it, those that put it in the place of others, and those that take such decisions back. Of a decision
    about thousands of records at once each of them is given its own share, so that it costs no more than thousands.
    """
    every = distinct(decisions)
    about: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in every:
        shared = decision.what in _SHARED and len(decision.about) > 1 and not into(decision)
        for name in {*decision.about, *into(decision)}:
            about[name].append(replace(decision, about=(name,)) if shared else decision)
    return {name: _with_undone(own, about) for name, own in about.items()}


def into(decision: Decision) -> tuple[str, ...]:
    """The ids of the records that a `reject` put in the place of the one it is about."""
    named = (decision.with_ or {}).get("into") if decision.what == "reject" else None
    named = [named] if isinstance(named, str) else named
    return tuple(sorted({name for name in named if isinstance(name, str)})) if isinstance(named, list | tuple) else ()


def _with_undone(own: Iterable[Decision], about: Mapping[str, Collection[Decision]]) -> tuple[Decision, ...]:
    """These decisions, those that take them back, those that take these back, and so on."""
    found: dict[str, Decision] = {}
    left = list(own)
    while left:
        decision = left.pop()
        known = found.get(decision.id)
        if known is None:
            left += [each for each in about.get(decision.id, ()) if each.what == "retract"]
            found[decision.id] = decision
        elif known.about != decision.about:  # a share more of one retract
            found[decision.id] = replace(known, about=tuple(sorted({*known.about, *decision.about})))
    return tuple(found.values())
