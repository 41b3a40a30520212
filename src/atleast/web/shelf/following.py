"""Keeping the shelf in step with the ledger: each entry that is added is shown to every room of the shelf."""

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction

from atleast.model import Record
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records

Pairs = Sequence[tuple[Entry, Record]]
_CHUNK = 5_000


class Room(Protocol):
    """One part of the shelf. What it keeps depends on the ledger alone, and not on how entries came in portions."""

    def follow(self, case: Case, pairs: Pairs, changed: set[str]) -> None:
        """Take in entries. `changed` are the ids of claims and mentions that stand otherwise than before; the first
        room tells them to those after it."""

    def wipe(self, case: Case) -> None:
        """Forget everything about a case."""


rooms: list[Room] = []


def follow(case: Case, pairs: Pairs) -> None:
    """Show new entries to every room, in the order in which the rooms stand."""
    changed: set[str] = set()
    for room in rooms:
        room.follow(case, pairs, changed)


@transaction.atomic
def rebuild(case: Case) -> int:
    """Make the shelf of a case anew from its ledger. Returns how many entries were gone through."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    for room in rooms:
        room.wipe(locked)
    portion: list[tuple[Entry, Record]] = []
    count = 0
    for entry, record in records(locked):
        count += 1
        if record is not None:
            portion.append((entry, record))
        if len(portion) >= _CHUNK:
            follow(locked, portion)
            portion = []
    follow(locked, portion)
    return count
