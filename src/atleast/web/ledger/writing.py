"""Adding to the ledger: one record after another, each linked to the one before it, all or none."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from atleast.model import Claim, Decision, Mention, Record, encode
from atleast.web.house.models import Came, Case
from atleast.web.vault import Vault, vault

from .models import Entry
from .names import new, ours, renamed, told

_BATCH = 500
FIRST_LINK = b""


@transaction.atomic
def append(case: Case, records: Iterable[Record], *, by: str) -> list[Entry]:
    """Add records to the ledger of a case, in their order, and let the shelf follow. All of them or none.

    The moment noted is now, and never earlier than that of the entry before: a clock that is set back does not turn
    the order round.

    Args:
        records: With ids that nobody in this case has.
        by: The handle of who adds them.
    """
    from atleast.web.shelf.following import follow

    records = list(records)
    if not records:
        return []
    locked = Case.objects.select_for_update().get(pk=case.pk)
    last = Entry.objects.filter(case=locked).order_by("-number").only("number", "link", "at").first()
    number, link = (last.number, bytes(last.link)) if last else (0, FIRST_LINK)
    at = moment(last.at if last else None)
    entries = []
    for record in records:
        number += 1
        entry = _entry(locked, number, record, by, at)
        entry.link = link = linked(entry, link)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=_BATCH)
    locked.number = case.number = number
    locked.save(update_fields=["number"])
    follow(locked, list(zip(entries, records, strict=True)))
    return entries


def moment(last: datetime | None) -> datetime:
    """Now; a microsecond after the last entry where the clock says it is earlier than that."""
    now = timezone.now()
    return now if last is None or now > last else last + timedelta(microseconds=1)


def _entry(case: Case, number: int, record: Record, by: str, at: datetime) -> Entry:
    body, salt = encode(record), os.urandom(16)
    return Entry(
        case=case,
        number=number,
        record=record.record,
        name=record.id,
        report=record.report if isinstance(record, Claim | Mention) else None,
        what=record.what if isinstance(record, Decision) else None,
        by=by,
        at=at,
        body=vault().seal(body, of=sealed_as(record.id)),
        salt=salt,
        digest=digest(body, salt),
    )


def sealed_as(name: str) -> str:
    """What the body of an entry is sealed to: bodies cannot change places."""
    return f"ledger {name}"


def digest(body: str, salt: bytes) -> bytes:
    """The hash of a body: salted, so that it cannot be guessed once the salt is erased."""
    return hashlib.sha256(bytes(salt) + body.encode("utf-8", "surrogatepass")).digest()


def linked(entry: Entry, previous: bytes, by: Vault | None = None) -> bytes:
    """The link of an entry: keyed, over all its columns but those that an erasure changes."""
    columns = (entry.case_id, entry.number, entry.record, entry.name, entry.report, entry.what, entry.by)
    told = [("" if value is None else str(value)).encode() for value in columns]
    # One form on both databases: microseconds, in UTC.
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds").encode()
    return (by or vault()).link(previous, *told, at, bytes(entry.digest))


# ── Records from outside ──


@transaction.atomic
def take(case: Case, records: Sequence[Record], *, by: str, source: str = "") -> list[Entry]:
    """Add records that came from outside: under ids of our own, and nothing that came before.

    Args:
        source: What the ids of these records are counted within: two files may both have a "report-1". Empty for
            the wire form, whose ids hold across files.

    Returns:
        The entries that were new.
    """
    names_told = dict.fromkeys(name for record in records for name in told(record))
    keys = {name: vault().name(f"{case.pk} {source} {name}".encode()) for name in names_told}
    names = _known(case, keys)
    fresh = [record for record in records if record.id not in names]
    made = {record.id: record.id if ours(record.id) else new(record.record) for record in fresh}
    here = set(Entry.objects.filter(case=case, name__in=list(made.values())).values_list("name", flat=True))
    Came.objects.bulk_create(
        [Came(case=case, key=keys[old], name=name) for old, name in made.items()], batch_size=_BATCH
    )
    names |= made
    return append(case, [renamed(record, names) for record in fresh if made[record.id] not in here], by=by)


def _known(case: Case, keys: dict[str, str]) -> dict[str, str]:
    """The names under which records came before, by the ids that they have outside."""
    found: dict[str, str] = {}
    wanted = list(keys.values())
    for start in range(0, len(wanted), _BATCH):
        found |= dict(Came.objects.filter(case=case, key__in=wanted[start : start + _BATCH]).values_list("key", "name"))
    return {old: found[key] for old, key in keys.items() if key in found}
