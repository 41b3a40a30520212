"""What is kept, in the reader's language: rows in words, what is asked, what changed since somebody looked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import Count
from django.utils import timezone

from atleast.model import People
from atleast.reckon import Bound, Cell, lines
from atleast.tell import Words, heads, label, row, said
from atleast.web.house.models import Account, Case
from atleast.web.ledger.models import Entry
from atleast.web.vault import vault

from . import parts
from .models import Seen
from .parts import SIDES, Front


@dataclass(frozen=True, slots=True)
class Side:
    """How many by one side, in words and as an interval of people."""

    side: str
    name: str
    said: str
    low: int | None
    high: int | None
    contradictory: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Another count at the same place, both sides together."""

    row: str
    quantity: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is counted, where, what each side proves."""

    id: str
    quantity: str
    label: str
    place: str
    sides: tuple[Side, ...]
    documented: str
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one quantity, the biggest first."""

    quantity: str
    name: str
    rows: tuple[Row, ...]
    documented: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """A number that is another than it was."""

    row: str
    label: str
    side: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """How many records of a kind came in; by whom, for those who may see that."""

    record: str
    count: int
    by: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise since somebody said to have seen the board; `at` is None for who never did."""

    at: datetime | None
    number: int = 0
    shifts: tuple[Shift, ...] = ()
    clashes: int = 0
    gone: int = 0
    came: tuple[Arrival, ...] = ()


def shown(cell: Cell, words: Words, zone: tzinfo) -> Row:
    """A row in words."""
    over = heads([cell], words)
    told = [*row(cell, over, words, zone), ""]
    sides = tuple(_side(name, getattr(cell, name), over[place], told[place]) for place, name in enumerate(SIDES))
    quantity = words.word("quantity", cell.key.quantity)
    return Row(parts.row_id(cell.key), quantity, label(cell.key, words), cell.key.place, sides, told[len(SIDES)])


def _side(side: str, bound: Bound, name: str, told: str) -> Side:
    people = bound.people
    return Side(side, name, told, people.low, people.high, people.contradictory)


def with_beside(front: Front, words: Words, zone: tzinfo) -> tuple[Row, ...]:
    """The places of the first page, with what else is counted there."""
    beside = [parts.unpacked(each) for each in front.beside]
    found = []
    for cell in map(parts.unpacked, front.places):
        here = (each for each in beside if each.key.place == cell.key.place and each.joint.people.known)
        more = (Beside(parts.row_id(e.key), words.word("quantity", e.key.quantity), said(e.joint, words)) for e in here)
        one = shown(cell, words, zone)
        found.append(Row(one.id, one.quantity, one.label, one.place, one.sides, one.documented, tuple(more)))
    return tuple(found)


# ── Since somebody looked ──


def noted(front: Front) -> dict[str, Any]:
    """What is noted of a board that was seen: the intervals of its rows, and which contradictions there were."""
    cells = {parts.row_id(cell.key): cell for cell in map(parts.unpacked, (*front.leads, *front.places))}
    rows = {name: [[b.low, b.high] for b in _intervals(cell)] for name, cell in cells.items()}
    return {"rows": rows, "clashes": list(front.clashes)}


def _intervals(cell: Cell) -> list[People]:
    return [getattr(cell, side).people for side in SIDES]


def mark(case: Case, account: Account, front: Front) -> None:
    """Note that somebody has seen the board as it stands."""
    body = vault().seal_json(noted(front), of=_of(case, account))
    told = {"number": front.number, "at": timezone.now(), "body": body}
    Seen.objects.update_or_create(case=case, account=account, defaults=told)


def changes(case: Case, account: Account, front: Front, words: Words, *, by_whom: bool) -> Changes:
    """What is otherwise since somebody looked."""
    seen = Seen.objects.filter(case=case, account=account).first()
    if seen is None:
        return Changes(None)
    body = vault().unseal_json(seen.body, of=_of(case, account))
    now, before = set(front.clashes), set(body["clashes"])
    return Changes(
        seen.at,
        seen.number,
        tuple(_shifts(front, body["rows"], words)),
        len(now - before),
        len(before - now),
        tuple(_came(case, seen.number, by_whom)),
    )


def _shifts(front: Front, before: Mapping[str, Any], words: Words) -> Iterable[Shift]:
    cells = {parts.row_id(cell.key): cell for cell in map(parts.unpacked, (*front.leads, *front.places))}
    for name, cell in cells.items():
        then = [People(*each) for each in before.get(name, [[None, None]] * len(SIDES))]
        for side, was, now in zip(SIDES, then, _intervals(cell), strict=True):
            if was != now:
                told = (lines(each, words.language)[0] for each in (was, now))
                yield Shift(name, lines(cell.key, words.language)[0], side, words(f"table.{side}"), *told)


def _came(case: Case, number: int, by_whom: bool) -> Iterable[Arrival]:
    fields = ("record", "by") if by_whom else ("record",)
    since = Entry.objects.filter(case=case, number__gt=number)
    for each in since.values(*fields).annotate(count=Count("id")).order_by("-count", *fields):
        yield Arrival(each["record"], each["count"], each.get("by", ""))


def _of(case: Case, account: Account) -> str:
    return f"seen {case.pk} {account.pk}"
