"""Adding to the ledger: one record after another, each linked to the one before it, all or none."""

import hashlib
import os
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from atleast.model import Claim, Decision, Mention, Record, encode
from atleast.web.house.models import Came, Case
from atleast.web.rows import insert, parts, together, write
from atleast.web.vault import Vault, vault

from .models import Entry
from .names import new, ours, renamed, told

FIRST_LINK = b""


@together
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
    insert(Entry, entries)
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


@together
def take(case: Case, records: Sequence[Record], *, by: str, source: str = "") -> list[Entry]:
    """Add records that came from outside: under ids of our own, and nothing that came before.

    What a record names that has not come yet gets its id already now; so records may come in any portions.

    Args:
        source: What the ids of these records are counted within: two files may both have a "report-1". Empty for
            the wire form, whose ids hold across files.

    Returns:
        The entries that were new.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    names = _named_here(case, records, source)
    once = {names[record.id]: record for record in reversed(records)}
    here = set(Entry.objects.filter(case=case, name__in=list(once)).values_list("name", flat=True))
    fresh = [record for name, record in reversed(once.items()) if name not in here]
    return append(case, [renamed(record, names) for record in fresh], by=by)


def differing(case: Case, records: Iterable[Record], *, source: str = "") -> list[Record]:
    """Those of these records that came before, and then said something else. What was said first stays."""
    outside = {record.id: record for record in records}
    names = _known(case, _keys(case, source, _wanted(outside.values())))
    there = {names.get(each, each): record for each, record in outside.items()}
    found = Entry.objects.filter(case=case, name__in=list(there)).only("name", "salt", "digest")
    kept = {entry.name: entry for entry in found if entry.salt is not None}
    return [
        record
        for name, record in there.items()
        if name in kept and digest(encode(renamed(record, names)), kept[name].salt) != bytes(kept[name].digest)
    ]


def names_of(case: Case, outside: Iterable[str], *, source: str = "") -> dict[str, str]:
    """The ids that records have in this case, by those under which they came; without what never came."""
    return _known(case, _keys(case, source, dict.fromkeys(outside, "")))


@together
def reserved(case: Case, outside: str, source: str) -> str:
    """The id that a claim or mention has in this case, or will have once it comes."""
    Case.objects.select_for_update().get(pk=case.pk)
    return _made(case, {outside: "claim"}, source, frozenset())[outside]


def _named_here(case: Case, records: Sequence[Record], source: str) -> dict[str, str]:
    """The id in this case of each record, and of each that these speak of; made now where there is none yet."""
    return _made(case, _wanted(records), source, frozenset(record.id for record in records))


def _made(case: Case, wanted: dict[str, str], source: str, coming: Container[str]) -> dict[str, str]:
    keys = _keys(case, source, wanted)
    names = _known(case, keys)
    referred = [each for each in keys if each not in names and each not in coming]
    names |= {name: name for name in Entry.objects.filter(case=case, name__in=referred).values_list("name", flat=True)}
    made = {old: new(wanted[old]) for old in keys if old not in names}
    write(Came, ("case_id", "key", "name"), ((case.pk, keys[old], name) for old, name in made.items()))
    return {old: old for old in wanted if ours(old)} | names | made


def _wanted(records: Iterable[Record]) -> dict[str, str]:
    """The kind of each record, and of those that they speak of, by id. What a record says of itself is no guess."""
    records = list(records)
    return {name: kind for record in records for name, kind in told(record)} | {
        each.id: each.record for each in records
    }


def _keys(case: Case, source: str, wanted: Iterable[str]) -> dict[str, str]:
    """Under which key it is noted that something came, by its id outside. Ids of a desk stay as they are."""
    return {old: vault().name(f"{case.pk} {source} {old}".encode()) for old in wanted if not ours(old)}


def _known(case: Case, keys: dict[str, str]) -> dict[str, str]:
    """The names under which records came before, by the ids that they have outside."""
    found: dict[str, str] = {}
    for part in parts(keys.values()):
        found |= dict(Came.objects.filter(case=case, key__in=part).values_list("key", "name"))
    return {old: found[key] for old, key in keys.items() if key in found}
