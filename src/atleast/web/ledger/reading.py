"""Opening the ledger: entries as records again."""

from collections.abc import Iterable, Iterator

from atleast.model import Record, Report, decode
from atleast.web.house.models import Case
from atleast.web.vault import Vault, vault

from .models import Entry
from .writing import sealed_as

_CHUNK = 2_000


def opened(entry: Entry) -> Record | None:
    """The record of an entry; None where its body was erased."""
    return None if entry.body is None else decode(body(entry))


def body(entry: Entry, by: Vault | None = None) -> str:
    """The wire form of an entry that was not erased."""
    return (by or vault()).unseal(entry.body, of=sealed_as(entry.name))


def records(case: Case, *, after: int = 0, kind: str = "") -> Iterator[tuple[Entry, Record | None]]:
    """All entries of a case with their records, in their order; None stands for what was erased."""
    entries = Entry.objects.filter(case=case, number__gt=after).order_by("number")
    if kind:
        entries = entries.filter(record=kind)
    for entry in entries.iterator(chunk_size=_CHUNK):
        yield entry, opened(entry)


def named(case: Case, names: Iterable[str]) -> dict[str, Record]:
    """The records of these ids in this order, as they were added, without those erased."""
    names = list(names)
    entries = {entry.name: entry for entry in Entry.objects.filter(case=case, name__in=names)}
    return {name: record for name in names if name in entries and (record := opened(entries[name])) is not None}


def report(case: Case, name: str) -> Report | None:
    """A report of a case; None where there is none of that id, or it was erased."""
    found = Entry.objects.filter(case=case, name=name, record="report").first()
    record = opened(found) if found else None
    return record if isinstance(record, Report) else None
