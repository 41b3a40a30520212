"""Keeping the shelf in step with the ledger: each entry that is added is shown to every room of the shelf."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Protocol

from django.db import transaction

from atleast.model import Record
from atleast.web.house.models import Case
from atleast.web.ledger.checking import Progress
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import opened, records
from atleast.web.rows import together

Pairs = Sequence[tuple[Entry, Record]]
_CHUNK = 5_000
# One entry alone costs as much as so many among others; a few are shown alone in any case.
_FEW, _DEARER = 50, 40


class Room(Protocol):
    """One part of the shelf. What it keeps depends on the ledger alone, and not on how entries came in portions."""

    def follow(self, case: Case, pairs: Pairs, changed: set[str]) -> None:
        """Take in entries. `changed` are the ids of claims and mentions that stand otherwise than before; the first
        room tells them to those after it."""

    def wipe(self, case: Case) -> None:
        """Forget everything about a case."""

    # Where a room has `told(case)`, it gives a key and what is kept under it, opened: two shelves are compared by it.
    # The board has its own way, `board.reckoning.differing`: nobody should wait for it to be reckoned.
    # Where it has `drop(case, entries)`, it forgets what it keeps of single entries, and gives the ids of the claims
    # and mentions that these bear on. A room without keeps nothing of single entries.


rooms: list[Room] = []


def follow(case: Case, pairs: Pairs) -> None:
    """Show new entries to every room, in the order in which the rooms stand."""
    changed: set[str] = set()
    for room in rooms:
        room.follow(case, pairs, changed)


def differing(case: Case, progress: Progress | None = None) -> list[str]:
    """The keys of what stands otherwise on the shelf than in one made anew. Nothing is changed; nobody can write
    meanwhile."""
    with transaction.atomic():
        before = _all_told(case)
        rebuild(case, progress)
        after = _all_told(case)
        transaction.set_rollback(True)
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


@together
def renew(case: Case, entries: Sequence[Entry]) -> None:
    """Show entries anew whose bodies were changed or erased: the shelf is then as if it were made anew.

    Args:
        entries: As they are now, in their order.
    """
    if len(entries) > _FEW and len(entries) * _DEARER > case.number:
        rebuild(case)
        return
    keepers = [room for room in rooms if hasattr(room, "drop")]
    # The first room tells the others what stands where; so it forgets last.
    bears = set().union(*(room.drop(case, entries) for room in reversed(keepers)))
    # One by one: a room may look through all that lies between the first and the last.
    portions = [[(entry, record)] for entry in entries if (record := opened(entry)) is not None]
    for portion in (*portions, []):
        changed = set() if portion else bears
        for room in keepers:
            room.follow(case, portion, changed)


def _all_told(case: Case) -> dict[str, bytes]:
    found = {}
    for room in rooms:
        for key, kept in getattr(room, "told", _nothing)(case):
            found[key] = blake2b(repr(kept).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return found


def _nothing(case: Case) -> Iterator[tuple[str, object]]:
    return iter(())


@together
def rebuild(case: Case, progress: Progress | None = None) -> int:
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
        if progress:
            progress("rebuild", count, locked.number)
    follow(locked, portion)
    return count
