"""Deciding: what somebody saw goes with each decision, so that nobody's word is overwritten in silence.

A decision is always kept. Where it was made without the sight of another one that says otherwise, the record stands in
dispute, and whoever decided is told at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from atleast import review
from atleast.model import Claim, Decision, Mention, Record
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import named
from atleast.web.ledger.writing import append, moment
from atleast.web.shelf.pieces import decisions_about

from .proposals import Stands, standings

Seen = Mapping[str, Sequence[str]]
"""Records by id, each with the ids of the decisions that were seen when it was decided about."""

SAID = ("accept", "reject", "unsure")


@dataclass(frozen=True, slots=True)
class Stood:
    """How a record stands after a decision; `others` are those who said something else that was not seen."""

    id: str
    state: str
    by: tuple[str, ...]
    on: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision: its id (null where there was nothing to decide), and how the records stand now."""

    template: ClassVar[str] = "reading/decided.html"
    decision: str | None
    what: str
    stands: tuple[Stood, ...] = ()
    skipped: int = 0


@transaction.atomic
def decide(
    case: Case, what: str, seen: Seen, *, by: str, with_: Mapping[str, Any] | None = None, adding: Iterable[Record] = ()
) -> Decided:
    """Decide about records as they were seen. The same said again by the same person is nothing new.

    Args:
        with_: The replaced fields of an edit, `into` and `why` of a reject.
        adding: Records that take the place of these, added before the decision.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    stands = standings(locked, seen)
    terms = {**(with_ or {}), "on": _on(seen, stands)}
    made = Decision(new("decision"), tuple(seen), by, now(locked), what, terms)
    again = next((each for found in stands.values() for each in _words(*found) if _same(each, made)), None)
    if again is None:
        append(locked, [*adding, made], by=by)
        case.number = locked.number
    return Decided((again or made).id, what, tuple(_stood(locked, seen, by)))


@transaction.atomic
def accept_all(case: Case, names: Iterable[str], *, by: str) -> Decided:
    """Accept many at once, as one decision. What somebody looked at since they were shown is left as it stands."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    names = list(dict.fromkeys(names))
    stands = standings(locked, names)
    left = [name for name in names if name in stands and stands[name][0].state == "proposed"]
    if not left:
        return Decided(None, "accept", skipped=len(names))
    made = Decision(new("decision"), tuple(left), by, now(locked), "accept", {"on": []})
    append(locked, [made], by=by)
    case.number = locked.number
    return Decided(made.id, "accept", tuple(_stood(locked, dict.fromkeys(left, ()), by)), len(names) - len(left))


@transaction.atomic
def take_back(case: Case, decision: str, *, by: str) -> Decided:
    """Take a decision back, about however many records it is; nothing where it was taken back already."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    found = named(locked, [decision]).get(decision)
    if not isinstance(found, Decision):
        return Decided(None, "retract")
    bearing = [each for about in decisions_about(locked, [decision]).values() for each in about]
    made = None
    if decision not in review.taken_back([found, *bearing]):
        made = Decision(new("decision"), (decision,), by, now(locked), "retract")
        append(locked, [made], by=by)
        case.number = locked.number
    return Decided(made.id if made else None, "retract", tuple(_stood(locked, dict.fromkeys(found.about, ()), by)))


@transaction.atomic
def add(case: Case, records: Sequence[Claim | Mention], *, by: str) -> Decided:
    """Add records that a reviewer read in a report: found right by whoever adds them. Sent twice, added once."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    names = [record.id for record in records]
    if Entry.objects.filter(case=locked, name__in=names).exists():
        return Decided(None, "add", tuple(_stood(locked, dict.fromkeys(names, ()), by)))
    made = Decision(new("decision"), tuple(names), by, now(locked), "accept", {"on": []})
    append(locked, [*records, made], by=by)
    case.number = locked.number
    return Decided(made.id, "add", tuple(_stood(locked, dict.fromkeys(names, ()), by)))


@transaction.atomic
def put_in_place(case: Case, seen: Seen, records: Sequence[Claim | Mention], *, by: str, why: str = "") -> Decided:
    """Split one record into several or merge several into one: these are wrong, those take their place."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    names = [record.id for record in records]
    if Entry.objects.filter(case=locked, name__in=names).exists():
        return Decided(None, "reject", tuple(_stood(locked, seen, by)))
    found = Decision(new("decision"), tuple(names), by, now(locked), "accept", {"on": []})
    with_ = {"into": names} | ({"why": why} if why else {})
    done = decide(case, "reject", seen, by=by, with_=with_, adding=[*records, found])
    return done


def now(case: Case) -> str:
    """The moment of a decision made now: never before the last entry, in the zone of the case."""
    last = Entry.objects.filter(case=case).order_by("-number").values_list("at", flat=True).first()
    return moment(last).astimezone(case.tz).isoformat(timespec="microseconds") if last else timezone.now().isoformat()


def _on(seen: Seen, stands: Mapping[str, tuple[Stands, list[Decision]]]) -> Any:
    """What was seen, in the form in which a decision carries it; ids that are no decisions about these are dropped."""
    known = {name: {each.id for each in decisions} for name, (_, decisions) in stands.items()}
    told = {name: [each for each in on if each in known.get(name, ())] for name, on in seen.items()}
    return next(iter(told.values())) if len(told) == 1 else told


def _words(stands: Stands, decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that are somebody's word now."""
    now = {word.decision for word in stands.words}
    return [each for each in decisions if each.id in now]


def _same(one: Decision, other: Decision) -> bool:
    """Whether two decisions say the same of the same, by the same person in sight of the same: a form sent twice."""
    told = [(each.by, each.what, {*each.about}, dict(each.with_ or {})) for each in (one, other)]
    return told[0] == told[1]


def _stood(case: Case, seen: Seen, by: str) -> Iterable[Stood]:
    for name, (stands, _) in standings(case, seen).items():
        unseen = [word for word in stands.words if word.by != by and word.decision not in seen[name]]
        others = tuple(word.by for word in unseen) if stands.state == "disputed" else ()
        yield Stood(name, stands.state, stands.by, stands.on, others)
